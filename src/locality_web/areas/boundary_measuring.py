"""Measure options by the library's one scorer, and keep the figures with them as plain values."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import Any

from locality.areas.division_faults import find_division_faults
from locality.areas.ground import DesignRules, Ground
from locality.areas.measures import measure
from locality_web.areas.boundary_ground import Known, Today, division_of, ground_known, ground_of, today_on
from locality_web.areas.boundary_rules import limits_of, rules_as_json, rules_of
from locality_web.areas.models import BoundaryOption
from locality_web.core.models import Partnership
from locality_web.core.remembered import ANEW, Anew, Reader

_SIZE_FAULTS = {"areas.least_residents": "locality-too-small", "areas.most_residents": "locality-too-large"}


@dataclass(frozen=True)
class Board:
    """What options of a partnership are drawn on and held against.

    Args:
        ground: Zones, borders with declared crossings, settlements, practices.
        rules: The rules in force, with stand-ins for sizes that the partnership has not set.
        today: Today's localities on this ground.
        not_set: Codes of faults that count for nothing here: the partnership has set no such size.
        under: Stands for all of this: where it is another one, measures are others.
    """

    ground: Ground
    rules: DesignRules
    today: Today | None
    not_set: frozenset[str] = frozenset()
    under: str = ""


class _Once(Anew):
    """Remembers while one board is put together, for whoever writes: several parts of it read the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], Any] = {}

    def read(self, name: tuple[str, ...], rooms: Iterable[str], read: Callable[[], Any]) -> Any:
        if name not in self._known:
            self._known[name] = read()
        return self._known[name]


def board_of(partnership: Partnership, memory: Reader = ANEW) -> Board | None:
    """Give ground, rules in force and today's localities; None: no release has brought the ground yet."""
    memory = _Once() if memory is ANEW else memory
    ground = ground_of(partnership, memory)
    if ground is None:
        return None
    limits = limits_of(partnership, memory)
    not_set = frozenset(code for setting, code in _SIZE_FAULTS.items() if limits[setting] is None)
    board = Board(ground, rules_of(partnership, ground, memory), today_on(partnership, ground, memory), not_set)
    return replace(board, under=_stands_for(board, ground_known(partnership, memory)))


def _stands_for(board: Board, known: Known) -> str:
    crossings = sorted((each.zone_a, each.zone_b) for each in known.crossings)
    today = [board.today.codes, board.today.division.tolist()] if board.today is not None else None
    parts = [known.sha256, crossings, rules_as_json(board.rules), sorted(board.not_set), today]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def measure_zones(board: Board, zones: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    """Measure a division by zone and key.

    Returns:
        The library's measures by name, as plain values. `localities` and `warnings` name localities by key; a warning
        has `code`, `what`, `do`, `localities` and `zones` (codes). `under` stands for the board.
    """
    keys = list(names)
    division = division_of(board.ground, dict(zones), keys)
    today = board.today.division if board.today is not None else None
    found = asdict(measure(board.ground, division, board.rules, today=today))
    found.pop("faults")
    found["localities"] = {keys[each.pop("number")]: each for each in found["localities"]}
    found["warnings"] = _warnings(board, division, names)
    found["under"] = board.under
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


OPEN = (BoundaryOption.State.DRAFT, BoundaryOption.State.FINAL)
"""States in which measures follow the rules; those of an option that was adopted or put away stay as they were."""


def bring_up_to_date(board: Board | None, *options: BoundaryOption) -> None:
    """Give options that are to be shown the measures that hold now; nothing is written.

    The sizes asked for are settings of another room, and today's localities change with a date: what was measured
    under others is measured again when it is read, and remembered.
    """
    for option in options:
        if board is not None and option.state in OPEN and option.measures.get("under") != board.under:
            stale = _Stale(option.pk, option.version, option.changed_at, board.under, board, option)
            option.measures = _measured(stale)


@dataclass(frozen=True)
class _Stale:
    """An option whose measures are old; what it is told by, and what it is measured with."""

    pk: int
    version: int
    changed_at: dt.datetime
    under: str
    board: Board = field(compare=False)
    option: BoundaryOption = field(compare=False)


@lru_cache(maxsize=64)
def _measured(stale: _Stale) -> dict[str, Any]:
    return measure_zones(stale.board, stale.option.zones, stale.option.names)


def measure_again(partnership: Partnership) -> int:
    """Measure every option that is not put away anew: its ground or its rules have changed.

    Must run inside the transaction of what changed them.

    Returns:
        How many were measured.
    """
    board = board_of(partnership)
    if board is None:
        return 0
    options = list(BoundaryOption.objects.filter(partnership=partnership, state__in=OPEN))
    for option in options:
        option.measures = measure_zones(board, option.zones, option.names)
    BoundaryOption.objects.bulk_update(options, ["measures"])
    return len(options)
