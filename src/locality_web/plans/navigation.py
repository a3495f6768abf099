"""What this room puts into the menu."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import Entry
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may


def entries(place: Place, person: Person | AnonymousUser) -> list[Entry]:
    """Give the links to the plans and to how people take part."""
    front = reverse("areas:home", args=[place.partnership.slug])
    where = [place.partnership.slug]
    found = [
        Entry("Locality plans", reverse("plans:all_plans", args=where), order=20),
        Entry("Strategic plan", reverse("plans:strategic_years", args=where), order=25),
        Entry("Follow the money", reverse("plans:follow_latest", args=where), order=45),
        Entry("Take part", f"{front}#take-part", order=70),
    ]
    if may(person, "plans.read_drafts", Place(place.partnership)):
        found.append(Entry("Readiness", reverse("plans:readiness", args=where), order=60))
    return found
