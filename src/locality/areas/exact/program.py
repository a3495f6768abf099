"""A linear program, and a writer that collects its columns and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from locality.areas.ground import Flags, Floats, Ints

Term = tuple[Ints, Ints, Floats | float]
"""Part of some rows: the row of each entry, its column, its factor."""


@dataclass
class Program:
    """A linear program: the least cost @ shares with matrix @ shares >= ends, some rows equal, 0 <= shares <= tops."""

    cost: Floats
    constant: float
    matrix: sparse.csr_matrix
    ends: Floats
    equal: Flags
    tops: Floats


@dataclass
class Writer:
    """Collects the columns and rows of a program."""

    columns: int = 0
    rows: int = 0
    costs: list[tuple[Ints, Floats]] = field(default_factory=list)
    entries: list[tuple[Ints, Ints, Floats]] = field(default_factory=list)
    ends: list[Floats] = field(default_factory=list)
    equal: list[Flags] = field(default_factory=list)
    tops: list[Floats] = field(default_factory=list)

    def add_columns(self, count: int, top: float = 1.0) -> Ints:
        """Give the numbers of new columns, whose shares are from 0 to `top`."""
        start = self.columns
        self.columns += count
        self.tops.append(np.full(count, top, np.float64))
        return np.arange(start, start + count)

    def add_cost(self, columns: Ints, amounts: Floats) -> None:
        """Charge an amount for the whole of each column."""
        self.costs.append((columns, amounts))

    def add_rows(self, count: int, terms: Sequence[Term], end: Floats | float, *, equal: bool = False) -> None:
        """Demand for each of `count` rows: the sum of its terms (row, column, factor) is at least `end`."""
        for row, column, factor in terms:
            self.entries.append((self.rows + row, column, np.broadcast_to(np.asarray(factor, float), row.shape)))
        self.rows += count
        self.ends.append(np.full(count, end, np.float64))
        self.equal.append(np.full(count, equal, np.bool_))

    def program(self, constant: float) -> Program:
        """Put the program together; `constant` is added to every cost."""
        cost = np.zeros(self.columns)
        for column, amount in self.costs:
            np.add.at(cost, column, amount)
        row, column, factor = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        matrix = sparse.csr_matrix((factor, (row, column)), (self.rows, self.columns))
        return Program(
            cost=cost,
            constant=constant,
            matrix=matrix,
            ends=np.concatenate(self.ends),
            equal=np.concatenate(self.equal),
            tops=np.concatenate(self.tops),
        )
