"""Makes up people: a whole partnership, people on a real place, or those that a folder names and does not have yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.progress import Progress

from locality.foundations import Fault, InputRefused
from locality.sources.real_part import RealPart, missing_made_up_folder, read_real_part
from locality.synth import RealPlace, make_people_on
from locality.synth.linked_files import Progress as Told

SEED_OF_EXAMPLES = 1
"""Seed of the people that a folder's own made-up files are made with, so that everybody gets the same ones."""


def make_missing_people(folder: Path, data: Path | None) -> None:
    """Write the made-up people's files that partnership.toml names, where they are missing.

    A folder whose real files are at fault is left as it is; the check that follows says what is wrong.

    Args:
        folder: The partnership folder.
        data: The data root.
    """
    where = missing_made_up_folder(folder)
    if where is None:
        return
    try:
        real = read_real_part(folder, data_root=data)
        place = place_of(real)
    except InputRefused:
        return
    with told("Making up people") as progress:
        made = make_people_on(place, SEED_OF_EXAMPLES, real.year, folder / where, progress=progress)
    Console(stderr=True).print(
        f"{made.people:,} people were made up on the real zones of {made.name} (in {where}).", highlight=False
    )


def place_of(real: RealPart) -> RealPlace:
    """Bring real tables to what made-up people need to live on.

    Raises:
        InputRefused: A table without which nobody can live there is missing.
    """
    tables = real.tables
    faults = [_lacks(name) for name in ("zones", "localities", "population", "indicators") if name not in tables]
    if faults:
        raise InputRefused(faults)
    practices = tables.get("practices")
    registrations = tables.get("registrations")
    return RealPlace(
        code=real.partnership.code,
        name=real.partnership.name,
        nation=real.partnership.nation,
        zones=tables["zones"],
        localities=tables["localities"],
        population=tables["population"],
        indicators=tables["indicators"],
        practices=pd.DataFrame() if practices is None else practices,
        registrations=pd.DataFrame() if registrations is None else registrations,
    )


def _lacks(name: str) -> Fault:
    do = f"Add {name} under [tables]."
    return Fault("partnership.toml", f"people cannot be made up without the table '{name}'", do, "table-missing")


@contextmanager
def told(what: str) -> Iterator[Told]:
    """Show a progress bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bars:
        bar = bars.add_task(what, total=None)

        def tell(done: int, whole: int) -> None:
            bars.update(bar, completed=done, total=whole)

        yield tell
