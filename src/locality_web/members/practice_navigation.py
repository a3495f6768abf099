"""What the menu says of decisions and of general practice."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import Entry
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.members.decision_pages import address_of


def entries(place: Place, person: Person | AnonymousUser) -> list[Entry]:
    """Give the links that a person may open at a place."""
    found = [Entry("Decisions", address_of(place, "decisions"), order=57)]
    slug = place.partnership.slug
    if may(person, "members.practices", Place(place.partnership)):
        found.append(Entry("General practice", reverse("members:partnership_practices", args=[slug]), order=58))
    elif place.locality is not None and may(person, "members.see_register", place):
        address = reverse("members:practices", args=[slug, place.locality.slug])
        found.append(Entry("General practice", address, order=58))
    return found
