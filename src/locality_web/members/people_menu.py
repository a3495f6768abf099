"""The pages of this room at one place, for a small menu on the page of the group and on that of all groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import Entry
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC
from locality_web.core.permissions import Place, may
from locality_web.members.places import address_at


@dataclass(frozen=True)
class _Page:
    """A page: its words, its name, whose it is, and where it is: at both kinds of place, or at one of them."""

    title: str
    name: str
    permission: str = PUBLIC
    at: str = "both"


_PAGES = (
    _Page("Meetings", "meetings"),
    _Page("Decisions", "decisions"),
    _Page("Advice of professional bodies", "advice", at="partnership"),
    _Page("Spoken for by organisations", "spoken_for"),
    _Page("Connections", "connections"),
    _Page("Briefing", "briefing", at="locality"),
    _Page("My page", "own", "members.own", at="partnership_too"),
    _Page("Register", "register", "members.see_register"),
    _Page("General practice", "practices", "members.see_register", at="locality"),
    _Page("General practice", "partnership_practices", "members.practices", at="partnership"),
    _Page("Lead and deputies", "lead", "members.appoint_lead", at="locality"),
    _Page("Access", "access", "members.meet"),
    _Page("Forms on paper", "paper_forms", "members.paper"),
    _Page("Letters", "letters", "members.paper", at="partnership"),
    _Page("Groups and kinds", "kinds", "members.kinds", at="partnership"),
    _Page("Organisations", "organisations", "members.keep_register", at="partnership"),
)
"""In the order of the menu: what is for everybody first. "partnership_too": one page, named at localities as well."""


def pages_for(place: Place, person: Person | AnonymousUser) -> Iterator[Entry]:
    """Give the pages of a place that somebody may open."""
    kind = "locality" if place.locality else "partnership"
    for each in _PAGES:
        if each.at in (kind, "both", "partnership_too") and _is_for(each, place, person):
            yield Entry(each.title, _address(each, place))


def _is_for(page: _Page, place: Place, person: Person | AnonymousUser) -> bool:
    if page.permission == PUBLIC:
        return True
    where = Place(place.partnership) if page.at.startswith("partnership") else place
    return may(person, page.permission, where)


def _address(page: _Page, place: Place) -> str:
    if page.at.startswith("partnership"):
        return reverse(f"members:{page.name}", args=[place.partnership.slug])
    return address_at(place, page.name)
