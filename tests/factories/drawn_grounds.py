"""Small grounds drawn as grids of letters and numbers, on which every answer can be counted by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from locality.areas.ground import Borders, DesignRules, Division, Ground, Practices, Weights

SIDE = 1_000.0
"""Metres of a square zone's side."""


def rows_of(drawing: str) -> list[list[str]]:
    """Read a drawing row by row; cells stand apart, and a dot is water."""
    return [line.split() for line in drawing.strip().splitlines()]


def _cells(drawing: str) -> dict[tuple[int, int], str]:
    found = {(y, x): cell for y, row in enumerate(rows_of(drawing)) for x, cell in enumerate(row)}
    return {place: cell for place, cell in found.items() if cell != "."}


def draw(
    people: str,
    *,
    settlements: str = "",
    crossings: Sequence[tuple[int, int]] = (),
    practices: Practices | None = None,
    indicators: Mapping[str, str] | None = None,
    councils: str = "",
) -> Ground:
    """Draw square zones with people, numbered along the rows; neighbours share a side.

    Args:
        people: Residents of each zone.
        settlements: A letter for each zone's settlement, "-" for none.
        crossings: Pairs of zone numbers that a bridge or ferry joins.
        practices: Practices, from `practices_with`.
        indicators: Values of each zone by indicator, as drawings; taken as they are.
        councils: A number for each zone's council.
    """
    cells = _cells(people)
    number = {place: one for one, place in enumerate(cells)}
    land = [(number[y, x], number[other]) for y, x in cells for other in ((y, x + 1), (y + 1, x)) if other in number]
    pairs = np.array([*land, *crossings], dtype=np.int64).reshape(-1, 2)
    crossing = np.arange(len(pairs)) >= len(land)
    said = list(_cells(settlements).values()) if settlements else ["-"] * len(cells)
    names = tuple(sorted(set(said) - {"-"}))
    tables = [list(map(float, _cells(drawing).values())) for drawing in (indicators or {}).values()]
    codes = tuple(f"Z{one:02d}" for one in range(len(cells)))
    return Ground(
        zones=codes,
        names=codes,
        people=np.array([int(cell) for cell in cells.values()], dtype=np.int64),
        settlement=np.array([names.index(one) if one in names else -1 for one in said], dtype=np.int64),
        settlements=names,
        points=np.array([(x * SIDE, -y * SIDE) for y, x in cells], dtype=np.float64),
        borders=Borders(pairs[:, 0], pairs[:, 1], np.where(crossing, 0.0, SIDE), crossing),
        practices=practices,
        indicators=np.array(tables).T if tables else np.zeros((0, 0)),
        indicator_names=tuple(indicators or {}),
        area=np.full(len(cells), SIDE**2),
        perimeter=np.full(len(cells), 4 * SIDE),
        council=np.array([int(one) for one in _cells(councils).values()], dtype=np.int64) if councils else None,
    )


def divide(drawing: str) -> Division:
    """Read a division: one letter for each locality, "-" for a zone in none."""
    said = list(_cells(drawing).values())
    names = sorted(set(said) - {"-"})
    return np.array([names.index(one) if one in names else -1 for one in said], dtype=np.int32)


def practices_with(patients: Mapping[str, str], clusters: Mapping[str, str]) -> Practices:
    """Practices by drawings of where their patients live, each with its cluster ("" for none)."""
    table = np.array([[int(cell) for cell in _cells(drawing).values()] for drawing in patients.values()])
    names = tuple(sorted({one for one in clusters.values() if one}))
    cluster = [names.index(clusters[one]) if clusters.get(one) else -1 for one in patients]
    return Practices(
        codes=tuple(patients),
        cluster=np.array(cluster, dtype=np.int64),
        clusters=names,
        patients=sparse.csr_matrix(table.T),
        points=np.full((len(patients), 2), np.nan),
    )


def rules(least: int = 0, most: int = 1_000_000, **further: object) -> DesignRules:
    """Rules that forbid nothing unless told."""
    return DesignRules(**{"least": least, "most": most, "weights": Weights(0.45, 0.35, 0.20), **further})  # type: ignore[arg-type]
