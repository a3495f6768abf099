"""What pages show of decisions of a group: state, who was asked, answers and what became of them, and what is amiss."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from locality.foundations import State
from locality.members import Asking, GroupKind, last_day_to_announce, who_is_asked
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.core.remembered import Memory
from locality_web.core.words import count_of, join_words
from locality_web.members.decision_changes import PERMISSION
from locality_web.members.decision_queries import (
    CYCLE,
    asked_of,
    decisions_of,
    late_of,
    notice_days,
    voices_of,
)
from locality_web.members.kinds import groups_of
from locality_web.members.models import GroupDecision, Member, ProfessionAsked
from locality_web.members.pages import say_day
from locality_web.members.places import address_at

_MOST_SHOWN = 50  # decisions that are over; the rest on request


@dataclass(frozen=True)
class Answered:
    """A profession that was asked, as everybody may read it.

    Args:
        group: The profession's name.
        who: Who was asked, as they wish to be shown; empty: the profession alone.
        told_on: The day on which it was told.
        answer: What it answered; empty: nothing yet.
        answered_on: When.
        became: What became of the answer; empty: nothing is written yet.
    """

    group: str
    who: str
    told_on: dt.date
    answer: str
    answered_on: dt.date | None
    became: str


@dataclass(frozen=True)
class Shown:
    """A decision as a page shows it.

    Args:
        decision: Itself.
        state: Its state.
        address: Its page.
        professions: Names of the professions that it affects.
        answers: Who was asked.
        flags: What is amiss with the notice period, sentence by sentence.
        gaps: Names of professions that nobody was, or can be, told for.
    """

    decision: GroupDecision
    state: State
    address: str
    professions: tuple[str, ...]
    answers: tuple[Answered, ...]
    flags: tuple[str, ...]
    gaps: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many answered."""
        return sum(1 for each in self.answers if each.answer)

    @property
    def waits(self) -> bool:
        """Whether it can still be answered."""
        return self.decision.state == GroupDecision.State.ANNOUNCED

    @property
    def says_answers(self) -> str:
        """How many were asked and answered, in words."""
        asked = count_of(len(self.answers), "was asked", "were asked")
        return f"{asked}, {self.count:,} answered" if self.answers else "nobody was asked"


def who_is_shown(member: Member) -> str:
    """Say who somebody is as they wish to be shown to everybody; empty: not at all."""
    organisation = str(member.organisation) if member.organisation else ""
    if member.erased_at is not None or member.shown == Member.Shown.NOTHING:
        return ""
    if member.shown == Member.Shown.ORGANISATION:
        return organisation
    return ", ".join(part for part in (str(member), organisation) if part)


def show(place: Place, decision: GroupDecision, asked: Sequence[ProfessionAsked], groups: Sequence[GroupKind]) -> Shown:
    """Give a decision as pages show it."""
    names = {each.code: each.name for each in groups}
    late = late_of(decision, asked, groups) if decision.announced_at else ()
    untold = [each.group for each in late if each.days is None]
    return Shown(
        decision,
        CYCLE.state(decision.state),
        address_at(place, "decision", decision.pk),
        tuple(names.get(code, code) for code in decision.professions),
        tuple(_answered(each, names) for each in asked),
        flags(decision, asked, groups),
        tuple(names.get(code, code) for code in untold),
    )


def flags(decision: GroupDecision, asked: Sequence[ProfessionAsked], groups: Sequence[GroupKind]) -> tuple[str, ...]:
    """Say what is amiss with the notice period of a decision that was announced; nothing: all is well."""
    if decision.announced_at is None:
        return ()
    names = {each.code: each.name for each in groups}
    late = late_of(decision, asked, groups)
    period = count_of(notice_days(decision.partnership), "day")
    found = [
        f"{names.get(each.group, each.group)}: told {_days(each.days)} before the decision, where the notice period is "
        f"{period}."
        for each in late
        if each.days is not None
    ]
    untold = [names.get(each.group, each.group) for each in late if each.days is None]
    if untold:
        found.append(f"{join_words(untold)}: not told, for they have neither a seat nor a feed-in route.")
    if late and decision.short_notice:
        found.append(f"Why it was not put off: {decision.short_notice}")
    elif late:
        found.append("No reason is written down yet; it cannot be taken without one.")
    return tuple(found)


def _days(days: int) -> str:
    return count_of(max(days, 0), "day")


def _answered(asked: ProfessionAsked, names: dict[str, str]) -> Answered:
    return Answered(
        names.get(asked.group, asked.group),
        who_is_shown(asked.member),
        timezone.localdate(asked.told_at),
        asked.answer,
        timezone.localdate(asked.answered_at) if asked.answered_at else None,
        asked.became,
    )


def list_page(place: Place, person: Person | AnonymousUser, *, everything: bool) -> dict[str, Any]:
    """Decisions of a place: to be taken, taken, withdrawn, and for those who keep them those being prepared."""
    memory = Memory(place.partnership)
    keeps = may(person, PERMISSION, place)
    groups = groups_of(place.partnership, memory)
    found = decisions_of(place, prepared=keeps).prefetch_related("asked__member__organisation")
    most = None if everything else _MOST_SHOWN
    shown = []
    for decision in found[: most + 1 if most else None]:
        decision.partnership = place.partnership
        shown.append(show(place, decision, list(decision.asked.all()), groups))
    parts = (
        ("Being prepared", "prepared", "None is being prepared."),
        ("To be taken", "announced", "None is announced."),
        ("Taken", "taken", "None was taken yet."),
        ("Withdrawn", "withdrawn", ""),
    )
    by_state = {state: [each for each in shown[:most] if each.decision.state == state] for _, state, _ in parts}
    return {
        "parts": [
            (title, by_state[state], empty)
            for title, state, empty in parts
            if by_state[state] or (empty and (keeps or state != "prepared"))
        ],
        "keeps": keeps,
        "add_address": address_at(place, "decision_add"),
        "more": most is not None and len(shown) > most,
        "notice_days": notice_days(place.partnership),
    }


def decision_page(place: Place, person: Person | AnonymousUser, decision: GroupDecision) -> dict[str, Any]:
    """One decision with its answers, and what those who keep decisions can do with it."""
    memory = Memory(place.partnership)
    keeps = may(person, PERMISSION, place)
    ways = {step.end: step.name for step in CYCLE.steps_from(decision.state)}
    names = {"announced": "decision_announce", "taken": "decision_take", "withdrawn": "decision_withdraw"}
    steps = [(name, address_at(place, names[end], decision.pk)) for end, name in ways.items()] if keeps else []
    changes = {"prepared": "Change", "announced": "Tell further professions, or move the day"}
    return {
        "shown": show(place, decision, asked_of(decision), groups_of(place.partnership, memory)),
        "steps": steps,
        "keeps": keeps,
        "change": changes.get(decision.state, "") if keeps else "",
        "change_address": address_at(place, "decision_change", decision.pk),
        "list_address": address_at(place, "decisions"),
        "route_address": address_at(place, "route_add"),
    }


def announce_page(place: Place, decision: GroupDecision) -> dict[str, Any]:
    """Who will be told of a decision when it is announced, and for whom nobody can be."""
    today = timezone.localdate()
    days = notice_days(place.partnership)
    code = place.locality.code if place.locality else ""
    voices = voices_of(place.partnership, today)
    asking = who_is_asked(decision.professions, voices, locality=code, on=today)
    latest = last_day_to_announce(decision.due_on, days)
    names = {each.code: each.name for each in voices.groups}
    return {
        "told": _told(asking, names),
        "nobody": [names.get(each, each) for each in asking.nobody],
        "latest": latest,
        "too_late": latest < today and bool(decision.professions),
        "days": days,
        "route_address": address_at(place, "route_add"),
        "left": max((decision.due_on - today).days, 0),
    }


def _told(asking: Asking, names: dict[str, str]) -> list[str]:
    """Say for each group how many are told and how; names of people are not needed for that."""
    groups = dict.fromkeys(each.group for each in asking.asked)
    found = []
    for code in groups:
        those = [each for each in asking.asked if each.group == code]
        how = "through a feed-in route" if those[0].route is not None else "on a seat"
        found.append(f"{names.get(code, code)}: {count_of(len(those), 'member')} {how}")
    return found


def say_due(decision: GroupDecision) -> str:
    """Write when a decision is to be, or was, taken."""
    if decision.taken_on:
        return f"taken on {say_day(decision.taken_on)}"
    return f"to be taken on {say_day(decision.due_on)}"
