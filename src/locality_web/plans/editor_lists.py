"""Which plans there are: of one locality by year, and of the whole partnership; beginning one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from locality.foundations import FinancialYear, ResultRefused
from locality_web.areas import queries as areas
from locality_web.core.forms import FaultForm, YearField
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place, may
from locality_web.core.tables import Column, Link, Table
from locality_web.plans.editor_plan import address_arguments, signed_in
from locality_web.plans.models import LocalityPlanRecord
from locality_web.plans.steps import CYCLE, start_plan

_NOT_PUBLIC = ("draft", "put_to_group")
"""States in which only those who may read drafts see that there is a plan."""


class BeginForm(FaultForm):
    """The year of a new plan."""

    year = YearField(label="Financial year")


def visible_plans(place: Place, person: Person | AnonymousUser) -> Iterable[LocalityPlanRecord]:
    """Give the plans of a place that somebody may know of, the newest first."""
    found = LocalityPlanRecord.objects.filter(locality__partnership=place.partnership).defer("fields")
    if place.locality is not None:
        found = found.filter(locality=place.locality)
    if not may(person, "plans.read_drafts", place):
        found = found.exclude(state__in=_NOT_PUBLIC)
    return found.select_related("locality").order_by("-year", "locality__name", "-edition")


def address_of_plan(place: Place, record: LocalityPlanRecord, person: Person | AnonymousUser) -> str:
    """Give the address at which somebody reads a plan; empty: there is none for them."""
    where = address_arguments(Place(place.partnership, record.locality), record.year)
    if may(person, "plans.read_drafts", place):
        return reverse("plans:editor", args=where)
    if record.state == "open_for_comments" and may(person, "plans.comment", place):
        return reverse("plans:comments", args=where)
    return "" if record.state == "draft" else reverse("plans:plan", args=where)


def years_to_begin(records: Iterable[LocalityPlanRecord]) -> list[str]:
    """Give this year and the next where no plan is on its way, and agreed years for a new edition."""
    newest: dict[str, LocalityPlanRecord] = {}
    for record in records:
        newest.setdefault(record.year, record)
    now = FinancialYear.of(timezone.localdate())
    likely = [str(now), str(now.next())]
    return [year for year in likely if year not in newest or newest[year].state in ("agreed", "superseded")]


@page(PUBLIC, at="locality")
def locality_plans(request: HttpRequest, place: Place) -> HttpResponse:
    """The plans of one locality."""
    records = list(visible_plans(place, request.user))
    rows = [_row(place, record, request.user) for record in records]
    may_begin = may(request.user, "plans.edit", place)
    begin = [(year, any(one.year == year for one in records)) for year in years_to_begin(records)] if may_begin else []
    columns = (Column("Plan"), Column("Edition", "number"), Column("State"), Column("Since"))
    table = Table(f"Plans of {place.name}", columns, rows, empty="No plan can be read here yet.")
    return render(request, "plans/editor_list.html", {"table": table, "begin": begin})


def _row(place: Place, record: LocalityPlanRecord, person: Person | AnonymousUser) -> list[Any]:
    address = address_of_plan(place, record, person)
    title = f"Plan for {record.year}"
    since = f"{timezone.localtime(record.state_since):%-d %B %Y}"
    return [Link(title, address) if address else title, record.edition, CYCLE.state(record.state).name, since]


@page("plans.edit", at="locality", methods=("POST",))
def begin(request: HttpRequest, place: Place) -> HttpResponse:
    """Begin the plan of a year."""
    assert place.locality is not None
    form = BeginForm(request.POST)
    try:
        if not form.is_valid():
            raise ResultRefused(" ".join(str(each) for each in form.errors.get("year", forms.utils.ErrorList())))
        record = start_plan(signed_in(request), place, form.cleaned_data["year"])
    except ResultRefused as refused:
        messages.error(request, str(refused))
        return redirect("plans:locality_plans", place.partnership.slug, place.locality.slug)
    messages.success(request, f"The plan for {record.year} is begun. Every service of the catalogue is listed.")
    return redirect("plans:editor", *address_arguments(place, record.year))


@page(PUBLIC)
def all_plans(request: HttpRequest, place: Place) -> HttpResponse:
    """The plans of all localities: the newest edition of each year."""
    by_place: dict[tuple[int, str], LocalityPlanRecord] = {}
    for record in visible_plans(place, request.user):
        by_place.setdefault((record.locality_id, record.year), record)
    now = FinancialYear.of(timezone.localdate())
    # The coming year has a column before its first plan is begun: what is missing can be seen.
    years = sorted({str(now.next()), *(year for _, year in by_place)}, reverse=True)[:4]
    rows: list[list[Any]] = []
    # A locality that has ended, or is to come, is listed as long as it has a plan.
    planned = place.partnership.localities.filter(pk__in={pk for pk, _ in by_place})
    for locality in (areas.localities(place.partnership) | planned).order_by("name"):
        own = reverse("plans:locality_plans", args=[place.partnership.slug, locality.slug])
        cells: list[Any] = [Link(locality.name, own)]
        for year in years:
            found = by_place.get((locality.pk, year))
            if found is None:
                cells.append("none yet")
                continue
            state = CYCLE.state(found.state).name
            address = address_of_plan(place, found, request.user)
            cells.append(Link(state, address) if address else state)
        rows.append(cells)
    columns = [Column("Locality"), *(Column(year) for year in years)]
    table = Table("Plans by locality and year", columns, rows, empty="There are no localities yet.")
    return render(request, "plans/editor_all.html", {"table": table, "years": [str(now), str(now.next())]})
