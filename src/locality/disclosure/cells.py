"""Which cells a published table has, and which of them add up to which.

A row total is a cell like any other. Any set of tables becomes one list of cells and one list of sums, so that
suppression and audit need not know about rows, columns, levels or linked tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csc_array

Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

ALL = "all"
"""Label of the total along an axis."""


@dataclass(frozen=True)
class Axis:
    """One way in which people are classified, with the totals that are published along it.

    Args:
        name: Name of the classification ("zone").
        leaves: Its finest classes, in order.
        groups: The group of each leaf when totals by group are published too; each leaf is in exactly one.
    """

    name: str
    leaves: tuple[str, ...]
    groups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse labels that would make two cells one."""
        assert len(set(self.nodes)) == len(self.nodes), f"{self.name}: a label stands twice, or is called '{ALL}'"
        assert len(self.groups) in (0, len(self.leaves)), f"{self.name}: one group for each leaf"

    @property
    def nodes(self) -> tuple[str, ...]:
        """Every class that has a published cell: leaves, groups, all."""
        return (*self.leaves, *dict.fromkeys(self.groups), ALL)

    @property
    def sums(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Which node is the sum of which nodes, by position."""
        names = list(dict.fromkeys(self.groups))
        first = len(self.leaves)
        members = [
            (first + at, tuple(leaf for leaf, group in enumerate(self.groups) if group == name))
            for at, name in enumerate(names)
        ]
        parts = tuple(range(first, first + len(names))) or tuple(range(first))
        return (*members, (len(self.nodes) - 1, parts))

    def spread(self) -> Counts:
        """Give the matrix that turns counts by leaf into counts by node."""
        matrix = np.zeros((len(self.nodes), len(self.leaves)), dtype=np.int64)
        matrix[: len(self.leaves)] = np.eye(len(self.leaves), dtype=np.int64)
        for total, parts in self.sums:
            matrix[total] = matrix[list(parts)].sum(axis=0)
        return matrix


@dataclass(frozen=True)
class Layout:
    """The cells of one or several linked tables.

    Args:
        labels: One label tuple for each cell.
        sums: One row for each sum: +1 for its parts, -1 for its total; every row times the counts is nought.
    """

    labels: tuple[tuple[str, ...], ...]
    sums: csc_array

    @property
    def size(self) -> int:
        """How many cells there are, totals included."""
        return len(self.labels)


def layout_of_sums(labels: Sequence[tuple[str, ...]], sums: Sequence[tuple[int, Sequence[int]]]) -> Layout:
    """Lay out cells whose sums are said one by one.

    Args:
        labels: The label of each cell.
        sums: For each sum the position of the total and the positions of its parts.

    Returns:
        The layout.
    """
    row = [at for at, (_, parts) in enumerate(sums) for _ in range(len(parts) + 1)]
    column = [cell for total, parts in sums for cell in (*parts, total)]
    sign = [value for _, parts in sums for value in (*([1.0] * len(parts)), -1.0)]
    matrix = coo_array((sign, (row, column)), shape=(len(sums), len(labels))).tocsc()
    return Layout(tuple(labels), matrix)


def layout_of_axes(axes: Sequence[Axis]) -> Layout:
    """Lay out a table of one or more axes in which every total along every axis is published.

    Example:
        >>> layout_of_axes([Axis("sex", ("f", "m"))]).labels
        (('f',), ('m',), ('all',))
    """
    shape = tuple(len(axis.nodes) for axis in axes)
    position = np.arange(int(np.prod(shape))).reshape(shape)
    sums: list[tuple[int, list[int]]] = []
    for along, axis in enumerate(axes):
        turned = np.moveaxis(position, along, 0).reshape(shape[along], -1)
        for total, parts in axis.sums:
            sums += [(int(turned[total, at]), turned[list(parts), at].tolist()) for at in range(turned.shape[1])]
    return layout_of_sums(list(product(*(axis.nodes for axis in axes))), sums)


def counts_of_axes(axes: Sequence[Axis], leaves: npt.ArrayLike) -> Counts:
    """Add up counts by leaf to the count of every cell, in the order of `layout_of_axes`.

    Args:
        axes: The axes, in the order of the array's dimensions.
        leaves: Counts of people, one dimension for each axis.

    Returns:
        The count of every cell, totals among them.
    """

    def along(counts: Counts, step: tuple[int, Axis]) -> Counts:
        at, axis = step
        return np.moveaxis(np.tensordot(axis.spread(), counts, axes=(1, at)), 0, at)

    return reduce(along, enumerate(axes), np.asarray(leaves, dtype=np.int64)).ravel()


@dataclass(frozen=True)
class PublishedCounts:
    """What a reader sees: the shown counts, and which are hidden.

    Args:
        layout: The cells and their sums.
        counts: Counts of people; nought where hidden, so that nothing hidden can be read from here.
        hidden: True where a count is hidden.
    """

    layout: Layout
    counts: Counts
    hidden: Mask

    def __post_init__(self) -> None:
        """Refuse an object that still carries what it should hide."""
        assert not self.counts[self.hidden].any(), "a hidden count must be nought here"


def hide(layout: Layout, counts: Counts, hidden: Mask) -> PublishedCounts:
    """Take the hidden counts away from a table.

    Args:
        layout: The table's cells and sums.
        counts: The count of every cell.
        hidden: Which cells are hidden.

    Returns:
        What a reader sees.
    """
    return PublishedCounts(layout, np.where(hidden, 0, counts).astype(np.int64), hidden)
