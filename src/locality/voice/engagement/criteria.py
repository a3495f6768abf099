"""One function for each criterion of the levels: whether the evidence shows it, and in which words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from locality.foundations import say_day
from locality.voice.engagement.evidence import Evidence


@dataclass(frozen=True)
class Shown:
    """Whether a criterion is met; None: nothing is recorded that would tell. And the evidence in words."""

    is_met: bool | None
    words: str


def not_recorded(what: str) -> Shown:
    """Say that nothing is recorded: this counts as not met, and is said as what it is."""
    return Shown(None, f"Not recorded: {what}.")


def background_published(evidence: Evidence, least: int) -> Shown:
    """Everybody can read what it is about."""
    words = "The background is published." if evidence.background_published else "No background is published."
    return Shown(evidence.background_published, words)


def scope_said(evidence: Evidence, least: int) -> Shown:
    """It is said what is open to change, and what is not."""
    if not evidence.scope.strip():
        return not_recorded("what is open to change")
    return Shown(True, "It says what is open to change, and what is not.")


def asked_before_decision(evidence: Evidence, least: int) -> Shown:
    """Views were taken in before the decision."""
    if evidence.opened is None:
        return not_recorded("the first day")
    opened = f"It opened on {_say(evidence.opened)}"
    if evidence.decided is None:
        return Shown(True, f"{opened}; nothing is decided yet.")
    before = evidence.opened < evidence.decided
    return Shown(before, f"{opened}, {_days(evidence.opened, evidence.decided, noun=True)} the decision.")


def open_long_enough(evidence: Evidence, least: int) -> Shown:
    """It was open for at least so many days."""
    if evidence.opened is None or evidence.closes is None:
        return not_recorded("the first and the last day")
    days = (evidence.closes - evidence.opened).days + 1
    return Shown(days >= least, f"It is open for {days} days; {least} are asked for.")


def somebody_took_part(evidence: Evidence, least: int) -> Shown:
    """Something came in."""
    came = evidence.contributions
    return Shown(came > 0, f"{_count(came, 'contribution')} came in.")


def several_channels(evidence: Evidence, least: int) -> Shown:
    """People took part by so many channels, one of them without a computer."""
    used = [each for each in evidence.channels if each.contributions]
    without = [each for each in used if not each.needs_computer]
    named = ", ".join(each.name for each in used) or "none"
    words = f"Channels by which something came in: {named}."
    if used and not without:
        words += " None of them works without a computer."
    return Shown(len(used) >= least and bool(without), words)


def support_given(evidence: Evidence, least: int) -> Shown:
    """Support was offered, and every need that was named was met."""
    if not evidence.support_offered:
        return not_recorded("which support was offered")
    offered = f"Offered: {', '.join(evidence.support_offered)}."
    if not evidence.needs_named:
        return Shown(True, f"{offered} No need was named.")
    met = evidence.needs_met >= evidence.needs_named
    return Shown(
        met, f"{offered} {evidence.needs_met} of {_count(evidence.needs_named, 'need')} that were named were met."
    )


def views_answered(evidence: Evidence, least: int) -> Shown:
    """Every view is answered."""
    if not evidence.views:
        return Shown(False, "There is no view to answer.")
    return Shown(evidence.answered >= evidence.views, f"{evidence.answered} of {evidence.views} views are answered.")


def involved_before_options(evidence: Evidence, least: int) -> Shown:
    """People took part before the options were fixed."""
    days = evidence.days_of("heard", "drafted")
    if evidence.opened is not None and evidence.contributions:
        days = sorted([*days, evidence.opened])
    if not days:
        return not_recorded("a day on which people took part")
    first = f"People have taken part since {_say(days[0])}"
    if evidence.options_fixed is None:
        if evidence.options_open:
            return Shown(True, f"{first}; no option is fixed yet.")
        return not_recorded("the day on which options were fixed")
    return Shown(
        days[0] < evidence.options_fixed, f"{first}, {_days(days[0], evidence.options_fixed)} options were fixed."
    )


def shaped_options(evidence: Evidence, least: int) -> Shown:
    """An option can be followed back to views."""
    if not evidence.options:
        return not_recorded("the options")
    shaped = [each for each in evidence.options if each.views]
    words = f"{len(shaped)} of {_count(len(evidence.options), 'option')} can be followed back to views"
    named = ", ".join(f"'{each.name}' ({each.views:,})" for each in shaped)
    how = "how many views lead to each is in brackets"
    return Shown(bool(shaped), f"{words} ({how}): {named}." if shaped else f"{words}.")


def something_changed(evidence: Evidence, least: int) -> Shown:
    """Something in the plan changed and can be followed back to views."""
    if not evidence.changes:
        return Shown(False, "Nothing in the plan can be followed back to views.")
    return Shown(True, f"Changed because of views: {', '.join(evidence.changes)}.")


def people_told(evidence: Evidence, least: int) -> Shown:
    """Everybody who waits for news was told."""
    if evidence.to_tell is None:
        return not_recorded("by which means people want to be told")
    if not evidence.to_tell:
        can_read = bool(evidence.views) and evidence.answered >= evidence.views
        return Shown(can_read, "Nobody chose a means of being told; who holds a receipt code can read the answer.")
    words = f"{evidence.told} of {evidence.to_tell} people who chose a means of being told were told."
    return Shown(evidence.told >= evidence.to_tell, words)


def drafted_together(evidence: Evidence, least: int) -> Shown:
    """Residents drafted options on so many days, before the options were fixed."""
    days = evidence.days_of("drafted")
    if evidence.options_fixed is not None:
        days = [day for day in days if day < evidence.options_fixed]
    if not days:
        return not_recorded("a day on which residents drafted options before they were fixed")
    return Shown(len(days) >= least, f"Residents drafted options on: {', '.join(map(_say, days))}.")


def decided_together(evidence: Evidence, least: int) -> Shown:
    """Residents took part in the decision, or decided by a method that was frozen beforehand."""
    if days := evidence.days_of("decided"):
        return Shown(True, f"Residents took part in the decision on {_say(days[-1])}.")
    if evidence.method_frozen is None:
        return not_recorded("that residents took part in the decision")
    if evidence.opened is None or evidence.method_frozen > evidence.opened:
        return Shown(False, f"The method was frozen on {_say(evidence.method_frozen)}, after people could take part.")
    return Shown(True, f"Residents decided by a method that was frozen on {_say(evidence.method_frozen)}.")


def reviewed_together(evidence: Evidence, least: int) -> Shown:
    """Residents looked back on it after it closed, and what was learnt is written down."""
    days = [day for day in evidence.days_of("reviewed") if evidence.closes is None or day > evidence.closes]
    if not days:
        return not_recorded("a day on which residents looked back after it closed")
    if not evidence.lessons.strip():
        return Shown(False, f"Residents looked back on {_say(days[-1])}; what was learnt is not written down.")
    return Shown(True, f"Residents looked back on {_say(days[-1])}, and what was learnt is written down.")


CRITERIA: Mapping[str, Callable[[Evidence, int], Shown]] = {
    each.__name__: each
    for each in (
        background_published,
        scope_said,
        asked_before_decision,
        open_long_enough,
        somebody_took_part,
        several_channels,
        support_given,
        views_answered,
        involved_before_options,
        shaped_options,
        something_changed,
        people_told,
        drafted_together,
        decided_together,
        reviewed_together,
    )
}
"""Every criterion by the code by which the rule `engagement_levels` names it."""


def _say(day: dt.date) -> str:
    return say_day(day.isoformat())


def _days(first: dt.date, second: dt.date, *, noun: bool = False) -> str:
    days = (second - first).days
    if not days:
        return "on the day of" if noun else "on the day on which"
    return f"{_count(abs(days), 'day')} {'before' if days > 0 else 'after'}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
