"""A made-up place: a mainland cut by a river, with towns and villages, and a group of islands off its coast."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from locality.areas.ground import Borders
from locality.areas.shapes import Shapes
from locality.synth import dice
from locality.synth.lattices import Lattice, draw_zones
from locality.synth.published import rule

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

# In the open sea, so that no map shows a made-up zone on somebody's home; a wide place reaches further west.
_ORIGIN = (600_000.0, 1_060_000.0)
_EASTERN_EDGE = 690_000.0
_FIRST_ZONE = 1_990_001
_RIVER_METRES = 400.0
# Less than half of the river, so that its banks never meet.
_COAST_METRES = 140.0
_SOUND_METRES = 4_000.0
_VILLAGE = (3, 4)
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
        point: Easting and northing of a point inside.
        shapes: Polygons, named after the settlement.
        borders: Pairs of neighbouring zones with the kind of their border and, on land, its metres.
    """

    zones: tuple[str, ...]
    locality: Whole
    localities: tuple[str, ...]
    remoteness: Floats
    in_town: npt.NDArray[np.bool_]
    settlement: tuple[str, ...]
    point: Floats
    shapes: Shapes
    borders: tuple[tuple[str, str, str, float | None], ...]


@dataclass(frozen=True)
class _Cell:
    """One zone's square: which piece of land, column, row, and its middle."""

    land: int
    column: int
    row: int
    middle: Floats


def make_geography(people: int, seed: int) -> Geography:
    """Lay out a place for some number of people.

    Args:
        people: Residents it shall hold; decides how many zones and localities there are.
        seed: Decides names and the irregularity of polygons.

    Returns:
        A place in which every mainland locality is in one piece and one bridge or ferry line reaches every part.
    """
    shape = rule("place_shape")
    count = max(shape["fewest_zones"], round(people / shape["zone_people"]))
    on_islands = max(4, round(count * shape["island_share"]))
    mainland = max(2, round(people * (1 - shape["island_share"]) / shape["locality_people"]))
    cells, locality, banks = _mainland(count - on_islands, mainland, seed)
    further, islands = _islands(on_islands, first=count - on_islands, shore=float(banks[0].x[0]))
    locality = np.r_[locality, np.full(on_islands, mainland)]
    cells = cells + further
    zones = tuple(f"S{_FIRST_ZONE + place:08d}" for place in range(count))
    remoteness = _remoteness(cells, locality, mainland)
    in_town = _towns(remoteness, locality, mainland)
    names = _names(seed, count + mainland)
    settlement = _settlements(cells, locality, in_town, names, mainland)
    named = tuple(f"{said} {place + 1}" for place, said in enumerate(settlement))
    drawn = draw_zones([*banks, *islands], locality, Shapes(zones, named, np.empty(count, dtype=object)), seed)
    return Geography(
        zones=zones,
        locality=locality,
        localities=(*(f"{names[place]} and district" for place in range(mainland)), "The Islands"),
        remoteness=remoteness,
        in_town=in_town,
        settlement=settlement,
        point=drawn.points,
        shapes=drawn.shapes,
        borders=_say_borders(zones, drawn.borders, _crossings(cells)),
    )


def _mainland(count: int, localities: int, seed: int) -> tuple[list[_Cell], Whole, list[Lattice]]:
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
    x, y = _edges(rows, towns)
    middle = _middles(x, y, seed)
    cells = [_Cell(row // rows, column, row, middle[row // rows, row % rows, column]) for row, column in spots]
    return cells, locality, _banks(x, y, count)


def _edges(rows: int, towns: npt.NDArray[np.bool_]) -> tuple[Floats, list[Floats]]:
    """Give the edges of columns, and of rows of each half: narrow near columns with towns, wide far from them."""
    side = float(rule("place_shape")["side_metres"])
    from_town = np.abs(np.arange(towns.size)[:, None] - np.flatnonzero(towns)[None, :]).min(axis=1)
    x = np.r_[0.0, np.cumsum(side * (1 + 0.6 * from_town))]
    y = np.r_[0.0, np.cumsum(side * (1 + 0.5 * np.abs(np.arange(rows) - (rows - 1) / 2)))] + _ORIGIN[1]
    return x + min(_ORIGIN[0], _EASTERN_EDGE - x[-1]), [y, y + (y[-1] - y[0]) + _RIVER_METRES]


def _middles(x: Floats, y: list[Floats], seed: int) -> Floats:
    """Give the middle of every square by half, row and column; no four are quite in line."""
    rows, columns = y[0].size, x.size
    keys = dice.numbered(np.full(2 * rows * columns, dice.name_key(seed, "corners")), np.arange(2 * rows * columns))
    push = np.stack([dice.uniform(keys, "east"), dice.uniform(keys, "north")], axis=1) - 0.5
    grid = push.reshape(2, rows, columns, 2) * _RIVER_METRES * 0.35
    grid[..., 0] += x[None, None, :]
    grid[..., 1] += np.stack(y)[:, :, None]
    corners = np.stack([grid[:, :-1, :-1], grid[:, :-1, 1:], grid[:, 1:, 1:], grid[:, 1:, :-1]])
    middle: Floats = corners.mean(axis=0)
    return middle


def _banks(x: Floats, y: list[Floats], count: int) -> list[Lattice]:
    """Give both banks of the river as squares; where a column is not full there is sea."""
    rows, columns = y[0].size - 1, x.size - 1
    place = np.arange(2 * rows * columns).reshape(columns, 2 * rows).T
    zone = np.where(place < count, place, -1)
    whole = (float(x[0]), float(y[0][0]), float(x[-1]), float(y[1][-1]))
    return [Lattice(x, y[bank], zone[bank * rows : (bank + 1) * rows], whole, _COAST_METRES) for bank in (0, 1)]


def _islands(count: int, first: int, shore: float) -> tuple[list[_Cell], list[Lattice]]:
    """Lay islands out in a row along the western shore; each is a piece of land of its own."""
    side = 1.5 * float(rule("place_shape")["side_metres"])
    number = 3 if count >= 9 else 2
    cells, lattices = [], []
    south = _ORIGIN[1]
    for island, members in enumerate(np.array_split(np.arange(count), number)):
        columns = max(2, round(np.sqrt(members.size / 2)))
        rows = -(-members.size // columns)
        x = shore - _SOUND_METRES - side * np.arange(columns, -1, -1)
        y = south + side * np.arange(rows + 1)
        zone = np.full(rows * columns, -1)
        zone[: members.size] = first + members
        whole = (float(x[0]), float(y[0]), float(x[-1]), float(y[-1]))
        lattices.append(Lattice(x, y, zone.reshape(rows, columns), whole, 2 * _COAST_METRES, float(island)))
        for place in range(members.size):
            row, column = divmod(place, columns)
            cells.append(_Cell(2 + island, column, row, np.array([x[column], y[row]]) + side / 2))
        south += (rows + 1.5) * side
    return cells, lattices


def _crossings(cells: list[_Cell]) -> list[tuple[int, int]]:
    """Name the pairs of zones that a bridge or a ferry joins."""
    at = {(cell.land, cell.column, cell.row): place for place, cell in enumerate(cells)}
    return [(min(pair), max(pair)) for pair in (*_bridges(cells, at), *_ferries(cells, at))]


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


def _say_borders(
    zones: tuple[str, ...], land: Borders, crossings: list[tuple[int, int]]
) -> tuple[tuple[str, str, str, float | None], ...]:
    """Name neighbours by their codes: those that share a border with its metres, and bridges and ferries."""
    metres = zip(land.first.tolist(), land.second.tolist(), land.metres.tolist(), strict=True)
    found: list[tuple[int, int, str, float | None]] = [(one, two, "land", round(far, 1)) for one, two, far in metres]
    found += [(one, two, "crossing", None) for one, two in crossings]
    return tuple(
        (zones[one], zones[two], kind, far) for one, two, kind, far in sorted(found, key=lambda pair: pair[:2])
    )


def _remoteness(cells: list[_Cell], locality: Whole, islands: int) -> Floats:
    """Give the distance from the middle of the locality's town, relative to the farthest zone."""
    middle = np.array([cell.middle for cell in cells])
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
    villages: dict[tuple[int, int, int], str] = {}
    for place, cell in enumerate(cells):
        if in_town[place]:
            said.append(names[locality[place]])
            continue
        part = (cell.land, cell.column // _VILLAGE[0], cell.row // _VILLAGE[1])
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
