"""Makes the ground that boundaries are drawn on from the declared tables of a partnership."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from locality.areas.ground import Borders, Division, Floats, Ground, Ints
from locality.areas.membership import localities_on
from locality.areas.pieces import parts_of_area
from locality.areas.read_practices import read_practices
from locality.areas.zone_indicators import read_indicators
from locality.foundations import Fault, InputRefused

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class AreaGround:
    """A ground with what belongs to it.

    Args:
        ground: What boundaries are drawn on.
        today: Today's locality of every zone; -1: in none.
        names: Names of today's localities by number.
        codes: Codes of today's localities by number.
        notes: What must be said beside every result, in whole sentences.
    """

    ground: Ground
    today: Division
    names: tuple[str, ...]
    codes: tuple[str, ...]
    notes: tuple[str, ...]


def read_ground(tables: Tables, *, day: dt.date, on: dt.date, indicators: Sequence[str] | None = None) -> AreaGround:
    """Make the ground of a partnership.

    Args:
        tables: `zones`, `population`, `zone_neighbours` and `localities`; where there are any also `zone_places`,
            `practices`, `registrations` and `indicators`; typed and cut to the partnership.
        day: The day whose localities are today's.
        on: The day whose rule values hold.
        indicators: Names of the indicators in which zones of a locality should be alike; those of the rule when
            not given.

    Returns:
        The ground with zones in order of code, and today's localities. What is not known is left out and said in the
        notes; what is worked out by a model is marked and said there too.

    Raises:
        InputRefused: There are no neighbours, a pair stands twice or is a zone beside itself, or an indicator is
            unknown.
    """
    zones = tables["zones"].drop_duplicates("zone").sort_values("zone", ignore_index=True)
    codes, places = tuple(zones["zone"].astype(str)), _places(zones, tables.get("zone_places"))
    borders, notes = _borders(codes, tables.get("zone_neighbours"))
    people, points = _people(codes, tables["population"]), places[["easting", "northing"]].to_numpy(np.float64)
    settlement, settlements = _numbered(places["settlement"])
    council = _numbered(places["council"])[0]
    practices, said = read_practices(tables, codes, people=people, points=points, day=on)
    values, names, lacking = read_indicators(tables, codes, people=people, day=on, wanted=indicators)
    ground = Ground(
        zones=codes,
        names=tuple(zones["name"].fillna(zones["zone"]).astype(str)) if "name" in zones else codes,
        people=people,
        settlement=settlement,
        settlements=settlements,
        points=points,
        borders=borders,
        practices=practices,
        indicators=values,
        indicator_names=names,
        area=_whole(places["area"]),
        perimeter=_whole(places["perimeter"]),
        council=council if (council >= 0).all() else None,
    )
    today, current, current_codes = _today(codes, tables["localities"], day)
    return AreaGround(ground, today, current, current_codes, (*notes, *said, *lacking, *_gaps(ground)))


def _places(zones: pd.DataFrame, places: pd.DataFrame | None) -> pd.DataFrame:
    """Gather what the places table says of each zone, and after it the zones table."""
    columns = ["settlement", "easting", "northing", "area", "perimeter", "council"]
    own = zones.set_index("zone").reindex(columns=columns)
    if places is None:
        return own
    told = places.drop_duplicates("zone").set_index("zone").reindex(index=own.index, columns=columns)
    return told.where(told.notna(), own)


def _people(codes: tuple[str, ...], population: pd.DataFrame) -> Ints:
    newest = population[population["year"] == population["year"].max()]
    people = newest.groupby("zone")["people"].sum().reindex(list(codes)).fillna(0)
    counted: Ints = np.rint(people.to_numpy(np.float64)).astype(np.int64)
    return counted


def _numbered(words: pd.Series) -> tuple[Ints, tuple[str, ...]]:
    """Number words in order of the alphabet; -1 where there is none."""
    numbers, known = pd.factorize(words.astype("string"), sort=True)
    return np.asarray(numbers, dtype=np.int64), tuple(str(word) for word in known)


def _whole(figures: pd.Series) -> Floats | None:
    found = figures.astype("Float64").to_numpy(np.float64, na_value=np.nan)
    return None if np.isnan(found).any() else found


def _borders(codes: tuple[str, ...], neighbours: pd.DataFrame | None) -> tuple[Borders, list[str]]:
    if neighbours is None or neighbours.empty:
        do = "Add the table zone_neighbours to partnership.toml: from outlines of zones, or your own."
        raise InputRefused([Fault("partnership.toml", "no neighbours of zones are given", do, "no-neighbours")])
    number = pd.Series(range(len(codes)), index=list(codes))
    one = number.reindex(neighbours["zone_a"]).to_numpy(np.int64)
    two = number.reindex(neighbours["zone_b"]).to_numpy(np.int64)
    first, second = np.minimum(one, two), np.maximum(one, two)
    _refuse_pairs(codes, first, second)
    crossing = (neighbours["kind"] == "crossing").to_numpy(bool)
    metres, notes = _metres(neighbours, crossing)
    order = np.lexsort((second, first))
    return Borders(first[order], second[order], metres[order], crossing[order]), notes


def _refuse_pairs(codes: tuple[str, ...], first: Ints, second: Ints) -> None:
    """Refuse pairs that say nothing or the same again: a border would count twice."""
    faults = []
    alone = np.flatnonzero(first == second)
    if alone.size:
        what = f"{codes[first[alone[0]]]} is a neighbour of itself"
        faults.append(Fault("zone_neighbours", what, "Take the row out.", "zone-beside-itself", rows=alone.size))
    pairs, count = np.unique(np.column_stack([first, second]), axis=0, return_counts=True)
    again = np.flatnonzero(count > 1)
    if again.size:
        one, two = pairs[again[0]]
        what = f"the pair of {codes[one]} and {codes[two]} stands there twice"
        do = "Keep one row for each pair, in whichever direction."
        faults.append(Fault("zone_neighbours", what, do, "neighbours-twice", rows=again.size))
    if faults:
        raise InputRefused(faults)


def _metres(neighbours: pd.DataFrame, crossing: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[Floats, list[str]]:
    given = neighbours["metres"].astype("Float64") if "metres" in neighbours else pd.Series(pd.NA, neighbours.index)
    metres = given.astype("Float64").to_numpy(np.float64, na_value=np.nan)
    if np.isnan(metres[~crossing]).any():
        # A mixture of lengths and gaps would weigh borders by what happens to be known.
        note = "The lengths of borders are not given: every border between two zones counts alike."
        return np.where(crossing, 0.0, 1.0), [note]
    return np.where(crossing, 0.0, metres), []


def _today(
    codes: tuple[str, ...], localities: pd.DataFrame, day: dt.date
) -> tuple[Division, tuple[str, ...], tuple[str, ...]]:
    known = localities.assign(**{name: localities.get(name, pd.NaT) for name in ("from", "to")})
    members = localities_on(known, day).drop_duplicates("zone").set_index("zone").reindex(list(codes))
    numbers, found = _numbered(members["locality"])
    if "name" not in members:
        return numbers.astype(np.int32), found, found
    title = members.dropna(subset=["locality"]).drop_duplicates("locality").set_index("locality")["name"]
    names = tuple(str(title.get(code)) if pd.notna(title.get(code)) else code for code in found)
    return numbers.astype(np.int32), names, found


def _gaps(ground: Ground) -> list[str]:
    """Say what the ground lacks, and how many parts of it nothing joins."""
    notes, parts = [], int(parts_of_area(ground).max(initial=0)) + 1
    if parts > 1:
        notes.append(f"The area lies in {parts} parts that neither a border nor a declared crossing joins.")
    if not ground.settlements:
        notes.append("No settlements are known, so nothing is said about communities.")
    if np.isnan(ground.points).any():
        notes.append("Where some zones lie is not known; they are left out of distances.")
    if ground.area is None or ground.perimeter is None:
        notes.append("Areas or perimeters are not known, so nothing is said about compactness.")
    return notes
