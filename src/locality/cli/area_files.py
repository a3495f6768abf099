"""What the commands about boundaries read and write: the folder's ground, divisions as CSV, measures as JSON."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from locality import __version__
from locality.areas import DesignRules, Division, Ground, Measures, Weights, design_rules, load_weights
from locality.areas.area_settings import AreaSettings
from locality.areas.compare import Comparison, compare
from locality.areas.division_tables import NamedDivision, division_from_table, division_table
from locality.areas.read_ground import AreaGround, read_ground
from locality.foundations import Fault, InputRefused, check_frame
from locality.foundations.core_tables import LOCALITIES
from locality.sources.area_inputs import AreaInputs, open_areas
from locality.sources.files import read_cells

TODAY = "today"
"""How today's localities are called beside the options."""


@dataclass(frozen=True)
class Sizes:
    """What a user asked for about sizes and weights; None: not said."""

    number: int | None
    least: int | None
    most: int | None
    weights: tuple[float, float, float] | None
    islands_alone: bool
    within_councils: bool


@dataclass(frozen=True)
class Opened:
    """A folder's ground with where it comes from."""

    inputs: AreaInputs
    area: AreaGround

    @property
    def ground(self) -> Ground:
        """What boundaries are drawn on."""
        return self.area.ground

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said beside every result."""
        return (*self.inputs.notes, *self.area.notes)


def open_ground(folder: Path, data: Path | None, on: dt.date, indicators: tuple[str, ...]) -> Opened:
    """Open a folder; today's localities are those at the end of its financial year."""
    inputs = open_areas(folder, data_root=data)
    wanted = indicators or inputs.settings.indicators
    area = read_ground(inputs.tables, day=inputs.year.end, on=on, indicators=wanted or None)
    return Opened(inputs, area)


def rules_for(opened: Opened, asked: Sizes, on: dt.date, **wishes: Any) -> DesignRules:
    """Make the rules: what the command asks for, after it what the folder sets, after it a stand-in.

    Without a number the stand-ins come from the number of today's localities, which is then free.
    """
    own = opened.inputs.settings
    number, least, most = (
        said if said is not None else its
        for said, its in ((asked.number, own.number), (asked.least, own.least), (asked.most, own.most))
    )
    free = number is None and (least is None or most is None)
    made = design_rules(
        opened.ground,
        on,
        number=len(opened.area.names) if free else number,
        least=least,
        most=most,
        weights=_weights(asked.weights, own, on),
        islands_alone=asked.islands_alone or own.islands_alone,
        within_councils=asked.within_councils or own.within_councils,
        **wishes,
    )
    return replace(made, number=number)


def _weights(asked: tuple[float, float, float] | None, own: AreaSettings, on: dt.date) -> Weights:
    if asked is not None:
        return load_weights(on, dict(zip(("practices", "communities", "border"), asked, strict=True)), file="--weights")
    return load_weights(on, own.weights, file="partnership.toml")


def read_division(ground: Ground, path: Path) -> NamedDivision:
    """Read a division from a CSV, a workbook or a Parquet file with the columns of the table `localities`."""
    table, faults = check_frame(LOCALITIES, read_cells(path, path.name), path.name)
    if faults:
        raise InputRefused(faults)
    return division_from_table(ground, table, path.name)


def read_options(ground: Ground, said: tuple[str, ...]) -> dict[str, NamedDivision]:
    """Read NAME=FILE pairs; every fault of every file at once."""
    found: dict[str, NamedDivision] = {}
    faults: list[Fault] = []
    for one in said:
        name, _, file = one.partition("=")
        if not name or not file or name in found or name == TODAY:
            do = f"Write NAME=FILE, each name once and none '{TODAY}'."
            faults.append(Fault("--division", f"'{one}' does not name an option", do, "option-range"))
            continue
        try:
            found[name] = read_division(ground, Path(file))
        except InputRefused as refused:
            faults += refused.faults
    if faults:
        raise InputRefused(faults)
    return found


def with_today(opened: Opened, options: Mapping[str, NamedDivision]) -> dict[str, NamedDivision]:
    """Set today's localities before the options."""
    return {TODAY: NamedDivision(opened.area.today, opened.area.names), **options}


def compare_options(opened: Opened, options: Mapping[str, NamedDivision], rules: DesignRules) -> Comparison:
    """Compare named divisions with each other and with today's localities."""
    return compare(
        opened.ground,
        {name: one.division for name, one in options.items()},
        rules,
        today=opened.area.today,
        names={name: one.names for name, one in options.items()},
    )


def about(opened: Opened, rules: DesignRules, on: dt.date) -> dict[str, Any]:
    """Say where figures come from and what they were held against."""
    return {
        "schema": "locality.boundaries/1",
        "made_by": f"locality {__version__}",
        "made_on": str(on),
        "partnership": asdict(opened.inputs.partnership),
        "made_up": opened.inputs.made_up,
        "notes": list(opened.notes),
        "inputs": [one.as_json() for one in opened.inputs.inputs],
        "rules": asdict(rules),
    }


def measures_as_json(found: Measures, names: tuple[str, ...]) -> dict[str, Any]:
    """Give a division's measures with the names of its localities."""
    told = asdict(found)
    for locality in told["localities"]:
        locality["name"] = names[locality["number"]]
    return told


def comparison_as_json(found: Comparison, options: Mapping[str, NamedDivision]) -> dict[str, Any]:
    """Give a comparison: measures, words, and who moves where by name."""
    return {
        "options": {name: measures_as_json(one, options[name].names) for name, one in found.measures.items()},
        "words": {name: list(said) for name, said in found.words.items()},
        "moves": [
            {
                "from_option": one,
                "to_option": two,
                "from": _name(options[one].names, flow.before),
                "to": _name(options[two].names, flow.after),
                "people": flow.people,
                "zones": flow.zones,
            }
            for (one, two), flows in found.moves.items()
            for flow in flows
        ],
    }


def _name(names: tuple[str, ...], number: int) -> str | None:
    return names[number] if number >= 0 else None


def write_json(path: Path, told: Mapping[str, Any]) -> None:
    """Write JSON whole or not at all."""
    write_text(path, json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def write_division(path: Path, ground: Ground, division: Division, names: tuple[str, ...]) -> None:
    """Write a division as CSV, whole or not at all."""
    write_text(path, division_table(ground, division, names).to_csv(index=False))


def write_text(path: Path, text: str) -> None:
    """Write text whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)
