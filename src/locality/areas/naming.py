"""Names for localities that nobody has named yet."""

from __future__ import annotations

import numpy as np

from locality.areas.ground import Division, Ground
from locality.areas.tallies import cross_sums, locality_count


def name_localities(ground: Ground, division: Division) -> tuple[str, ...]:
    """Name every locality after the settlement in which most of its people live.

    Args:
        ground: What the division is drawn on.
        division: The locality of every zone; -1: in none.

    Returns:
        One name for each number, no two alike: a settlement that is the largest of several localities is numbered. A
        locality without a settlement is named after its first zone.
    """
    number = locality_count(division)
    table = cross_sums(division, ground.settlement, ground.people, shape=(number, len(ground.settlements)))
    names = [_name(ground, division, one, table[one]) for one in range(number)]
    return tuple(
        f"{name} {names[: place + 1].count(name)}" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    )


def _name(ground: Ground, division: Division, number: int, people: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str:
    if people.size and people.max() > 0:
        return ground.settlements[int(people.argmax())]
    zones = np.flatnonzero(division == number)
    return ground.names[int(zones[0])] if zones.size else f"Locality {number + 1}"
