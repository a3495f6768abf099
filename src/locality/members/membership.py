"""Who takes part in a partnership's localities, as plain values: what the checks of the guidance are computed from.

Names of people are not needed for any of it: a holder is known by a number.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from locality.members.kinds import GroupKind


@dataclass(frozen=True)
class Term:
    """Somebody sits on a seat from day to day.

    Args:
        seat: Number of the seat.
        locality: Code of the locality; empty: the whole partnership's group.
        group: Code of the group that the seat speaks for.
        holder: Number of the holder; None: the seat is there and nobody was ever on it.
        starts: First day; None when there is no holder.
        ends: Last day; None: no end is set.
        seat_closed: First day on which the seat is no more; None: it is there.
    """

    seat: int
    locality: str
    group: str
    holder: int | None = None
    starts: dt.date | None = None
    ends: dt.date | None = None
    seat_closed: dt.date | None = None


@dataclass(frozen=True)
class Route:
    """A group without a seat is told of decisions through somebody ("" = in every locality)."""

    locality: str
    group: str
    starts: dt.date
    ends: dt.date | None = None


@dataclass(frozen=True)
class PracticeVoice:
    """A practice or a cluster of a locality ("" = of none known), and from when to when somebody speaks for it."""

    locality: str
    name: str
    liaison: int | None = None
    starts: dt.date | None = None
    ends: dt.date | None = None


@dataclass(frozen=True)
class Met:
    """A meeting: where, whose, when, whether it was held, and how many of those with a vote had to be there and were.

    Args:
        locality: Code; empty: the partnership's.
        kind: "group", "general-practice" or "other".
        on: Its day.
        state: planned, called, held, minuted, cancelled.
        present: How many with a vote were there, or sent somebody.
        quorum: How many must be there; 0: none is set.
    """

    locality: str
    kind: str
    on: dt.date
    state: str
    present: int = 0
    quorum: int = 0


@dataclass(frozen=True)
class AdviceHeld:
    """What a professional body was asked and said.

    Args:
        body: Code of the body.
        name: Its own name.
        state: asked, given, agreed, conditions, refused, withdrawn.
        about: On what.
        on: The day of the answer; None: there is none.
        until: Last day on which it holds; None: no end.
        answered: Whether it is written down what became of it.
    """

    body: str
    name: str
    state: str
    about: str
    on: dt.date | None = None
    until: dt.date | None = None
    answered: bool = False


@dataclass(frozen=True)
class Asked:
    """A profession was told of a decision: how many days before it was (to be) taken, and what came back.

    Args:
        locality: Code; empty: the partnership's.
        decision: Number of the decision.
        group: Code of the profession.
        days_before: Days between telling and taking; None: it was not told.
        decided: Whether the decision is taken.
        answered: Whether it answered.
        told_outcome: Whether it was told what became of its answer.
        short_notice: Whether a reason for shorter notice is written down.
    """

    locality: str
    decision: int
    group: str
    days_before: int | None
    decided: bool = False
    answered: bool = False
    told_outcome: bool = False
    short_notice: bool = False


@dataclass(frozen=True)
class Need:
    """An access need at one meeting: "open", "arranged" or "not_possible"."""

    locality: str
    kind: str
    meeting_on: dt.date
    state: Literal["open", "arranged", "not_possible"]


@dataclass(frozen=True)
class Link:
    """Two of those who take part were connected, and whether it is known what came of it."""

    locality: str
    one: str
    other: str
    on: dt.date
    came_of: bool = False


@dataclass(frozen=True)
class Membership:
    """Everything about membership and meetings that is held of a partnership, as on one day.

    Args:
        on: The day.
        localities: Codes of the localities.
        groups: The groups that are known: shipped and own.
        terms: All terms, and seats that nobody was ever on.
        routes: Feed-in routes.
        practices: Practices, or clusters, as the partnership represents general practice.
        by: "practice" or "cluster".
        meetings: Meetings of the last years and those to come.
        advice: Advice of professional bodies.
        asked: Professions and the decisions that affect them.
        needs: Access needs by meeting, of meetings held or called.
        spoken_for: How many people organisations spoke for, by locality.
        links: Connections made.
        paper: How many members of each locality get their notices by post.
        told: How many members of each locality were sent a notice in the last year, by the means that they chose.
        wanting: How many members of each locality's group want notices.
        briefed: How many of those were given the briefing of the locality.
        unreached: How many of those cannot be told, for no address is known.
        warn_days: How many days before its end a term counts as lapsing.
        meet_days: How many days may lie between two meetings of general practice with the lead.
        group_meet_days: How many days may lie between two meetings of a locality's group.
        notice_days: How many days before a decision professions are to be told.
    """

    on: dt.date
    localities: tuple[str, ...]
    groups: tuple[GroupKind, ...]
    terms: tuple[Term, ...] = ()
    routes: tuple[Route, ...] = ()
    practices: tuple[PracticeVoice, ...] = ()
    by: str = "practice"
    meetings: tuple[Met, ...] = ()
    advice: tuple[AdviceHeld, ...] = ()
    asked: tuple[Asked, ...] = ()
    needs: tuple[Need, ...] = ()
    spoken_for: tuple[tuple[str, int], ...] = ()
    links: tuple[Link, ...] = ()
    paper: tuple[tuple[str, int], ...] = ()
    told: tuple[tuple[str, int], ...] = ()
    wanting: tuple[tuple[str, int], ...] = ()
    briefed: tuple[tuple[str, int], ...] = ()
    unreached: tuple[tuple[str, int], ...] = ()
    warn_days: int = 90
    meet_days: int = 92
    group_meet_days: int = 92
    notice_days: int = 28
