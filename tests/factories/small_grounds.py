"""Small grounds drawn by hand: each letter is a zone, letters beside or below each other share a border."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from locality.areas.ground import Borders, DesignRules, Ground, Practices, Weights

WEIGHTS = Weights(0.45, 0.35, 0.20)


def drawn_ground(picture: str, *, people: int = 1000, crossings: tuple[str, ...] = ()) -> Ground:
    """Read a picture: a letter is the settlement of a zone (`.` none), a space is water, `#` ends a zone's border.

    Zones are named by row and column (`r0c0`). Each settlement has a practice, a cluster of its own, with which all of
    its zones are registered; the others with that of the nearest zone of a settlement. A crossing is two zone names.
    """
    cells = [
        (row, column, letter)
        for row, line in enumerate(picture.strip("\n").split("\n"))
        for column, letter in enumerate(line)
        if letter != " "
    ]
    codes = tuple(f"r{row}c{column}" for row, column, _ in cells)
    place = {(row, column): number for number, (row, column, _) in enumerate(cells)}
    towns = sorted({letter for _, _, letter in cells} - {"."})
    land = [
        (place[row, column], place[near])
        for row, column, _ in cells
        for near in ((row, column + 1), (row + 1, column))
        if near in place
    ]
    ferries = [tuple(codes.index(code) for code in pair.split("-")) for pair in crossings]
    pairs = np.array([*land, *ferries], np.int64).reshape(-1, 2)
    crossing = np.arange(len(pairs)) >= len(land)
    settlement = np.array([towns.index(letter) if letter != "." else -1 for _, _, letter in cells], np.int64)
    return Ground(
        zones=codes,
        names=codes,
        people=np.full(len(cells), people, np.int64),
        settlement=settlement,
        settlements=tuple(towns),
        points=np.array([(100.0 * column, -100.0 * row) for row, column, _ in cells]),
        borders=Borders(pairs[:, 0], pairs[:, 1], np.where(crossing, 0.0, 100.0), crossing),
        practices=_practices(cells, towns, people) if towns else None,
    )


def _practices(cells: list[tuple[int, int, str]], towns: list[str], people: int) -> Practices:
    homes = [(row, column, letter) for row, column, letter in cells if letter != "."]
    nearest = [
        min(homes, key=lambda home, at=cell: (abs(home[0] - at[0]) + abs(home[1] - at[1]), home))[2]  # type: ignore[misc]
        for cell in cells
    ]
    patients = np.zeros((len(cells), len(towns)), np.int64)
    patients[np.arange(len(cells)), [towns.index(letter) for letter in nearest]] = people
    return Practices(
        codes=tuple(towns),
        cluster=np.arange(len(towns)),
        clusters=tuple(towns),
        patients=sparse.csr_matrix(patients),
        points=np.full((len(towns), 2), np.nan),
    )


def bounds(least: int, most: int, number: int | None = None, **wishes: object) -> DesignRules:
    """Make rules with the usual weights."""
    return DesignRules(least=least, most=most, weights=WEIGHTS, number=number, **wishes)  # type: ignore[arg-type]


def drawn_localities(ground: Ground, division: np.ndarray) -> list[set[str]]:
    """Give the zones of each locality."""
    return [{ground.zones[zone] for zone in np.flatnonzero(division == one)} for one in range(int(division.max()) + 1)]
