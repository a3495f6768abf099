"""Fill a site with a made-up partnership and three years of its planning, by the same functions that its people use."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from locality.foundations import FinancialYear
from locality.plans import Available, FundingSource
from locality.plans.workbooks import read_catalogue
from locality_demo.boundaries import draw_boundaries, show_shapes
from locality_demo.content_files import catalogue_bytes, read_content
from locality_demo.meetings import ask_professions, hold_meetings, post_letters, speak_and_connect
from locality_demo.passing_days import on_day
from locality_demo.people import Cast, bring_people
from locality_demo.planning_year import (
    Days,
    agree,
    clash,
    decide,
    discuss,
    early_days,
    make_strategic,
    plan_jointly,
    put_to_group,
    usual_days,
    write,
)
from locality_demo.taking_part import bring_members
from locality_demo.to_try import write_to_try
from locality_demo.voices import ask_everybody, hear_localities, hold_sum, trace_influence
from locality_demo.voting import open_sum
from locality_web.areas import queries as areas
from locality_web.areas.shape_changes import ShapeFile
from locality_web.core.bridge import load_release
from locality_web.core.jobs import work_once
from locality_web.core.models import Partnership
from locality_web.core.permissions import Place
from locality_web.money import queries as money
from locality_web.money.catalogue_changes import load_catalogue
from locality_web.money.source_changes import keep_source
from locality_web.plans.steps import take_stance

GROWTH = 0.03
"""How fast the demo's money grows each year."""


def fill_site(
    release: Path,
    *,
    slug: str,
    name: str,
    code: str,
    years: int = 3,
    shapes: ShapeFile | None = None,
    to_try: Path | None = None,
) -> Partnership:
    """Fill a site from a release file: people, registers, catalogue, sources, budgets, plans in all states, meetings.

    Args:
        release: The release of the partnership's figures.
        slug: The partnership's address.
        name: Its name.
        code: Its code, as in the release.
        years: How many years: 1 makes one agreed and published year; 3 adds another and one that is being planned now,
            for which boundaries are drawn too.
        shapes: The file with the shapes of its zones; without it there is no map of them.
        to_try: The file for receipts and voting codes that whoever tries the demo may use; None: they are not kept.

    Returns:
        The partnership; its own pages are marked as an example.
    """
    today = timezone.localdate()
    this_year = FinancialYear.of(today)
    with transaction.atomic():
        cast = begin_site(release, slug=slug, name=name, code=code)
        partnership = cast.partnership
        if shapes is not None:
            show_shapes(cast, shapes, dt.date(this_year.start.year - 2, 11, 26))
        if years > 1:
            bring_members(cast, dt.date(this_year.start.year - 2, 11, 27))
    first, second, third = this_year.next(-1), this_year, this_year.next()
    hold_usual_year(
        cast, first, preset="linear", options={"years": 10}, why="Every locality is at its fair share in ten years."
    )
    if years > 1:
        hear_localities(cast, usual_days(second).budget)
        why = "Everybody keeps up with prices; what there is beyond goes to those furthest under their fair share."
        hold_usual_year(cast, second, preset="differential-growth", options={"inflation": 0.02}, why=why)
        trace_influence(cast, str(second), usual_days(second).published)
        post_letters(cast, usual_days(second).published)
        draw_boundaries(cast, today - dt.timedelta(days=60))
        ask_professions(cast, today)
        speak_and_connect(cast, today)
        hold_meetings(cast, today)
        ask_everybody(cast, today)
        hold_sum(cast, today)
        if len(cast.localities) > 1:
            open_sum(cast, today)
        _year_under_way(cast, third, early_days(today))
        while work_once("demo"):
            pass
    if to_try is not None:
        write_to_try(to_try, cast.to_try)
    return partnership


def begin_site(release: Path, *, slug: str, name: str, code: str) -> Cast:
    """Begin a partnership on a site two years ago: its release, its people, its catalogue, its sources.

    Args:
        release: The release of the partnership's figures.
        slug: The partnership's address.
        name: Its name.
        code: Its code, as in the release.

    Returns:
        Who is who in it.
    """
    this_year = FinancialYear.of(timezone.localdate())
    partnership = Partnership.objects.create(slug=slug, name=name, code=code, made_up=True)
    with on_day(dt.date(this_year.start.year - 2, 11, 20)):
        load_release(release, Place(partnership), None)
    cast = Cast(partnership, list(areas.localities(partnership)))
    with on_day(dt.date(this_year.start.year - 2, 11, 25)):
        bring_people(cast)
        services = read_catalogue(catalogue_bytes(_headings(cast)), file="catalogue.csv")
        load_catalogue(cast.place, cast.one("planner"), services)
        _keep_sources(cast, this_year.next(-1))
    return cast


def _headings(cast: Cast) -> list[str]:
    ledger = money.ledger(cast.partnership)
    return list(ledger.pence) if ledger else []


def _total(cast: Cast, year: FinancialYear) -> int:
    """What there is to share out: the ledger, grown by three in a hundred for each year since."""
    ledger = money.ledger(cast.partnership)
    assert ledger is not None
    total = sum(ledger.pence.values())
    for _ in range(FinancialYear.parse(ledger.year).start_year, year.start_year):
        total = round(total * (1 + GROWTH))
    return total


def _keep_sources(cast: Cast, first: FinancialYear) -> None:
    for said in read_content("sources"):
        years = [str(first.next(step)) for step in range(said.get("years", 0))]
        pence = said.get("pounds_a_year", 0) * 100
        source = FundingSource(
            source=said["source"],
            name=said["name"],
            kind=said["kind"],
            accountable_body=said["accountable_body"],
            headings=tuple(said.get("headings", ())),
            services=tuple(said.get("services", ())),
            starts=first.start.isoformat() if years else "",
            ends=first.next(len(years) - 1).end.isoformat() if years else "",
            available=tuple(Available(year, "", pence) for year in years),
            rule=said.get("rule", ""),
        )
        keep_source(cast.place, cast.one("finance"), source, is_new=True)


def hold_usual_year(cast: Cast, year: FinancialYear, *, preset: str, options: dict[str, float], why: str) -> None:
    """A year that went as it should: every locality agreed, the board agreed, all published."""
    days, named, total = usual_days(year), str(year), _total(cast, year)
    chosen = {"preset": preset, "total_pence": total, "growth_after": GROWTH, **options}
    decide(cast, named, days.budget, options=[(f"{preset} for {named}", chosen)], why=why)
    plan_jointly(cast, named, days.joint)
    for number in range(len(cast.localities)):
        record = write(cast, number, named, days)
        discuss(cast, record, days)
        put_to_group(cast, record, days)
        agree(cast, record, days)
    make_strategic(cast, named, days)


def _year_under_way(cast: Cast, year: FinancialYear, days: Days) -> None:
    """The year that is being planned now: a draft, an agreed plan, one with an objection, one open for comments."""
    named, total = str(year), _total(cast, year)
    rules = [
        (
            "Closer year by year",
            {"preset": "differential-growth", "total_pence": total, "growth_after": GROWTH, "inflation": 0.02},
        ),
        (
            "Half of the way in five years",
            {"preset": "half-life", "total_pence": total, "growth_after": GROWTH, "years": 5},
        ),
        ("Nobody loses cash", {"preset": "no-cash-loss", "total_pence": total, "growth_after": GROWTH}),
    ]
    decide(cast, named, days.budget, options=rules, why="As last year: nobody falls behind prices.")
    plan_jointly(cast, named, days.joint)
    in_turn = (_leave_draft, _see_agreed, _see_objection, _leave_open)
    for number in range(len(cast.localities)):
        in_turn[number % len(in_turn)](cast, number, named, days)


def _leave_draft(cast: Cast, number: int, year: str, days: Days) -> None:
    clash(cast, write(cast, number, year, days), days)


def _see_agreed(cast: Cast, number: int, year: str, days: Days) -> None:
    record = write(cast, number, year, days)
    discuss(cast, record, days)
    put_to_group(cast, record, days)
    agree(cast, record, days)


def _see_objection(cast: Cast, number: int, year: str, days: Days) -> None:
    record = write(cast, number, year, days)
    discuss(cast, record, days)
    put_to_group(cast, record, days)
    with on_day(days.agreed):
        take_stance(cast.lead(number), record, "agree")
        take_stance(cast.members(number)[0], record, "object", reason=read_content("plans")["objection"])


def _leave_open(cast: Cast, number: int, year: str, days: Days) -> None:
    discuss(cast, write(cast, number, year, days), days, is_answered=False)
