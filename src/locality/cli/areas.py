"""`locality areas`: measure, compare and propose boundaries of localities, and set clusters against them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from locality.areas import measure
from locality.areas.division_tables import NamedDivision
from locality.areas.practices import cut_clusters, moves_to_target, practice_moves
from locality.areas.zone_moves import zone_moves
from locality.cli import area_files, area_words
from locality.cli.area_options import design_options, sizes_of
from locality.cli.area_overlaps import carry_over_command
from locality.cli.area_propose import propose_command
from locality.cli.options import data_option, folder_argument, json_option, on_option

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(file_okay=False, path_type=Path)


@click.group()
def areas() -> None:
    """Boundaries of localities: how good they are, and better ones."""


areas.add_command(propose_command)
areas.add_command(carry_over_command)


@areas.command("measure")
@folder_argument
@click.option("--division", type=_FILE, help="A file of zones and localities; today's when not given.")
@click.option("--out", type=_OUT, help="Folder for measures.json; made if need be.")
@design_options
@data_option
@json_option
@on_option
def measure_command(
    folder: Path,
    division: Path | None,
    out: Path | None,
    data: Path | None,
    as_json: bool,
    on: dt.datetime,
    **asked: Any,
) -> None:
    """Measure today's localities of the folder DIR, or a division from a file.

    An incomplete or unlawful division is measured too, and what is wrong with it is named.
    """
    opened = area_files.open_ground(folder, data, on.date(), asked["indicators"])
    rules = area_files.rules_for(opened, sizes_of(asked), on.date())
    today = NamedDivision(opened.area.today, opened.area.names)
    drawn = today if division is None else area_files.read_division(opened.ground, division)
    found = measure(opened.ground, drawn.division, rules, today=today.division, names=drawn.names)
    told = area_files.about(opened, rules, on.date()) | {"measures": area_files.measures_as_json(found, drawn.names)}
    if out is not None:
        area_files.write_json(out / "measures.json", told)
    if as_json:
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    console = area_words.console()
    title = f"{opened.inputs.partnership.name}: {division.name if division else 'localities of today'}"
    area_words.say_measures(console, found, drawn.names, title=title)
    area_words.say_bounds(console, rules)
    area_words.say_notes(console, opened)


@areas.command("compare")
@folder_argument
@click.option("--division", "divisions", multiple=True, metavar="NAME=FILE", help="An option; repeatable.")
@click.option("--out", type=_OUT, help="Folder for comparison.json; made if need be.")
@design_options
@data_option
@json_option
@on_option
def compare_command(
    folder: Path,
    divisions: tuple[str, ...],
    out: Path | None,
    data: Path | None,
    as_json: bool,
    on: dt.datetime,
    **asked: Any,
) -> None:
    """Compare divisions of the folder DIR with today's localities: measures, who moves where, what each is best at."""
    opened = area_files.open_ground(folder, data, on.date(), asked["indicators"])
    rules = area_files.rules_for(opened, sizes_of(asked), on.date())
    options = area_files.with_today(opened, area_files.read_options(opened.ground, divisions))
    found = area_files.compare_options(opened, options, rules)
    told = area_files.about(opened, rules, on.date()) | area_files.comparison_as_json(found, options)
    if out is not None:
        area_files.write_json(out / "comparison.json", told)
    if as_json:
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    console = area_words.console()
    area_words.say_comparison(console, found, options)
    area_words.say_bounds(console, rules)
    area_words.say_notes(console, opened)


@areas.command("practices")
@folder_argument
@click.option("--division", type=_FILE, help="A file of zones and localities; today's when not given.")
@click.option("--target", type=click.FloatRange(0, 1), default=0.9, show_default=True, help="Containment to reach.")
@click.option("--fewest", type=click.IntRange(1), default=1, show_default=True, help="Practices a cluster must keep.")
@design_options
@data_option
@json_option
@on_option
def practices_command(
    folder: Path,
    division: Path | None,
    target: float,
    fewest: int,
    data: Path | None,
    as_json: bool,
    on: dt.datetime,
    **asked: Any,
) -> None:
    """Say which clusters of practices cut across localities of the folder DIR, and what would mend it.

    In both directions: practices that could move to another cluster, and zones that could move to another locality.
    The list is for discussion and not for decree.
    """
    opened = area_files.open_ground(folder, data, on.date(), asked["indicators"])
    rules = area_files.rules_for(opened, sizes_of(asked), on.date())
    today = NamedDivision(opened.area.today, opened.area.names)
    drawn = today if division is None else area_files.read_division(opened.ground, division)
    ground = opened.ground
    cut = cut_clusters(ground, drawn.division)
    moves = practice_moves(ground, drawn.division, fewest=fewest)
    listed = moves_to_target(ground, drawn.division, target, fewest=fewest)
    zones = zone_moves(ground, drawn.division, rules)
    if as_json:
        assert ground.practices is not None, "without practices the question was refused"
        told = area_files.about(opened, rules, on.date()) | {
            "modelled": ground.practices.modelled,
            "localities": list(drawn.names),
            "practices": list(ground.practices.codes),
            "clusters": list(ground.practices.clusters),
            "cut_clusters": [asdict(one) for one in cut],
            "practice_moves": [asdict(one) | {"mends": one.mends} for one in moves],
            "towards_target": asdict(listed) | {"is_reached": listed.is_reached},
            "zone_moves": [asdict(one) | {"code": ground.zones[one.zone]} for one in zones],
        }
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    console = area_words.console()
    area_words.say_cut_clusters(console, ground, cut, drawn.names)
    area_words.say_practice_moves(console, ground, moves, listed)
    area_words.say_zone_moves(console, ground, zones, drawn.names)
    area_words.say_notes(console, opened)
