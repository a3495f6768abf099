"""Which level of engagement a conversation reached: computed from evidence, never claimed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from locality.foundations import Fault, InputRefused, load_rule
from locality.voice.engagement.criteria import CRITERIA
from locality.voice.engagement.evidence import Evidence


@dataclass(frozen=True)
class Level:
    """A level of engagement: its code, what people read, and what it means."""

    code: str
    name: str
    means: str


@dataclass(frozen=True)
class Criterion:
    """What shows a level: what is asked, how to come there, and the number of days, channels or sessions, if any."""

    code: str
    level: str
    asks: str
    lift: str
    least: int = 0


@dataclass(frozen=True)
class Levels:
    """All levels, the lowest first, their criteria, and the level that the duty asks for."""

    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...]
    duty: str

    def level(self, code: str) -> Level:
        """Give a level by its code."""
        return next(each for each in self.levels if each.code == code)

    def height(self, code: str) -> int:
        """Give how high a level is; 1 is the lowest."""
        return [each.code for each in self.levels].index(code) + 1


@dataclass(frozen=True)
class CriterionFound:
    """What the evidence says of one criterion.

    Args:
        criterion: The criterion.
        is_met: Whether it is met; what is not recorded is not met.
        is_recorded: Whether anything is recorded that tells.
        evidence: The evidence in a sentence.
    """

    criterion: Criterion
    is_met: bool
    is_recorded: bool
    evidence: str


@dataclass(frozen=True)
class EngagementReached:
    """Which level a conversation reached, and why.

    Args:
        aim: The level at which it aims.
        reached: The highest level that has all its criteria met, and those below it; None: not even the lowest.
        meets_aim: Whether it reached its aim.
        meets_duty: Whether it reached the level that the duty to engage with and involve asks for.
        found: Every criterion, level by level, with its evidence.
        falls_short: What keeps it from its aim; where it reached it, what keeps it from the next level.
        next_steps: What would lift it, in the same order.
        words: The whole in a sentence or two.
    """

    aim: Level
    reached: Level | None
    meets_aim: bool
    meets_duty: bool
    found: tuple[CriterionFound, ...]
    falls_short: tuple[CriterionFound, ...]
    next_steps: tuple[str, ...]
    words: str


def engagement_levels(on: dt.date) -> Levels:
    """Give the levels of engagement in force on a day.

    Args:
        on: The day.

    Returns:
        Levels, criteria and the level of the duty.

    Source:
        Rule `engagement_levels`.
    """
    said = load_rule("locality.voice", "engagement_levels").at(on).value
    levels = tuple(Level(**each) for each in said["levels"])
    return Levels(levels, tuple(Criterion(**each) for each in said["criteria"]), said["duty"])


def level_reached(evidence: Evidence, levels: Levels) -> EngagementReached:
    """Compute the level of engagement that a conversation reached.

    Args:
        evidence: What is known of it.
        levels: From `engagement_levels`.

    Returns:
        The level, each criterion with its evidence, why it falls short, and what would lift it. Nothing that is not
        recorded counts as met.

    Raises:
        InputRefused: The aim is no level.
    """
    if evidence.aim not in {each.code for each in levels.levels}:
        raise InputRefused([_no_level(evidence.aim, levels)])
    aim = levels.level(evidence.aim)
    found = tuple(_look(each, evidence) for each in levels.criteria)
    height = _height(found, levels)
    wanted = max(levels.height(aim.code), min(height + 1, len(levels.levels)))
    short = tuple(each for each in found if not each.is_met and levels.height(each.criterion.level) <= wanted)
    level = levels.levels[height - 1] if height else None
    meets_aim = height >= levels.height(aim.code)
    return EngagementReached(
        aim=aim,
        reached=level,
        meets_aim=meets_aim,
        meets_duty=height >= levels.height(levels.duty),
        found=found,
        falls_short=short,
        next_steps=tuple(each.criterion.lift for each in short),
        words=_in_words(aim, level, meets_aim, short),
    )


def _look(criterion: Criterion, evidence: Evidence) -> CriterionFound:
    shown = CRITERIA[criterion.code](evidence, criterion.least)
    return CriterionFound(criterion, bool(shown.is_met), shown.is_met is not None, shown.words)


def _height(found: tuple[CriterionFound, ...], levels: Levels) -> int:
    height = 0
    for level in levels.levels:
        if not all(each.is_met for each in found if each.criterion.level == level.code):
            return height
        height += 1
    return height


def _in_words(aim: Level, level: Level | None, meets_aim: bool, short: tuple[CriterionFound, ...]) -> str:
    got = f"reached '{level.name}'" if level else "reached no level"
    if not meets_aim:
        return f"It aims at '{aim.name}' and {got}: {_counted(len(short))} not met."
    if not short:
        return f"It aims at '{aim.name}' and {got}, the highest level."
    return f"It aims at '{aim.name}' and {got}: {_counted(len(short))} between it and the next level."


def _counted(number: int) -> str:
    return "1 criterion is" if number == 1 else f"{number} criteria are"


def _no_level(aim: str, levels: Levels) -> Fault:
    return Fault(
        file="engagement",
        what=f"'{aim}' is no level of engagement",
        do=f"Choose one of: {', '.join(each.code for each in levels.levels)}.",
        code="engagement-level",
    )
