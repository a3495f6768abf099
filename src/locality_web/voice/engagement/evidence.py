"""From what the site holds and keepers recorded to the library's evidence; and where that is from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.utils import timezone

from locality.voice.engagement import ChannelUse, Evidence, Part, Session, ShapedOption
from locality_web.core.languages import tell, tell_day
from locality_web.voice.conversations.kinds import KINDS, SEEN
from locality_web.voice.conversations.said import Contribution
from locality_web.voice.engagement import kept_kinds as kept
from locality_web.voice.engagement.changes_made import Changed, titles_of
from locality_web.voice.engagement.held import Held, Told
from locality_web.voice.sense.answer_changes import PEOPLE_TOLD
from locality_web.voice.sense.models import EngagementRecord

_MOST_NAMED = 5
_CHANNEL = Contribution.Channel
_NEEDS_COMPUTER = (_CHANNEL.WEB,)
_SAID_BY_ITSELF = (_CHANNEL.WEB, _CHANNEL.PAPER, _CHANNEL.TELEPHONE, _CHANNEL.VISIT)
"""Channels that the page of every conversation offers; a group session and an organisation are arranged each time."""


@dataclass(frozen=True)
class Basis:
    """Where the evidence of a criterion is from.

    Args:
        on: The day on which it happened or was last changed; None: it stands as of today.
        by: Who recorded it; empty: the site itself holds it.
    """

    on: dt.date | None = None
    by: str = ""


def evidence_of(held: Held, told: Told, changes: Sequence[Changed]) -> Evidence:
    """Give the evidence of one conversation.

    Args:
        held: What the site holds of it.
        told: Who was told.
        changes: What it changed in plans.
    """
    talk = held.conversation
    views, answered = _answered(held)
    to_tell, were_told = _told(held, told)
    needs = held.recorded(kept.NEEDS.code)
    return Evidence(
        aim=talk.aims_at,
        purpose=talk.question,
        affected=_words(held, kept.AFFECTED),
        how_reached=_words(held, kept.HOW_REACHED),
        known=_words(held, kept.KNOWN) or talk.background,
        background_published=bool(talk.background.strip()) and talk.state in SEEN,
        scope=f"{talk.open_to_change.strip()} {talk.not_open.strip()}".strip(),
        opened=opened_on(held),
        closes=closed_on(held),
        options_fixed=fixed_on(held),
        options_open=bool(held.recorded(kept.OPEN.code)),
        decided=decided_on(held),
        channels=tuple(_channels(held)),
        sessions=tuple(_sessions(held)),
        support_offered=tuple(each.says for each in held.recorded(kept.SUPPORT.code)),
        needs_named=sum(each.named or 0 for each in needs),
        needs_met=sum(each.met or 0 for each in needs),
        resources=_words(held, kept.RESOURCES),
        method=" ".join(_methods(held)),
        views=views,
        answered=answered,
        to_tell=to_tell,
        told=were_told,
        options=tuple(_options(held, changes)),
        changes=titles_of(changes, _MOST_NAMED),
        heard=held.heard,
        lessons=_words(held, kept.LESSONS),
    )


def bases_of(held: Held, told: Told, changes: Sequence[Changed]) -> Mapping[str, Basis]:
    """Say of each criterion where its evidence is from; a criterion that is left out stands as of today."""
    opened = Basis(opened_on(held))
    named = [each for each in (_last(held, code) for code in (kept.SUPPORT.code, kept.NEEDS.code)) if each]
    sessions = {code: _basis(_last(held, code)) for code in kept.SESSIONS}
    shaped = _basis(_last(held, kept.SHAPED.code))
    return {
        "background_published": opened,
        "scope_said": opened,
        "asked_before_decision": _earliest(held, kept.DECISION, decided_on(held)) or opened,
        "open_long_enough": Basis(closed_on(held)),
        "support_given": _basis(max(named, key=lambda one: one.on, default=None)),
        "views_answered": Basis(held.answers[1] if held.answers else None),
        "involved_before_options": _earliest(held, kept.FIXED, fixed_on(held)) or _basis(_last(held, kept.OPEN.code)),
        "shaped_options": shaped,
        "something_changed": Basis(max((each.on for each in changes), default=None)),
        "people_told": Basis(told.last or next((each.on for each in held.recorded(PEOPLE_TOLD)), None)),
        "drafted_together": sessions[kept.DRAFTED.code],
        "decided_together": sessions[kept.DECIDED.code],
        "reviewed_together": sessions[kept.REVIEWED.code],
    }


def opened_on(held: Held) -> dt.date | None:
    """Give the first day on which views were taken; None: it is a draft."""
    return None if held.conversation.state == "draft" else held.conversation.opens_on


def closed_on(held: Held) -> dt.date:
    """Give the last day; where it was closed early, the day of that."""
    talk = held.conversation
    return min(talk.closes_on, timezone.localdate(talk.closed_at)) if talk.closed_at else talk.closes_on


def fixed_on(held: Held) -> dt.date | None:
    """Give the first day on which options stood still: as the site sees it, or an earlier day on record."""
    own = [held.conversation.opens_on] if held.options else []
    voted = [each.opened for each in held.votes if each.opened and each.projects]
    chosen = [each.frozen for each in held.choices]
    return min([*own, *voted, *chosen, *(each.on for each in held.recorded(kept.FIXED.code))], default=None)


def decided_on(held: Held) -> dt.date | None:
    """Give the day of the first decision: a result, an answer, or an earlier day on record."""
    voted = [each.published for each in held.votes if each.published]
    chosen = [each.done for each in held.choices if each.done]
    told = [held.answers[0]] if held.answers else []
    return min([*voted, *chosen, *told, *(each.on for each in held.recorded(kept.DECISION.code))], default=None)


def _answered(held: Held) -> tuple[int, int]:
    """Count views and answers; where nobody said anything in words, what was said as a whole answers all that came."""
    if held.views:
        return held.views, held.answered
    came = sum(held.channels.values())
    as_a_whole = held.conversation.state == "answered" and held.conversation.we_did.strip()
    return came, came if as_a_whole else 0


def _told(held: Held, told: Told) -> tuple[int, int]:
    """Count with those whose addresses were erased since, when their time was over."""
    before = max((each.people or 0 for each in held.recorded(PEOPLE_TOLD)), default=0)
    were = max(told.told, before)
    return were + told.to_tell - told.told, were


def _channels(held: Held) -> Iterable[ChannelUse]:
    talk = held.conversation
    offered = _SAID_BY_ITSELF if talk.other_ways.strip() or talk.partnership.contact else (_CHANNEL.WEB,)
    for channel in _CHANNEL:
        came = held.channels.get(channel, 0)
        if came or channel in offered:
            yield ChannelUse(tell(str(channel.label)), came, channel in _NEEDS_COMPUTER)


def _sessions(held: Held) -> Iterable[Session]:
    for each in held.recorded(*kept.SESSIONS):
        yield Session(each.on, cast(Part, each.about), each.says, each.people)
    for title, on in dict.fromkeys(held.elsewhere.values()):
        yield Session(on, "heard", title)
    for vote in held.votes:
        if vote.published:
            yield Session(vote.published, "decided", vote.title)


def _options(held: Held, changes: Sequence[Changed]) -> Iterable[ShapedOption]:
    """Options with the views behind them; where there are none, what plans hold because of it was put forward."""
    views: dict[str, int] = {title: 0 for title in held.options}
    for vote in held.votes:
        views |= dict(vote.projects)
    for choice in held.choices:
        views |= {name: number for name, number in (held.themes.get(each, ("", 0)) for each in choice.themes) if name}
    for each in held.recorded(kept.SHAPED.code):
        if each.theme_id is not None and each.theme_id in held.themes:
            views[each.option] = views.get(each.option, 0) + held.themes[each.theme_id][1]
    if not views:
        views = {each.title: _views_behind(held, each) for each in changes}
    return [ShapedOption(title, number) for title, number in views.items()]


def _views_behind(held: Held, change: Changed) -> int:
    return change.views + max((held.themes[each][1] for each in change.themes if each in held.themes), default=0)


def _methods(held: Held) -> Iterable[str]:
    yield "; ".join(KINDS[code] for code in held.conversation.kinds if code in KINDS) + "."
    for vote in held.votes:
        yield f"A vote on a sum, “{vote.title}”{_frozen(vote.opened)}."
    for each in held.choices:
        yield f"Priorities for {each.heading} by {each.method}{_frozen(each.frozen)}."


def _frozen(on: dt.date | None) -> str:
    return f", its rules frozen on {tell_day(on)}" if on else ""


def _words(held: Held, kind: kept.KeptKind) -> str:
    return " ".join(each.says for each in held.recorded(kind.code))


def _last(held: Held, code: str) -> EngagementRecord | None:
    return next(reversed(held.recorded(code)), None)


def _basis(record: EngagementRecord | None) -> Basis:
    return Basis(record.on, record.by_name) if record else Basis()


def _earliest(held: Held, kind: kept.KeptKind, day: dt.date | None) -> Basis | None:
    """Give the day with whoever recorded it; a day that the site itself sees has nobody."""
    if day is None:
        return None
    record = next((each for each in held.recorded(kind.code) if each.on == day), None)
    return _basis(record) if record else Basis(day)
