"""`locality areas propose`: good divisions of a folder's area, each written as a lookup, beside today's localities."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
import numpy as np
from rich.console import Console

from locality.areas import DesignRules
from locality.areas.division_tables import NamedDivision
from locality.areas.naming import name_localities
from locality.areas.propose import Option, propose
from locality.cli import area_files, area_words
from locality.cli.area_files import Opened
from locality.cli.area_options import Command, design_options, sizes_of
from locality.cli.options import data_option, folder_argument, json_option, on_option, out_option
from locality.foundations import Fault, InputRefused


def wish_options(command: Command) -> Command:
    """Take what must or must not be together."""
    options: tuple[Callable[[Command], Command], ...] = (
        click.option("--start", "seeds", multiple=True, metavar="ZONE", help="In a locality of its own; repeatable."),
        click.option(
            "--keep", multiple=True, metavar="LOCALITY", help="A locality of today that stays as it is; repeatable."
        ),
        click.option("--apart", multiple=True, metavar="ZONE,ZONE", help="Never in one locality; repeatable."),
        click.option("--together", multiple=True, metavar="ZONE,ZONE,...", help="In one locality; repeatable."),
    )
    for option in options:
        command = option(command)
    return command


@click.command("propose")
@folder_argument
@out_option
@design_options
@wish_options
@click.option(
    "--options", "most_options", type=click.IntRange(1, 9), default=4, show_default=True, help="Most options."
)
@click.option(
    "--effort", type=click.FloatRange(0.01, 600), default=4.0, show_default=True, help="CPU seconds to search, about."
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="The same seed, the same options.")
@data_option
@json_option
@on_option
def propose_command(folder: Path, out: Path, data: Path | None, as_json: bool, on: dt.datetime, **asked: Any) -> None:
    """Propose several different good divisions of the folder DIR and set them beside today's localities.

    Writes one lookup (zone, locality) for each option, and measures.json. Every option has the localities asked for,
    each in one piece and within its bounds; where none can, it is refused with the arithmetic.
    """
    opened = area_files.open_ground(folder, data, on.date(), asked["indicators"])
    rules = area_files.rules_for(opened, sizes_of(asked), on.date(), **_wishes(opened, asked))
    found = _search(opened, rules, asked)
    drawn = {f"option {number}": _named(opened, one) for number, one in enumerate(found, start=1)}
    best_at = {name: list(one.best_at) for name, one in zip(drawn, found, strict=True)}
    options = area_files.with_today(opened, drawn)
    compared = area_files.compare_options(opened, options, rules)
    told = area_files.about(opened, rules, on.date()) | area_files.comparison_as_json(compared, options)
    told |= {"seed": asked["seed"], "best_at": best_at}
    paths = _write(opened, out, drawn, told)
    if as_json:
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    console = area_words.console()
    for name, words in best_at.items():
        console.print(f"{name}: {'; '.join(words)}.")
    area_words.say_comparison(console, compared, options)
    area_words.say_bounds(console, rules)
    area_words.say_notes(console, opened)
    for path in paths:
        console.print(f"{path}")


def _search(opened: Opened, rules: DesignRules, asked: dict[str, Any]) -> tuple[Option, ...]:
    """Search, on a terminal under a sign that something is done; today's localities are a start when they are whole."""
    start = opened.area.today if (opened.area.today >= 0).all() else None
    with Console(stderr=True).status("Looking for good divisions"):
        return propose(
            opened.ground,
            rules,
            seed=asked["seed"],
            effort=asked["effort"],
            options=asked["most_options"],
            start=start,
        )


def _named(opened: Opened, option: Option) -> NamedDivision:
    area = opened.area
    return NamedDivision(
        option.division, name_localities(area.ground, option.division, today=area.today, names=area.names)
    )


def _write(opened: Opened, out: Path, drawn: Mapping[str, NamedDivision], told: Mapping[str, Any]) -> list[Path]:
    paths = []
    for name, one in drawn.items():
        paths.append(out / f"{name.replace(' ', '-')}.csv")
        area_files.write_division(paths[-1], opened.ground, one.division, one.names)
    area_files.write_json(out / "measures.json", told)
    return [*paths, out / "measures.json"]


def _wishes(opened: Opened, asked: dict[str, Any]) -> dict[str, Any]:
    """Turn what a user wrote into groups of zones; a locality is named by its name or code."""
    faults = [
        Fault("--apart", f"'{pair}' is not a pair of zones", "Write ZONE,ZONE.", "option-range")
        for pair in asked["apart"]
        if len(_codes(pair)) != len(("one", "other"))
    ]
    kept = []
    for name in asked["keep"]:
        zones = _zones_of(opened, name)
        if not zones:
            do = f"Use one of: {', '.join(opened.area.names)}."
            faults.append(Fault("--keep", f"no locality of today is called '{name}'", do, "option-range"))
        kept.append(zones)
    if faults:
        raise InputRefused(faults)
    return {
        "together": tuple(_codes(group) for group in asked["together"]),
        "apart": tuple(_codes(pair) for pair in asked["apart"]),
        "kept": tuple(kept),
        "seeds": tuple(asked["seeds"]),
    }


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in text.split(",") if code.strip())


def _zones_of(opened: Opened, name: str) -> tuple[str, ...]:
    area = opened.area
    numbers = [at for at, names in enumerate(zip(area.names, area.codes, strict=True)) if name in names]
    return tuple(opened.ground.zones[zone] for zone in np.flatnonzero(np.isin(area.today, numbers)))
