"""The public addresses of this room."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from locality_web.core.models import Locality


def addresses() -> list[tuple[str, dt.date | None]]:
    """Give the briefings and meetings of every locality; they are made anew whenever they are opened."""
    found: list[tuple[str, dt.date | None]] = []
    for locality in Locality.objects.filter(ended_on__isnull=True).select_related("partnership"):
        where = [locality.partnership.slug, locality.slug]
        found += [(reverse(f"members:{name}", args=where), None) for name in ("briefing", "easy_read", "meetings")]
    return found
