"""Keys and names of the localities of a division that the program drew: today's where one takes its place."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from locality.areas.change import match_localities
from locality.areas.ground import Division, Ground
from locality.areas.naming import name_localities
from locality.areas.tallies import locality_count
from locality_web.areas.boundary_ground import Today


def name_division(
    ground: Ground, division: Division, *, today: Today | None, known: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Give each zone's key and each key's name.

    Args:
        ground: What it is drawn on.
        division: The number of every zone's locality.
        today: Today's localities.
        known: Names of today's localities by their codes.

    Returns:
        Key by zone, and name by key. A locality that takes the place of one of today's has its code for a key, and its
        name; a new one has a number, and the name of its largest settlement.
    """
    count = locality_count(division)
    places = match_localities(ground, today.division, division) if today is not None else np.full(count, -1)
    towns = name_localities(ground, division)
    keys: list[str] = []
    names: dict[str, str] = {}
    for number in range(count):
        code = today.codes[places[number]] if today is not None and places[number] >= 0 else ""
        key = code or _free_key(keys, known)
        keys.append(key)
        names[key] = known.get(code, code) if code else towns[number]
    return _by_zone(ground, division, keys), _made_unique(names)


def _by_zone(ground: Ground, division: Division, keys: list[str]) -> dict[str, str]:
    return {zone: keys[number] for zone, number in zip(ground.zones, division.tolist(), strict=True) if number >= 0}


def _free_key(taken: list[str], known: Mapping[str, str]) -> str:
    number = 1
    while str(number) in taken or str(number) in known:
        number += 1
    return str(number)


def _made_unique(names: dict[str, str]) -> dict[str, str]:
    """Number names that stand twice: a large town gives its name to several localities."""
    seen: set[str] = set()
    unique = {}
    for key, name in names.items():
        said, number = name, 1
        while said.casefold() in seen:
            number += 1
            said = f"{name} {number}"
        seen.add(said.casefold())
        unique[key] = said
    return unique
