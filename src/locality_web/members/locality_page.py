"""What this room puts onto a locality's page: who leads it, first of all."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from locality_web.core.hooks import Section
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.members.queries import deputies_of, lead_of, next_lead


def sections(place: Place, person: Person | AnonymousUser) -> list[Section]:
    """Give the section about the lead."""
    assert place.locality is not None
    lead = lead_of(place.locality)
    about: dict[str, Any] = {
        "lead": lead,
        "deputies": deputies_of(place.locality),
        "next": None if lead else next_lead(place.locality),
    }
    return [Section("members/lead_section.html", about, order=10)]
