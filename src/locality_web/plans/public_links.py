"""Where the lines and priorities of a published plan lead: to the page that follows their money, and back."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from locality.plans import LocalityPlan, StrategicPlan
from locality.plans.documents import anchor
from locality.plans.documents.amounts import planned_in
from locality_web.core.models import Partnership
from locality_web.plans.year_addresses import slug_of_year

WHOLE = "partnership-wide"
"""Stands in addresses where lines of the whole partnership have no locality."""


def slugs_by_code(partnership: Partnership) -> dict[str, str]:
    """Give each locality's part of an address by its code, in plans of any year."""
    return dict(partnership.localities.values_list("code", "slug"))


def line_address(partnership: Partnership, year: str, whose: str, line: tuple[str, str]) -> str:
    """Give the page that follows one line: a locality's slug (or `WHOLE`), service and source."""
    return reverse("plans:follow_line", args=[partnership.slug, slug_of_year(year), whose, *line])


def priority_address(partnership: Partnership, year: str, whose: str, priority: str) -> str:
    """Give the page that follows one priority."""
    return reverse("plans:follow_priority", args=[partnership.slug, slug_of_year(year), whose, priority])


def name_in(whose: str, year: str, *parts: str) -> str:
    """Give the stable name of something in a plan: its locality (or `WHOLE`), its year, and what it is."""
    return ":".join(("plan", whose, year, *parts))


def name_of_pounds(whose: str, year: str, service: str, source: str) -> str:
    """Give the stable name of the money from one source for one service."""
    return name_in(whose, year, "pounds", service, source)


def links_of(plan: LocalityPlan | StrategicPlan, partnership: Partnership) -> dict[str, str]:
    """Give where each line and priority of a plan leads, by its address on the plan's page."""
    slugs = slugs_by_code(partnership)
    if isinstance(plan, LocalityPlan):
        return dict(_locality_links(plan, partnership, slugs, within=()))
    found = dict(
        pair for part in plan.plans for pair in _locality_links(part, partnership, slugs, within=(part.locality.code,))
    )
    for line in plan.partnership_lines:
        at = anchor("line", "partnership", line.service, line.source)
        found[at] = line_address(partnership, plan.year, WHOLE, (line.service, line.source))
    return found


def _locality_links(
    plan: LocalityPlan, partnership: Partnership, slugs: dict[str, str], *, within: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    whose = slugs.get(plan.locality.code)
    if whose is None:
        return
    for each in planned_in(plan):
        at = anchor("line", *within, each.service, each.source)
        yield at, line_address(partnership, plan.year, whose, (each.service, each.source))
    for one in plan.priorities:
        address = priority_address(partnership, plan.year, whose, one.id)
        yield anchor("priority", *within, one.id), address
        if within:
            yield anchor("first", *within, one.id), address
