"""Counts of those who took part, hidden together: nothing that is shown can be subtracted from anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from locality.disclosure import DisclosureRules, audit, choose_complements, hide, layout_of_sums, primary
from locality.foundations import ResultRefused
from locality.voice.heard.people import NOT_SAID, Dimension, TakingPart

Cell = tuple[str, ...]
"""("all",), or (dimension, class), or (dimension, class, dimension, class)."""

ALL: Cell = ("all",)
Sums = list[tuple[Cell, list[Cell]]]


@dataclass(frozen=True)
class ShownCounts:
    """What a reader sees.

    Args:
        people: For each cell how many people; None where it is hidden.
        small: How many counts are hidden for being small.
        further: How many are hidden so that the small ones cannot be worked out.
    """

    people: Mapping[Cell, int | None]
    small: int
    further: int


def show_counts(
    rows: Sequence[TakingPart],
    dimensions: Sequence[Dimension],
    crossed: Sequence[tuple[str, str]],
    rules: DisclosureRules,
) -> ShownCounts:
    """Count people by each dimension, and by two together where that is asked for.

    All tables go through disclosure control as one, for they have their totals in common.

    Args:
        rows: One for each contributor.
        dimensions: The dimensions.
        crossed: Codes of dimensions that are looked at together.
        rules: The rules of disclosure in force.

    Returns:
        Every cell, hidden ones empty. No hidden count can be worked out from all that is shown.

    Raises:
        ResultRefused: The audit did not pass, which would be a mistake of ours.
    """
    sums = [*_totals(dimensions), *_nested(dimensions), *_crosses(dimensions, crossed)]
    cells = list(dict.fromkeys(cell for total, parts in sums for cell in (total, *parts))) or [ALL]
    at = {cell: number for number, cell in enumerate(cells)}
    layout = layout_of_sums(cells, [(at[total], [at[part] for part in parts]) for total, parts in sums])
    found = _count(rows, cells)
    counts = np.array([found[cell] for cell in cells], dtype=np.int64)
    small = primary(counts, rules)
    hidden = choose_complements(layout, counts, small, rules)
    if not audit(hide(layout, counts, hidden), rules).passed:
        raise ResultRefused("A hidden count could be worked out.", "Ask for fewer tables.")
    people = {cell: None if hidden[number] else int(counts[number]) for cell, number in at.items()}
    return ShownCounts(people, int(small.sum()), int((hidden & ~small).sum()))


def _codes(dimension: Dimension) -> list[str]:
    return [*(each.code for each in dimension.classes), NOT_SAID]


def _totals(dimensions: Sequence[Dimension]) -> Sums:
    return [(ALL, [(each.code, code) for code in _codes(each)]) for each in dimensions]


def _nested(dimensions: Sequence[Dimension]) -> Sums:
    """Say that a fifth is the sum of its zones and of those whose zone is not known but whose fifth is."""
    known = {each.code: each for each in dimensions}
    sums: Sums = []
    for each in [one for one in dimensions if one.within in known]:
        rest = {code: (each.code, NOT_SAID, each.within, code) for code in _codes(known[each.within])}
        for code, unknown in rest.items():
            inside = [(each.code, one.code) for one in each.classes if one.within == code]
            sums.append(((each.within, code), [*inside, unknown]))
        sums.append(((each.code, NOT_SAID), list(rest.values())))
    return sums


def _crosses(dimensions: Sequence[Dimension], crossed: Sequence[tuple[str, str]]) -> Sums:
    known = {each.code: each for each in dimensions}
    sums: Sums = []
    for one, two in crossed:
        if one in known and two in known:
            rows, columns = _codes(known[one]), _codes(known[two])
            sums += [((one, row), [(one, row, two, column) for column in columns]) for row in rows]
            sums += [((two, column), [(one, row, two, column) for row in rows]) for column in columns]
    return sums


def _count(rows: Sequence[TakingPart], cells: Sequence[Cell]) -> Counter[Cell]:
    pairs = {(cell[0], cell[2]) for cell in cells if len(cell) == 4}
    single = {cell[0] for cell in cells if len(cell) == 2}
    found: Counter[Cell] = Counter()
    for row in rows:
        found[ALL] += row.people
        for code in single:
            found[code, row.said.get(code, NOT_SAID)] += row.people
        for one, two in pairs:
            found[one, row.said.get(one, NOT_SAID), two, row.said.get(two, NOT_SAID)] += row.people
    return found
