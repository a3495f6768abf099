"""The pages of this room."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from locality.foundations import InputRefused
from locality_web.areas import changes, pages
from locality_web.areas.forms import ChangeForm, NamesForm
from locality_web.areas.models import ProposedChange
from locality_web.areas.preview import preview_page
from locality_web.areas.queries import facts_of, localities, version_on, zones_of
from locality_web.areas.zone_file import COLUMNS, zone_rows
from locality_web.core import drafts
from locality_web.core.csv_out import csv_response, table_response
from locality_web.core.forms import say_fault
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place


@page(PUBLIC)
def home(request: HttpRequest, place: Place) -> HttpResponse:
    """The front page of a partnership."""
    return render(request, "areas/home.html", pages.partnership_page(place, request.user))


@page(PUBLIC)
def locality_list(request: HttpRequest, place: Place) -> HttpResponse:
    """The localities of a partnership."""
    return render(request, "areas/localities.html", pages.localities_page(place, request.user))


@page(PUBLIC, at="locality")
def locality(request: HttpRequest, place: Place) -> HttpResponse:
    """A locality."""
    return render(request, "areas/locality.html", pages.locality_page(place, request.user))


@page(PUBLIC)
def all_zones_csv(request: HttpRequest, place: Place) -> HttpResponse:
    """The zones of the newest division as CSV, in the form in which they can be changed and loaded."""
    zones = zones_of(place.partnership.area_versions.last())
    return csv_response(f"{place.partnership.slug}-zones", COLUMNS, zone_rows(zones))


@page(PUBLIC, at="locality")
def zones_csv(request: HttpRequest, place: Place) -> HttpResponse:
    """The zones of a locality as CSV."""
    assert place.locality is not None
    zones = zones_of(version_on(place.partnership), place.locality)
    return csv_response(f"{place.locality.slug}-zones", COLUMNS, zone_rows(zones))


@page(PUBLIC, at="locality")
def residents_csv(request: HttpRequest, place: Place) -> HttpResponse:
    """The residents of a locality by age as CSV."""
    assert place.locality is not None
    table = pages.age_table(place.locality, facts_of(place.locality))
    return table_response(f"{place.locality.slug}-residents", table)


@page(PUBLIC)
def history(request: HttpRequest, place: Place) -> HttpResponse:
    """Every division of the partnership."""
    return render(request, "areas/history.html", pages.history_page(place))


@page(PUBLIC)
def version(request: HttpRequest, place: Place, version: int) -> HttpResponse:
    """One division of the partnership."""
    found = get_object_or_404(place.partnership.area_versions, pk=version)
    return render(request, "areas/version.html", pages.version_page(found))


@page("areas.edit", methods=("GET", "POST"))
def change(request: HttpRequest, place: Place) -> HttpResponse:
    """Choose a file of zones, a day and a reason."""
    form = ChangeForm(drafts.form_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["zones"]
        file = changes.ZoneFile(sent.name, sent.read())
        try:
            proposal = changes.propose_change(
                _person(request),
                place,
                file,
                applies_from=form.cleaned_data["applies_from"],
                reason=form.cleaned_data["reason"],
            )
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            return redirect("areas:preview", place.partnership.slug, proposal.pk)
    return render(request, "areas/change.html", {"form": form})


@page("areas.edit", methods=("GET", "POST"))
def preview(request: HttpRequest, place: Place, proposal: int) -> HttpResponse:
    """Look at what a proposed change does, then save it or put it away."""
    found = get_object_or_404(place.partnership.proposed_areas.select_related("base"), pk=proposal)
    if request.method == "POST":
        return _decide(request, place, found)
    return render(request, "areas/preview.html", preview_page(place, found))


def _decide(request: HttpRequest, place: Place, proposal: ProposedChange) -> HttpResponse:
    if "put_away" in request.POST:
        changes.put_away(_person(request), place, proposal)
        messages.info(request, "The change is put away. The localities are as they were.")
        return redirect("areas:change", place.partnership.slug)
    try:
        saved = changes.save_change(_person(request), place, proposal)
    except InputRefused as refused:
        messages.error(request, " ".join(say_fault(fault) for fault in refused.faults))
        return redirect("areas:change", place.partnership.slug)
    messages.success(request, "The localities are saved.")
    return redirect("areas:version", place.partnership.slug, saved.pk)


@page("areas.edit", methods=("GET", "POST"))
def names(request: HttpRequest, place: Place) -> HttpResponse:
    """Give localities other names."""
    form = NamesForm(list(localities(place.partnership)), drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            changes.name_localities(_person(request), place, form.names())
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "The names are saved.")
            return redirect("areas:localities", place.partnership.slug)
    return render(request, "areas/names.html", {"form": form})


def _person(request: HttpRequest) -> Person:
    """Give the person of a page that only people who are signed in can open."""
    return cast(Person, request.user)
