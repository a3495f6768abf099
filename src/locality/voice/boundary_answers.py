"""What people answered about options for boundaries: by place, by channel, and by who they are.

One place lies in a locality of each option at once, so the tables by the localities of one option and of another have
people in common. They go through disclosure control together: what is shown in one cannot be subtracted from another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from locality.disclosure import DisclosureRules, audit, choose_complements, hide, layout_of_sums, primary
from locality.foundations import ResultRefused

NOT_CHOSEN, PLACE_NOT_SAID = "not_chosen", "not_said"
"""The answer of those who chose no option, and the place of those who did not say enough to tell it."""

_ALL, _GROUP = "all", "group"
Cell = tuple[str, str, str]
"""A table, one of its rows, and an answer; ("all", "all", "all") is everybody."""


@dataclass(frozen=True)
class DividedZones:
    """A division into localities by which answers are counted: that of today, or an option.

    Args:
        code: Its code.
        name: What a table shows.
        zones: Key of the locality by zone.
        names: Name of each locality by its key, in order.
    """

    code: str
    name: str
    zones: Mapping[str, str]
    names: Mapping[str, str]


@dataclass(frozen=True)
class BoundaryAnswer:
    """What one contributor answered; each counts once, by whatever channel it came.

    Args:
        chosen: Code of the option; empty: none was chosen.
        zones: The zones in one of which they live: one zone, all zones of a locality; none: they did not say.
        said: Their class in each other way of counting, like {"channel": "paper"}.
    """

    chosen: str = ""
    zones: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswersOf:
    """The answers of one place, or of one class of people.

    Args:
        code: The locality's key, the class, or for a group of zones its number.
        names: Its name; for a group of zones that of its locality in each division.
        people: How many answered; None: hidden.
        chosen: How many chose each option, and none of them (`NOT_CHOSEN`); None: hidden.
    """

    code: str
    names: tuple[str, ...]
    people: int | None
    chosen: Mapping[str, int | None]


@dataclass(frozen=True)
class AnswersBy:
    """A table of answers: by the localities of one division, by groups of zones, by channel."""

    code: str
    name: str
    rows: tuple[AnswersOf, ...]


@dataclass(frozen=True)
class BoundaryAnswers:
    """What people answered, as it may be published.

    Args:
        everybody: All answers together.
        places: By the localities of each division.
        groups: By groups of zones that every division leaves together.
        ways: By channel and in the other ways of counting.
        hidden: How many counts are hidden.
    """

    everybody: AnswersOf
    places: tuple[AnswersBy, ...]
    groups: AnswersBy
    ways: tuple[AnswersBy, ...]
    hidden: int


def answers_on_boundaries(
    rows: Iterable[BoundaryAnswer],
    options: Sequence[str],
    divisions: Sequence[DividedZones],
    ways: Mapping[str, tuple[str, Mapping[str, str]]],
    *,
    rules: DisclosureRules,
) -> BoundaryAnswers:
    """Count the answers about options for boundaries by place and in other ways.

    Args:
        rows: One for each contributor.
        options: Codes of the options, in order.
        divisions: Divisions by whose localities is counted: the options, and that of today.
        ways: Other ways of counting: by code its name, and the name of each class by its code.
        rules: The rules of disclosure in force.

    Returns:
        Tables of counts with every small one hidden, and as many others as sums make necessary, over all tables at
        once. Where too few answered for any figure, everything is hidden. Somebody who named a whole locality is
        counted with a locality of an option where all of theirs lies in it, and otherwise among those whose place is
        not known. To be published once, when everything is there.

    Raises:
        ResultRefused: The audit did not pass, which would be a mistake of ours.
    """
    answers = (*options, NOT_CHOSEN)
    placed = [(_places(row.zones, divisions), row) for row in rows]
    groups = sorted({places for places, _ in placed})
    tables = {each.code: _classes(each) for each in divisions}
    tables |= {code: {**classes, PLACE_NOT_SAID: "Did not say"} for code, (_, classes) in ways.items()}
    counts = _count(placed, groups, divisions, ways)
    shown, hidden = _protect(counts, _sums(groups, divisions, ways, answers), rules)
    reader = _Reader(shown, answers, 0 if rules.show_zeros else None)
    group_names = [tuple(tables[each.code][key] for each, key in zip(divisions, one, strict=True)) for one in groups]
    return BoundaryAnswers(
        everybody=reader.row(_ALL, _ALL, ("All",)),
        places=tuple(reader.table(each.code, each.name, tables[each.code]) for each in divisions),
        groups=AnswersBy(_GROUP, "Groups of neighbourhoods", reader.groups(group_names)),
        ways=tuple(reader.table(code, name, tables[code]) for code, (name, _) in ways.items()),
        hidden=hidden,
    )


def _classes(division: DividedZones) -> dict[str, str]:
    return {**division.names, PLACE_NOT_SAID: "Place not known"}


def _places(zones: Sequence[str], divisions: Sequence[DividedZones]) -> tuple[str, ...]:
    """Give the locality of each division in which somebody lives, where their zones tell it."""
    found = []
    for each in divisions:
        keys = {each.zones.get(zone, PLACE_NOT_SAID) for zone in zones}
        found.append(keys.pop() if len(keys) == 1 else PLACE_NOT_SAID)
    return tuple(found)


def _count(
    placed: Iterable[tuple[tuple[str, ...], BoundaryAnswer]],
    groups: Sequence[tuple[str, ...]],
    divisions: Sequence[DividedZones],
    ways: Mapping[str, tuple[str, Mapping[str, str]]],
) -> Counter[Cell]:
    number = {places: str(at) for at, places in enumerate(groups)}
    found: Counter[Cell] = Counter()
    for places, row in placed:
        rows = [(_ALL, _ALL), (_GROUP, number[places])]
        rows += [(each.code, key) for each, key in zip(divisions, places, strict=True)]
        rows += [(code, row.said.get(code, PLACE_NOT_SAID)) for code in ways]
        for table, key in rows:
            found[table, key, row.chosen or NOT_CHOSEN] += 1
            found[table, key, _ALL] += 1
    return found


def _sums(
    groups: Sequence[tuple[str, ...]],
    divisions: Sequence[DividedZones],
    ways: Mapping[str, tuple[str, Mapping[str, str]]],
    answers: Sequence[str],
) -> list[tuple[Cell, list[Cell]]]:
    """Say which cell is the sum of which: answers of a row, groups of a locality, rows of everybody."""
    inside: dict[tuple[str, str], list[str]] = {}
    for at, places in enumerate(groups):
        for each, key in zip(divisions, places, strict=True):
            inside.setdefault((each.code, key), []).append(str(at))
    rows = {each.code: [key for code, key in inside if code == each.code] for each in divisions}
    rows |= {code: [*classes, PLACE_NOT_SAID] for code, (_, classes) in ways.items()}
    columns = (*answers, _ALL)
    sums = [
        ((code, key, answer), [(_GROUP, at, answer) for at in those])
        for (code, key), those in inside.items()
        for answer in columns
    ]
    sums += [((_ALL, _ALL, one), [(code, key, one) for key in keys]) for code, keys in rows.items() for one in columns]
    heads = [(_ALL, _ALL), *((_GROUP, str(at)) for at in range(len(groups)))]
    heads += [(code, key) for code, keys in rows.items() for key in keys]
    return sums + [((*head, _ALL), [(*head, answer) for answer in answers]) for head in heads]


def _protect(
    found: Mapping[Cell, int], sums: Sequence[tuple[Cell, list[Cell]]], rules: DisclosureRules
) -> tuple[dict[Cell, int | None], int]:
    cells = list(dict.fromkeys(cell for total, parts in sums for cell in (total, *parts)))
    at = {cell: number for number, cell in enumerate(cells)}
    layout = layout_of_sums(cells, [(at[total], [at[part] for part in parts]) for total, parts in sums if parts])
    counts = np.array([found.get(cell, 0) for cell in cells], dtype=np.int64)
    hidden = choose_complements(layout, counts, primary(counts, rules), rules)
    if hidden[at[_ALL, _ALL, _ALL]]:
        # How many took part is published elsewhere too; tables that only hold without it are not shown at all.
        hidden = np.ones_like(hidden)
    elif not audit(hide(layout, counts, hidden), rules).passed:
        raise ResultRefused("A hidden count could be worked out.", "Ask for fewer tables.")
    shown = {cell: None if hidden[number] else int(counts[number]) for cell, number in at.items()}
    return shown, int((hidden & (counts > 0)).sum())


@dataclass(frozen=True)
class _Reader:
    """Reads rows out of the cells that are shown; a row that nobody is in is no cell."""

    shown: Mapping[Cell, int | None]
    answers: Sequence[str]
    nobody: int | None

    def row(self, table: str, key: str, names: tuple[str, ...]) -> AnswersOf:
        # Where everything is hidden, rows without anybody are hidden too.
        nobody = None if self.shown[_ALL, _ALL, _ALL] is None else self.nobody
        read = {one: self.shown.get((table, key, one), nobody) for one in (*self.answers, _ALL)}
        return AnswersOf(key, names, read.pop(_ALL), read)

    def groups(self, names: Sequence[tuple[str, ...]]) -> tuple[AnswersOf, ...]:
        rows = tuple(self.row(_GROUP, str(at), each) for at, each in enumerate(names))
        # All of them are hidden where they are not published.
        known = any(figure is not None for row in rows for figure in (row.people, *row.chosen.values()))
        return rows if known else ()

    def table(self, code: str, name: str, classes: Mapping[str, str]) -> AnswersBy:
        return AnswersBy(code, name, tuple(self.row(code, key, (says,)) for key, says in classes.items()))
