"""How well those who read views into themes agree, theme by theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from locality_web.core.models import Person
from locality_web.core.tables import Column, Table
from locality_web.core.words import count_of

Readings = Mapping[int, Sequence[tuple[Person | None, frozenset[int]]]]


@dataclass(frozen=True)
class Agreement:
    """How well readers agree: a sentence, and a table by theme; None: nothing was read by two people."""

    words: str
    table: Table | None


def agreement_of(readings: Readings, names: Mapping[int, str]) -> Agreement:
    """Say how alike two people read.

    Args:
        readings: What each reader found in each view.
        names: Themes by key.
    """
    twice = [[themes for _, themes in those] for those in readings.values() if len(those) > 1]
    if not twice:
        return Agreement("No view was read by two people yet, so nothing can be said of how they agree.", None)
    alike = sum(len(set(those)) == 1 for those in twice)
    words = f"{count_of(len(twice), 'view was', 'views were')} read by two people; {alike:,} of them alike."
    return Agreement(words, _table(twice, names))


def _table(twice: Iterable[Sequence[frozenset[int]]], names: Mapping[int, str]) -> Table:
    rows = []
    for key, name in sorted(names.items(), key=lambda pair: pair[1]):
        votes = [[key in themes for themes in those] for those in twice]
        rows.append([name, sum(any(each) for each in votes), sum(all(each) for each in votes)])
    columns = [Column("Theme"), Column("Found by somebody", "number"), Column("Found by everybody", "number")]
    return Table("How readers agree, by theme", columns, rows)
