"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from locality.sources.engines import ENGINES

Command = TypeVar("Command", bound=Callable[..., Any])


def folder_argument(command: Command) -> Command:
    """Take the partnership folder."""
    return click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")(
        command
    )


def data_option(command: Command) -> Command:
    """Take the data root."""
    return click.option(
        "--data",
        envvar="LOCALITY_DATA",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Where files are looked for that DIR does not hold (or set LOCALITY_DATA).",
    )(command)


def engine_option(command: Command) -> Command:
    """Take the engine for person-level rows."""
    return click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default="duckdb",
        show_default=True,
        help="What runs the person-level rows.",
    )(command)


def json_option(command: Command) -> Command:
    """Ask for JSON instead of tables."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")(command)


def on_option(command: Command) -> Command:
    """Take the day whose rules hold; today unless said."""
    return click.option(
        "--on",
        type=click.DateTime(["%Y-%m-%d"]),
        default=lambda: dt.datetime.now(tz=dt.UTC).strftime("%Y-%m-%d"),
        show_default="today",
        help="The day whose rule values hold.",
    )(command)


def out_option(command: Command) -> Command:
    """Take the folder for results."""
    return click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        required=True,
        help="Folder for the results; made if need be.",
    )(command)
