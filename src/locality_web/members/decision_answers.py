"""Answers of professions to a decision, and what became of them: answer, take the decision, tell the outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, ResultRefused
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of
from locality_web.members.decision_changes import (
    PERMISSION,
    fault,
    faults_of_reason,
    lock,
    move,
    record,
    refuse_faults,
)
from locality_web.members.decision_queries import State, asked_of, late_of
from locality_web.members.decision_tokens import answer_address, why_not
from locality_web.members.kinds import groups_of
from locality_web.members.models import GroupDecision, Meeting, ProfessionAsked
from locality_web.members.notices import Telling, notify
from locality_web.members.pages import say_day

MOST_CHARACTERS = 10_000


@dataclass(frozen=True)
class Outcome:
    """What was decided.

    Args:
        says: What was decided, and why.
        on: The day on which it was taken.
        became: What became of each answer, by the number of the `ProfessionAsked`.
        short_notice: Why a profession did not have the notice period.
        meeting: The meeting that took it.
        seen_at: When the answers were read; one that was changed since is shown again first.
    """

    says: str
    on: dt.date
    became: Mapping[int, str] = field(default_factory=dict)
    short_notice: str = ""
    meeting: Meeting | None = None
    seen_at: dt.datetime | None = None


@transaction.atomic
def answer_for(asked: ProfessionAsked, text: str, *, by: Person | None = None) -> ProfessionAsked:
    """Write down what a profession answers; the answer before it, if there was one, is replaced.

    Args:
        asked: Who is asked.
        text: The answer.
        by: Who keys it in for them, from paper; None: they answer themselves through their link.

    Returns:
        The same, with the answer.

    Raises:
        NotAllowed: Whoever keys it in may not.
        InputRefused: Nothing is written, or far too much.
        ResultRefused: The decision is taken or withdrawn, or the link is nobody's any more.
    """
    decision = asked.decision
    place = Place(decision.partnership, decision.locality)
    if by is not None:
        require(by, "members.paper", place)
    elif reason := why_not(asked):
        raise ResultRefused(reason)
    decision = lock(place, decision)
    if decision.state != State.ANNOUNCED:
        was = "withdrawn" if decision.state == State.WITHDRAWN else "taken already"
        raise ResultRefused(f"The decision is {was}, so the answer does not change any more.")
    refuse_faults(_faults_of_text("answer", text, "Write your answer."))
    found = ProfessionAsked.objects.select_for_update().get(pk=asked.pk)
    again = bool(found.answer)
    found.answer, found.answered_at = text.strip(), timezone.now()
    found.save(update_fields=["answer", "answered_at"])
    says = f"{'Changed the' if again else 'Wrote an'} answer of a profession ({found.group}) to a decision"
    record(by, place, decision, "members.profession_answered", says)
    found.decision = decision
    return found


@transaction.atomic
def take_decision(by: Person, place: Place, decision: GroupDecision, outcome: Outcome) -> GroupDecision:
    """Record what was decided and what became of each answer, and tell those who answered.

    Args:
        by: Who records it; needs `members.decisions`.
        place: The decision's place.
        decision: One that is announced.
        outcome: What was decided.

    Returns:
        The decision, taken.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The outcome, what became of an answer, or the reason for shorter notice is missing; the day is
            to come; or an answer was changed after it was read.
        ResultRefused: It is not announced, or was taken or withdrawn already.
    """
    require(by, PERMISSION, place)
    found = lock(place, decision)
    move(found, State.TAKEN)
    asked = asked_of(found)
    faults = [*_faults_of_outcome(found, outcome), *_faults_of_answers(place, asked, outcome)]
    refuse_faults([*faults, *_faults_of_notice(found, asked, outcome)])
    found.outcome, found.taken_on = outcome.says.strip(), outcome.on
    found.short_notice = outcome.short_notice.strip() or found.short_notice
    found.meeting = outcome.meeting or found.meeting
    found.save()
    answered = [each for each in asked if each.answer]
    for each in answered:
        each.decision = found
        each.became, each.became_at = outcome.became[each.pk].strip(), timezone.now()
        each.save(update_fields=["became", "became_at"])
        _tell_outcome(place, found, each)
    says = f"Took a decision on {say_day(outcome.on)} with {count_of(len(answered), 'answer')}"
    record(by, place, found, "members.decision_taken", says)
    return found


def _tell_outcome(place: Place, decision: GroupDecision, asked: ProfessionAsked) -> None:
    day = say_day(decision.taken_on) if decision.taken_on else ""
    text = (
        f"The group of {place.name} decided on {day}: {decision.title}\n\n{decision.outcome}\n\n"
        f"What became of your answer: {asked.became}"
    )
    key = f"decision:{decision.pk}:outcome:{asked.group}"
    telling = Telling(key, "What became of your answer to a decision", text, answer_address(asked))
    notify(place, [asked.member], telling)


def _faults_of_text(column: str, text: str, do: str) -> list[Fault]:
    if not text.strip():
        return [fault(column, "There is nothing written yet", do, "decision-empty")]
    if len(text) > MOST_CHARACTERS:
        what = f"It has more than {MOST_CHARACTERS:,} characters"
        return [fault(column, what, "Shorten it, or send a paper to the partnership.", "decision-too-long")]
    return []


def _faults_of_outcome(decision: GroupDecision, outcome: Outcome) -> list[Fault]:
    faults = _faults_of_text("outcome", outcome.says, "Write what was decided, and why.")
    announced = timezone.localdate(decision.announced_at) if decision.announced_at else outcome.on
    if not announced <= outcome.on <= timezone.localdate():
        what = f"It was announced on {say_day(announced)}, and {say_day(outcome.on)} is before that day or to come"
        faults.append(fault("taken_on", what, "Write the day on which it was decided.", "decision-day-taken"))
    return faults


def _faults_of_answers(place: Place, asked: Sequence[ProfessionAsked], outcome: Outcome) -> list[Fault]:
    names = {each.code: each.name for each in groups_of(place.partnership)}
    faults = []
    for each in (one for one in asked if one.answer):
        column, name = f"became_{each.pk}", names.get(each.group, each.group)
        if outcome.seen_at and each.answered_at and each.answered_at > outcome.seen_at:
            what = f"{name} changed the answer after you opened this page"
            faults.append(fault(column, what, "Read it again, then write what became of it.", "decision-answer-new"))
        elif not outcome.became.get(each.pk, "").strip():
            what = f"It is not written what became of the answer of {name}"
            faults.append(fault(column, what, "Write it; it is sent to them.", "decision-answer-open"))
    return faults


def _faults_of_notice(decision: GroupDecision, asked: Sequence[ProfessionAsked], outcome: Outcome) -> list[Fault]:
    groups = groups_of(decision.partnership)
    names = {each.code: each.name for each in groups}
    late = late_of(decision, asked, groups, outcome.on)
    return faults_of_reason(decision, [names.get(each.group, each.group) for each in late], outcome.short_notice)


__all__ = ["MOST_CHARACTERS", "Outcome", "answer_for", "take_decision"]
