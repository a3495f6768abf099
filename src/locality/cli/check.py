"""`locality check`: are these files usable? All faults at once."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from locality.cli.made_up import make_missing_people
from locality.cli.options import data_option, engine_option, folder_argument, json_option
from locality.cli.preparation import prepare_people
from locality.sources import CheckReport, check_folder, connect

_WIDE = 100
"""Columns of a terminal from which on the list of files has a column for the readers."""


@click.command()
@folder_argument
@data_option
@engine_option
@json_option
@click.option("--prepare", is_flag=True, help="When it is usable, number its persons once so that shares come fast.")
def check(folder: Path, data: Path | None, engine: str, as_json: bool, prepare: bool) -> None:
    """Say whether the partnership folder DIR is usable: all faults at once."""
    make_missing_people(folder, data)
    connection = connect(engine)
    report = check_folder(folder, data_root=data, connection=connection)
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=1, ensure_ascii=False))
    else:
        _print(report)
    if report.faults:
        raise click.exceptions.Exit(1)
    if prepare:
        prepare_people(folder, data, report, connection)


def _print(report: CheckReport) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    if report.read:
        console.print(_files(report, narrow=console.width < _WIDE))
    for note in report.notes:
        console.print(f"Note: {note}")
    for skipped in report.skipped:
        console.print(f"Not checked: {skipped}")
    if not report.faults:
        console.print("Usable: no faults.")
        return
    count = len(report.faults)
    console.print(f"{count} thing{'s' if count > 1 else ''} to mend:")
    for fault in report.faults:
        console.print(f"  {fault}")


def _files(report: CheckReport, *, narrow: bool) -> Table:
    """List the files that could be read; on a narrow terminal a reader stands under its file."""
    name = report.partnership.name if report.partnership else str(report.folder)
    table = Table(title=f"{name}, {report.year}" if report.year else name)
    table.add_column("table", no_wrap=True)
    table.add_column("file", overflow="fold")
    if not narrow:
        table.add_column("reader", no_wrap=True)
    table.add_column("rows", justify="right", no_wrap=True)
    table.add_column("describes", min_width=len("describes"), max_width=12 if narrow else None)
    for one in report.read:
        file = f"{one.file} (made up)" if one.made_up else one.file
        readers = [] if narrow else [one.reader]
        if narrow and one.reader != "declared":
            file += f"\nreader: {one.reader}"
        table.add_row(one.table, file, *readers, f"{one.rows:,}", one.vintage)
    return table
