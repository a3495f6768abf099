"""Which zones are in another locality in one division than in another, as people would say it: by the names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from locality.areas.change import match_localities
from locality.areas.ground import Ground
from locality_web.areas.boundary_ground import division_of
from locality_web.core.languages import tell

Divided = tuple[Mapping[str, str], Mapping[str, str]]
"""Key of the locality by zone, and name of each locality by its key."""


@dataclass(frozen=True)
class Move:
    """Zones that leave one locality for another: both names, the zones by their numbers on the ground, the people."""

    leaves: str
    joins: str
    zones: tuple[int, ...]
    people: int


def moves_between(ground: Ground, before: Divided, after: Divided) -> list[Move] | None:
    """Give who moves from where to where, most people first; None: a division has zones that the ground does not know.

    A locality of the same name is the same one, whatever its share of people; one that only got another name, and takes
    the place of one that is gone, moves nobody.
    """
    if not set(before[0]) | set(after[0]) <= set(ground.zones):
        return None
    was, now = list(before[1].values()), list(after[1].values())
    sides = [division_of(ground, dict(zones), list(names)) for zones, names in (before, after)]
    match = match_localities(ground, *sides).tolist()

    def stays(old: int, new: int) -> bool:
        if old < 0 or new < 0 or was[old] == now[new]:
            return old == new if old < 0 or new < 0 else True
        return bool(match[new] == old and was[old] not in now and now[new] not in was)

    found: dict[tuple[int, int], list[int]] = {}
    for number, (old, new) in enumerate(zip(*(side.tolist() for side in sides), strict=True)):
        if not stays(old, new):
            found.setdefault((old, new), []).append(number)
    moves = [
        Move(_named(was, old), _named(now, new), tuple(zones), int(ground.people[zones].sum()))
        for (old, new), zones in found.items()
    ]
    return sorted(moves, key=lambda one: (-one.people, one.leaves, one.joins))


def _named(names: list[str], number: int) -> str:
    return names[number] if number >= 0 else tell("no locality")
