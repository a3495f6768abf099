"""What core puts into a partnership's menu: the pages of those who look after the site."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from locality_web.core.hooks import Entry
from locality_web.core.permissions import Place, may

_PAGES = (
    ("core.people", "People", "core:people", 80),
    ("core.settings", "Settings", "core:settings", 85),
    ("core.audit", "Audit record", "core:audit", 90),
    ("core.jobs", "Background jobs", "core:jobs", 95),
)


def entries(place: Place, person: Any) -> list[Entry]:
    """Give the pages that a person may open."""
    found = []
    for permission, title, name, order in _PAGES:
        if may(person, permission, place):
            found.append(Entry(title, reverse(name, args=[place.partnership.slug]), order))
    return found
