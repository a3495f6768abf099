"""What this room puts into the menu."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import Entry
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may


def entries(place: Place, person: Person | AnonymousUser) -> list[Entry]:
    """Give the links to money and services, and to budgets for those who work on them."""
    slug = place.partnership.slug
    found = [
        Entry("Money", reverse("money:money", args=[slug]), order=30),
        Entry("Services", reverse("money:services", args=[slug]), order=40),
    ]
    if may(person, "money.read", Place(place.partnership)):
        found.append(Entry("Budgets", reverse("money:budgets", args=[slug]), order=35))
    return found
