"""What a locality's page says of taking part: needs, paper, who is spoken for."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from locality_web.core.hooks import Section
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.members.places import address_at

_FOR_THOSE_WHO = (
    ("members.meet", "access", "What people need to take part, and what meetings must arrange"),
    ("members.paper", "paper_forms", "Forms on paper: print them, and key in what came back"),
)


def taking_part_section(place: Place, person: Person | AnonymousUser) -> Section:
    """Give the section of a locality's page; no query."""
    links = [
        (title, address_at(place, name)) for permission, name, title in _FOR_THOSE_WHO if may(person, permission, place)
    ]
    about = {
        "spoken_for": address_at(place, "spoken_for"),
        "connections": address_at(place, "connections"),
        "links": links,
    }
    return Section("members/access_section.html", about, order=50)
