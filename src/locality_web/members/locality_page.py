"""What this room puts onto a locality's page, first of all: who leads, who plans, who has no voice, when they meet."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from locality_web.core.hooks import Section
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.members.access_navigation import taking_part_section
from locality_web.members.meeting_section import meeting_section
from locality_web.members.people_now import PeopleNow, people_now
from locality_web.members.places import address_at

MOST_NAMED = 8
"""So many members and groups are named at most; the page of the group names all of them."""


def sections(place: Place, person: Person | AnonymousUser) -> list[Section]:
    """Give the sections about the lead, the group, the next meeting, and about taking part."""
    assert place.locality is not None
    now = people_now(place)
    lead = Section("members/lead_section.html", {**now.leads(place.locality.code)}, order=10)
    group = Section("members/people_section.html", _group(place, now), order=15)
    return [lead, group, meeting_section(place), taking_part_section(place, person)]


def _group(place: Place, now: PeopleNow) -> dict[str, Any]:
    assert place.locality is not None
    seats, held = now.seats(place.locality.code)
    voices = [each for each in now.voices(place.locality.code) if each.group.asked_for]
    gaps = [each.group.name for each in voices if each.is_gap]
    return {
        "address": address_at(place, "group"),
        "seats": seats,
        "held": held,
        "shown": now.seated[:MOST_NAMED],
        "more": len(now.seated[MOST_NAMED:]),
        "asked": len(voices),
        "gaps": len(gaps),
        "lacking": gaps[:MOST_NAMED],
        "lacking_more": len(gaps[MOST_NAMED:]),
    }
