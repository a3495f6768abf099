"""Names for localities that nobody has named yet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from locality.areas.change import match_localities
from locality.areas.ground import Division, Floats, Ground, Ints
from locality.areas.tallies import cross_sums, locality_count


def name_localities(
    ground: Ground, division: Division, *, today: Division | None = None, names: Sequence[str] = ()
) -> tuple[str, ...]:
    """Name every locality: as the one of today whose place it takes, or after the settlement of most of its people.

    Args:
        ground: What the division is drawn on.
        division: The locality of every zone; -1: in none.
        today: Today's localities, when their names are to be kept.
        names: Names of today's localities by number.

    Returns:
        One name for each number, no two alike. A locality keeps the name of today's when it takes its place and more
        than half of its people live there now. A settlement that is the largest of several localities is numbered. A
        locality without a settlement is named after its first zone.
    """
    number = locality_count(division)
    table = cross_sums(division, ground.settlement, ground.people, shape=(number, len(ground.settlements)))
    kept = {} if today is None else _kept(ground, today, division)
    found = [
        names[kept[one]] if one in kept else _settlement(ground, division, one, table[one]) for one in range(number)
    ]
    return tuple(
        f"{name} {found[: place + 1].count(name)}" if found.count(name) > 1 else name
        for place, name in enumerate(found)
    )


def _kept(ground: Ground, today: Division, division: Division) -> dict[int, int]:
    """Give the localities that are mostly one of today's, each with that one's number."""
    shape = (locality_count(today), locality_count(division))
    overlap = cross_sums(today, division.astype(np.int64), ground.people, shape=shape)
    people, match = _people(ground, division), match_localities(ground, today, division)
    return {one: int(old) for one, old in enumerate(match) if old >= 0 and 2 * overlap[old, one] > people[one]}


def _people(ground: Ground, division: Division) -> Ints:
    inside = division >= 0
    return np.bincount(division[inside], ground.people[inside], locality_count(division)).astype(np.int64)


def _settlement(ground: Ground, division: Division, number: int, people: Floats) -> str:
    if people.size and people.max() > 0:
        return ground.settlements[int(people.argmax())]
    zones = np.flatnonzero(division == number)
    return ground.names[int(zones[0])] if zones.size else f"Locality {number + 1}"
