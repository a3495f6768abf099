"""The ground of a partnership: what its release brought, with the crossings that the partnership declared."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from locality.areas.ground import Borders, Division, Ground
from locality_web.areas.boundary_ground_file import pack_ground, unpack_ground
from locality_web.areas.models import Crossing, DesignGround
from locality_web.areas.queries import zones_today
from locality_web.core.models import Partnership
from locality_web.core.remembered import ANEW, Reader

# Own choice of the founders, 2026-11: the grounds of a region; each holds some megabytes.
_MOST_KEPT = 8
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Known:
    """What is known of a ground without reading it: its hash, the declared crossings, and what it is made of."""

    sha256: str
    crossings: Pairs
    made_of: dict[str, Any]
    release: str


def ground_of(partnership: Partnership, memory: Reader = ANEW) -> Ground | None:
    """Give what boundaries are drawn on, with the declared crossings; None: no release has brought it yet."""
    known = ground_known(partnership, memory)
    return _ground(known.sha256, known.crossings) if known else None


def ground_known(partnership: Partnership, memory: Reader = ANEW) -> Known | None:
    """Give what is known of the ground without reading it; two small queries."""
    return memory.read(("areas.ground",), ("areas", "money"), lambda: _known(partnership))


def _known(partnership: Partnership) -> Known | None:
    kept = DesignGround.objects.filter(partnership=partnership).values_list("sha256", "made_of", "release").first()
    if kept is None:
        return None
    pairs = Crossing.objects.filter(partnership=partnership).order_by("zone_a", "zone_b")
    return Known(kept[0], tuple(pairs.values_list("zone_a", "zone_b")), kept[1], kept[2])


@lru_cache(maxsize=_MOST_KEPT)
def _ground(sha256: str, crossings: Pairs) -> Ground:
    """Read a ground once: its hash and the crossings say all that it is made of, so it can be kept without end."""
    content = DesignGround.objects.filter(sha256=sha256).values_list("tables", flat=True)[0]
    return with_crossings(unpack_ground(bytes(content)), crossings)


def with_crossings(ground: Ground, crossings: Pairs) -> Ground:
    """Add declared crossings; zones that the ground does not have, and pairs that touch already, are passed over."""
    number = {zone: one for one, zone in enumerate(ground.zones)}
    pairs = [(number[a], number[b]) for a, b in crossings if a in number and b in number]
    known = ground.borders
    there = {(min(a, b), max(a, b)) for a, b in zip(known.first.tolist(), known.second.tolist(), strict=True)}
    new = np.array(sorted({(min(a, b), max(a, b)) for a, b in pairs} - there), dtype=np.int64).reshape(-1, 2)
    if not len(new):
        return ground
    borders = Borders(
        np.concatenate([known.first, new[:, 0]]),
        np.concatenate([known.second, new[:, 1]]),
        np.concatenate([known.metres, np.zeros(len(new))]),
        np.concatenate([known.crossing, np.ones(len(new), dtype=np.bool_)]),
    )
    return replace(ground, borders=borders)


def keep_ground(partnership: Partnership, ground: Ground, *, made_of: dict[str, Any], release: str) -> bool:
    """Keep a ground as the partnership's own; must run inside the transaction of what brings it.

    Returns:
        Whether it is another one than before.
    """
    content = pack_ground(ground)
    sha256 = hashlib.sha256(content).hexdigest()
    before = DesignGround.objects.filter(partnership=partnership).values_list("sha256", flat=True).first()
    DesignGround.objects.update_or_create(
        partnership=partnership,
        defaults={"tables": content, "sha256": sha256, "made_of": made_of, "release": release},
    )
    return before != sha256


def division_of(ground: Ground, zones: dict[str, str], keys: list[str]) -> Division:
    """Give the number of each zone's locality, in the order of the keys; -1: in none."""
    number = {key: one for one, key in enumerate(keys)}
    return np.array([number.get(zones.get(zone, ""), -1) for zone in ground.zones], dtype=np.int32)


@dataclass(frozen=True)
class Today:
    """The localities of today on a ground.

    Args:
        codes: Their codes, in the order of the division's numbers.
        division: The number of each zone's locality; -1: in none.
    """

    codes: tuple[str, ...]
    division: Division


def today_on(partnership: Partnership, ground: Ground, memory: Reader = ANEW) -> Today | None:
    """Give the localities of today; None where they have none of the ground's zones, which are of another vintage."""
    zones = dict(zones_today(partnership, memory) or ())
    codes = sorted({zones[zone] for zone in ground.zones if zone in zones})
    return Today(tuple(codes), division_of(ground, zones, codes)) if codes else None
