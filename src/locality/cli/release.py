"""`locality release`: write the bundle that leaves, and verify one that has arrived."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from locality import __version__
from locality.cli.made_up import make_missing_people
from locality.cli.options import data_option, engine_option, json_option, on_option
from locality.cli.results import work_out_shares, write_results
from locality.release import ReleaseContent, places_of, read_release, write_release
from locality.release.results import content_of_results
from locality.sources.area_inputs import open_areas

_NAMED_ONE_BY_ONE = 5
"""How many amounts with few people behind them are named; more would hide the lines around them."""


@click.group()
def release() -> None:
    """The bundle that leaves the analyst's environment."""


@release.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="File to write; a folder gets the usual name."
)
@click.option(
    "--places",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="For a folder of results: the partnership folder with borders of zones and practices.",
)
@click.option("--threshold", type=click.IntRange(1), help="Your own, stricter threshold: counts up to it are hidden.")
@data_option
@engine_option
@json_option
@on_option
def write(
    folder: Path,
    out: Path,
    places: Path | None,
    threshold: int | None,
    data: Path | None,
    engine: str,
    as_json: bool,
    on: dt.datetime,
) -> None:
    """Bundle areas, populations, shares, budgets and their provenance; small counts of people are hidden.

    DIR is a folder of results that `locality money` wrote, or a partnership folder, whose shares are then worked out
    first. A partnership folder also gives what boundaries are drawn on, as far as it is published.
    """
    if (folder / "partnership.toml").exists() and not (folder / "summary.json").exists():
        with tempfile.TemporaryDirectory() as results:
            make_missing_people(folder, data)
            write_results(Path(results), work_out_shares(folder, data, engine, on.date(), Path(results)).summary)
            content = content_of_results(Path(results), threshold=threshold)
        places = folder
    else:
        content = content_of_results(folder, threshold=threshold)
    content, left_behind = _with_places(content, places, data, on.date())
    out.parent.mkdir(parents=True, exist_ok=True)
    record = write_release(content, out, day=on.date(), made_by=f"locality {__version__}")
    names = dict(zip(content.localities["locality"], content.localities["name"], strict=True))
    if as_json:
        told = {
            "file": str(record.path),
            "id": record.id,
            "bytes": record.bytes,
            "small": record.small,
            "further": record.further,
            "few_people": [
                {"locality": code, "name": names[code], "heading": heading} for code, heading in record.few_people
            ],
            "left_behind": left_behind,
        }
        click.echo(json.dumps(told, indent=1))
        return
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(f"{record.path} ({record.bytes:,} bytes)")
    console.print(f"Release id: {record.id}")
    console.print(
        f"{record.small} small counts of people are hidden, and {record.further} more so that no total gives one back."
    )
    for line in _say_few_people([f"{heading} in {names[code]}" for code, heading in record.few_people]):
        console.print(line)
    for note in left_behind:
        console.print(note)
    console.print("Send the id to the reader by another way than the file: a hash is not a signature.")


def _with_places(
    content: ReleaseContent, folder: Path | None, data: Path | None, day: dt.date
) -> tuple[ReleaseContent, list[str]]:
    """Add what boundaries are drawn on, as far as a partnership folder has it and it may leave."""
    if folder is None:
        return content, []
    found = open_areas(folder, data_root=data)
    places, notes = places_of(found.tables, found.inputs, day=day)
    known = {(one.table, one.sha256) for one in content.inputs}
    further = tuple(one for one in found.inputs if (one.table, one.sha256) not in known) if places else ()
    return replace(content, places=places, inputs=(*content.inputs, *further)), notes


def _say_few_people(amounts: list[str]) -> list[str]:
    """Ask to look at money that few people caused; a long list is shortened."""
    if len(amounts) <= _NAMED_ONE_BY_ONE:
        return [f"Look at the money of {amount}: few people stand behind it." for amount in amounts]
    first = "; ".join(amounts[:_NAMED_ONE_BY_ONE])
    return [f"Look at {len(amounts)} amounts behind which few people stand: {first}; and others (--json names all)."]


@release.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--id", "expected_id", help="The release id as the analyst gave it to you.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to unpack the tables into.")
@json_option
def read(file: Path, expected_id: str | None, out: Path | None, as_json: bool) -> None:
    """Verify a release whole; a cut-off or changed one is refused."""
    found = read_release(file, expected_id=expected_id)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, frame in found.tables.items():
            frame.to_parquet(out / f"{name}.parquet", index=False)
        (out / "release.json").write_text(json.dumps(found.about, indent=1, ensure_ascii=False), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(found.about, indent=1, ensure_ascii=False))
        return
    console = Console(highlight=False, markup=False, soft_wrap=True)
    table = Table("table", "rows", title=f"{file.name}, made on {found.day}")
    table.columns[1].justify = "right"
    for name, frame in found.tables.items():
        table.add_row(name, f"{len(frame):,}")
    console.print(table)
    if found.made_up:
        console.print("Its people are made up.")
    console.print(f"Release id: {found.id}")
    console.print(
        "Whole and unchanged since it was written." if expected_id else "Whole; compare the id with the analyst's."
    )
