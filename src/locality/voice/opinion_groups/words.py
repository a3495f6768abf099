"""What groups of opinion mean, in plain sentences."""

from __future__ import annotations

from locality.voice.opinion_groups.counts import AnswerCounts, CountsShown
from locality.voice.opinion_groups.find import OpinionGroups
from locality.voice.opinion_groups.statements import Divides, Represents, Shared

_NUMBERS = ("no", "one", "two", "three", "four", "five")


def say_finding(found: OpinionGroups, people: tuple[int | None, ...]) -> tuple[str, ...]:
    """Say what was found, how sure it is, and what it does not mean."""
    voted = f"{say_people(people[-1])} voted on {len(found.votes.statements)} statements."
    if not found.number:
        return (
            voted,
            "No groups can be told apart.",
            _why_none(found),
            "This does not say that all agree: it says that whoever agrees on one statement may differ on the next.",
        )
    number = _NUMBERS[found.number] if found.number < len(_NUMBERS) else str(found.number)
    said = [
        voted,
        f"{number.capitalize()} groups can be told apart. Votes shuffled between people show groups as clearly in at "
        f"most 1 of {round(1 / found.rules.chance)} cases.",
        f"{say_people(people[-2], start=True)} in no group: they voted on too few statements, or stand between.",
        "Groups are people who vote alike. Nobody joined them, and they say nothing of who these people are.",
    ]
    if found.is_shading:
        said.insert(2, "The groups shade into each other: views lie along a line, and where it is cut is a choice.")
    return tuple(said)


def _why_none(found: OpinionGroups) -> str:
    if found.chance > found.rules.chance:
        return (
            f"Of votes shuffled between people, {found.chance:.0%} show groups as clearly as the real ones; at most "
            f"{found.rules.chance:.1%} may."
        )
    if found.chosen.number == 1:
        return "Votes hang together a little, but groups do not foretell votes that were set aside."
    return "Groups that were found are too small, or do not come back when people are drawn anew."


def say_people(count: int | None, *, start: bool = False) -> str:
    """Say a count of people; a hidden one is "some". With `start` the verb comes with it."""
    if count is None:
        return "Some people are" if start else "Some people"
    verb = (" is" if count == 1 else " are") if start else ""
    return f"{count:,} {'person' if count == 1 else 'people'}{verb}"


def say_group(found: OpinionGroups, people: tuple[int | None, ...], at: int) -> str:
    """Say how large and how stable a group is."""
    count = people[at]
    size = "its size is not shown" if count is None else f"{count:,} people"
    return (
        f"Group {found.names[at]}: {size}; {found.rules.call(found.overlap[at])}: {found.overlap[at]:.0%} of it comes "
        "back when people are drawn anew."
    )


def say_share(counts: AnswerCounts, answer: str) -> str:
    """Say a share as far as shown counts tell it: "64%", "91% to 94%", or "most"."""
    share = counts.share(answer)
    if share is None:
        return "most"
    low, high = (f"{round(100 * end)}%" for end in share)
    return low if low == high else f"{low} to {high}"


def _do(answer: str) -> str:
    return "agree" if answer == "agree" else "disagree"


def say_represents(found: OpinionGroups, shown: CountsShown, one: Represents) -> str:
    """Say how a group differs from all others on a statement."""
    counts = shown.statements[one.statement]
    others = [
        f"{say_share(counts[at], one.answer)} of {found.names[at]}"
        for at in range(found.number)
        if at != one.group and counts[at].share(one.answer) is not None
    ]
    beside = f", beside {' and '.join(others)}" if others else ", far more than of the others"
    return f"{say_share(counts[one.group], one.answer)} of group {found.names[one.group]} {_do(one.answer)}{beside}."


def say_shared(found: OpinionGroups, shown: CountsShown, one: Shared) -> str:
    """Say that all groups give the same answer."""
    counts = shown.statements[one.statement]
    if not found.number:
        return f"{say_share(counts[-1], one.answer)} of all who voted on it {_do(one.answer)}.".capitalize()
    shares = (f"{say_share(counts[at], one.answer)} of {name}" for at, name in enumerate(found.names))
    return f"All groups {_do(one.answer)}: {', '.join(shares)}."


def say_divides(found: OpinionGroups, shown: CountsShown, one: Divides) -> str:
    """Say who agrees and who disagrees."""
    counts = shown.statements[one.statement]
    sides = [
        f"{say_share(counts[at], answer)} of {found.names[at]} {answer}"
        for groups, answer in ((one.agrees, "agree"), (one.disagrees, "disagree"))
        for at in groups
    ]
    said = "; ".join(sides) + "."
    return said[0].upper() + said[1:]
