"""Which edition of the standard small areas a zone belongs to; its code tells."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

import pandas as pd

from locality.foundations import Fault, load_rule


@dataclass(frozen=True, order=True)
class Vintage:
    """One edition of the standard small areas.

    Args:
        first: Its first code.
        last: Its last code.
        name: As people say it: "2011 data zones".
        zones: How many there are; None where the codes do not tell.
    """

    first: str
    last: str
    name: str
    zones: int | None


@cache
def zone_vintages() -> tuple[Vintage, ...]:
    """Give every edition that is known, in order of code.

    Source:
        `rules/zone_vintages.yaml`. A code belongs to one edition whatever the day, so the newest value is used.
    """
    entries = load_rule("locality.areas", "zone_vintages").values[-1].value
    return tuple(sorted(Vintage(one["first"], one["last"], one["vintage"], one["zones"]) for one in entries))


def zone_vintage(zone: str) -> str | None:
    """Say which edition a zone belongs to, or None when its code is of no known one.

    Example:
        >>> zone_vintage("S01008962")
        '2011 data zones'
        >>> zone_vintage("S12000047") is None
        True
    """
    vintages = zone_vintages()
    place = bisect_right(vintages, zone, key=lambda vintage: vintage.first) - 1
    within = place >= 0 and zone <= vintages[place].last and len(zone) == len(vintages[place].last)
    return vintages[place].name if within else None


def vintages_of(zones: pd.Series) -> pd.Series:
    """Say the edition of every zone of a column.

    Args:
        zones: Codes of zones.

    Returns:
        Names of editions under the same index; missing where the code is missing or of no known edition.
    """
    # A population table names each zone hundreds of times: every code is looked up once.
    numbers, codes = pd.factorize(zones)
    known = pd.array([zone_vintage(str(code)) for code in codes], dtype="string")
    return pd.Series(known.take(numbers, allow_fill=True), index=zones.index, dtype="string")


def is_other_vintage(codes: pd.Series, zones: pd.Series) -> pd.Series:
    """Say for each code whether it is surely of another edition than the partnership's zones.

    Args:
        codes: The zones of a table.
        zones: The partnership's zones.

    Returns:
        True or False under the codes' index; False wherever an edition is not known.
    """
    ours = set(vintages_of(zones).dropna())
    theirs = vintages_of(codes)
    return (theirs.notna() & ~theirs.isin(ours) & bool(ours)).astype(bool)


def check_vintage(codes: pd.Series, zones: pd.Series, file: str, *, column: str = "zone") -> list[Fault]:
    """Name rows whose zones are of another edition than the partnership's.

    Args:
        codes: The zones of a table; index = row in its file, or file and row.
        zones: The partnership's zones.
        file: The table's file for messages, where the index does not name it.
        column: The column's name for messages.

    Returns:
        One fault for each other edition that is met; none when all agree or the editions are not known.
    """
    ours = " and ".join(sorted(set(vintages_of(zones).dropna())))
    other = vintages_of(codes)[is_other_vintage(codes, zones)]
    faults = []
    for name, rows in other.groupby(other):
        place, row = place_of(rows.index[0], file)
        what = f"'{codes.loc[rows.index[0]]}' is one of the {name}, but the partnership's zones are {ours}"
        do = "Use the edition of this file for the same zones, or change the zones table."
        faults.append(Fault(place, what, do, "zone-other-vintage", row=row, column=column, rows=len(rows)))
    return faults


def place_of(label: object, file: str) -> tuple[str, int]:
    """Give file and row from an index label: a row of the one file, or a pair of file and row."""
    if isinstance(label, tuple):
        return str(label[0]), int(label[1])
    return file, int(str(label))
