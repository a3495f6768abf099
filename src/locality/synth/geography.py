"""A made-up place: a mainland cut by a river, with towns and villages, and a group of islands off its coast."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from locality.synth import dice
from locality.synth.published import rule

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

# In the open sea, so that no map shows a made-up zone on somebody's home.
_ORIGIN = (600_000.0, 1_060_000.0)
_FIRST_ZONE = 1_990_001
_RIVER_METRES = 400.0
_SYLLABLES = ("Brae", "Cal", "Dun", "Esk", "Fen", "Gar", "Hale", "Kil", "Lar", "Mor", "Nor", "Pit", "Ros", "Tar", "Usk")
_ENDINGS = ("vannoch", "quill", "mirrin", "dorran", "lussay", "wick", "tarvie", "ness", "corrie", "mallow", "stane")


@dataclass(frozen=True)
class Geography:
    """A made-up place before anybody lives there; arrays by zone.

    Args:
        zones: Zone codes.
        locality: Place of each zone's locality among `localities`; the islands are the last.
        localities: Names of the localities.
        remoteness: 0 in a town's middle to 1 at its locality's edge; islands beyond 1.
        in_town: Whether a zone belongs to its locality's town.
        settlement: Name of the town, village or island.
        centre: Easting and northing.
        outline: Outline as well-known text.
        borders: Pairs of neighbouring zones, with the kind of their border.
    """

    zones: tuple[str, ...]
    locality: Whole
    localities: tuple[str, ...]
    remoteness: Floats
    in_town: npt.NDArray[np.bool_]
    settlement: tuple[str, ...]
    centre: Floats
    outline: tuple[str, ...]
    borders: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class _Cell:
    """One zone's square: which piece of land, column, row, and its four corners."""

    land: int
    column: int
    row: int
    corners: Floats


def make_geography(people: int, seed: int) -> Geography:
    """Lay out a place for some number of people.

    Args:
        people: Residents it shall hold; decides how many zones and localities there are.
        seed: Decides names and the irregularity of outlines.

    Returns:
        A place in which every mainland locality is in one piece and one bridge or ferry line reaches every part.
    """
    shape = rule("place_shape")
    count = max(shape["fewest_zones"], round(people / shape["zone_people"]))
    on_islands = max(4, round(count * shape["island_share"]))
    mainland = max(2, round(people * (1 - shape["island_share"]) / shape["locality_people"]))
    cells, locality = _mainland(count - on_islands, mainland, seed)
    islands = _islands(on_islands, seed)
    locality = np.r_[locality, np.full(on_islands, mainland)]
    cells = cells + islands
    zones = tuple(f"S{_FIRST_ZONE + place:08d}" for place in range(count))
    remoteness = _remoteness(cells, locality, mainland)
    in_town = _towns(remoteness, locality, mainland)
    names = _names(seed, count + mainland)
    return Geography(
        zones=zones,
        locality=locality,
        localities=(*(f"{names[place]} and district" for place in range(mainland)), "The Islands"),
        remoteness=remoteness,
        in_town=in_town,
        settlement=_settlements(cells, locality, in_town, names, mainland),
        centre=np.array([cell.corners.mean(axis=0) for cell in cells]),
        outline=tuple(_outline(cell.corners) for cell in cells),
        borders=tuple((zones[one], zones[other], kind) for one, other, kind in _borders(cells)),
    )


def _mainland(count: int, localities: int, seed: int) -> tuple[list[_Cell], Whole]:
    """Lay the mainland out in columns; the river runs between its southern (land 0) and northern (land 1) half."""
    rows = max(2, round(np.sqrt(count * 0.6) / 2))
    columns = -(-count // (2 * rows))
    spots = [(place % (2 * rows), place // (2 * rows)) for place in range(count)]
    side_of = np.array([row // rows for row, _ in spots])
    south = -(-localities // 2)
    locality = np.zeros(count, dtype=np.int64)
    towns = np.zeros(columns, dtype=bool)
    for side, parts, first in ((0, south, 0), (1, localities - south, south)):
        members = np.flatnonzero(side_of == side)
        for number, part in enumerate(np.array_split(members, parts)):
            locality[part] = first + number
            towns[spots[part[part.size // 2]][1]] = True
    corners = _corners(rows, columns, np.flatnonzero(towns), seed)
    cells = []
    for row, column in spots:
        side, within = divmod(row, rows)
        square = corners[side, within : within + 2, column : column + 2]
        cells.append(_Cell(side, column, row, square.reshape(4, 2)[[0, 1, 3, 2]]))
    return cells, locality


def _corners(rows: int, columns: int, towns: Whole, seed: int) -> Floats:
    """Give corner points by half, row and column: narrow near towns, wide far from them, none quite straight."""
    side = float(rule("place_shape")["side_metres"])
    from_town = np.abs(np.arange(columns)[:, None] - towns[None, :]).min(axis=1)
    x = np.r_[0.0, np.cumsum(side * (1 + 0.6 * from_town))]
    y = np.r_[0.0, np.cumsum(side * (1 + 0.5 * np.abs(np.arange(rows) - (rows - 1) / 2)))]
    grid = np.empty((2, rows + 1, columns + 1, 2))
    grid[..., 0] = x[None, None, :]
    grid[..., 1] = y[None, :, None]
    grid[1, ..., 1] += y[-1] + _RIVER_METRES
    key = dice.numbered(np.full(grid[..., 0].size, dice.name_key(seed, "corners")), np.arange(grid[..., 0].size))
    push = np.stack([dice.uniform(key, "east"), dice.uniform(key, "north")], axis=1).reshape(grid.shape) - 0.5
    # Less than a fifth of the shortest side, so that no outline can cross itself or the river.
    bent: Floats = grid + push * min(side, _RIVER_METRES) * 0.35 + np.array(_ORIGIN)
    return bent


def _islands(count: int, seed: int) -> list[_Cell]:
    """Lay islands out to the west, two zones wide; each is a piece of land of its own."""
    side = 1.5 * float(rule("place_shape")["side_metres"])
    number = 3 if count >= 9 else 2
    cells = []
    for island, members in enumerate(np.array_split(np.arange(count), number)):
        west = _ORIGIN[0] - 14_000 - island * 9_000
        south = _ORIGIN[1] + island * 6_000
        for place in range(members.size):
            column, row = place % 2, place // 2
            low = np.array([west + column * side, south + row * side])
            steps = np.array([[0.0, 0.0], [side, 0.0], [side, side], [0.0, side]])
            cells.append(_Cell(2 + island, column, row, low + steps))
    return cells


def _borders(cells: list[_Cell]) -> list[tuple[int, int, str]]:
    """Name neighbours: those that share a side, the bridges and the ferries."""
    at = {(cell.land, cell.column, cell.row): place for place, cell in enumerate(cells)}
    found = []
    for place, cell in enumerate(cells):
        for column, row in ((cell.column + 1, cell.row), (cell.column, cell.row + 1)):
            other = at.get((cell.land, column, row))
            if other is not None:
                found.append((place, other, "land"))
    found += [(min(pair), max(pair), "crossing") for pair in (*_bridges(cells, at), *_ferries(cells, at))]
    return sorted(found)


def _bridges(cells: list[_Cell], at: dict[tuple[int, int, int], int]) -> list[tuple[int, int]]:
    """Bridge the river in the middle, and again every dozen columns."""
    bank = max(cell.row for cell in cells if cell.land == 0)
    columns = sorted({cell.column for cell in cells if cell.land == 1 and cell.row == bank + 1})
    chosen = columns[len(columns) // 2 % 12 :: 12]
    return [(at[0, column, bank], at[1, column, bank + 1]) for column in chosen]


def _ferries(cells: list[_Cell], at: dict[tuple[int, int, int], int]) -> list[tuple[int, int]]:
    """Sail from the mainland's western shore to the first island, and from each island to the next."""
    islands = sorted({cell.land for cell in cells if cell.land > 1})
    ports = [at[0, 0, 0], *(at[island, 0, 0] for island in islands)]
    return list(pairwise(ports))


def _remoteness(cells: list[_Cell], locality: Whole, islands: int) -> Floats:
    """Give the distance from the middle of the locality's town, relative to the farthest zone."""
    middle = np.array([cell.corners.mean(axis=0) for cell in cells])
    remote = np.zeros(len(cells))
    for name in range(islands):
        members = np.flatnonzero(locality == name)
        town = middle[members[members.size // 2]]
        metres = np.hypot(*(middle[members] - town).T)
        remote[members] = metres / max(metres.max(), 1.0)
    remote[locality == islands] = 1.0 + np.linspace(0.1, 0.5, int((locality == islands).sum()))
    return remote


def _towns(remoteness: Floats, locality: Whole, islands: int) -> npt.NDArray[np.bool_]:
    """Let the nearest half of every mainland locality be its town."""
    in_town = np.zeros(remoteness.size, dtype=bool)
    for name in range(islands):
        members = np.flatnonzero(locality == name)
        in_town[members] = remoteness[members] <= np.median(remoteness[members])
    return in_town


def _settlements(
    cells: list[_Cell], locality: Whole, in_town: npt.NDArray[np.bool_], names: list[str], mainland: int
) -> tuple[str, ...]:
    """Name the place that people say they live in: a town, a village of about six zones, an island."""
    said = []
    villages: dict[tuple[int, int], str] = {}
    for place, cell in enumerate(cells):
        if in_town[place]:
            said.append(names[locality[place]])
            continue
        part = (cell.land, cell.column // 3 if cell.land < 2 else -1)
        if part not in villages:
            villages[part] = names[mainland + len(villages)]
        said.append(f"Isle of {villages[part]}" if cell.land > 1 else villages[part])
    return tuple(said)


def _names(seed: int, count: int) -> list[str]:
    """Invent names that no two settlements share."""
    every = [first + last for first in _SYLLABLES for last in _ENDINGS]
    order = np.argsort(dice.uniform(dice.name_keys(seed, every), "name"), kind="stable")
    shuffled = [every[place] for place in order]
    return [
        shuffled[place % len(every)] + (f" {place // len(every) + 1}" if place >= len(every) else "")
        for place in range(count)
    ]


def _outline(corners: Floats) -> str:
    closed = np.rint(np.vstack([corners, corners[:1]])).astype(int)
    return "POLYGON ((" + ", ".join(f"{east} {north}" for east, north in closed) + "))"
