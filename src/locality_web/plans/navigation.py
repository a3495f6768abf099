"""What this room puts into the menu."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import Entry
from locality_web.core.models import Person
from locality_web.core.permissions import Place


def entries(place: Place, person: Person | AnonymousUser) -> list[Entry]:
    """Give the links to the plans and to how people take part."""
    front = reverse("areas:home", args=[place.partnership.slug])
    return [
        Entry("Locality plans", reverse("plans:all_plans", args=[place.partnership.slug]), order=20),
        Entry("Take part", f"{front}#take-part", order=70),
    ]
