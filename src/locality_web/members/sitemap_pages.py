"""The public addresses of this room."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from locality_web.core.models import Locality

_OF_A_LOCALITY = ("briefing", "easy_read", "meetings", "spoken_for", "connections")


def addresses() -> list[tuple[str, dt.date | None]]:
    """Give the public pages of every locality; they are made anew whenever they are opened."""
    found: list[tuple[str, dt.date | None]] = []
    for locality in Locality.objects.filter(ended_on__isnull=True).select_related("partnership"):
        where = [locality.partnership.slug, locality.slug]
        found += [(reverse(f"members:{name}", args=where), None) for name in _OF_A_LOCALITY]
    return found
