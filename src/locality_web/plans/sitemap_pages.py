"""The public addresses of plans."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from locality_web.core.models import Partnership
from locality_web.plans.models import LocalityPlanRecord, StrategicPlanRecord
from locality_web.plans.year_addresses import slug_of_year

Address = tuple[str, dt.date | None]
_READ = ("open_for_comments", "agreed")


def addresses() -> list[Address]:
    """Give every plan that everybody can read, with the day on which it came to its state."""
    found: list[Address] = []
    for each in Partnership.objects.all():
        names = ("plans:strategic_years", "plans:verify")
        found += [(reverse(name, args=[each.slug]), None) for name in names]
    return [*found, *_locality_plans(), *_strategic_plans()]


def _locality_plans() -> list[Address]:
    kept = LocalityPlanRecord.objects.filter(state__in=_READ).order_by("edition")
    rows = kept.values_list("locality__partnership__slug", "locality__slug", "year", "state_since")
    found: dict[str, dt.date | None] = {}
    for partnership, locality, year, since in rows:
        slug = slug_of_year(year)
        found[reverse("plans:plan", args=[partnership, locality, slug])] = since.date()
        found[reverse("plans:follow", args=[partnership, slug])] = since.date()
    return list(found.items())


def _strategic_plans() -> list[Address]:
    kept = StrategicPlanRecord.objects.filter(state__in=_READ).order_by("edition")
    rows = kept.values_list("partnership__slug", "year", "state_since")
    found: dict[str, dt.date | None] = {
        reverse("plans:strategic", args=[partnership, slug_of_year(year)]): since.date()
        for partnership, year, since in rows
    }
    return list(found.items())
