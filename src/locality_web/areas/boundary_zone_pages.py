"""The list of an option's zones: found by locality, settlement or name, and moved without a map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator

from locality.areas.ground import Ground
from locality_web.areas.models import BoundaryOption
from locality_web.core.csv_out import safe_cell

A_PAGE = 50
NO_LOCALITY = "none"
COLUMNS = ("zone", "zone_name", "locality", "locality_name")


@dataclass(frozen=True)
class ZoneLine:
    """One zone as the list shows it."""

    code: str
    name: str
    settlement: str
    people: int
    key: str
    locality: str


@dataclass(frozen=True)
class Asked:
    """Which zones somebody wants to see; empty: all."""

    locality: str = ""
    settlement: str = ""
    find: str = ""

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Asked:
        """Take what an address or a form says."""
        return cls(*(said.get(name, "").strip()[:200] for name in ("locality", "settlement", "find")))

    @property
    def query(self) -> str:
        """The same as a part of an address."""
        asked = {"locality": self.locality, "settlement": self.settlement, "find": self.find}
        return urlencode({name: each for name, each in asked.items() if each})


def zone_lines(ground: Ground, option: BoundaryOption, asked: Asked) -> list[ZoneLine]:
    """Give the zones that fit, in order of their codes."""
    lines = []
    for number, code in enumerate(ground.zones):
        key = option.zones.get(code, "")
        town = ground.settlements[ground.settlement[number]] if ground.settlement[number] >= 0 else ""
        line = ZoneLine(
            code, ground.names[number], town, int(ground.people[number]), key, option.names.get(key, "no locality")
        )
        if _fits(line, asked):
            lines.append(line)
    return lines


def _fits(line: ZoneLine, asked: Asked) -> bool:
    text = asked.find.casefold()
    return (
        (not asked.locality or (line.key or NO_LOCALITY) == asked.locality)
        and (not asked.settlement or line.settlement == asked.settlement)
        and (not text or text in line.name.casefold() or text in line.code.casefold())
    )


def zones_page(ground: Ground, option: BoundaryOption, asked: Asked, page: str | None) -> dict[str, Any]:
    """The zones that fit, a page at a time, each with its locality to choose."""
    lines = zone_lines(ground, option, asked)
    shown = Paginator(lines, A_PAGE).get_page(page)
    return {
        "option": option,
        "asked": asked,
        "filters": f"{asked.query}&" if asked.query else "",
        "shown": shown,
        "count": len(lines),
        "people": sum(line.people for line in lines),
        "keys": list(option.names.items()),
        "empty_keys": [(key, name) for key, name in option.names.items() if key not in set(option.zones.values())],
        "settlements": sorted(set(ground.settlements)),
        "no_locality": NO_LOCALITY,
        "warnings": option.measures.get("warnings", []),
        "can_undo": option.moves.exists(),
    }


def option_rows(ground: Ground | None, option: BoundaryOption) -> list[list[str]]:
    """Give the rows of the file of an option, in the form in which a file of zones is read."""
    names = dict(zip(ground.zones, ground.names, strict=True)) if ground is not None else {}
    return [
        [zone, str(safe_cell(names.get(zone, ""))), key, option.names[key]]
        for zone, key in sorted(option.zones.items())
    ]
