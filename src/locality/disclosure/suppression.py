"""Suppression of whole tables: small counts, further counts, and the audit that must pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.disclosure.audit import AuditResult, audit
from locality.disclosure.cells import (
    ALL,
    Axis,
    PublishedCounts,
    counts_of_axes,
    hide,
    layout_of_axes,
)
from locality.disclosure.protect import choose_complements
from locality.disclosure.settings import DisclosureRules
from locality.disclosure.small_counts import primary
from locality.foundations import ResultRefused


@dataclass(frozen=True)
class SuppressedTable:
    """A table as it may be published.

    Args:
        axes: Its axes, in order.
        published: Its cells, totals included, with the hidden ones taken away.
        small: How many counts are hidden because they are small.
        further: How many are hidden so that the small ones cannot be worked out.
        audit: The audit's result; it passed.
    """

    axes: tuple[Axis, ...]
    published: PublishedCounts
    small: int
    further: int
    audit: AuditResult

    def long(self, people: str = "people") -> pd.DataFrame:
        """Give one row for each cell.

        Returns:
            A column for each axis (label, or "all"), `people` (empty where hidden) and `hidden`.
        """
        names = [axis.name for axis in self.axes]
        frame = pd.DataFrame(self.published.layout.labels, columns=names, dtype="string")
        frame[people] = pd.Series(self.published.counts, dtype="Int64").mask(self.published.hidden)
        frame["hidden"] = pd.Series(self.published.hidden, dtype="boolean")
        return frame

    def wide(self) -> pd.DataFrame:
        """Give a table of two axes as rows and columns, totals last, hidden counts empty."""
        rows, columns = self.axes
        frame = self.long().pivot(index=rows.name, columns=columns.name, values="people")
        return frame.loc[list(rows.nodes), list(columns.nodes)]


def suppress(axes: Sequence[Axis], leaves: npt.ArrayLike, rules: DisclosureRules) -> SuppressedTable:
    """Hide what must be hidden in a table of any number of axes whose totals are all published.

    Args:
        axes: Its axes.
        leaves: Counts of people by the finest classes, one dimension for each axis.
        rules: The rules in force.

    Returns:
        The table as it may be published. No hidden count can be worked out from shown counts and totals; shown
        counts are the true ones; noughts are shown when the rules show them.

    Raises:
        ResultRefused: A count is negative, or the audit did not pass (which would be a mistake of ours).
    """
    people = np.asarray(leaves, dtype=np.int64)
    if (people < 0).any():
        raise ResultRefused("A count of people is negative.", "Mend the counts before they are published.")
    layout, counts = layout_of_axes(axes), counts_of_axes(axes, people)
    small = primary(counts, rules)
    hidden = choose_complements(layout, counts, small, rules)
    published = hide(layout, counts, hidden)
    checked = audit(published, rules)
    if not checked.passed:
        raise ResultRefused(f"{len(checked.exposed)} hidden counts could be worked out.", "Publish fewer totals.")
    return SuppressedTable(tuple(axes), published, int(small.sum()), int((hidden & ~small).sum()), checked)


def suppress_table(counts: pd.DataFrame | npt.ArrayLike, rules: DisclosureRules) -> SuppressedTable:
    """Hide what must be hidden in a table of rows and columns, published with both totals.

    Args:
        counts: Counts of people; a frame's index and header give the labels.
        rules: The rules in force.

    Returns:
        The table as it may be published; see `suppress`.

    Example:
        >>> table = suppress_table([[2, 9, 20], [9, 9, 20], [20, 20, 20]], DisclosureRules(threshold=4))
        >>> int(table.published.hidden.sum()), table.audit.passed
        (4, True)
    """
    frame = _as_frame(counts)
    return suppress([_axis("row", frame.index), _axis("column", frame.columns)], frame.to_numpy(), rules)


def suppress_hierarchy(counts: pd.DataFrame, groups: Mapping[str, str], rules: DisclosureRules) -> SuppressedTable:
    """Hide what must be hidden when rows lie in groups whose totals are published too.

    Args:
        counts: Counts of people; the index names the rows (zones), the header the columns (age bands).
        groups: The group (locality) of each row.
        rules: The rules in force.

    Returns:
        The table with rows, groups and "all", by columns and "all"; see `suppress`.
    """
    rows = Axis("row", tuple(map(str, counts.index)), tuple(groups[str(row)] for row in counts.index))
    return suppress([rows, _axis("column", counts.columns)], counts.to_numpy(), rules)


def suppress_frame(
    frame: pd.DataFrame,
    keys: Sequence[str],
    rules: DisclosureRules,
    *,
    people: str = "people",
    groups: Mapping[str, Mapping[str, str]] | None = None,
) -> SuppressedTable:
    """Hide what must be hidden in a table with one row for each cell.

    Args:
        frame: One row for each combination of the keys, without totals; combinations that lack are nought.
        keys: The columns that classify people.
        rules: The rules in force.
        people: The column of counts.
        groups: For a key whose classes lie in groups with published totals, the group of each class.

    Returns:
        The table with the total along every key; see `suppress`.

    Raises:
        ResultRefused: A combination stands twice, a cell is empty, a class is called "all", or see `suppress`.
    """
    if frame.duplicated(list(keys)).any() or frame[[*keys, people]].isna().any(axis=None):
        raise ResultRefused("A combination of classes stands twice, or a cell is empty.", "Add the counts up first.")
    names = {key: sorted(frame[key].astype(str).unique()) for key in keys}
    if any(ALL in labels for labels in names.values()):
        raise ResultRefused(f"A class is called '{ALL}', the name of totals.", "Leave totals out, or rename the class.")
    nested = groups or {}
    axes = [
        Axis(key, tuple(names[key]), tuple(nested[key][leaf] for leaf in names[key]) if key in nested else ())
        for key in keys
    ]
    leaves = np.zeros([len(axis.leaves) for axis in axes], dtype=np.int64)
    at = tuple(frame[key].astype(str).map({name: n for n, name in enumerate(names[key])}).to_numpy() for key in keys)
    leaves[at] = frame[people].to_numpy(dtype=np.int64)
    return suppress(axes, leaves, rules)


def read_published(frame: pd.DataFrame, keys: Sequence[str], *, people: str = "people") -> PublishedCounts:
    """Read a published table with one row for each cell, totals ("all") included, to audit it again.

    Args:
        frame: As `SuppressedTable.long` gives it, in any order.
        keys: The columns that classify people; flat, without groups.
        people: The column of counts, empty where hidden.

    Returns:
        What a reader sees.

    Raises:
        ResultRefused: A cell of the table lacks or stands twice.
    """
    axes = [_axis(key, [leaf for leaf in sorted(frame[key].unique()) if leaf != ALL]) for key in keys]
    layout = layout_of_axes(axes)
    known = frame.set_index(list(keys))[people]
    wanted = pd.MultiIndex.from_tuples(layout.labels) if len(keys) > 1 else pd.Index([one for (one,) in layout.labels])
    if known.index.has_duplicates or len(known) != layout.size or not wanted.isin(known.index).all():
        raise ResultRefused("The table of counts lacks a cell, or has one twice.")
    shown = known.reindex(wanted)
    hidden = shown.isna().to_numpy(dtype=bool)
    return PublishedCounts(layout, shown.fillna(0).to_numpy(dtype=np.int64), hidden)


def _as_frame(counts: pd.DataFrame | npt.ArrayLike) -> pd.DataFrame:
    if isinstance(counts, pd.DataFrame):
        return counts
    table = np.asarray(counts, dtype=np.int64)
    return pd.DataFrame(
        table,
        index=[f"row {at + 1}" for at in range(table.shape[0])],
        columns=[f"column {at + 1}" for at in range(table.shape[1])],
    )


def _axis(name: str, labels: Sequence[object] | pd.Index) -> Axis:
    return Axis(name, tuple(str(label) for label in labels))
