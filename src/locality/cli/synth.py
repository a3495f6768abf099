"""`locality synth`: a made-up partnership, or made-up people on a real one."""

from __future__ import annotations

from pathlib import Path

import click
import pandas as pd

from locality.cli.made_up import place_of, told
from locality.cli.options import data_option
from locality.foundations import Fault, FinancialYear, InputRefused
from locality.sources.real_part import RealPart, read_real_part
from locality.synth import MadeUp, make_partnership, make_people_on

_WRITTEN_BY = b"by `locality synth`"
"""Stands in the first line of every partnership.toml that this command writes."""


@click.command()
@click.option(
    "--people", type=int, help="How many people to make up; with --on there are as many as really live there."
)
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed makes the same people."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The partnership folder to write."
)
@click.option(
    "--on",
    "real_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A real partnership folder: its geography and population stay, only people and their care are made up.",
)
@click.option(
    "--year", default="2022/23", show_default=True, help="Financial year; with --on it is that of the folder."
)
@data_option
def synth(people: int | None, seed: int, out: Path, real_folder: Path | None, year: str, data: Path | None) -> None:
    """Write a complete partnership folder in which the people, their care and its cost are made up."""
    made = _make_on(real_folder, seed, out, people, data) if real_folder else _make(people, seed, out, year)
    click.echo(f"{made.people:,} made-up people and {made.events:,} records of care for {made.name}: {out}")
    click.echo(f"Next: locality check {out}")


def _make(people: int | None, seed: int, out: Path, year: str) -> MadeUp:
    if people is None:
        raise click.UsageError("Say how many people to make up with --people, or name a real folder with --on.")
    try:
        when = FinancialYear.parse(year)
    except ValueError as error:
        raise InputRefused([Fault("--year", str(error), "Write it like 2022/23.", "option-range")]) from error
    _refuse_foreign_folder(out)
    with told("Making up people") as progress:
        return make_partnership(people, seed, when, out, progress=progress)


def _make_on(folder: Path, seed: int, out: Path, people: int | None, data: Path | None) -> MadeUp:
    real = read_real_part(folder, data_root=data)
    living = round(float(_newest(real.tables["population"])["people"].sum()))
    if people is not None and people != living:
        do = "Leave --people out, or make up a whole partnership without --on."
        what = f"{people:,} people were asked for, and {living:,} really live there"
        raise InputRefused([Fault("--people", what, do, "people-not-population")])
    _refuse_foreign_folder(out)
    with told("Making up people") as progress:
        made = make_people_on(place_of(real), seed, real.year, out, progress=progress)
    _write_real_tables(real, out)
    return made


def _newest(population: pd.DataFrame) -> pd.DataFrame:
    return population[population["year"] == population["year"].max()]


def _refuse_foreign_folder(out: Path) -> None:
    """Never write over a folder that this command did not write: a real one may name some made-up files too."""
    settings = out / "partnership.toml"
    if settings.exists() and _WRITTEN_BY not in settings.read_bytes():
        do = "Name another folder for the made-up people."
        raise InputRefused([Fault(str(out), "it holds a partnership folder that is not made up", do, "real-folder")])


def _write_real_tables(real: RealPart, out: Path) -> None:
    """Write the real tables in declared form, so that the folder is complete, and the settings that name them all."""
    own = {"services": "services.csv", "cost_curves": "cost_curves.csv"}
    lines = [
        "# Real places, made-up people: written by `locality synth` on a real folder.",
        "[partnership]",
        f'code = "{real.partnership.code}"',
        f'name = "{real.partnership.name}"',
        f'nation = "{real.partnership.nation}"',
        "",
        "[year]",
        f'financial_year = "{real.year}"',
        "",
        "[tables]",
    ]
    ledger = ['{ file = "ledger-nhs.csv", made_up = true }']
    for name, frame in real.tables.items():
        frame.to_parquet(out / f"{name}.parquet", index=False)
        if name == "ledger":
            ledger.append('{ file = "ledger.parquet" }')
        else:
            lines.append(f'{name} = {{ file = "{name}.parquet" }}')
    for name, file in own.items():
        if name not in real.tables:
            lines.append(f'{name} = {{ file = "{file}", made_up = true }}')
    code = real.year.code
    lines += [
        f"ledger = [{', '.join(ledger)}]",
        'hosted_use = { file = "hosted_use.csv", made_up = true }',
        'unit_costs = { file = "unit_costs.csv", made_up = true }',
        f'activity = {{ file = "slf-episode-{code}*.parquet", reader = "slf-episode", made_up = true }}',
        f'persons = {{ file = "slf-individual-{code}*.parquet", reader = "slf-individual", made_up = true }}',
        "",
        "[money]",
        'basis = "residence"',
        'no_locality = "spread"',
        "",
    ]
    (out / "partnership.toml").write_text("\n".join(lines), encoding="utf-8")
