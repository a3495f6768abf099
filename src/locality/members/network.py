"""Who is connected with whom: the parts into which a locality's people fall, and who is connected to nobody."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Network:
    """Those who take part, and who of them was connected with whom.

    Args:
        parts: Those who can reach one another over connections, the largest part first; each in the order given.
        isolated: Those who are connected to nobody, in the order given.
        ties: Pairs that are connected, each once.
        degrees: With how many others each is connected, by name.
    """

    parts: tuple[tuple[str, ...], ...]
    isolated: tuple[str, ...]
    ties: tuple[tuple[str, str], ...]
    degrees: dict[str, int]


def network_of(those: Iterable[str], links: Iterable[tuple[str, str]]) -> Network:
    """Work out who can reach whom over connections.

    Args:
        those: Stable names of those who take part; one row per member or organisation.
        links: Pairs of stable names that were connected; the same pair may stand there several times, either way
            round. An end that is not among those who take part is added behind them.

    Returns:
        The network. Everybody is in exactly one part or isolated; a pair of two equal ends connects nobody.
    """
    pairs = [(one, other) for one, other in links if one != other]
    everybody = list(dict.fromkeys([*those, *(end for pair in pairs for end in pair)]))
    at = {name: number for number, name in enumerate(everybody)}
    neighbours: dict[str, set[str]] = {name: set() for name in everybody}
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    ties = tuple(dict.fromkeys((one, other) if at[one] < at[other] else (other, one) for one, other in pairs))
    parts = _parts(everybody, neighbours)
    parts.sort(key=lambda part: (-len(part), at[part[0]]))
    return Network(
        parts=tuple(tuple(sorted(part, key=at.__getitem__)) for part in parts),
        isolated=tuple(name for name in everybody if not neighbours[name]),
        ties=ties,
        degrees={name: len(found) for name, found in neighbours.items()},
    )


def _parts(everybody: list[str], neighbours: dict[str, set[str]]) -> list[list[str]]:
    seen: set[str] = set()
    parts = []
    for name in everybody:
        if name in seen or not neighbours[name]:
            continue
        part, waiting = [], [name]
        seen.add(name)
        while waiting:
            here = waiting.pop()
            part.append(here)
            fresh = neighbours[here] - seen
            seen |= fresh
            waiting += sorted(fresh)
        parts.append(part)
    return parts


def places_in_circle(names: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Give each a place on a circle, for a drawing.

    Args:
        names: Stable names, in the order in which they stand on the circle.

    Returns:
        Ratios of width and height from 0 to 1 by name, clockwise from the top; no two have the same place.
    """
    each = list(dict.fromkeys(names))
    turn = 2 * math.pi / max(len(each), 1)
    return {
        name: (0.5 + 0.5 * math.sin(turn * number), 0.5 - 0.5 * math.cos(turn * number))
        for number, name in enumerate(each)
    }
