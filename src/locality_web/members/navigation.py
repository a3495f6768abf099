"""What this room puts into a partnership's menu."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import Entry
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.members import access_navigation, practice_navigation


def entries(place: Place, person: Person | AnonymousUser) -> list[Entry]:
    """Give the links to who plans where, to meetings and decisions, and to what some see besides."""
    slug = place.partnership.slug
    coverage = Entry("Who plans", reverse("members:coverage", args=[slug]), order=15)
    meetings = Entry("Meetings", reverse("members:partnership_meetings", args=[slug]), order=55)
    return [coverage, meetings, *practice_navigation.entries(place, person), *access_navigation.entries(place, person)]
