"""Readiness: what the guidance asks, whether it is met, and where to mend it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from locality.foundations import FinancialYear
from locality.plans import PlanningRecord, WordReport, count_outcomes, four_words
from locality.plans.guidance import CheckResult
from locality_web.areas.queries import division_of_year
from locality_web.core.csv_out import csv_response
from locality_web.core.pages import page
from locality_web.core.permissions import Place
from locality_web.core.remembered import ANEW, Memory, Reader
from locality_web.plans import models
from locality_web.plans.readiness_places import Mending, mending_of
from locality_web.plans.readiness_record import record_of, results_of
from locality_web.plans.year_addresses import slug_of_year, year_of

OUTCOMES = ("not met", "not recorded", "met")
DUTIES = ("must", "should", "may")


@dataclass(frozen=True)
class Line:
    """One check as the page shows it."""

    result: CheckResult
    mending: Mending

    @property
    def where(self) -> str:
        """The locality, or nothing for the whole partnership."""
        return self.result.locality.name if self.result.locality else ""


@dataclass(frozen=True)
class Report:
    """Everything that a page of readiness says of a year."""

    year: str
    record: PlanningRecord
    lines: tuple[Line, ...]
    years: tuple[str, ...]

    def words(self, code: str) -> tuple[WordReport, ...]:
        """Give the four words as measured facts, for one locality or for all."""
        plans = self.record.plans or {}
        chosen = [one.plan for at, one in plans.items() if code in ("", at)]
        strategic = self.record.strategic or ()
        return four_words(chosen, strategic[0].plan.facts if strategic else None)


def report_of(place: Place, year: str) -> Report:
    """Hold what the site knows of a year against every check, for a locality or for all of the partnership."""
    memory = Memory(place.partnership)
    record = record_of(place.partnership, year, memory)
    code = place.locality.code if place.locality else ""
    slugs, planned = division_of_year(place.partnership, year, memory).slugs, frozenset(record.plans or ())
    lines = tuple(
        Line(one, mending_of(one, place.partnership, year, slugs=slugs, planned=planned))
        for one in results_of(record)
        if not code or (one.locality is not None and one.locality.code == code)
    )
    return Report(year, record, lines, years_to_choose(place, timezone.localdate(), memory))


def _year(request: HttpRequest) -> str:
    slug = request.GET.get("year", "")
    return year_of(slug) if slug else str(FinancialYear.of(timezone.localdate()).next())


def years_to_choose(place: Place, today: dt.date, memory: Reader = ANEW) -> tuple[str, ...]:
    """Give the years that have a plan, this year and the next."""
    now = FinancialYear.of(today)
    kept = models.LocalityPlanRecord.objects.filter(locality__partnership=place.partnership)
    planned = memory.read(("plans.years",), ("plans",), lambda: set(kept.values_list("year", flat=True)))
    return tuple(sorted({str(now), str(now.next()), *planned}, reverse=True))


def _show(request: HttpRequest, place: Place) -> HttpResponse:
    report = report_of(place, _year(request))
    wanted = {name: request.GET.get(name, "") for name in ("outcome", "duty")}
    lines = [one for one in report.lines if _takes(one, wanted)]
    chapters: dict[str, list[Line]] = {}
    for one in lines:
        chapters.setdefault(one.result.check.chapter, []).append(one)
    counts = count_outcomes(one.result for one in report.lines)
    code = place.locality.code if place.locality else ""
    context: dict[str, Any] = {
        "year": report.year,
        "years": [(one, slug_of_year(one)) for one in report.years],
        "chapters": list(chapters.items()),
        "counts": [(name, counts[name]) for name in OUTCOMES],  # type: ignore[index]
        "all": len(report.lines),
        "shown": len(lines),
        "wanted": wanted,
        "outcomes": OUTCOMES,
        "duties": DUTIES,
        "words": report.words(code),
    }
    return render(request, "plans/readiness.html", context)


def _takes(line: Line, wanted: dict[str, str]) -> bool:
    check = line.result.check
    return wanted["outcome"] in ("", line.result.outcome) and wanted["duty"] in ("", check.duty)


def _csv(request: HttpRequest, place: Place) -> HttpResponse:
    report = report_of(place, _year(request))
    columns = ("year", "locality", "paragraph", "duty", "asked", "outcome", "says", "do", "check")
    rows = [
        (
            *(report.year, one.where, one.result.check.paragraph, one.result.check.duty, one.result.check.says),
            *(one.result.outcome, one.result.says, one.result.check.do, one.result.check.id),
        )
        for one in report.lines
    ]
    name = place.locality.slug if place.locality else place.partnership.slug
    return csv_response(f"{name}-readiness-{slug_of_year(report.year)}", columns, rows)


@page("plans.read_drafts")
def readiness(request: HttpRequest, place: Place) -> HttpResponse:
    """The whole partnership held against the guidance."""
    return _show(request, place)


@page("plans.read_drafts")
def readiness_csv(request: HttpRequest, place: Place) -> HttpResponse:
    """The same as a file."""
    return _csv(request, place)


@page("plans.read_drafts", at="locality")
def locality_readiness(request: HttpRequest, place: Place) -> HttpResponse:
    """One locality held against the guidance."""
    return _show(request, place)


@page("plans.read_drafts", at="locality")
def locality_readiness_csv(request: HttpRequest, place: Place) -> HttpResponse:
    """The same as a file."""
    return _csv(request, place)
