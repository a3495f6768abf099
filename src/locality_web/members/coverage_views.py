"""The pages about gaps: who plans here, the table of groups and localities, approaches, feed-in routes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from locality_web.core import drafts
from locality_web.core.csv_out import table_response
from locality_web.core.pages import PUBLIC, page, page_at_both
from locality_web.core.permissions import Place
from locality_web.members import coverage_pages, register_gaps
from locality_web.members.kinds import name_of_group
from locality_web.members.places import address_at
from locality_web.members.register_gap_forms import ApproachForm, OutcomeForm, RouteForm
from locality_web.members.register_models import Approach, FeedRoute
from locality_web.members.register_views import Shown, person_of, show_form

_KEEP, _POST = "members.keep_register", ("GET", "POST")


@page_at_both(PUBLIC)
def group(request: HttpRequest, place: Place) -> HttpResponse:
    """Who plans here: lead, the groups that have a voice and those that have none, members, how to join."""
    return render(request, "members/group.html", coverage_pages.group_page(place, request.user))


@page(PUBLIC)
def coverage(request: HttpRequest, place: Place) -> HttpResponse:
    """Which groups have a voice in which locality."""
    table, gaps = coverage_pages.coverage_table(place.partnership)
    return render(request, "members/coverage.html", {"table": table, "gaps": gaps})


@page(PUBLIC)
def coverage_csv(request: HttpRequest, place: Place) -> HttpResponse:
    """The table of groups and localities as a file."""
    table, _ = coverage_pages.coverage_table(place.partnership)
    return table_response(f"{place.partnership.slug}-groups", table)


@page_at_both(_KEEP, methods=_POST)
def approach_add(request: HttpRequest, place: Place) -> HttpResponse:
    """Ask somebody to fill a gap: the letter is written, to print or to send."""
    first = {name: request.GET[name] for name in ("group", "kind") if name in request.GET}
    form = ApproachForm(place, drafts.form_data(request), initial=first)

    def save(form: Any) -> tuple[str, str]:
        made = register_gaps.approach(person_of(request), place, form.new())
        return "It is noted. Here is the letter.", address_at(place, "approach", approach=made.pk)

    shown = Shown("Ask somebody to fill a gap", "Note it and write the letter", address_at(place, "group"))
    return show_form(request, form, shown, save)


@page_at_both(_KEEP, methods=_POST)
def approach(request: HttpRequest, place: Place, approach: int) -> HttpResponse:
    """The letter that asks somebody to fill a gap, and what came of it."""
    found = get_object_or_404(Approach, pk=approach, partnership=place.partnership, locality=place.locality)
    form = OutcomeForm(drafts.form_data(request), initial={"outcome": found.outcome})
    if request.method == "POST" and form.is_valid():
        register_gaps.note_outcome(person_of(request), place, found, **form.cleaned_data)
        drafts.clear(request)
        messages.success(request, "It is noted what came of it.")
        return redirect(address_at(place, "group"))
    named = name_of_group(place.partnership, found.group)
    context = {"approach": found, "group": named, "form": form, "letter": register_gaps.letter(place, found)}
    return render(request, "members/register_approach.html", context)


@page_at_both(_KEEP, methods=_POST)
def route_add(request: HttpRequest, place: Place) -> HttpResponse:
    """Name the way by which a group without a seat is told of decisions."""
    form = RouteForm(place, drafts.form_data(request), initial={"group": request.GET.get("group", "")})
    back = address_at(place, "group")

    def save(form: Any) -> tuple[str, str]:
        made = register_gaps.name_route(person_of(request), place, form.new())
        return f"{name_of_group(place.partnership, made.group)} feed in through {made.through}.", back

    says = ["Whoever is named is told of each decision that affects the group, before it is taken."]
    return show_form(request, form, Shown("Name a feed-in route", "Name the route", back, says), save)


@page_at_both(_KEEP, methods=("POST",))
def route_end(request: HttpRequest, place: Place, route: int) -> HttpResponse:
    """End a feed-in route."""
    found = get_object_or_404(
        FeedRoute, pk=route, partnership=place.partnership, locality=place.locality, ends__isnull=True
    )
    register_gaps.end_route(person_of(request), place, found)
    messages.success(request, "The feed-in route is ended.")
    return redirect(address_at(place, "group"))
