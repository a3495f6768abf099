"""Chooses the further (complementary) counts to hide, so that sums do not give the small ones back.

The chooser works for one small count at a time, the largest first: it looks for the cheapest way of moving
that count by the needed width while every sum still holds; the counts that move with it must be hidden. This is the
linear-programming form of the classic cycle method: good, not proved least. Whoever writes a chooser that proves
its choice least puts it behind `choose_complements` and changes nothing else: the audit that follows is separate
and trusts no chooser.

Source:
    Kelly, Golden and Assad, Cell suppression: disclosure protection for sensitive tabular data, Networks 22 (1992).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csc_array, hstack

from locality.disclosure.audit import audit
from locality.disclosure.cells import Counts, Layout, Mask, hide
from locality.disclosure.settings import DisclosureRules

Floats = npt.NDArray[np.float64]

_NOISE = 1e-4
# A hidden count costs nothing more; this tiny price keeps movements short.
_ALREADY_HIDDEN = 1e-3
# Taking back needless counts audits once for each; on larger patterns the time would be felt for little gain.
_TAKE_BACK_UP_TO = 60


def choose_complements(layout: Layout, counts: Counts, small: Mask, rules: DisclosureRules) -> Mask:
    """Choose what to hide besides the small counts.

    Args:
        layout: The cells and their sums.
        counts: The true counts of people.
        small: True for the counts that the rules hide for what they are.
        rules: The rules to meet.

    Returns:
        True for every count to hide, small ones included. A pattern that passes the audit; noughts stay shown when
        the rules show them.
    """
    choice = _Choice(layout, counts, small.copy(), rules)
    for cell in sorted(np.flatnonzero(small), key=lambda at: (-counts[at], at)):
        choice.protect(int(cell), rules.width)
    choice.mend()
    return _take_back(layout, counts, small, choice.hidden, rules)


class _Choice:
    """The pattern as it grows, and the movements that it is known to allow."""

    def __init__(self, layout: Layout, counts: Counts, hidden: Mask, rules: DisclosureRules) -> None:
        self.layout, self.counts, self.hidden, self.rules = layout, counts, hidden, rules
        # A nought that is shown must never move; every other count may be hidden, totals too.
        self.may_move = np.flatnonzero(counts >= rules.floor)
        sums = csc_array(layout.sums[:, self.may_move])
        self.both = hstack([sums, -sums]).tocsc()
        self.down = np.zeros(layout.size, dtype=np.int64)
        self.up = np.zeros(layout.size, dtype=np.int64)
        self.moves: dict[int, Counts] = {}

    def protect(self, cell: int, width: int) -> None:
        """Hide what must move with a cell so that it can move by `width`, one person at a time."""
        while self.up[cell] + self.down[cell] < width:
            table = self.counts + (self.moves.get(cell, 0))
            step = self._cheapest(table, cell)
            self.hidden[np.abs(step) > _NOISE] = True
            if not _is_whole(step):
                # What moves by parts of a person is hidden, but proves nothing; the audit will tell.
                return
            moved = table + np.rint(step).astype(np.int64) - self.counts
            self.moves[cell] = moved
            self.up = np.maximum(self.up, moved)
            self.down = np.maximum(self.down, -moved)

    def mend(self) -> None:
        """Widen what the reader's own attack still finds, until it finds nothing."""
        while True:
            found = audit(hide(self.layout, self.counts, self.hidden), self.rules)
            if found.passed:
                return
            before = int(self.hidden.sum())
            self.down[:] = self.up[:] = 0
            self.moves.clear()
            for cell in found.positions:
                self.protect(cell, self.rules.width)
            if int(self.hidden.sum()) == before:
                # Always safe: with every count hidden, nothing but the noughts is known.
                self.hidden[self.may_move] = True

    def _cheapest(self, table: Counts, cell: int) -> Floats:
        """Find the cheapest movement that lifts a cell by one person and keeps every sum."""
        size = self.may_move.size
        people = table[self.may_move].astype(np.float64)
        worth = np.maximum(self.counts[self.may_move], 0.5)
        price = np.where(self.hidden[self.may_move], _ALREADY_HIDDEN, worth)
        high = np.concatenate([np.full(size, people.max() + 1.0), people - self.rules.floor])
        low = np.zeros(2 * size)
        at = int(np.searchsorted(self.may_move, cell))
        low[at] = high[at] = 1.0
        high[size + at] = 0.0
        answer = linprog(
            np.concatenate([price, price]),
            A_eq=self.both,
            b_eq=np.zeros(self.both.shape[0]),
            bounds=np.column_stack([low, high]),
            method="highs",
        )
        # Adding the whole table to itself, in parts, moves every count up: there is always an answer.
        assert answer.x is not None, "every cell can be moved"
        step = np.zeros(self.layout.size)
        step[self.may_move] = answer.x[:size] - answer.x[size:]
        return step


def _is_whole(step: Floats) -> bool:
    return bool(np.abs(step - np.rint(step)).max() <= _NOISE)


def _take_back(layout: Layout, counts: Counts, small: Mask, hidden: Mask, rules: DisclosureRules) -> Mask:
    """Show further counts again, the largest first, as long as the audit still passes."""
    extra = np.flatnonzero(hidden & ~small)
    if extra.size > _TAKE_BACK_UP_TO:
        return hidden
    for cell in sorted(extra, key=lambda at: (-counts[at], at)):
        fewer = hidden.copy()
        fewer[cell] = False
        if audit(hide(layout, counts, fewer), rules).passed:
            hidden = fewer
    return hidden
