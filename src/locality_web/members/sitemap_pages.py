"""The public addresses of this room."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from locality_web.core.models import Locality, Partnership

_OF_A_LOCALITY = ("group", "meetings", "decisions", "spoken_for", "connections", "briefing", "easy_read")
_OF_A_PARTNERSHIP = ("coverage", *(f"partnership_{name}" for name in ("group", "meetings", "decisions")), "advice")


def addresses() -> list[tuple[str, dt.date | None]]:
    """Give the pages about people of every partnership and locality; they are made anew whenever they are opened."""
    found = [(f"members:{name}", [slug]) for slug in _slugs() for name in _OF_A_PARTNERSHIP]
    for locality in Locality.objects.filter(ended_on__isnull=True).select_related("partnership"):
        where = [locality.partnership.slug, locality.slug]
        found += [(f"members:{name}", where) for name in _OF_A_LOCALITY]
    return [(reverse(name, args=where), None) for name, where in found]


def _slugs() -> list[str]:
    return list(Partnership.objects.values_list("slug", flat=True))
