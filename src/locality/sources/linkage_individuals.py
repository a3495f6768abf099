"""Reads the Source Linkage individual file: its people as persons, and its cost columns as activity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from locality.foundations import Fault
from locality.foundations.core_tables import ACTIVITY, PERSONS
from locality.sources.columns import option_text, refusal
from locality.sources.linkage_columns import (
    LICENCE,
    NOT_ATTENDED_OPTION,
    PARTNERSHIP_OPTION,
    PUBLISHER,
    YearsOfFile,
    code_text,
    column_or_empty,
    linkage_rule,
    number,
    open_linkage,
    pence,
    person_of,
    wrong_years,
)
from locality.sources.readers import Asked, Reader, register
from locality.sources.scans import need_columns_of, typed_columns

_ZONE_EDITIONS = ("2011", "2022")


def scan_individuals(asked: Asked, con: Any) -> Any:
    """Give persons from individual files.

    Args:
        asked: The files; options ``zones`` (2011 or 2022) and ``partnership_column``.
        con: The Ibis connection.

    Returns:
        The columns of the declared persons table. Everybody stays in, whether or not the publisher keeps them in its
        population (keep_population) and whether or not they used a service: the table says where people live, and
        denominators come from population estimates. The locality column is not read; localities are drawn from zones.
        Rows without an identifier are left out, for no activity can belong to them.

    Raises:
        InputRefused: A file cannot be read, lacks a column, or is about other partnerships only.
    """
    rows = open_linkage(asked, con)
    zone = _zone_column(asked)
    need_columns_of(rows, ("anon_chi", "gender", "age", "gpprac", zone), ", ".join(asked.names))
    codes = linkage_rule("linkage_codes", asked)
    persons = rows.select(
        person=person_of(rows),
        zone=code_text(rows[zone]),
        practice=code_text(rows["gpprac"]).nullif(codes["english_practice"]),
        sex=_sex(code_text(rows["gender"]), codes["gender"]),
        age=number(rows["age"]),
    )
    return typed_columns(PERSONS, persons.filter(persons.person.notnull()))


def _zone_column(asked: Asked) -> str:
    edition = option_text(asked.options, "zones", _ZONE_EDITIONS[0])
    if edition not in _ZONE_EDITIONS:
        what = f"zones = {edition} is not an edition of data zones"
        raise refusal(asked.names[0], what, f"Use one of: {', '.join(_ZONE_EDITIONS)}.", "wrong-setting")
    return f"datazone{edition}"


def _sex(gender: Any, names: Mapping[int, str]) -> Any:
    return ibis.cases(*((gender == str(code), ibis.literal(name)) for code, name in names.items()))


def individual_faults(asked: Asked, con: Any) -> list[Fault]:
    """Find what is wrong with individual files that the declaration of persons cannot know."""
    rows = open_linkage(asked, con)
    need_columns_of(rows, ("anon_chi", "year"), ", ".join(asked.names))
    return wrong_years(asked, rows, con)


def scan_individual_costs(asked: Asked, con: Any) -> Any:
    """Give activity from the cost columns of individual files: one row for each person and heading with any use.

    Args:
        asked: The files; options ``did_not_attend`` and ``partnership_column``.
        con: The Ibis connection.

    Returns:
        The columns of the declared activity table, from 1 April to 31 March. Totals and parts of other columns are not
        read, so that nothing is counted twice.

    Raises:
        InputRefused: A file cannot be read, or has none of the cost columns.
    """
    rows = open_linkage(asked, con)
    need_columns_of(rows, ("anon_chi", "year"), ", ".join(asked.names))
    years = YearsOfFile.read(rows, con)
    parts = [
        _one_heading(rows, heading, columns, years, missed=bool(asked.options.get("did_not_attend", False)))
        for heading, columns in linkage_rule("linkage_cost_columns", asked).items()
        if columns["cost"] in rows.columns or columns["units"] in rows.columns
    ]
    if not parts:
        what, do = "it has none of the cost columns", "Export the file with its cost columns."
        raise refusal(asked.names[0], what, do, "missing-column")
    together = parts[0] if len(parts) == 1 else ibis.union(*parts, distinct=False)
    return typed_columns(ACTIVITY, together)


def _one_heading(
    rows: Any, heading: str, columns: Mapping[str, str | None], years: YearsOfFile, *, missed: bool
) -> Any:
    cost = pence(_amount(rows, columns["cost"]))
    units = _amount(rows, columns["units"])
    if missed and "not_attended" in columns:
        cost = _plus(cost, pence(_amount(rows, columns["not_attended"])))
        units = _plus(units, _amount(rows, columns["units_not_attended"]))
    activity = rows.select(
        person=person_of(rows),
        heading=ibis.literal(heading),
        start=years.start(rows),
        end=years.end(rows),
        units=units,
        cost_pence=cost,
        year=years.text(rows),
    )
    return activity.filter((activity.cost_pence != 0) | (activity.units != 0))


def _amount(rows: Any, name: str | None) -> Any:
    return ibis.null("float64") if name is None else column_or_empty(rows, name, "float64")


def _plus(one: Any, other: Any) -> Any:
    """Add two amounts; a gap counts as nought unless both are gaps."""
    return ibis.coalesce(one + other, one, other)


SLF_INDIVIDUAL = register(
    Reader(
        name="slf-individual",
        table=PERSONS,
        publisher=PUBLISHER,
        licence=LICENCE,
        describes="Source Linkage individual file, read for where people live, their practice, sex and age",
        scan=scan_individuals,
        faults=individual_faults,
        options={
            "zones": "Edition of the data zones: 2011 (when not given) or 2022; it must be that of the zones table",
            "partnership_column": PARTNERSHIP_OPTION,
        },
    )
)

SLF_INDIVIDUAL_COSTS = register(
    Reader(
        name="slf-individual-costs",
        table=ACTIVITY,
        publisher=PUBLISHER,
        licence=LICENCE,
        describes="Source Linkage individual file, read for the year's cost and use of each person by heading",
        scan=scan_individual_costs,
        faults=individual_faults,
        options={"did_not_attend": NOT_ATTENDED_OPTION, "partnership_column": PARTNERSHIP_OPTION},
    )
)
