"""What this room puts onto a locality's page: who leads it, first of all, and when its group meets next."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from locality_web.core.hooks import Section
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.members.access_navigation import taking_part_section
from locality_web.members.meeting_section import meeting_section
from locality_web.members.queries import people_of


def sections(place: Place, person: Person | AnonymousUser) -> list[Section]:
    """Give the sections about the lead, about the next meeting, and about taking part."""
    assert place.locality is not None
    lead = Section("members/lead_section.html", people_of(place.locality), order=10)
    return [lead, meeting_section(place), taking_part_section(place, person)]
