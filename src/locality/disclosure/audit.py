"""The attack on what is published: what could a reader work out about a hidden count?

The reader knows every shown count, every sum, and that hidden counts are whole numbers (at least 1 where noughts
are shown). For each hidden count the least and the greatest value that fit are found exactly. Sums along the rows
and columns of a table make a flow problem, whose best points are whole numbers; where more than two axes cross they
need not be, and then a whole-number search decides. Nothing here knows the hidden values: a reader of a release runs
the same audit as its writer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array
from scipy.sparse.csgraph import connected_components

from locality.disclosure.cells import Counts, PublishedCounts
from locality.disclosure.settings import DisclosureRules
from locality.foundations import ResultRefused

Floats = npt.NDArray[np.float64]

# Solutions are whole numbers but for the solver's tolerance of 1e-7 on numbers up to some millions.
_NOISE = 1e-4
# A whole-number search that takes longer is given up, and its cell counted as exposed: the safe side.
_SECONDS = 10.0


@dataclass(frozen=True)
class AuditResult:
    """What an audit found; it names positions, never values.

    Args:
        hidden: How many counts are hidden.
        exposed: Labels of hidden counts that a reader could work out, exactly or too nearly.
    """

    hidden: int
    exposed: tuple[tuple[str, ...], ...] = ()
    positions: tuple[int, ...] = field(default=(), repr=False)

    @property
    def passed(self) -> bool:
        """Whether nothing that is hidden can be worked out."""
        return not self.exposed

    def as_json(self) -> dict[str, object]:
        """Give the result with plain values, for a release."""
        return {"passed": self.passed, "hidden": self.hidden, "exposed": [list(label) for label in self.exposed]}


def audit(published: PublishedCounts, rules: DisclosureRules) -> AuditResult:
    """Attack a published table by its own sums.

    Args:
        published: What a reader sees.
        rules: The rules that it should meet.

    Returns:
        Every hidden count whose range of possible values is a single value, or that may be a small count and whose
        range is narrower than `rules.width`. An audit says nothing about other tables that a reader may hold.

    Raises:
        ResultRefused: The shown counts contradict each other.
    """
    low, high = ranges(published, rules, enough=rules.width)
    apart = high - low
    exposed = published.hidden & ((apart < 1) | ((low <= rules.threshold) & (apart < rules.width)))
    found = tuple(np.flatnonzero(exposed).tolist())
    labels = tuple(published.layout.labels[at] for at in found)
    return AuditResult(int(published.hidden.sum()), labels, found)


def ranges(published: PublishedCounts, rules: DisclosureRules, *, enough: int | None = None) -> tuple[Counts, Counts]:
    """Find the least and the greatest value of every hidden count that fit what is published.

    Args:
        published: What a reader sees.
        rules: Whether noughts are shown.
        enough: Stop looking at a cell once its range is this wide; without it, ranges are exact, and counts without
            an upper limit get a large one.

    Returns:
        Least and greatest values, in people; a shown count is both.

    Raises:
        ResultRefused: The shown counts contradict each other.
    """
    sums, hidden = published.layout.sums, np.flatnonzero(published.hidden)
    low, high = published.counts.copy(), published.counts.copy()
    rest = -(sums @ published.counts.astype(np.float64))
    inner = csc_array(sums[:, hidden])
    touched = np.diff(inner.tocsr().indptr) > 0
    if np.abs(rest[~touched]).max(initial=0.0) > _NOISE:
        raise ResultRefused("The shown counts do not add up to the shown totals.")
    for cells in _islands(inner):
        block = inner[:, cells].tocsr()
        lines = np.flatnonzero(np.diff(block.indptr))
        island = _Island(block[lines].tocsc(), rest[lines], rules.floor, enough)
        island.search()
        low[hidden[cells]], high[hidden[cells]] = island.low, island.high
    return low, high


def _islands(inner: csc_array) -> list[npt.NDArray[np.intp]]:
    """Split the hidden cells into sets that share no sum."""
    if inner.shape[1] == 0:
        return []
    together = (abs(inner).T @ abs(inner)).tocsr()
    count, island = connected_components(together, directed=False)
    return [np.flatnonzero(island == at) for at in range(count)]


class _Island:
    """Hidden cells that hang together, and the ranges found for them so far."""

    def __init__(self, sums: csc_array, rest: Floats, floor: int, enough: int | None) -> None:
        self.sums, self.rest, self.floor = sums, rest, floor
        cells = sums.shape[1]
        self.enough = enough
        # Corners of the set of fitting tables lie within the sum of what the lines leave; beyond it only counts
        # without any upper limit go, for which a large limit is as good as none.
        self.top = float(np.abs(rest).sum() + (floor + 1) * cells + (enough or 0) + 1)
        self.low = np.full(cells, np.iinfo(np.int64).max, dtype=np.int64)
        self.high = np.full(cells, -1, dtype=np.int64)

    def search(self) -> None:
        """Find ranges: first by tables that move many cells at once, then cell by cell."""
        cells = self.sums.shape[1]
        if self.enough is not None:
            for pattern in _patterns(cells):
                open_cells = self._open()
                if not open_cells.any():
                    return
                for direction in (pattern, -pattern):
                    self._learn(self._best(direction * open_cells))
        for cell in range(cells):
            if self.enough is None or self._open()[cell]:
                self._settle(cell)

    def _open(self) -> npt.NDArray[np.bool_]:
        seen = self.high >= 0
        return np.asarray(~seen | (self.high - np.where(seen, self.low, 0) < (self.enough or 0)))

    def _learn(self, table: Floats) -> None:
        """Widen every range by a fitting table, if it is one of whole numbers."""
        if not _is_whole(table):
            return
        whole = np.rint(table).astype(np.int64)
        self.low = np.minimum(self.low, whole)
        self.high = np.maximum(self.high, whole)

    def _settle(self, cell: int) -> None:
        """Find both ends of one cell's range."""
        aim = np.zeros(self.sums.shape[1])
        aim[cell] = 1.0
        for direction in (aim, -aim):
            table: Floats | None = self._best(direction)
            if not _is_whole(table):
                table = self._best_whole(direction)
            # Without an answer the range stays as narrow as the tables seen so far make it: the safe side.
            if table is not None:
                self._learn(table)

    def _best(self, aim: Floats) -> Floats:
        """Give the fitting table that makes the aim least."""
        answer = linprog(aim, A_eq=self.sums, b_eq=self.rest, bounds=(self.floor, self.top), method="highs")
        if answer.x is None:
            raise ResultRefused("The shown counts contradict each other: no table of people fits them.")
        return np.asarray(answer.x, dtype=np.float64)

    def _best_whole(self, aim: Floats) -> Floats | None:
        """Give the whole-number table that makes the aim least; nothing when the search takes too long."""
        answer = milp(
            aim,
            integrality=np.ones(aim.size),
            bounds=Bounds(self.floor, self.top),
            constraints=LinearConstraint(self.sums, self.rest, self.rest),
            options={"time_limit": _SECONDS},
        )
        return np.asarray(answer.x, dtype=np.float64) if answer.status == 0 else None


def _is_whole(table: Floats | None) -> bool:
    return table is not None and bool(np.abs(table - np.rint(table)).max() <= _NOISE)


def _patterns(cells: int) -> list[Floats]:
    """Directions that move many cells at once and tell any two cells apart: the binary digits of their positions."""
    digits = [np.where(np.arange(cells) >> bit & 1, 1.0, -1.0) for bit in range(max(cells - 1, 0).bit_length())]
    return [np.ones(cells), *digits]
