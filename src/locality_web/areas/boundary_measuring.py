"""Measure options by the library's one scorer, and keep the figures with them as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from locality.areas.division_faults import find_division_faults
from locality.areas.ground import DesignRules, Ground
from locality.areas.measures import measure
from locality_web.areas.boundary_ground import Today, division_of, ground_of, today_on
from locality_web.areas.boundary_rules import limits_of, rules_of
from locality_web.areas.models import BoundaryOption
from locality_web.core.models import Partnership
from locality_web.core.remembered import ANEW, Reader

_SIZE_FAULTS = {"areas.least_residents": "locality-too-small", "areas.most_residents": "locality-too-large"}


@dataclass(frozen=True)
class Board:
    """What options of a partnership are drawn on and held against.

    Args:
        ground: Zones, borders with declared crossings, settlements, practices.
        rules: The rules in force, with stand-ins for sizes that the partnership has not set.
        today: Today's localities on this ground.
        not_set: Codes of faults that count for nothing here: the partnership has set no such size.
    """

    ground: Ground
    rules: DesignRules
    today: Today | None
    not_set: frozenset[str] = frozenset()


def board_of(partnership: Partnership, memory: Reader = ANEW) -> Board | None:
    """Give ground, rules in force and today's localities; None: no release has brought the ground yet."""
    ground = ground_of(partnership, memory)
    if ground is None:
        return None
    limits = limits_of(partnership, memory)
    not_set = frozenset(code for setting, code in _SIZE_FAULTS.items() if limits[setting] is None)
    return Board(ground, rules_of(partnership, ground, memory), today_on(partnership, ground, memory), not_set)


def measure_zones(board: Board, zones: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    """Measure a division by zone and key.

    Returns:
        The library's measures by name, as plain values. `localities` and `warnings` name localities by key; a warning
        has `code`, `what`, `do`, `localities` and `zones` (codes).
    """
    keys = list(names)
    division = division_of(board.ground, dict(zones), keys)
    today = board.today.division if board.today is not None else None
    found = asdict(measure(board.ground, division, board.rules, today=today))
    found.pop("faults")
    found["localities"] = {keys[each.pop("number")]: each for each in found["localities"]}
    found["warnings"] = _warnings(board, division, names)
    return found


def _warnings(board: Board, division: Any, names: Mapping[str, str]) -> list[dict[str, Any]]:
    keys = list(names)
    found = find_division_faults(board.ground, division, board.rules, names=list(names.values()))
    warnings: list[dict[str, Any]] = [
        {
            "code": each.code,
            "what": each.what,
            "do": each.do,
            "localities": [keys[number] for number in each.localities],
            "zones": [board.ground.zones[zone] for zone in each.zones],
        }
        for each in found
        if each.code not in board.not_set
    ]
    empty = keys[int(division.max(initial=-1)) + 1 :]
    warnings += [
        {
            "code": "locality-empty",
            "what": f"{names[key]} has no zone",
            "do": "Give it a zone, or leave it out.",
            "localities": [key],
            "zones": [],
        }
        for key in empty
    ]
    return warnings


def measure_again(partnership: Partnership) -> int:
    """Measure every option that is not put away anew: its ground or its rules have changed.

    Must run inside the transaction of what changed them.

    Returns:
        How many were measured.
    """
    board = board_of(partnership)
    if board is None:
        return 0
    open_states = (BoundaryOption.State.DRAFT, BoundaryOption.State.FINAL)
    options = list(BoundaryOption.objects.filter(partnership=partnership, state__in=open_states))
    for option in options:
        option.measures = measure_zones(board, option.zones, option.names)
    BoundaryOption.objects.bulk_update(options, ["measures"])
    return len(options)
