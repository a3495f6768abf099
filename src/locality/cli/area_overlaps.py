"""`locality areas carry-over`: the localities of a folder on zones of another vintage."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import pandas as pd
from rich.console import Console
from rich.table import Table as Printed

from locality import __version__
from locality.areas import CarryOver, KnownZones, carry_over, check_membership, localities_on, settle_zones
from locality.areas.tables import ZONE_OVERLAPS
from locality.cli import area_words
from locality.cli.area_files import write_json, write_text
from locality.cli.options import data_option, folder_argument, json_option, on_option
from locality.foundations import Fault, InputRefused, ResultRefused, Table, check_frame, hash_file, load_rule
from locality.foundations.core_tables import LOCALITIES, POPULATION, ZONES
from locality.sources.area_inputs import AreaInputs, open_areas
from locality.sources.files import read_cells

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(file_okay=False, path_type=Path)
_WHY = {
    "whole": "all live there",
    "most": "most live there",
    "tied": "as many as in another; the first by code",
    "empty": "nobody lives in the zone; the first by code",
    "hand": "decided by hand",
}


@click.command()
@folder_argument
@click.option("--overlaps", type=_FILE, required=True, help="The table zone_overlaps: people who live in both zones.")
@click.option("--division", type=_FILE, help="A file of zones and localities; today's when not given.")
@click.option(
    "--zones", type=_FILE, help="The new zones; those of the table whose people are mostly ours if not given."
)
@click.option("--population", type=_FILE, help="Residents of the new zones, to hold the table against.")
@click.option("--settle", multiple=True, metavar="ZONE=LOCALITY", help="A split zone decided by hand; repeatable.")
@click.option(
    "--out", type=_OUT, help="Folder for localities.csv, split-zones.csv, carried-over.json; made if need be."
)
@data_option
@json_option
@on_option
def carry_over_command(
    folder: Path, overlaps: Path, out: Path | None, data: Path | None, as_json: bool, on: dt.datetime, **asked: Any
) -> None:
    """Carry the localities of the folder DIR over to zones of another vintage.

    Each new zone comes to the locality in which most of its people live. Every zone that lies in several is named with
    the shares, and can be decided by hand.
    """
    inputs = open_areas(folder, data_root=data)
    division, names = _division(inputs, asked["division"])
    table = _read(ZONE_OVERLAPS, overlaps)
    known = _known(inputs, asked["zones"], asked["population"])
    found = carry_over(table, division, file=overlaps.name, day=on.date(), known=known)
    found = settle_zones(found, _choices(asked["settle"]))
    _refuse_too_few(found, on.date())
    told = _told(inputs, found, names, overlaps)
    if out is not None:
        write_json(out / "carried-over.json", told)
        write_text(out / "localities.csv", _lookup(found, names).to_csv(index=False))
        write_text(out / "split-zones.csv", _split(found, names).to_csv(index=False))
    if as_json:
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    _say(area_words.console(), found, names, title=inputs.partnership.name)


def _division(inputs: AreaInputs, file: Path | None) -> tuple[dict[str, str], dict[str, str]]:
    """Give the locality of each zone, and each locality's name."""
    rows, day = inputs.tables["localities"], inputs.year.end
    if file is not None:
        rows = _read(LOCALITIES, file)
        faults = check_membership(inputs.tables["zones"], rows, day, file.name)
        if faults:
            raise InputRefused(faults)
    rows = localities_on(rows, day)
    named = rows.dropna(subset=["name"]).drop_duplicates("locality")
    names = dict(zip(named["locality"], named["name"], strict=True))
    return dict(zip(rows["zone"], rows["locality"], strict=True)), names


def _read(table: Table, file: Path) -> pd.DataFrame:
    frame, faults = check_frame(table, read_cells(file, file.name), file.name)
    if faults:
        raise InputRefused(faults)
    return frame


def _known(inputs: AreaInputs, zones: Path | None, population: Path | None) -> KnownZones:
    named = frozenset(_read(ZONES, zones)["zone"]) if zones else None
    new_people = _residents(_read(POPULATION, population)) if population else None
    old_people = _residents(inputs.tables["population"])
    return KnownZones(named, old_people, new_people, zones.name if zones else "zones")


def _residents(population: pd.DataFrame) -> Mapping[str, float]:
    """Add up the residents of each zone in the newest year."""
    newest = population[population["year"] == population["year"].max()]
    return {str(zone): float(people) for zone, people in newest.groupby("zone")["people"].sum().items()}


def _choices(said: tuple[str, ...]) -> dict[str, str]:
    pairs = [(one, *one.partition("=")) for one in said]
    wrong = [one for one, zone, _, locality in pairs if not zone or not locality]
    if wrong:
        do = "Write ZONE=LOCALITY, with the codes of both."
        raise InputRefused(Fault("--settle", f"'{one}' decides nothing", do, "option-range") for one in wrong)
    return {zone: locality for _, zone, _, locality in pairs}


def _refuse_too_few(found: CarryOver, day: dt.date) -> None:
    least = load_rule("locality.areas", "least_localities").at(day).value
    if len(found.after) < least:
        reason = f"Only {', '.join(found.after)} would have zones; a partnership has {least} localities or more."
        raise ResultRefused(reason, "Decide split zones by hand with --settle, or draw the localities anew.")


def _lookup(found: CarryOver, names: Mapping[str, str]) -> pd.DataFrame:
    rows = [(one.zone, one.name, one.locality, names.get(one.locality, "")) for one in found.zones]
    return pd.DataFrame(rows, columns=["zone", "zone_name", "locality", "name"])


def _split(found: CarryOver, names: Mapping[str, str]) -> pd.DataFrame:
    rows = [
        (one.zone, one.name, share.locality, names.get(share.locality, ""), share.people, one.locality, one.chosen)
        for one in found.split
        for share in one.shares
    ]
    columns = ["zone", "zone_name", "locality", "name", found.counted, "comes_to", "chosen"]
    return pd.DataFrame(rows, columns=columns)


def _told(inputs: AreaInputs, found: CarryOver, names: Mapping[str, str], overlaps: Path) -> dict[str, Any]:
    return {
        "schema": "locality.carried_over/1",
        "made_by": f"locality {__version__}",
        "partnership": asdict(inputs.partnership),
        "made_up": inputs.made_up,
        "overlaps": {"file": overlaps.name, "sha256": hash_file(overlaps)},
        "counted": found.counted,
        "localities": [
            {"locality": one, "name": names.get(one, ""), "before": people, "after": found.after.get(one, 0)}
            for one, people in found.before.items()
        ],
        "moving": found.moving,
        "flows": [asdict(flow) for flow in found.flows],
        "left": dict(found.left),
        "joined": found.joined,
        "lost": list(found.lost),
        "split": [asdict(one) for one in found.split],
        "zones": [{"zone": one.zone, "name": one.name, "locality": one.locality} for one in found.zones],
    }


def _say(out: Console, found: CarryOver, names: Mapping[str, str], *, title: str) -> None:
    sizes = Printed("locality", title=f"{title}: localities on {len(found.zones):,} new zones")
    for head in ("before", "after"):
        sizes.add_column(f"{found.counted} {head}", justify="right")
    for one, people in found.before.items():
        sizes.add_row(_name(names, one), f"{people:,}", f"{found.after.get(one, 0):,}")
    out.print(sizes)
    out.print(f"{found.moving:,} {found.counted} come to another locality, because most of their zone lives there.")
    if found.left or found.joined:
        gone = sum(found.left.values())
        out.print(
            f"At the border {gone:,} {found.counted} leave the partnership's zones and {found.joined:,} join them."
        )
    for one in found.lost:
        out.print(f"{_name(names, one)} would have no zone any more.")
    _say_split(out, found, names)


def _say_split(out: Console, found: CarryOver, names: Mapping[str, str]) -> None:
    if not found.split:
        out.print("No new zone lies in several localities.")
        return
    count = len(found.split)
    title = "1 zone lies in several localities" if count == 1 else f"{count:,} zones lie in several localities"
    table = Printed("zone", "lies in", "comes to", "because", title=title)
    for one in found.split:
        shares = ", ".join(f"{_name(names, share.locality)} {share.people:,}" for share in one.shares)
        table.add_row(one.zone, shares, _name(names, one.locality), _WHY[one.chosen])
    out.print(table)


def _name(names: Mapping[str, str], locality: str) -> str:
    return names.get(locality) or locality
