"""Who was not heard, as a next step: the group in words, and the routes that reached it elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from locality.disclosure import Axis, DisclosureRules, suppress
from locality.voice.heard.people import Dimension, PeopleClass, TakingPart
from locality.voice.heard.ratios import Representation

Group = tuple[tuple[str, str], ...]
"""A group of people: dimension and class, one pair or two."""


@dataclass(frozen=True)
class Gap:
    """A group that was not heard, or heard less than it lives here.

    Args:
        group: Dimension and class; two pairs for those in both.
        words: Who was not heard, in a sentence.
        nobody: Whether nobody of the group took part.
        residents: How many of them live here, where known.
        routes: Channels that reached such people in other conversations, the best first; names only.
        next_step: What to do, in a sentence.
    """

    group: Group
    words: str
    nobody: bool
    residents: int | None
    routes: tuple[str, ...]
    next_step: str


@dataclass(frozen=True)
class Counted:
    """A group with what is shown of it: its count, its residents where known, and its representation."""

    group: Group
    says: str
    people: int
    residents: int | None
    representation: Representation | None


def find_gaps(
    counted: Iterable[Counted], routes: Callable[[Group], tuple[str, ...]], *, at_most: int, crossed: int
) -> tuple[Gap, ...]:
    """Name the groups that were not heard.

    Args:
        counted: Groups whose counts are shown; nothing hidden is among them.
        routes: Gives the routes that reached a group elsewhere.
        at_most: How many gaps to name.
        crossed: How many of them are groups of two classes, where there are so many: such groups are always smaller
            than the classes in which they lie, and would never be named.

    Returns:
        Groups of which nobody took part, or fewer than chance would explain; those with most residents first. A group
        of which nobody lives here is no gap. Those in two classes are left out where one of the two is a gap itself.
    """
    found = [each for each in counted if _is_gap(each)]
    alone = {each.group[0] for each in found if len(each.group) == 1 and not each.people}
    kept = [each for each in found if len(each.group) == 1 or not alone & set(each.group)]
    kept.sort(key=lambda each: (-(each.residents or 0), each.group))
    double = [each for each in kept if len(each.group) == 2][:crossed]
    single = [each for each in kept if each not in double][: at_most - len(double)]
    return tuple(_gap(each, routes(each.group)) for each in kept if each in single or each in double)


def _is_gap(counted: Counted) -> bool:
    if counted.residents == 0:
        return False
    return not counted.people or bool(counted.representation and counted.representation.is_under)


def _gap(counted: Counted, routes: tuple[str, ...]) -> Gap:
    if counted.people:
        shares = counted.representation
        assert shares is not None
        words = (
            f"Fewer people {counted.says} took part than live here: {shares.of_those_who_said:.0%} of those who said, "
            f"{shares.of_residents:.0%} of residents."
        )
    else:
        words = f"No people {counted.says} took part."
    step = _next_step(routes)
    return Gap(counted.group, words, not counted.people, counted.residents, routes, step)


def _next_step(routes: tuple[str, ...]) -> str:
    if not routes:
        return "No route is known yet that reached them elsewhere: ask a group that speaks for them how to."
    which = "1 route" if len(routes) == 1 else f"{len(routes)} routes"
    return f"{which} reached them elsewhere: {', '.join(routes)}."


def routes_that_reached(
    rows: Sequence[TakingPart], group: Group, rules: DisclosureRules, *, at_most: int
) -> tuple[str, ...]:
    """Name the channels by which such people took part in other conversations.

    Args:
        rows: Those who took part elsewhere, one row for each contributor of each conversation.
        group: The group.
        rules: The rules of disclosure in force.
        at_most: How many to name.

    Returns:
        Names of channels, the one that reached most first. Only channels whose count may be shown; no counts leave,
        for those of two conversations could be subtracted from each other.
    """
    reached: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        reached[row.channel][0 if all(row.said.get(code) == said for code, said in group) else 1] += row.people
    if not reached:
        return ()
    channels = sorted(reached)
    axes = [Axis("channel", tuple(channels)), Axis("group", ("in", "out"))]
    shown = suppress(axes, [reached[channel] for channel in channels], rules).published
    found = {
        channel: int(count)
        for (channel, side), count, hidden in zip(shown.layout.labels, shown.counts, shown.hidden, strict=True)
        if side == "in" and channel in reached and not hidden and count
    }
    return tuple(sorted(found, key=lambda channel: (-found[channel], channel))[:at_most])


def say_group(dimensions: Mapping[str, Dimension], group: Group) -> str:
    """Say a group of people in words.

    Args:
        dimensions: The dimensions by code.
        group: The group.

    Returns:
        Words that stand after "people": "aged 16 to 24 from the most deprived fifth".
    """
    return " ".join(_class(dimensions[code], said).says or _class(dimensions[code], said).name for code, said in group)


def _class(dimension: Dimension, code: str) -> PeopleClass:
    return next(each for each in dimension.classes if each.code == code)
