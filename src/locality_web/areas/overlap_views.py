"""The pages that carry localities over to zones of another vintage."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from locality.foundations import InputRefused
from locality_web.areas import overlap_changes as changes
from locality_web.areas.changes import ZoneFile
from locality_web.areas.models import CarriedDivision
from locality_web.areas.overlap_forms import OverlapForm, SplitZonesForm
from locality_web.areas.overlap_pages import carried_page, carry_page, split_table
from locality_web.core import drafts
from locality_web.core.csv_out import table_response
from locality_web.core.forms import say_fault
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place, may


@page("areas.edit", methods=("GET", "POST"))
def carry_over(request: HttpRequest, place: Place) -> HttpResponse:
    """Load a table of overlaps with zones of another vintage, a day and a reason."""
    form = OverlapForm(drafts.form_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent, said = form.cleaned_data["overlaps"], form.cleaned_data
        file = ZoneFile(sent.name, sent.read())
        try:
            kept = changes.load_overlaps(
                _person(request), place, file, applies_from=said["applies_from"], reason=said["reason"]
            )
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            return redirect("areas:carried", place.partnership.slug, kept.pk)
    return render(request, "areas/overlaps/carry_over.html", carry_page(place) | {"form": form})


@page("areas.edit", methods=("GET", "POST"))
def carried(request: HttpRequest, place: Place, carried: int) -> HttpResponse:
    """Look at what a table carries over, decide split zones, then adopt it or put it away."""
    kept = get_object_or_404(place.partnership.carried_divisions.select_related("base", "version"), pk=carried)
    if kept.version is not None:
        return redirect("areas:version", place.partnership.slug, kept.version.pk)
    if "put_away" in request.POST:
        return _put_away(request, place, kept)
    found = changes.carried_over(kept)
    names = dict(place.partnership.localities.values_list("code", "name"))
    form = SplitZonesForm(found.split, names, kept.counted, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decide(request, place, kept, form)
    return render(request, "areas/overlaps/carried.html", carried_page(place, kept, found, names) | {"form": form})


def _decide(request: HttpRequest, place: Place, kept: CarriedDivision, form: SplitZonesForm) -> HttpResponse:
    """Keep the choices; adopt only what was looked at with them."""
    slug = place.partnership.slug
    try:
        is_new = changes.settle(_person(request), place, kept, form.choices())
        if is_new or "adopt" not in request.POST:
            looked = " Look at the figures, then adopt it." if "adopt" in request.POST else ""
            messages.info(request, f"Your choices are kept.{looked}")
            return redirect("areas:carried", slug, kept.pk)
        version = changes.adopt_carried(_person(request), place, kept)
    except InputRefused as refused:
        messages.error(request, " ".join(say_fault(fault) for fault in refused.faults))
        return redirect("areas:carry_over", slug)
    messages.success(request, "The localities are carried over.")
    return redirect("areas:version", slug, version.pk)


def _put_away(request: HttpRequest, place: Place, kept: CarriedDivision) -> HttpResponse:
    try:
        changes.put_carried_away(_person(request), place, kept)
    except InputRefused as refused:
        messages.error(request, " ".join(say_fault(fault) for fault in refused.faults))
    else:
        messages.info(request, "The overlap table is put away. The localities are as they were.")
    return redirect("areas:carry_over", place.partnership.slug)


@page(PUBLIC)
def split_zones_csv(request: HttpRequest, place: Place, carried: int) -> HttpResponse:
    """The zones that lie in several of the localities before, with their shares, as CSV."""
    kept = get_object_or_404(place.partnership.carried_divisions.select_related("base"), pk=carried)
    if kept.version_id is None and not may(request.user, "areas.edit", place):
        raise Http404
    outcome = kept.outcome or changes.outcome_of(changes.carried_over(kept))
    names = dict(place.partnership.localities.values_list("code", "name"))
    return table_response(f"{place.partnership.slug}-split-zones", split_table(outcome, names, kept.counted))


def _person(request: HttpRequest) -> Person:
    """Give the person of a page that only people who are signed in can open."""
    return cast(Person, request.user)
