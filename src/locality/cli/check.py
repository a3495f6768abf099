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
    name = report.partnership.name if report.partnership else str(report.folder)
    table = Table("table", "file", "reader", "rows", "describes", title=f"{name}, {report.year}")
    table.columns[3].justify = "right"
    for one in report.read:
        made = " (made-up people)" if one.made_up else ""
        table.add_row(one.table, one.file + made, one.reader, f"{one.rows:,}", one.vintage)
    console.print(table)
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
