"""What stands on the way of a view, and what joins it: plain values, as the site's rows say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from locality.foundations import load_rule

State = Literal["waiting", "in_progress", "done", "not_done"]
Verdict = Literal["did", "doing", "did_not"]


class Ref(NamedTuple):
    """Which thing: its kind ("view", "theme", "priority", "line", "pounds", "action", "measure") and its own id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on the way of a view.

    Args:
        ref: Its kind and id.
        words: What people read of it: the view's first words, the theme's name, the line's service.
        state: waiting (nothing is decided), in_progress, done or not_done.
        why: Why it was not done; needed for not_done.
        pence: The money of a plan line or of pounds, in pence, not negative; None: it has no amount.
        needs_answer: Of a view: whether its conversation waits for an answer to it. A view that its author withdrew,
            or that was hidden with a reason, does not wait.
    """

    ref: Ref
    words: str
    state: State = "waiting"
    why: str = ""
    pence: int | None = None
    needs_answer: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """One thing led to another.

    Args:
        start: What came first.
        end: What it led to.
        who: A role, or a name that may stand in the record.
        when: The day on which it was recorded.
        why: The reason, in plain words.
        share: Which part of the end is owed to the start, from 0 to 1, exactly; None: an equal part of what no other
            link to the same end claims. 0 says that it had a part in it and no claim on the money.
        pence: The same as an amount, where the end has one; never together with `share`.
    """

    start: Ref
    end: Ref
    who: str
    when: dt.date
    why: str
    share: Fraction | None = None
    pence: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was told to those who said something.

    Args:
        to: A view, or a theme: then it answers every view in it.
        words: The answer, in plain words.
        who: A role, or a name that may stand in the record.
        when: The day.
        verdict: did, doing, or did_not.
        why: Why it was not done; needed for did_not.
    """

    to: Ref
    words: str
    who: str
    when: dt.date
    verdict: Verdict
    why: str = ""


@dataclass(frozen=True)
class Pairs:
    """Which kinds can be linked.

    Args:
        kinds: What people read for each kind, in the order of the way.
        states: What people read for each state.
        words: For each pair that may be linked, the words that join the two.
    """

    kinds: Mapping[str, str]
    states: Mapping[str, str]
    words: Mapping[tuple[str, str], str]

    def before(self, kind: str) -> tuple[str, ...]:
        """Give the kinds that come before one, the nearest first."""
        order = list(self.kinds)
        return tuple(reversed(order[: order.index(kind)]))


def pairs_on(day: dt.date) -> Pairs:
    """Give the pairs of kinds that can be linked.

    Args:
        day: The day for which they are asked.

    Returns:
        Kinds in the order of the way, states, and the words of each pair.

    Source:
        Rule `influence_links`.
    """
    said = load_rule("locality.voice", "influence_links").at(day).value
    words = {(each["from"], each["to"]): each["words"] for each in said["pairs"]}
    return Pairs(said["kinds"], said["states"], words)
