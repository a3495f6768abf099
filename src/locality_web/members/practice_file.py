"""The file of practices: written and read in one form, and what a release says of practices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from locality.areas.containment import patients_by_practice
from locality.foundations import Column, Fault, InputRefused, Kind, ResultRefused, Table, check_frame
from locality.release import Release, declared_places
from locality_web.areas.boundary_ground import ground_of, in_force, today_on
from locality_web.areas.zone_file import cells_of
from locality_web.core.models import Locality, Partnership
from locality_web.members.models import Practice
from locality_web.members.practice_changes import PracticeRow

COLUMNS = ("practice", "name", "cluster", "locality", "patients")
_TABLE = Table(
    "practices",
    "The practices of a partnership.",
    (
        Column("practice", Kind.CODE, "The practice's code"),
        Column("name", Kind.TEXT, "Its name"),
        Column("cluster", Kind.TEXT, "Its cluster", nullable=True, optional=True),
        Column("locality", Kind.TEXT, "Its locality, by name or code", nullable=True, optional=True),
        Column("patients", Kind.WHOLE, "Registered patients", unit="people", nullable=True, optional=True, minimum=0),
    ),
    key=("practice",),
)
_MOST_ROWS = 2_000  # own choice of the founders, 2026-11: more than twice the practices of Scotland
_MODELLED = "Modelled cluster"
_ADD_COLUMN = "Add the column, as the file of today's practices has it."


def practice_rows(practices: Iterable[Practice]) -> Iterator[list[Any]]:
    """Give the rows of the file, as `read_practice_file` reads them."""
    for each in practices:
        locality = each.locality.name if each.locality else ""
        yield [each.code, each.name, each.cluster, locality, "" if each.patients is None else each.patients]


def read_practice_file(content: bytes, file: str, localities: Iterable[Locality]) -> list[PracticeRow]:
    """Read a file of practices, or refuse it with every fault.

    Args:
        content: The file's bytes.
        file: Its name for messages.
        localities: The localities that there are.

    Returns:
        The practices with the codes of their localities.

    Raises:
        InputRefused: All that is wrong, each with row and column.
    """
    raw = cells_of(content, file, most_rows=_MOST_ROWS)
    frame, found = check_frame(_TABLE, raw, file)
    codes = {key.casefold(): each.code for each in localities for key in (each.name, each.code)}
    faults = [replace(each, do=_ADD_COLUMN) if each.code == "missing-column" else each for each in found]
    named = frame["locality"] if "locality" in frame else pd.Series(pd.NA, index=frame.index, dtype="string")
    for row, name in named.dropna().items():
        if name.strip().casefold() not in codes:
            what, do = f"there is no locality '{name}'", "Write the name of a locality as its page has it."
            faults.append(Fault(file, what, do, "no-locality", row=int(str(row)), column="locality"))
    if faults:
        raise InputRefused(faults)
    return [
        PracticeRow(
            str(each["practice"]),
            _said(each, "name"),
            _said(each, "cluster"),
            codes.get(_said(each, "locality").casefold(), ""),
            int(_said(each, "patients")) if _said(each, "patients") else None,
        )
        for each in frame.to_dict("records")
    ]


def _said(row: dict[Any, Any], column: str) -> str:
    said = row.get(column)
    return "" if said is None or pd.isna(said) else str(said).strip()


def rows_of_release(release: Release, partnership: Partnership) -> list[PracticeRow]:
    """Give the practices that a verified release holds, each where its surgery stands."""
    table = declared_places(release.tables).get("practices")
    if table is None:
        return []
    zones = in_force(partnership).zones
    return [
        PracticeRow(
            str(each["practice"]),
            _said(each, "name"),
            _said(each, "cluster"),
            zones.get(_said(each, "zone"), ""),
            int(float(_said(each, "patients"))) if _said(each, "patients") else None,
        )
        for each in table.drop_duplicates("practice").to_dict("records")
    ]


def rows_in_use(partnership: Partnership) -> tuple[list[PracticeRow], str]:
    """Give the practices of the release in use, each in the locality where most of its patients live, and its id.

    Raises:
        ResultRefused: The release in use holds none.
    """
    ground = ground_of(partnership)
    if ground is None or ground.practices is None:
        raise ResultRefused("The release in use holds no practices.", "Load a file of practices, or add them by hand.")
    practices, today = ground.practices, today_on(partnership, ground)
    homes: list[str] = [""] * len(practices.codes)
    if today is not None:
        table = patients_by_practice(practices, today.division)
        homes = [today.codes[int(home)] if any_there else "" for home, any_there in _homes(table)]
    total = np.asarray(practices.patients.sum(axis=0)).ravel()
    names = [practices.clusters[int(each)] if each >= 0 else "" for each in practices.cluster]
    rows = [
        PracticeRow(code, "", "" if cluster.startswith(_MODELLED) else cluster, home, int(people))
        for code, cluster, home, people in zip(practices.codes, names, homes, total, strict=True)
    ]
    return rows, partnership.design_ground.release


def _homes(table: Any) -> list[tuple[int, bool]]:
    return [(int(column.argmax()), bool(column.any())) for column in table.T]
