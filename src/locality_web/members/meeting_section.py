"""What this room puts onto a locality's page of meetings: the next one that everybody may know of."""

from __future__ import annotations

from locality_web.core.hooks import Section
from locality_web.core.permissions import Place
from locality_web.members.meeting_queries import next_meeting
from locality_web.members.places import address_at


def meeting_section(place: Place) -> Section:
    """Give the section about the next meeting; one query."""
    found = next_meeting(place)
    about = {
        "next": found,
        "address": address_at(place, "meeting", found.pk) if found else "",
        "all": address_at(place, "meetings"),
    }
    return Section("members/meeting_section.html", about, order=25)
