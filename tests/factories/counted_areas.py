"""Small grids drawn by hand, and every division of them counted one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import sparse

from locality.areas.ground import Borders, DesignRules, Division, Ground, Practices, Weights
from locality.areas.measures import measure

EQUAL = Weights(practices=0.45, communities=0.35, border=0.20)


def draw_ground(people: list[list[int]], settlements: list[str], clusters: list[str], *, metres: int = 100) -> Ground:
    """Draw a grid of square zones; settlements and clusters by a letter for each zone, '.' for none."""
    rows, columns = len(people), len(people[0])
    count = rows * columns
    pairs = [(at, at + 1) for at in range(count) if (at + 1) % columns]
    pairs += [(at, at + columns) for at in range(count - columns)]
    first, second = np.array(pairs).T
    names = sorted(set("".join(settlements)) - {"."})
    codes = tuple(f"Z{number:02d}" for number in range(count))
    return Ground(
        zones=codes,
        names=codes,
        people=np.array(people, np.int64).ravel(),
        settlement=np.array([names.index(one) if one in names else -1 for one in "".join(settlements)], np.int64),
        settlements=tuple(names),
        points=np.array([(at % columns, at // columns) for at in range(count)], float) * metres,
        borders=Borders(first, second, np.full(len(pairs), float(metres)), np.zeros(len(pairs), bool)),
        practices=_practices("".join(clusters), np.array(people).ravel()),
    )


def ground_of_pairs(file: Path) -> tuple[Ground, int]:
    """Read zones with their people and pairs of neighbours, every border one metre; give the people of all too."""
    about = json.loads(file.read_text(encoding="utf-8"))
    people, (first, second) = np.array(about["pop"], np.int64), np.array(about["edges"], np.int64).T
    codes = tuple(f"Z{number:02d}" for number in range(len(people)))
    borders = Borders(first, second, np.ones(len(first)), np.zeros(len(first), bool))
    alone = np.full(len(people), -1)
    return Ground(codes, codes, people, alone, (), np.zeros((len(people), 2)), borders), int(people.sum())


def rules_for(number: int, least: int, most: int, **further: object) -> DesignRules:
    return DesignRules(least=least, most=most, number=number, weights=EQUAL, **further)  # type: ignore[arg-type]


def every_division(ground: Ground, number: int) -> Iterator[Division]:
    """Give every way to put zones into so many localities, whatever the rules."""
    count = len(ground.zones)

    def grow(start: list[int], used: int) -> Iterator[list[int]]:
        if len(start) == count:
            if used == number:
                yield start
            return
        if number - used > count - len(start):
            return
        for locality in range(min(used + 1, number)):
            yield from grow([*start, locality], max(used, locality + 1))

    for division in grow([0], 1):
        yield np.array(division, np.int32)


def best_by_counting(ground: Ground, rules: DesignRules) -> float | None:
    """Measure every division that keeps the rules; the least J, or None when there is none."""
    assert rules.number is not None
    best = None
    for division in every_division(ground, rules.number):
        sizes = np.bincount(division, ground.people)
        # Measuring takes long: only where the sizes are right.
        if sizes.min() >= rules.least and sizes.max() <= rules.most:
            measured = measure(ground, division, rules)
            if not measured.faults and (best is None or measured.composite < best):
                best = measured.composite
    return best


def _practices(letters: str, people: np.ndarray) -> Practices:
    names = sorted(set(letters) - {"."})
    home = np.array([names.index(one) if one in names else -1 for one in letters])
    inside = np.flatnonzero(home >= 0)
    patients = sparse.csr_matrix((people[inside], (inside, home[inside])), (len(letters), len(names)))
    number = np.arange(len(names), dtype=np.int64)
    return Practices(tuple(names), number, tuple(names), patients, np.zeros((len(names), 2)))
