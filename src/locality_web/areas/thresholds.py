"""The partnership's own sizes of a locality, and which localities lie outside them."""

from __future__ import annotations

from dataclasses import dataclass

from locality_web.areas.queries import Facts
from locality_web.core.models import Partnership
from locality_web.core.partnership_settings import read_setting

NAMES = ("areas.least_residents", "areas.most_residents", "areas.most_localities")


@dataclass(frozen=True)
class Outside:
    """One locality (empty code: the partnership) beyond one threshold, in words."""

    locality: str
    setting: str
    says: str


def thresholds(partnership: Partnership) -> dict[str, int | None]:
    """Give each threshold by its setting's name; None where the partnership set no limit."""
    return {name: read_setting(partnership, name) or None for name in NAMES}


def outside_thresholds(partnership: Partnership, facts: dict[str, Facts]) -> list[Outside]:
    """Say which localities are smaller or larger than the partnership wants, and whether there are too many."""
    limits = thresholds(partnership)
    found = [each for fact in facts.values() for each in _size(fact, limits)]
    most = limits["areas.most_localities"]
    if most and len(facts) > most:
        says = f"There are {len(facts)} localities; the partnership wants {most} at most."
        found.append(Outside("", "areas.most_localities", says))
    return found


def _size(fact: Facts, limits: dict[str, int | None]) -> list[Outside]:
    least, most = limits["areas.least_residents"], limits["areas.most_residents"]
    if fact.population is None:
        return []
    has = f"It has {fact.population:,} residents; the partnership wants"
    if least and fact.population < least:
        return [Outside(fact.code, "areas.least_residents", f"{has} {least:,} or more in a locality.")]
    if most and fact.population > most:
        return [Outside(fact.code, "areas.most_residents", f"{has} {most:,} or fewer in a locality.")]
    return []
