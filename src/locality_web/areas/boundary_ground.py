"""The ground of a partnership: what its release brought, with the crossings that the partnership declared."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from locality.areas.ground import Borders, Division, Ground
from locality_web.areas.boundary_ground_file import pack_ground, unpack_ground
from locality_web.areas.models import AreaVersion, Crossing, DesignGround, ZoneIn
from locality_web.core.models import Partnership
from locality_web.core.remembered import ANEW, Reader

# Own choice of the founders, 2026-11: the grounds of a region; each holds some megabytes.
_MOST_KEPT = 8
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Declared:
    """A crossing that the partnership declared: its two zones, what it is, its name and why it joins them."""

    zone_a: str
    zone_b: str
    kind: str
    name: str
    why: str


@dataclass(frozen=True)
class Known:
    """What is known of a ground without reading it.

    Args:
        sha256: The hash of the ground's tables; empty: no release has brought them yet.
        made_of: Sources, notes and attribution lines.
        wishes: What the partnership asks of its localities besides their sizes.
        crossings: What it declared.
    """

    sha256: str
    made_of: dict[str, Any]
    wishes: dict[str, Any]
    crossings: tuple[Declared, ...]


def ground_of(partnership: Partnership, memory: Reader = ANEW) -> Ground | None:
    """Give what boundaries are drawn on, with the declared crossings; None: no release has brought it yet."""
    known = ground_known(partnership, memory)
    pairs = tuple(sorted((each.zone_a, each.zone_b) for each in known.crossings))
    return _ground(known.sha256, pairs) if known.sha256 else None


def ground_known(partnership: Partnership, memory: Reader = ANEW) -> Known:
    """Give what is known of the ground without reading it; two small queries."""
    return memory.read(("areas.ground",), ("areas", "money"), lambda: _known(partnership))


def _known(partnership: Partnership) -> Known:
    wanted = ("design_ground__sha256", "design_ground__made_of", "design_wishes__wishes")
    sha256, made_of, wishes = Partnership.objects.filter(pk=partnership.pk).values_list(*wanted).get()
    declared = [
        Declared(first, second, Crossing.Kind(kind).label, name, why)
        for first, second, kind, name, why in Crossing.objects.filter(partnership=partnership).values_list(
            "zone_a", "zone_b", "kind", "name", "why"
        )
    ]
    return Known(sha256 or "", made_of or {}, wishes or {}, tuple(declared))


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


def crossings_of_release(partnership: Partnership, memory: Reader = ANEW) -> list[tuple[int, int]]:
    """Give the crossings that came with the release, as numbers of zones of the ground; none declared on the site."""
    known = ground_known(partnership, memory)
    if not known.sha256:
        return []
    borders = _ground(known.sha256, ()).borders
    pairs = zip(borders.first.tolist(), borders.second.tolist(), borders.crossing.tolist(), strict=True)
    return [(first, second) for first, second, is_crossing in pairs if is_crossing]


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


@dataclass(frozen=True)
class InForce:
    """The division in force: the code of each zone's locality, and each locality's name by its code."""

    zones: dict[str, str]
    names: dict[str, str]


def in_force(partnership: Partnership, memory: Reader = ANEW) -> InForce:
    """Give the division in force today, in one query; empty where no zones were ever loaded."""
    return memory.read(("areas.in_force",), ("areas",), lambda: _in_force(partnership))


def _in_force(partnership: Partnership) -> InForce:
    kept = AreaVersion.objects.filter(partnership=partnership).order_by("-applies_from").values("pk")
    begun = Subquery(kept.filter(applies_from__lte=timezone.localdate())[:1])
    # As in `queries.version_on`: before the first division began, the first one is given.
    version = Coalesce(begun, Subquery(kept.reverse()[:1]))
    rows = ZoneIn.objects.filter(version=version).values_list("zone", "locality__code", "locality__name")
    found = list(rows.order_by("locality__name", "zone"))
    return InForce({zone: code for zone, code, _ in found}, {code: name for _, code, name in found})


def today_on(partnership: Partnership, ground: Ground, memory: Reader = ANEW) -> Today | None:
    """Give the localities of today; None where they have none of the ground's zones, which are of another vintage."""
    zones = in_force(partnership, memory).zones
    codes = sorted({zones[zone] for zone in ground.zones if zone in zones})
    return Today(tuple(codes), division_of(ground, zones, codes)) if codes else None
