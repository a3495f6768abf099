"""Groups of opinion as they may be published: counts through disclosure control, and what they mean in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from locality.disclosure import DisclosureRules
from locality.voice.opinion_groups import words
from locality.voice.opinion_groups.counts import AnswerCounts, CountsShown, counts_shown
from locality.voice.opinion_groups.find import OpinionGroups
from locality.voice.opinion_groups.statements import Divides, Shared

SCHEMA = "locality.opinion-groups/1"


@dataclass(frozen=True)
class NamedStatement:
    """A statement that stands in a list.

    Args:
        statement: Its code.
        text: What it says.
        answer: What most answer: agree or disagree; for a statement that divides, "divides".
        says: The finding as a sentence.
    """

    statement: str
    text: str
    answer: str
    says: str


@dataclass(frozen=True)
class PublishedGroup:
    """One group.

    Args:
        name: A letter.
        people: How many people; None where hidden.
        overlap: How much of it comes back when people are drawn anew, from 0 to 1.
        called: The same in a word.
        says: The group in sentences.
        represents: The statements on which it differs most from all others.
    """

    name: str
    people: int | None
    overlap: float
    called: str
    says: str
    represents: tuple[NamedStatement, ...]


@dataclass(frozen=True)
class PublishedStatement:
    """One statement with its counts by group, and of everybody under "all"."""

    statement: str
    text: str
    answers: dict[str, AnswerCounts]


@dataclass(frozen=True)
class PublishedGroups:
    """All that may be published of one conversation's groups. It holds nothing about single people.

    Args:
        is_grouped: Whether groups can be told apart.
        is_shading: Whether they shade into each other.
        says: What was found, in sentences.
        people: How many people voted; None where hidden.
        in_no_group: How many of them are in no group; None where hidden.
        groups: The groups, the largest first.
        shared: Statements to which most of every group (of all people, without groups) give the same answer.
        divides: Statements on which groups are opposed.
        statements: Every statement.
        tests: How the finding was reached: figures that say nothing of single people.
    """

    is_grouped: bool
    is_shading: bool
    says: tuple[str, ...]
    people: int | None
    in_no_group: int | None
    groups: tuple[PublishedGroup, ...]
    shared: tuple[NamedStatement, ...]
    divides: tuple[NamedStatement, ...]
    statements: tuple[PublishedStatement, ...]
    tests: dict[str, Any]


def publish_groups(found: OpinionGroups, rules: DisclosureRules) -> PublishedGroups:
    """Make of groups what may be published.

    Args:
        found: The groups.
        rules: The disclosure rules in force.

    Returns:
        Sentences, lists and counts. Every count has passed disclosure control; a share is told only as far as the shown
        counts tell it.
    """
    shown = counts_shown(found, rules)
    most = found.rules.shown
    return PublishedGroups(
        is_grouped=found.number > 0,
        is_shading=found.is_shading,
        says=words.say_finding(found, shown.people),
        people=shown.people[-1],
        in_no_group=shown.people[-2] if found.number else None,
        groups=tuple(_group(found, shown, at) for at in range(found.number)),
        shared=tuple(_shared(found, shown, one) for one in found.findings.shared[:most]),
        divides=tuple(_divides(found, shown, one) for one in found.findings.divides[:most]),
        statements=tuple(
            PublishedStatement(code, text, dict(zip((*found.names, "all"), shown.statements[at], strict=True)))
            for at, (code, text) in enumerate(zip(found.votes.statements, found.votes.texts, strict=True))
        ),
        tests=_tests(found),
    )


def _named(found: OpinionGroups, statement: int, answer: str, says: str) -> NamedStatement:
    # The figure that orders the list stays behind: it is made of counts that may be hidden.
    return NamedStatement(found.votes.statements[statement], found.votes.texts[statement], answer, says)


def _group(found: OpinionGroups, shown: CountsShown, at: int) -> PublishedGroup:
    own = [one for one in found.findings.represents if one.group == at][: found.rules.shown]
    return PublishedGroup(
        name=found.names[at],
        people=shown.people[at],
        overlap=round(found.overlap[at], 3),
        called=found.rules.call(found.overlap[at]),
        says=words.say_group(found, shown.people, at),
        represents=tuple(
            _named(found, one.statement, one.answer, words.say_represents(found, shown, one)) for one in own
        ),
    )


def _shared(found: OpinionGroups, shown: CountsShown, one: Shared) -> NamedStatement:
    return _named(found, one.statement, one.answer, words.say_shared(found, shown, one))


def _divides(found: OpinionGroups, shown: CountsShown, one: Divides) -> NamedStatement:
    return _named(found, one.statement, "divides", words.say_divides(found, shown, one))


def _tests(found: OpinionGroups) -> dict[str, Any]:
    return {
        "seed": found.seed,
        "shuffled_share": found.chance,
        "gain_of_votes_set_aside": {str(number): round(gain, 4) for number, gain in found.chosen.gains.items()},
        "clearness_standard_errors": round(found.chosen.clearness, 2),
        "shading_share": found.shading,
        "share_on_a_line": None if found.line is None else round(found.line, 3),
    }
