"""What is known of one conversation, as plain values: from it the level that was reached is computed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Part = Literal["heard", "drafted", "decided", "reviewed"]
"""What residents did in a session: were heard, drafted options, took part in the decision, or looked back."""


@dataclass(frozen=True)
class Session:
    """A day on which residents took part other than by sending in a view.

    Args:
        on: The day.
        part: What they did.
        what: What it was, in a few words: "workshop in the village hall".
        people: How many took part, where known.
    """

    on: dt.date
    part: Part
    what: str
    people: int | None = None


@dataclass(frozen=True)
class ChannelUse:
    """A channel: its name, how many contributions came by it, and whether it needs a computer."""

    name: str
    contributions: int
    needs_computer: bool = False


@dataclass(frozen=True)
class ShapedOption:
    """An option, and how many views can be followed to it."""

    name: str
    views: int


@dataclass(frozen=True)
class Evidence:
    """What is known of one conversation. Whatever is left out counts as not recorded, and never as met.

    Args:
        aim: Code of the level at which it aims.
        purpose: What it is for.
        affected: Who is affected.
        how_reached: How those who must be reached are reached.
        known: What is known already.
        background_published: Whether its background can be read by everybody.
        scope: What is open to change, and what is not, in words.
        opened: The first day on which views were taken in.
        closes: The last day.
        options_fixed: The day on which options were fixed.
        options_open: Whether it was recorded that no option is fixed yet.
        decided: The day of the decision; None: nothing is decided yet.
        channels: The channels that are offered, with what came by each.
        sessions: Days on which residents worked with those who plan.
        support_offered: What is offered to whoever needs support: "large print", "transport".
        needs_named: How many needs for support were named.
        needs_met: How many of them were met.
        resources: Which people, time and money are there for it.
        method: How choices are made, in words; empty: nothing is chosen by those who take part.
        method_frozen: The day on which that method was frozen.
        views: Views and other contributions that wait for an answer, or have one.
        answered: How many of them are answered.
        to_tell: How many people chose a means of being told; None: it is not known.
        told: How many of them were told.
        options: The options, with the views that can be followed to each.
        changes: What changed in the plan and can be followed back to views: names of priorities, lines, actions.
        heard: What is known of who was heard, in sentences that passed disclosure control.
        lessons: What was learnt.
    """

    aim: str
    purpose: str = ""
    affected: str = ""
    how_reached: str = ""
    known: str = ""
    background_published: bool = False
    scope: str = ""
    opened: dt.date | None = None
    closes: dt.date | None = None
    options_fixed: dt.date | None = None
    options_open: bool = False
    decided: dt.date | None = None
    channels: tuple[ChannelUse, ...] = ()
    sessions: tuple[Session, ...] = ()
    support_offered: tuple[str, ...] = ()
    needs_named: int = 0
    needs_met: int = 0
    resources: str = ""
    method: str = ""
    method_frozen: dt.date | None = None
    views: int = 0
    answered: int = 0
    to_tell: int | None = None
    told: int = 0
    options: tuple[ShapedOption, ...] = ()
    changes: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    lessons: str = ""

    @property
    def contributions(self) -> int:
        """How much came in by all channels."""
        return sum(each.contributions for each in self.channels)

    def days_of(self, *parts: Part) -> list[dt.date]:
        """Give the days of sessions in which residents did one of these, the earliest first."""
        return sorted({each.on for each in self.sessions if each.part in parts})
