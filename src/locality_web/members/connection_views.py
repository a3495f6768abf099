"""Pages about connections: who was connected with whom, what came of it, and the picture of a place's network."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from locality.foundations import ResultRefused
from locality_web.core import drafts
from locality_web.core.csv_out import table_response
from locality_web.core.pages import PUBLIC, page_at_both
from locality_web.core.permissions import Place, may
from locality_web.core.tables import Column, Table
from locality_web.members import connection_changes as changes
from locality_web.members import connection_picture as picture
from locality_web.members.access_models import Connection
from locality_web.members.access_queries import members_of, still_members
from locality_web.members.access_views import person_of
from locality_web.members.connection_forms import CameOfForm, ConnectForm
from locality_web.members.connection_queries import Tied, Web, connections_at, web_of
from locality_web.members.places import address_at
from locality_web.members.register_models import Organisation

_SEE = "members.see_register"


@page_at_both(PUBLIC)
def connections(request: HttpRequest, place: Place) -> HttpResponse:
    """Who was connected with whom and what came of it, the network as a picture, and who is connected to nobody."""
    sees = may(request.user, _SEE, place)
    web = web_of(place, by_name=sees)
    shown: dict[str, Any] = {
        "web": web,
        "sees": sees,
        "summary": picture.summary(web),
        "drawing": picture.draw(web, f"Who is connected with whom in {place.name}") if web.network.ties else "",
        "table": picture.network_table(web),
        "not_drawn": max(0, sum(map(len, web.network.parts)) - picture.MOST_DRAWN),
        "alone": [web.names[name] for name in web.network.isolated],
    }
    return render(request, "members/connections.html", shown)


@page_at_both(PUBLIC)
def connections_csv(request: HttpRequest, place: Place) -> HttpResponse:
    """The connections as a file; members stand there as the reader may see them."""
    web = web_of(place, by_name=may(request.user, _SEE, place))
    return table_response(f"connections-{(place.locality or place.partnership).slug}", _file(web))


def _file(web: Web) -> Table:
    titles = ("Who", "With whom", "For what", "Made on", "What came of it", "Ended on")
    return Table("Connections", [Column(title) for title in titles], [_row(each) for each in web.ties])


def _row(tied: Tied) -> list[str]:
    kept = tied.connection
    ended = kept.ended_on.isoformat() if kept.ended_on else ""
    return [tied.one, tied.other, kept.for_what, kept.made_on.isoformat(), kept.came_of, ended]


@page_at_both("members.connect", methods=("GET", "POST"))
def connection_add(request: HttpRequest, place: Place) -> HttpResponse:
    """Record that two of those who take part were connected."""
    today = timezone.localdate()
    there = Organisation.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today), partnership=place.partnership)
    form = ConnectForm(_members(request, place), there, drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            changes.connect(person_of(request), place, form.tie())
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "The connection is recorded.")
            return redirect(address_at(place, "connections"))
    return render(request, "members/connection_add.html", {"form": form})


def _members(request: HttpRequest, place: Place) -> Any:
    """Offer members by name only to those who may see the register."""
    if not may(request.user, _SEE, place):
        return []
    return members_of(place.partnership, place.locality) if place.locality else still_members(place.partnership)


@page_at_both("members.connect", methods=("GET", "POST"))
def connection_came(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Say what came of a connection."""
    kept = _connection(place, number)
    form = CameOfForm(drafts.form_data(request), initial={"came_of": kept.came_of})
    if request.method == "POST" and form.is_valid():
        try:
            changes.say_what_came(person_of(request), place, kept, came_of=form.cleaned_data["came_of"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "It is kept.")
            return redirect(address_at(place, "connections"))
    return render(request, "members/connection_came.html", {"form": form, "connection": kept})


@page_at_both("members.connect", methods=("POST",))
def connection_end(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Note that a connection is no more."""
    try:
        changes.end_connection(person_of(request), place, _connection(place, number))
    except ResultRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It is noted that the connection ended.")
    return redirect(address_at(place, "connections"))


def _connection(place: Place, number: int) -> Connection:
    return get_object_or_404(connections_at(place), pk=number)
