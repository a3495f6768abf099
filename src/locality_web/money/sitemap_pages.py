"""The public addresses of this room."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max
from django.urls import reverse

from locality_web.core.models import Locality, Partnership
from locality_web.money.models import BudgetDecision


def addresses() -> list[tuple[str, dt.date | None]]:
    """Give each public page; money pages change with the release, a decision never."""
    loaded: dict[int, dt.date | None] = {}
    found: list[tuple[str, dt.date | None]] = []
    for each in Partnership.objects.annotate(last=Max("releases__loaded_at")):
        loaded[each.pk] = each.last.date() if each.last else None
        found.append((reverse("money:money", args=[each.slug]), loaded[each.pk]))
        found += [(reverse(f"money:{name}", args=[each.slug]), None) for name in ("services", "sources", "decisions")]
    for locality in Locality.objects.filter(ended_on__isnull=True).select_related("partnership"):
        where = reverse("money:locality", args=[locality.partnership.slug, locality.slug])
        found.append((where, loaded[locality.partnership_id]))
    for one in BudgetDecision.objects.select_related("partnership").defer("figures", "rules"):
        where = reverse("money:decision", args=[one.partnership.slug, one.year.replace("/", "-"), one.number])
        found.append((where, one.recorded_at.date()))
    return found
