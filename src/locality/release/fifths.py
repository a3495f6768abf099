"""The deprivation fifth of each zone, as a release carries it: national fifths of a published index and its edition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from locality.foundations import load_rule
from locality.release.content import Release


@dataclass(frozen=True)
class DeprivationFifths:
    """The deprivation fifths of a partnership's zones.

    Args:
        by_zone: Fifth by zone; 1 is the most deprived fifth of the whole nation's zones.
        source: The index and its edition.
    """

    by_zone: Mapping[str, int]
    source: str


def deprivation_indices(on: dt.date) -> dict[str, str]:
    """Give the indicators that hold deprivation fifths.

    Args:
        on: The day whose rule value holds.

    Returns:
        Name of the index by name of the indicator, the preferred one first.

    Source:
        Rule `deprivation_indices`.
    """
    found: dict[str, str] = load_rule("locality.release", "deprivation_indices").at(on).value
    return found


def fifths_of(release: Release) -> DeprivationFifths | None:
    """Give the deprivation fifths that a release carries.

    Args:
        release: Verified whole.

    Returns:
        Those of one index, the preferred one that is there; None: the release carries none. A zone that the index does
        not know is left out.
    """
    held = release.tables.get("indicators")
    if held is None:
        return None
    for indicator, index in deprivation_indices(release.day).items():
        own = held[held["indicator"] == indicator].dropna(subset=["value"])
        if not own.empty:
            by_zone = {str(zone): int(fifth) for zone, fifth in zip(own["zone"], own["value"], strict=True)}
            edition = ", ".join(sorted({str(each) for each in own["period"].dropna() if str(each)}))
            return DeprivationFifths(by_zone, ", ".join(filter(None, (index, edition, "national fifths"))))
    return None
