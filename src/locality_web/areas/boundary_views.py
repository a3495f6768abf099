"""The pages of all boundary options: the list, a new one, wishes, crossings, several side by side."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from locality.areas.design import load_weights
from locality.foundations import InputRefused, ResultRefused
from locality_web.areas import boundary_crossings, boundary_making, boundary_proposing
from locality_web.areas.boundary_crossing_pages import crossings_page
from locality_web.areas.boundary_forms import FILE, TODAY, CrossingForm, NewOptionForm, WishesForm, say_groups
from locality_web.areas.boundary_notes import find_zone
from locality_web.areas.boundary_pages import MOST_COMPARED, compare_page, options_page
from locality_web.areas.boundary_proposing import SEARCH_TAKES, ask_for_options, is_under_way, newest_search
from locality_web.areas.boundary_queries import option_of, options_for, readable_option
from locality_web.areas.boundary_rules import limits_of, wishes_of
from locality_web.areas.changes import ZoneFile
from locality_web.areas.models import BoundaryOption
from locality_web.core import drafts
from locality_web.core.forms import say_fault
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place


@page(PUBLIC)
def options(request: HttpRequest, place: Place) -> HttpResponse:
    """Boundary options, with today's localities scored beside them."""
    shown = options_page(place, request.user, put_away="put_away" in request.GET)
    newest = newest_search(place.partnership)
    is_searching = newest is not None and is_under_way(newest)
    search = {"search": newest, "is_searching": is_searching, "search_takes": SEARCH_TAKES}
    return render(request, "areas/boundaries/options.html", shown | search)


@page("areas.edit", methods=("POST",))
def propose(request: HttpRequest, place: Place) -> HttpResponse:
    """Let the program look for boundary options in the background."""
    try:
        ask_for_options(person_of(request), place)
    except InputRefused as refused:
        messages.error(request, say_refusal(refused))
    else:
        messages.success(request, "The program looks for options now.")
    return redirect("areas:options", place.partnership.slug)


@page("areas.edit", methods=("POST",))
def stop_search(request: HttpRequest, place: Place) -> HttpResponse:
    """Stop the search for boundary options; what it has found so far is dropped."""
    if boundary_proposing.stop_search(person_of(request), place):
        messages.success(request, "The search is stopped. What it had found so far was not kept.")
    else:
        messages.success(request, "The search had ended already.")
    return redirect("areas:options", place.partnership.slug)


@page("areas.edit", methods=("GET", "POST"))
def new_option(request: HttpRequest, place: Place) -> HttpResponse:
    """Make a boundary option of today's localities, of a file or of another option."""
    known = list(options_for(place, request.user))
    form = NewOptionForm(known, drafts.form_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _make(person_of(request), place, form.cleaned_data)
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, f"The option “{made.name}” is made.")
            return redirect("areas:option", place.partnership.slug, made.pk)
    return render(request, "areas/boundaries/new.html", {"form": form})


def _make(person: Person, place: Place, said: dict[str, Any]) -> BoundaryOption:
    if said["start"] == TODAY:
        return boundary_making.copy_today(person, place, said["name"])
    if said["start"] == FILE:
        file = ZoneFile(said["zones"].name, said["zones"].read())
        return boundary_making.load_option(person, place, file, said["name"])
    return boundary_making.copy_option(person, option_of(place.partnership, int(said["start"])), said["name"])


@page("areas.edit", methods=("GET", "POST"))
def wishes(request: HttpRequest, place: Place) -> HttpResponse:
    """What the partnership asks of its localities."""
    kept = wishes_of(place.partnership)
    form = WishesForm(drafts.form_data(request), initial=_as_typed(kept))
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            boundary_crossings.set_wishes(person_of(request), place, form.wishes(), reason)
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "What is asked for is saved, and every open option was measured by it.")
            return redirect("areas:options", place.partnership.slug)
    return render(request, "areas/boundaries/wishes.html", {"form": form, "limits": limits_of(place.partnership)})


def _as_typed(kept: dict[str, Any]) -> dict[str, Any]:
    weights = load_weights(timezone.localdate(), kept.get("weights") or None)
    return {
        "number": kept.get("number"),
        **{name: round(getattr(weights, name) * 100) for name in ("practices", "communities", "border")},
        **{name: say_groups(kept.get(name, ())) for name in ("together", "apart", "kept")},
        "seeds": ", ".join(kept.get("seeds", ())),
        "within_councils": kept.get("within_councils", False),
        "islands_alone": kept.get("islands_alone", False),
    }


@page("areas.edit", methods=("GET", "POST"))
def crossings(request: HttpRequest, place: Place) -> HttpResponse:
    """Bridges, ferries, tunnels and roads that join zones."""
    form = CrossingForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = boundary_crossings.declare_crossing(person_of(request), place, _way(place, form.cleaned_data))
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, f"{made.name} is declared, and every open option was measured with it.")
            return redirect("areas:crossings", place.partnership.slug)
    return render(request, "areas/boundaries/crossings.html", {"form": form, **crossings_page(place)})


def _way(place: Place, said: dict[str, Any]) -> boundary_crossings.Way:
    """Take zones by name too; what is found under neither is refused by what was typed."""
    ground = boundary_making.need_board(place.partnership).ground
    ends = {name: find_zone(ground, said[name]) or said[name] for name in ("zone_a", "zone_b")}
    return boundary_crossings.Way(**{**said, **ends})


@page("areas.edit", methods=("POST",))
def remove_crossing(request: HttpRequest, place: Place, crossing: int) -> HttpResponse:
    """Take a declared crossing back."""
    found = get_object_or_404(place.partnership.crossings, pk=crossing)
    boundary_crossings.remove_crossing(person_of(request), found)
    messages.success(request, f"{found.name} is removed, and every open option was measured without it.")
    return redirect("areas:crossings", place.partnership.slug)


@page(PUBLIC)
def compare(request: HttpRequest, place: Place) -> HttpResponse:
    """Up to four boundary options side by side."""
    asked = list(dict.fromkeys(each for each in request.GET.getlist("option") if each.isdecimal() and len(each) < 10))
    chosen = [readable_option(place, request.user, int(each)) for each in asked[:MOST_COMPARED]]
    shown = compare_page(place, chosen, today="today" in request.GET)
    return render(request, "areas/boundaries/compare.html", shown | {"too_many": len(asked) > MOST_COMPARED})


def person_of(request: HttpRequest) -> Person:
    """Give the person of a page that only people who are signed in can open."""
    return cast(Person, request.user)


def say_refusal(refused: InputRefused | ResultRefused) -> str:
    """Write a refusal as a notice on the page to which somebody is sent back."""
    if isinstance(refused, ResultRefused):
        return str(refused)
    return " ".join(say_fault(fault) for fault in refused.faults)
