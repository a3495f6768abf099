"""Who was heard, and who was not: people against residents, through disclosure control, with gaps as next steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from locality.disclosure import DisclosureRules
from locality.voice.heard.gaps import Counted, Gap, Group, find_gaps, routes_that_reached, say_group
from locality.voice.heard.people import (
    NOT_SAID,
    Dimension,
    HeardRules,
    PeopleClass,
    TakingPart,
    one_by_one,
    refuse_strange,
)
from locality.voice.heard.ratios import Representation, compare_shares
from locality.voice.heard.table import ALL, ShownCounts, show_counts


@dataclass(frozen=True)
class ClassHeard:
    """One class of people.

    Args:
        people_class: The class.
        people: How many took part; None: hidden.
        contributions: How many contributions they made; None: hidden, as wherever a count of its dimension is.
        representation: Against residents; None where residents, or a count that it needs, are not known or hidden.
    """

    people_class: PeopleClass
    people: int | None
    contributions: int | None
    representation: Representation | None


@dataclass(frozen=True)
class DimensionHeard:
    """One dimension.

    Args:
        dimension: The dimension.
        classes: Its classes, in their order.
        not_said: How many did not say; None: hidden.
        words: The same in a sentence: "40 of 100 did not say."
    """

    dimension: Dimension
    classes: tuple[ClassHeard, ...]
    not_said: int | None
    words: str


@dataclass(frozen=True)
class CrossHeard:
    """Two dimensions together: their codes, and people by class of the one and class of the other; None: hidden."""

    one: str
    two: str
    people: Mapping[tuple[str, str], int | None]


@dataclass(frozen=True)
class Heard:
    """Who was heard.

    Args:
        people: How many took part; None: too few to show.
        contributions: How many contributions they made; None with `people`.
        dimensions: By age group, deprivation fifth, zone and whatever else was asked.
        crossed: Dimensions looked at together.
        gaps: Who was not heard, as next steps.
        hidden: How many counts are hidden.
    """

    people: int | None
    contributions: int | None
    dimensions: tuple[DimensionHeard, ...]
    crossed: tuple[CrossHeard, ...]
    gaps: tuple[Gap, ...]
    hidden: int

    @property
    def words(self) -> tuple[str, ...]:
        """Say it in sentences that may be published."""
        if self.people is None:
            return ("Too few people took part to show who they are.",)
        total = f"{_people(self.people)} took part, with {_count(self.contributions or 0, 'contribution')}."
        said = [f"{each.dimension.name}: {each.words}" for each in self.dimensions]
        return (total, *said, *(f"{gap.words} {gap.next_step}" for gap in self.gaps))


def who_was_heard(
    rows: Iterable[TakingPart],
    dimensions: Sequence[Dimension],
    *,
    rules: HeardRules,
    disclosure: DisclosureRules,
    elsewhere: Iterable[TakingPart] = (),
    residents: Mapping[Group, int] | None = None,
) -> Heard:
    """Say who was heard in a conversation, and who was not.

    Args:
        rows: Who took part, as they said it then; several rows of one contributor count as one person.
        dimensions: What was asked, with the residents of the place.
        rules: From `heard_rules`.
        disclosure: The rules of disclosure in force.
        elsewhere: Who took part in other conversations, for routes; a contributor is one conversation's.
        residents: How many residents are in two classes at once, by both, where known.

    Returns:
        Counts of people with every small one hidden, and as many others as sums make necessary. Everything else is
        worked out from what is shown. To be published when a conversation has closed, and once: two tables that differ
        by one person would tell about that person.

    Raises:
        InputRefused: A row is of no class, or of a zone outside its fifth.
    """
    people = one_by_one(rows)
    refuse_strange(people, dimensions)
    shown = show_counts(people, dimensions, rules.crossed, disclosure)
    found = tuple(_dimension(each, people, shown, rules) for each in dimensions)
    total = shown.people[ALL]
    crossed = tuple(_crossed(pair, dimensions, shown) for pair in rules.crossed if _both(pair, dimensions))
    others = one_by_one(elsewhere)
    counted = [*_single(found), *_double(crossed, dimensions, residents or {})] if total else []

    def routes(group: Group) -> tuple[str, ...]:
        return routes_that_reached(others, group, disclosure, at_most=rules.most_routes)

    return Heard(
        people=total,
        contributions=None if total is None else sum(each.contributions for each in people),
        dimensions=found,
        crossed=crossed,
        gaps=find_gaps(counted, routes, at_most=rules.most_gaps, crossed=rules.crossed_gaps),
        hidden=shown.small + shown.further,
    )


def _dimension(
    dimension: Dimension, people: Sequence[TakingPart], shown: ShownCounts, rules: HeardRules
) -> DimensionHeard:
    counts = {code: shown.people[dimension.code, code] for code in (*_codes(dimension), NOT_SAID)}
    total, not_said = shown.people[ALL], counts[NOT_SAID]
    said = None if total is None or not_said is None else total - not_said
    made: Counter[str] = Counter()
    for row in people:
        made[row.said.get(dimension.code, NOT_SAID)] += row.contributions
    whole = None not in counts.values() and total is not None
    residents = _all_residents(dimension)
    classes = tuple(
        ClassHeard(
            each,
            counts[each.code],
            made[each.code] if whole else None,
            _represented(counts[each.code], said, (each.residents, residents), rules.confidence),
        )
        for each in dimension.classes
    )
    return DimensionHeard(dimension, classes, not_said, _say_not_said(not_said, total))


def _represented(
    people: int | None, said: int | None, residents: tuple[int | None, int | None], confidence: float
) -> Representation | None:
    own, everybody = residents
    if people is None or said is None or own is None or everybody is None:
        return None
    return compare_shares(people, said, (own, everybody), confidence=confidence)


def _codes(dimension: Dimension) -> list[str]:
    return [each.code for each in dimension.classes]


def _all_residents(dimension: Dimension) -> int | None:
    known = [each.residents for each in dimension.classes if each.residents is not None]
    return sum(known) if len(known) == len(dimension.classes) else None


def _both(pair: tuple[str, str], dimensions: Sequence[Dimension]) -> bool:
    return set(pair) <= {each.code for each in dimensions}


def _crossed(pair: tuple[str, str], dimensions: Sequence[Dimension], shown: ShownCounts) -> CrossHeard:
    one, two = pair
    known = {each.code: (*_codes(each), NOT_SAID) for each in dimensions}
    cells = {(a, b): shown.people[one, a, two, b] for a in known[one] for b in known[two]}
    return CrossHeard(one, two, cells)


def _single(found: Iterable[DimensionHeard]) -> list[Counted]:
    return [
        Counted(
            ((each.dimension.code, one.people_class.code),),
            one.people_class.says or one.people_class.name,
            one.people,
            one.people_class.residents,
            one.representation,
        )
        for each in found
        if each.dimension.look_for_gaps
        for one in each.classes
        if one.people is not None
    ]


def _double(
    crossed: Iterable[CrossHeard], dimensions: Sequence[Dimension], residents: Mapping[Group, int]
) -> list[Counted]:
    """Give the groups of two classes that are shown and empty."""
    known = {each.code: each for each in dimensions}
    found = []
    for cross in crossed:
        for (a, b), people in cross.people.items():
            group: Group = ((cross.one, a), (cross.two, b))
            if people == 0 and NOT_SAID not in (a, b):
                found.append(Counted(group, say_group(known, group), 0, residents.get(group), None))
    return found


def _say_not_said(not_said: int | None, total: int | None) -> str:
    if not_said is None or total is None:
        return "how many did not say is not shown, for it is a small number or would give one away."
    if not not_said:
        return "everybody said."
    return f"{not_said:,} of {total:,} did not say."


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
