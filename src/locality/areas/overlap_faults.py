"""What is wrong with an overlap table: zones that it lacks, zones that nobody covers, people that do not add up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from locality.areas.vintages import zone_vintage
from locality.foundations import Fault, load_rule

_NAMED = 3
_OLD, _NEW = "zone", "new_zone"


@dataclass(frozen=True)
class KnownZones:
    """What is known of zones besides their overlaps.

    Args:
        new_zones: The partnership's zones of the new vintage; None: the table itself has to tell.
        old_people: Residents of zones of the vintage in force.
        new_people: Residents of zones of the new vintage.
        new_file: Where the new zones come from, for messages.
    """

    new_zones: frozenset[str] | None = None
    old_people: Mapping[str, float] | None = None
    new_people: Mapping[str, float] | None = None
    new_file: str = "zones"


def check_overlaps(
    overlaps: pd.DataFrame, zones: Iterable[str], *, file: str, day: dt.date, known: KnownZones
) -> list[Fault]:
    """Name all that keeps a division of zones from being carried over by a table.

    Args:
        overlaps: The `zone_overlaps` table; index = row in the file.
        zones: The zones of the division in force.
        file: The table's file for messages.
        day: The day whose rule values hold.
        known: What is known of the zones besides.

    Returns:
        The faults; none when every zone has its rows, every new zone is covered, and people add up.

    Source:
        `rules/overlap_people.yaml`.
    """
    ours = frozenset(zones)
    if not overlaps[_OLD].isin(ours).any():
        # Without one zone in common every further fault would say the same again.
        return [_other_zones(overlaps, ours, file)]
    faults = [*_missing(overlaps, ours, file), *_uncovered(overlaps, known), *_mixed(overlaps, file)]
    if "addresses" in set(overlaps["counted"].dropna()):
        return faults
    limits = load_rule("locality.areas", "overlap_people").at(day).value
    inside = overlaps[overlaps[_OLD].isin(ours)]
    faults += _people(inside, known.old_people, (file, _OLD), limits)
    wanted = known.new_zones or frozenset(inside[_NEW])
    faults += _people(overlaps[overlaps[_NEW].isin(wanted)], known.new_people, (file, _NEW), limits)
    return faults


def _other_zones(overlaps: pd.DataFrame, ours: frozenset[str], file: str) -> Fault:
    first = next(iter(sorted(ours)), "")
    if overlaps[_NEW].isin(ours).any():
        what = f"the zones of the localities, like {first}, stand in the column {_NEW}"
        do = f"Change the names of the columns {_OLD} and {_NEW} round."
        return Fault(file, what, do, "overlap-turned-round", column=_NEW)
    one = str(overlaps[_OLD].iloc[0])
    about = zone_vintage(one)
    what = f"none of its zones is one of the localities: it has {one}{f' of the {about}' if about else ''}, they have"
    do = "Use the table from the zones that the localities are made of."
    return Fault(file, f"{what} {first}", do, "overlap-other-zones", row=int(overlaps.index[0]), column=_OLD)


def _missing(overlaps: pd.DataFrame, ours: frozenset[str], file: str) -> Iterator[Fault]:
    gone = sorted(ours - set(overlaps[_OLD]))
    if gone:
        what = f"{len(gone):,} of the {len(ours):,} zones of the localities are not in it: {_named(gone)}"
        do = "Add every row of each of these zones."
        yield Fault(file, what, do, "overlap-zone-missing", column=_OLD, rows=len(gone))


def _uncovered(overlaps: pd.DataFrame, known: KnownZones) -> Iterator[Fault]:
    bare = sorted((known.new_zones or frozenset()) - set(overlaps[_NEW]))
    if bare:
        what = f"{_named(bare)} overlaps with no zone of the localities"
        do = "Add its rows to the overlap table, or take the zone out."
        yield Fault(known.new_file, what, do, "overlap-zone-uncovered", column="zone", rows=len(bare))


def _mixed(overlaps: pd.DataFrame, file: str) -> Iterator[Fault]:
    said = overlaps["counted"].fillna("people")
    other = said[said != said.iloc[0]]
    if len(other):
        row = int(other.index[0])
        what = f"this row counts {other.iloc[0]}, the first one counts {said.iloc[0]}"
        do = "Count the same in every row."
        yield Fault(file, what, do, "overlap-counts-mixed", row=row, column="counted", rows=len(other))


def _people(
    rows: pd.DataFrame, residents: Mapping[str, float] | None, place: tuple[str, str], limits: Mapping[str, Any]
) -> Iterator[Fault]:
    """Hold the people of a table against the residents of its zones, one by one and all together."""
    file, column = place
    if not residents or rows.empty:
        return
    table = rows.groupby(column)["people"].sum().astype("float64")
    there = pd.Series(residents, dtype="float64").reindex(table.index).dropna()
    table = table[there.index]
    far = (table - there).abs()
    wrong = there[(far > limits["zone_share"] * there) & (far > limits["zone_people"])].index
    if len(wrong):
        said = "; ".join(f"{zone} has {table[zone]:,.0f} people here and {there[zone]:,.0f}" for zone in wrong[:_NAMED])
        what = f"{said} residents otherwise" if len(wrong) == 1 else f"{said} residents otherwise (of {len(wrong):,})"
        row = int(rows.index[rows[column] == wrong[0]][0])
        do = "Look whether rows of these zones are missing or of another place."
        yield Fault(file, what, do, "overlap-people-differ", row=row, column=column, rows=len(wrong))
    if abs(table.sum() - there.sum()) > limits["total_share"] * there.sum():
        what = f"all together there are {table.sum():,.0f} people here and {there.sum():,.0f} residents otherwise"
        do = "Use a table and residents that are counted at about the same time."
        yield Fault(file, what, do, "overlap-total-differs", column="people")


def _named(codes: list[str]) -> str:
    more = f" and {len(codes) - _NAMED:,} more" if len(codes) > _NAMED else ""
    return ", ".join(codes[:_NAMED]) + more
