"""Where a decided budget goes next: into the plans, and from there to every line."""

from __future__ import annotations

from django.urls import reverse

from locality_web.core.hooks import Entry
from locality_web.core.permissions import Place
from locality_web.plans.models import LocalityPlanRecord
from locality_web.plans.year_addresses import slug_of_year


def entries(place: Place, year: str) -> list[Entry]:
    """Give the ways from a year's budget to what is planned with it."""
    here = [place.partnership.slug]
    found = [
        Entry("Plans of the localities, which say what is done with it", reverse("plans:all_plans", args=here), 10)
    ]
    agreed = LocalityPlanRecord.objects.filter(
        locality__partnership=place.partnership, year=year, state__in=("agreed", "superseded")
    )
    if agreed.exists():
        says = f"Follow the money of {year}: every line of the agreed plans"
        found.append(Entry(says, reverse("plans:follow", args=[*here, slug_of_year(year)]), 20))
    return found
