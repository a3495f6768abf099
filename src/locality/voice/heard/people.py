"""Who took part, as they said it when they took part; and the residents against whom they are counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from locality.foundations import Fault, InputRefused, load_rule

NOT_SAID = "not_said"
"""The class of those who were asked and did not say."""


@dataclass(frozen=True)
class PeopleClass:
    """One class of people, like an age group.

    Args:
        code: Its code within its dimension.
        name: What a table shows.
        says: How it is said after "people": "aged 16 to 24", "from the most deprived fifth".
        residents: How many residents of the place are in it; None: not known.
        within: Of a zone: the class of the wider dimension in which it lies.
    """

    code: str
    name: str
    says: str = ""
    residents: int | None = None
    within: str = ""


@dataclass(frozen=True)
class Dimension:
    """A way in which people are classified: age group, deprivation fifth, zone, disability, carer.

    Args:
        code: Its code.
        name: What a table shows.
        classes: Its classes.
        within: Code of the dimension in whose classes these lie, as zones lie in deprivation fifths; empty: none.
        look_for_gaps: Whether a class in which nobody took part is named as a gap.
    """

    code: str
    name: str
    classes: tuple[PeopleClass, ...]
    within: str = ""
    look_for_gaps: bool = True


@dataclass(frozen=True)
class TakingPart:
    """Somebody, or several for whom somebody spoke, took part in a conversation.

    Args:
        contributor: A number or code under which all contributions of one person are one; it never leaves this room.
        channel: By which channel.
        contributions: How many contributions this row stands for.
        people: How many people: 1, or the number for whom an organisation spoke.
        said: What they said of themselves when they took part: class by dimension. What they did not say lacks.
    """

    contributor: str
    channel: str
    contributions: int = 1
    people: int = 1
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AskedClass:
    """An answer that can be given: code, name, how it is said after "people", and the years of an age group."""

    code: str
    name: str
    says: str
    age_from: int | None = None
    age_to: int | None = None


@dataclass(frozen=True)
class AskedDimension:
    """A question that may be asked, if people wish to answer it: its words, why it is asked, and the answers."""

    code: str
    name: str
    question: str
    why: str
    classes: tuple[AskedClass, ...]


@dataclass(frozen=True)
class HeardRules:
    """What is asked, what is looked at together, how sure intervals are, and how much is named at most.

    Of the gaps `crossed_gaps` are groups of two classes, where there are so many. Zones are told where at least
    `people_for_zone` people to a zone said where they live.
    """

    dimensions: tuple[AskedDimension, ...]
    crossed: tuple[tuple[str, str], ...]
    confidence: float
    most_gaps: int
    most_routes: int
    crossed_gaps: int
    people_for_zone: int


def heard_rules(on: dt.date) -> HeardRules:
    """Give the questions that may be asked of those who take part, and how answers are counted.

    Args:
        on: The day.

    Returns:
        The questions with why they are asked; asking is always optional.

    Source:
        Rule `who_was_heard`.
    """
    said = load_rule("locality.voice", "who_was_heard").at(on).value
    asked = tuple(
        AskedDimension(each["code"], each["name"], each["question"], each["why"], _answers(each["classes"]))
        for each in said["dimensions"]
    )
    crossed = tuple((one, two) for one, two in said["crossed"])
    most = (said["most_gaps"], said["most_routes"], said["crossed_gaps"], said["people_for_zone"])
    return HeardRules(asked, crossed, said["confidence"], *most)


def _answers(classes: Iterable[Mapping[str, str | int]]) -> tuple[AskedClass, ...]:
    def whole(said: str | int | None) -> int | None:
        return None if said is None else int(said)

    return tuple(
        AskedClass(str(one["code"]), str(one["name"]), str(one["says"]), whole(one.get("from")), whole(one.get("to")))
        for one in classes
    )


def one_by_one(rows: Iterable[TakingPart]) -> list[TakingPart]:
    """Bring the contributions of each person together.

    Args:
        rows: Rows as they were taken down.

    Returns:
        One row for each contributor: contributions added up, the largest number of people, the first channel, and of
        each dimension what was said first: a snapshot stays as it was.
    """
    found: dict[str, TakingPart] = {}
    for row in rows:
        before = found.get(row.contributor)
        if before is None:
            found[row.contributor] = row
        else:
            found[row.contributor] = TakingPart(
                row.contributor,
                before.channel,
                before.contributions + row.contributions,
                max(before.people, row.people),
                {**row.said, **before.said},
            )
    return list(found.values())


def refuse_strange(rows: Sequence[TakingPart], dimensions: Sequence[Dimension]) -> None:
    """Refuse rows of no class, of a zone outside its fifth, or of nobody.

    Args:
        rows: What was taken down.
        dimensions: The dimensions that were asked.

    Raises:
        InputRefused: Every kind of fault, with the number of rows that have it.
    """
    known = {each.code: {one.code: one for one in each.classes} for each in dimensions}
    counts: dict[tuple[str, str, str], int] = {}
    for row in rows:
        for fault in _of_row(row, dimensions, known):
            counts[fault] = counts.get(fault, 0) + 1
    if counts:
        raise InputRefused(
            Fault(file="taking part", what=what, do=do, code=code, rows=rows)
            for (code, what, do), rows in counts.items()
        )


def _of_row(
    row: TakingPart, dimensions: Sequence[Dimension], known: Mapping[str, Mapping[str, PeopleClass]]
) -> Iterable[tuple[str, str, str]]:
    if row.people < 1 or row.contributions < 1:
        yield "heard-nobody", "a row stands for nobody, or for no contribution", "Count one of each at least."
    for each in dimensions:
        said = row.said.get(each.code, NOT_SAID)
        if said == NOT_SAID:
            continue
        if said not in known[each.code]:
            # The answer itself is not named: it is somebody's.
            yield (
                "heard-class",
                f"an answer is no class of {each.code}",
                "Use the codes of its classes, or leave it out.",
            )
        elif each.within and row.said.get(each.within, NOT_SAID) != known[each.code][said].within:
            what = f"an answer to {each.code} does not lie where the one to {each.within} says"
            yield "heard-class", what, f"Take {each.within} from {each.code} at the time of taking part."
