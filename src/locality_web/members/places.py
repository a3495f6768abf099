"""Where the pages of this room are: at a locality, or at the whole partnership."""

from __future__ import annotations

from typing import Any

from locality_web.core import pages
from locality_web.core.permissions import Place
from locality_web.members.meeting_models import Meeting


def address_at(place: Place, name: str, *rest: Any, **named: Any) -> str:
    """Give the address of a page that a locality has and the whole partnership too (see `core.pages.address_at`)."""
    return pages.address_at(place, f"members:{name}", *rest, **named)


def place_of(meeting: Meeting) -> Place:
    """Give the place whose meeting it is."""
    return Place(meeting.partnership, meeting.locality)
