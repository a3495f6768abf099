"""What this room puts into a partnership's menu."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import Entry
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.members import practice_navigation


def entries(place: Place, person: Person | AnonymousUser) -> list[Entry]:
    """Give the links to the meetings, to decisions, and to general practice for those who see who takes part."""
    slug = place.partnership.slug
    meetings = Entry("Meetings", reverse("members:partnership_meetings", args=[slug]), order=55)
    return [meetings, *practice_navigation.entries(place, person)]
