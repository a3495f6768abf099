"""Works out shares from a folder, writes the results beside each other, and prints them."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import pandas as pd
from rich.console import Console

from locality import __version__
from locality.foundations import rules_in
from locality.money.council_split import split_council_lines
from locality.money.cube import CostCube
from locality.money.figures import budget_table, shares_table
from locality.money.report import render_report, tables_for_terminal
from locality.money.settings import ShareSettings, read_settings
from locality.money.statement import MoneyStatement, state_money
from locality.money.summary import SCHEMA, summarise_shares
from locality.money.weights import summarise_models
from locality.sources import OpenFolder, connect, open_folder
from locality.sources.known_people import KnownPeople, PeopleFiles, people_files, recall, remember
from locality.sources.money_inputs import GatheredMoney, cube_of_folder, gather_money, place_kind_of
from locality.sources.prepared_cube import cube_from_prepared

CUBE = "cube"
"""Folder beside the results that holds the cost cube; it holds small counts and stays with the analyst."""

PREPARED = "prepared"
"""Folder in the partnership folder that holds its person-level rows under small numbers."""


@dataclass(frozen=True)
class Shares:
    """What the shares of a folder are: the statement, its summary, and the commitments beside it."""

    statement: MoneyStatement
    summary: dict[str, Any]
    commitments: pd.DataFrame | None


def work_out_shares(folder: Path, data: Path | None, engine: str, on: dt.date, out: Path) -> Shares:
    """Open a folder and work out its shares; person-level files are scanned only when something has changed.

    The cost cube is kept beside the results (and, with `locality check --prepare`, in the folder). While every file
    that the folder names is as it was, the next run starts from there.
    """
    errors = Console(stderr=True)
    with errors.status("Checking the files"):
        people = _People.find(folder, data, engine, out)
        opened = open_folder(folder, data_root=data, connection=people.connection, known=people.known)
        settings = read_settings(opened.money)
    with errors.status("Adding up activity"):
        cube = people.cube(opened, settings)
    with errors.status("Working out shares"):
        gathered = gather_money(opened, settings, cube=cube, on=on)
        statement = state_money(gathered.inputs, settings)
    _write_places(out, opened, gathered)
    summary = _describe(opened, gathered, on) | summarise_shares(statement) | {"parameters": settings.as_json()}
    summary["notes"] += statement.notes
    if "council_lines" in opened.tables:
        lines = split_council_lines(opened.tables["council_lines"], statement, opened.partnership.name)
        summary["council_lines"] = lines
    return Shares(statement, summary, opened.tables.get("commitments"))


@dataclass(frozen=True)
class _People:
    """The way to the person-level files: from a cube or a preparation of these very files, or by scanning them."""

    files: PeopleFiles | None
    results: Path
    prepared: Path
    known: KnownPeople | None
    from_prepared: bool
    connection: Any

    @classmethod
    def find(cls, folder: Path, data: Path | None, engine: str, out: Path) -> _People:
        files = people_files(folder, data)
        results, prepared = out / CUBE, folder / PREPARED
        known = recall(results, files, money=True)
        from_prepared = False
        if known is None and engine == "duckdb":
            known = recall(prepared, files, money=False)
            from_prepared = known is not None
        return cls(files, results, prepared, known, from_prepared, connect(engine) if known is None else None)

    def cube(self, opened: OpenFolder, settings: ShareSettings) -> CostCube | None:
        """Give the cost cube, and remember what it was made of."""
        if self.known is not None and not self.from_prepared:
            return CostCube.read(self.results)
        years, kind = settings.years or (opened.year,), place_kind_of(settings)
        if self.from_prepared:
            cube: CostCube | None = cube_from_prepared(self.prepared, years=years, place_kind=kind)
        else:
            cube = cube_of_folder(opened, settings, self.connection)
        shutil.rmtree(self.results, ignore_errors=True)
        if cube is not None:
            cube.write(self.results)
            if self.files is not None:
                remember(self.results, self.files, opened.summaries, money=True)
        return cube


def _write_places(out: Path, opened: OpenFolder, gathered: GatheredMoney) -> None:
    """Write the zones with their localities, and the newest population: a release starts from the results alone."""
    out.mkdir(parents=True, exist_ok=True)
    localities = gathered.inputs.localities
    zones = opened.tables["zones"].reindex(columns=["zone", "name", "easting", "northing"])
    code = zones["zone"].map(dict(localities.zones))
    name = code.map(dict(zip(localities.codes, localities.names, strict=True)))
    areas = zones.assign(locality=code, locality_name=name)
    population = opened.tables["population"]
    newest = population[population["year"] == population["year"].max()]
    _write(out / "areas.parquet", lambda path: areas.to_parquet(path, index=False))
    _write(out / "population.parquet", lambda path: newest.to_parquet(path, index=False))


def _describe(opened: OpenFolder, gathered: GatheredMoney, on: dt.date) -> dict[str, Any]:
    """What is needed to rebuild the figures, and what must be said beside them."""
    return {
        "schema": SCHEMA,
        "made_by": f"locality {__version__}",
        "made_on": str(on),
        "partnership": asdict(opened.partnership),
        "made_up": opened.made_up,
        "made_up_note": MADE_UP if opened.made_up else "",
        "notes": [*opened.notes, *gathered.made.notes],
        "inputs": [one.as_json() for one in opened.inputs],
        "rules": _rules(on),
        "need_models": summarise_models(gathered.made.models),
    }


MADE_UP = (
    "The people behind these figures are made up, and so is everything that was counted from them: who used what, and "
    "what it cost. Nothing here says what any real person or locality used."
)


def _rules(on: dt.date) -> list[dict[str, Any]]:
    found = []
    for rule in rules_in("locality.money"):
        if rule.values[0].start <= on:
            value = rule.at(on)
            found.append(
                {
                    "id": rule.id,
                    "description": rule.description,
                    "value": value.value,
                    "unit": rule.unit,
                    "from": str(value.start),
                    "source": value.source,
                    "review_by": str(value.review_by),
                }
            )
    return found


def write_results(out: Path, summary: dict[str, Any]) -> None:
    """Write `summary.json`, `shares.parquet`, `budget.parquet` and `report.html`, each whole or not at all."""
    out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(summary, indent=1, ensure_ascii=False)
    page = render_report(summary)
    _write(out / "shares.parquet", lambda path: shares_table(summary).to_parquet(path, index=False))
    if "budget_year" in summary:
        _write(out / "budget.parquet", lambda path: budget_table(summary).to_parquet(path, index=False))
    else:
        (out / "budget.parquet").unlink(missing_ok=True)
    _write(out / "report.html", lambda path: path.write_text(page, encoding="utf-8"))
    _write(out / "summary.json", lambda path: path.write_text(text + "\n", encoding="utf-8"))


def _write(path: Path, fill: Callable[[Path], object]) -> None:
    beside = path.with_name(f".{path.name}.part")
    fill(beside)
    os.replace(beside, path)


def print_summary(summary: dict[str, Any], out: Path, *, as_json: bool) -> None:
    """Print the results as tables, or all of them as JSON."""
    if as_json:
        click.echo(json.dumps(summary, indent=1, ensure_ascii=False))
        return
    console = Console(highlight=False)
    for table in tables_for_terminal(summary, width=console.width):
        console.print(table)
    if summary["made_up"]:
        console.print(f"[bold]Made up.[/] {MADE_UP}", soft_wrap=True)
    for name in ("report.html", "summary.json"):
        console.print(f"{out / name}", markup=False, soft_wrap=True)
