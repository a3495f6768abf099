"""Where each check of the guidance is mended on this site, or that the site does not hold it yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml
from django.urls import reverse

from locality.plans.guidance import CheckResult
from locality_web.core.models import Partnership
from locality_web.plans.year_addresses import slug_of_year


@dataclass(frozen=True)
class Mending:
    """The page on which something is mended; without an address, this site does not hold it yet."""

    title: str
    address: str


@cache
def places() -> dict[str, dict[str, Any]]:
    """Read which page belongs to which name."""
    text = (resources.files("locality_web.plans") / "guidance_places.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return found


def mending_of(
    result: CheckResult, partnership: Partnership, year: str, *, slugs: Mapping[str, str], planned: frozenset[str]
) -> Mending:
    """Give where a check is mended.

    Args:
        result: What the check says.
        partnership: The partnership.
        year: The year that is looked at.
        slugs: Parts of addresses of localities by code.
        planned: Codes of localities that have a plan for the year.
    """
    place = places().get(result.check.mend)
    if place is None:
        return Mending("This site does not hold it yet.", "")
    code = result.locality.code if result.locality else ""
    arguments = [partnership.slug]
    if place["at"] == "locality":
        if code not in slugs or (place.get("plan") and code not in planned):
            return _plans(partnership, slugs.get(code, ""))
        arguments.append(slugs[code])
    if place.get("year"):
        arguments.append(slug_of_year(year))
    return Mending(place["title"], reverse(place["page"], args=arguments))


def _plans(partnership: Partnership, locality: str) -> Mending:
    if locality:
        return Mending("The locality's plans", reverse("plans:locality_plans", args=[partnership.slug, locality]))
    return Mending("Plans of all localities", reverse("plans:all_plans", args=[partnership.slug]))
