"""Funding sources: what there is and what it may be spent on; adding and changing them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from locality.foundations import FinancialYear, InputRefused
from locality.plans import FundingSource
from locality_web.core.models import Locality
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place
from locality_web.core.tables import Column, Link, Table
from locality_web.core.words import join_words
from locality_web.money.budget_views import signed_in
from locality_web.money.models import Source
from locality_web.money.queries import catalogue, funding_sources
from locality_web.money.source_changes import keep_source, say_available
from locality_web.money.source_forms import SourceForm
from locality_web.money.today import ending_sources


@page(PUBLIC)
def sources(request: HttpRequest, place: Place) -> HttpResponse:
    """Where the money comes from."""
    found = list(Source.objects.filter(partnership=place.partnership).prefetch_related("available__locality"))
    names = {one.service: one.name for one in catalogue(place.partnership)}
    today = timezone.localdate()
    year = str(FinancialYear.of(today))
    ending = ending_sources(place.partnership, today)
    table = Table(
        "Funding sources",
        [
            Column("Source"),
            Column("Kind"),
            Column("Accountable body"),
            Column("May be spent on"),
            Column("From"),
            Column("To"),
            Column(f"There is for {year}"),
        ],
        [
            [
                Link(one.name, reverse("money:source", args=[place.partnership.slug, one.source])),
                one.get_kind_display(),
                one.accountable_body,
                say_scope(one, names),
                f"{one.starts:%-d %B %Y}" if one.starts else "",
                f"{one.ends:%-d %B %Y}" if one.ends else "",
                say_available(one, year),
            ]
            for one in found
        ],
        empty="No funding source has been entered yet.",
    )
    return render(request, "money/sources.html", {"table": table, "ending": ending})


def say_scope(source: Source, names: dict[str, str]) -> str:
    """Say what a source may be spent on."""
    if source.services:
        return join_words(names.get(code, code) for code in source.services)
    return join_words(source.headings) if source.headings else "anything"


@page(PUBLIC)
def source(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """One source, with the funder's rule in words."""
    found = _find(place, code)
    shown = {
        "source": found,
        "scope": say_scope(found, {one.service: one.name for one in catalogue(place.partnership)}),
        "table": Table(
            f"What there is of {found.name}",
            [Column("Year", "year"), Column("Place"), Column("Amount", "pence")],
            [[one.year, str(one.locality or "Whole partnership"), one.pence] for one in found.available.all()],
            empty="No limit is stated.",
        ),
    }
    return render(request, "money/source.html", shown)


def _find(place: Place, code: str) -> Source:
    found = Source.objects.filter(partnership=place.partnership, source=code)
    one = found.prefetch_related("available__locality").first()
    if one is None:
        raise Http404(f"There is no funding source '{code}'.")
    return one


@page("money.sources", methods=("GET", "POST"))
def new_source(request: HttpRequest, place: Place) -> HttpResponse:
    """Add a funding source."""
    return _edit(request, place, None)


@page("money.sources", methods=("GET", "POST"))
def edit_source(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """Change a funding source."""
    kept = next((one for one in funding_sources(place.partnership) if one.source == code), None)
    if kept is None:
        raise Http404(f"There is no funding source '{code}'.")
    return _edit(request, place, kept)


def _edit(request: HttpRequest, place: Place, kept: FundingSource | None) -> HttpResponse:
    form = SourceForm(
        services=catalogue(place.partnership),
        localities=list(Locality.objects.filter(partnership=place.partnership, ended_on__isnull=True)),
        data=request.POST if request.method == "POST" else None,
        kept=kept,
    )
    if request.method == "POST" and form.is_valid():
        given = form.source_given()
        try:
            keep_source(place, signed_in(request), given, is_new=kept is None)
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            messages.success(request, f"Saved the funding source “{given.name}”.")
            return redirect("money:sources", place.partnership.slug)
    return render(request, "money/edit_source.html", {"form": form, "kept": kept})
