"""What the menu and a locality's page say of taking part: one's own page, needs, paper, who is spoken for."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import Entry, Section
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.members.access_places import address_here

_FOR_THOSE_WHO = (
    ("members.meet", "access", "What people need to take part, and what meetings must arrange"),
    ("members.paper", "paper_forms", "Forms on paper: print them, and key in what came back"),
)


def entries(place: Place, person: Person | AnonymousUser) -> list[Entry]:
    """Give the links of the menu for people who are signed in."""
    if not person.is_authenticated:
        return []
    found = [Entry("My page", reverse("members:own", args=[place.partnership.slug]), order=59)]
    if may(person, "members.paper", Place(place.partnership)):
        found.append(Entry("Forms on paper", address_here(Place(place.partnership), "paper_forms"), order=60))
    return found


def taking_part_section(place: Place, person: Person | AnonymousUser) -> Section:
    """Give the section of a locality's page; no query."""
    links = [
        (title, address_here(place, name))
        for permission, name, title in _FOR_THOSE_WHO
        if may(person, permission, place)
    ]
    about = {
        "spoken_for": address_here(place, "spoken_for"),
        "connections": address_here(place, "connections"),
        "links": links,
    }
    return Section("members/access_section.html", about, order=27)
