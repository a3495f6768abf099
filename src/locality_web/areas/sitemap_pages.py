"""The public addresses of this room."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max
from django.urls import reverse

from locality_web.core.models import Locality, Partnership


def addresses() -> list[tuple[str, dt.date | None]]:
    """Give each public page with the day on which its localities last changed."""
    changed: dict[int, dt.date | None] = {
        each.pk: each.last.date() if each.last else None
        for each in Partnership.objects.annotate(last=Max("area_versions__made_at"))
    }
    found = []
    for each in Partnership.objects.all():
        for name in ("home", "localities", "history"):
            found.append((reverse(f"areas:{name}", args=[each.slug]), changed[each.pk]))
    for locality in Locality.objects.filter(ended_on__isnull=True).select_related("partnership"):
        where = reverse("areas:locality", args=[locality.partnership.slug, locality.slug])
        found.append((where, changed[locality.partnership_id]))
    return found
