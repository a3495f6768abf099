"""Every declared table, column by column."""

from __future__ import annotations

from docs.generate.markdown import code, codes, page, table
from locality.areas.tables import AREA_TABLES, OVERLAP_TABLES
from locality.foundations import Column, Table
from locality.foundations.core_tables import CORE_TABLES
from locality.money.tables import MONEY_TABLES
from locality.release import PLACE_TABLES, RELEASE_TABLES
from locality.sources.declared import OPTIONS
from locality.sources.partnership_file import NEEDED
from locality.voice.choice import CHOICE_TABLES
from locality.voice.opinion_groups import VOTE_TABLES

_ABOUT = """
A partnership folder names its tables under `[tables]` in `partnership.toml`. A file that already has a table's columns
under these names needs no reader: it may be CSV (UTF-8 or Windows-1252), gzipped CSV, Parquet or an Excel workbook.
Columns that a table does not declare are ignored. A column marked *may be missing* may be left out whole; a cell marked
*may be empty* may have no value.
"""

_OVERLAPS = """
This table is not named in `partnership.toml`. It is handed to `locality areas carry-over`, or loaded on the site:
[Carry localities over to other zones](../do/carry-over-zones.md).
"""


_VOTES = """
These tables are not named in `partnership.toml`. They are handed to `locality voice groups`:
[Find opinion groups](../do/find-opinion-groups.md).
"""


_SUMS = """
These tables stand in a folder of their own beside `rules.toml`, which is handed to `locality voice choose`:
[Decide a sum](../do/decide-a-sum.md).
"""


def tables_page() -> str:
    """Describe every table of a partnership folder."""
    always = f"Every folder needs {codes(NEEDED)}. Other tables are asked for by the commands that use them."
    options = "A file without a reader may also have these settings in its entry:"
    return page(
        "Tables",
        _ABOUT,
        always,
        options,
        table(("setting", "meaning"), [(code(name), says) for name, says in OPTIONS.items()]),
        "# Places and people",
        *(table_part(one) for one in CORE_TABLES),
        "# Boundaries",
        *(table_part(one) for one in AREA_TABLES),
        "# Zones of another vintage",
        _OVERLAPS,
        *(table_part(one) for one in OVERLAP_TABLES),
        "# Money",
        *(table_part(one) for one in MONEY_TABLES),
        "# Votes on statements",
        _VOTES,
        *(table_part(one) for one in VOTE_TABLES),
        "# Votes on a sum",
        _SUMS,
        *(table_part(one) for one in CHOICE_TABLES),
    )


def release_page() -> str:
    """Describe every table of a release."""
    about = (
        "A release is one zip: `release.json` and one Parquet table for each of these, nothing else. How it is written "
        "and read: [Release what may leave](../do/release-what-may-leave.md)."
    )
    places = (
        "These may be missing. They are what boundaries are drawn on: open geography, and registers of practices as "
        "their publishers gave them out. A table whose file names no publisher stays behind."
    )
    further = [table_part(one) for one in PLACE_TABLES]
    return page("Tables of a release", about, *map(table_part, RELEASE_TABLES), "# Places", places, *further)


def table_part(one: Table) -> str:
    """Describe one table."""
    says = [one.description]
    if one.key:
        says.append(f"One row for each {codes(one.key)}.")
    if one.person_level and "Never leaves" not in one.description:
        says.append("Never leaves the analyst's environment.")
    rows = [(code(column.name), _holds(column), _gaps(column), column.description) for column in one.columns]
    return f"## {code(one.name)}\n\n{' '.join(says)}\n\n" + table(("column", "holds", "gaps", "meaning"), rows)


def _holds(column: Column) -> str:
    limits = []
    if column.allowed:
        limits.append("one of " + codes(column.allowed))
    if column.pattern_says:
        limits.append(column.pattern_says)
    if column.minimum is not None and column.maximum is not None:
        limits.append(f"{column.minimum:g} to {column.maximum:g}")
    elif column.minimum is not None:
        limits.append(f"{column.minimum:g} or more")
    elif column.maximum is not None:
        limits.append(f"{column.maximum:g} or less")
    unit = f" ({column.unit})" if column.unit and column.unit not in column.kind.value else ""
    return "; ".join([column.kind.value + unit, *limits])


def _gaps(column: Column) -> str:
    if column.optional:
        return "may be missing"
    return "may be empty" if column.nullable else ""
