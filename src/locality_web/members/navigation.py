"""What this room puts into the menu: one entry, to those who plan here; their page leads to all others of the room."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import Entry
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.members.places import address_at


def entries(place: Place, person: Person | AnonymousUser) -> list[Entry]:
    """Give the link to a locality's group, or to the groups of all localities."""
    all_of_them = reverse("members:coverage", args=[place.partnership.slug])
    return [Entry("People", address_at(place, "group") if place.locality else all_of_them, order=15)]
