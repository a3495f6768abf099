"""Prepares a checked folder: its persons get small numbers once, so that later runs need not read the files again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console

from locality.cli.results import PREPARED
from locality.foundations import Fault, InputRefused
from locality.sources import CheckReport
from locality.sources.known_people import people_files, remember
from locality.sources.prepared import prepare


def prepare_people(folder: Path, data: Path | None, report: CheckReport, connection: Any) -> None:
    """Write the folder's preparation after a check without faults.

    Args:
        folder: The partnership folder.
        data: The data root.
        report: What the check found.
        connection: The DuckDB connection on which it was made.

    Raises:
        InputRefused: The folder has no person-level files, or the engine is not DuckDB.
    """
    files = people_files(folder, data)
    if connection.name != "duckdb":
        do = "Leave --engine out; other engines read their tables as they are."
        raise InputRefused([Fault("--prepare", f"{connection.name} does not prepare files", do, "option-not-used")])
    if files is None or not {"activity", "persons"} <= set(report.scans):
        do = "Leave --prepare out; published figures need no preparation."
        raise InputRefused([Fault("--prepare", "the folder has no persons and activity", do, "option-not-used")])
    cache = folder / PREPARED
    with Console(stderr=True).status("Numbering persons"):
        prepare(
            report.scans["activity"],
            report.scans["persons"],
            con=connection,
            years=report.years,
            folder=cache,
            inputs=files.paths,
        )
        remember(cache, files, report.summaries, money=False)
    Console(stderr=True, highlight=False).print(f"Prepared in {cache}. It is about single persons: keep it here.")
