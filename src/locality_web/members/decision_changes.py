"""What people may do about decisions of a group: prepare, change, announce, widen, withdraw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused, refuse_move
from locality.members import Asking, ToAsk, is_late, last_day_to_announce, who_is_asked
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of
from locality_web.members.decision_queries import CYCLE, State, late_of, notice_days, voices_of
from locality_web.members.decision_tokens import answer_address, hash_token, token_of
from locality_web.members.kinds import groups_of, professions_of
from locality_web.members.models import GroupDecision, ProfessionAsked
from locality_web.members.notices import Telling, notify
from locality_web.members.pages import say_day

PERMISSION = "members.decisions"


@dataclass(frozen=True)
class Wanted:
    """What is to be decided.

    Args:
        title: In a line.
        says: What is to be decided, in plain words.
        due_on: The day on which it is to be taken.
        professions: Codes of the professions that it affects.
    """

    title: str
    says: str
    due_on: dt.date
    professions: tuple[str, ...] = ()


@transaction.atomic
def prepare_decision(by: Person, place: Place, wanted: Wanted) -> GroupDecision:
    """Write a decision down that is to be taken; nobody is told of it yet.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The day has passed, or a profession is not known.
    """
    require(by, PERMISSION, place)
    refuse_faults([*_faults_of_day(wanted.due_on), *_strange(place, wanted.professions)])
    decision = GroupDecision.objects.create(
        partnership=place.partnership,
        locality=place.locality,
        title=wanted.title.strip(),
        says=wanted.says.strip(),
        due_on=wanted.due_on,
        professions=list(wanted.professions),
        made_by=by,
    )
    record(by, place, decision, "members.decision_prepared", f"Prepared a decision for {say_day(wanted.due_on)}")
    return decision


@transaction.atomic
def change_decision(by: Person, place: Place, decision: GroupDecision, wanted: Wanted) -> None:
    """Change a decision that nobody was told of yet.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The day has passed, or a profession is not known.
        ResultRefused: It was announced already.
    """
    require(by, PERMISSION, place)
    found = lock(place, decision)
    if found.state != State.PREPARED:
        reason = "What the professions were told does not change."
        raise ResultRefused(reason, "Withdraw this decision and prepare another one.")
    refuse_faults([*_faults_of_day(wanted.due_on), *_strange(place, wanted.professions)])
    found.title, found.says, found.due_on = wanted.title.strip(), wanted.says.strip(), wanted.due_on
    found.professions = list(wanted.professions)
    found.save()
    record(by, place, found, "members.decision_changed", "Changed a decision that is being prepared")


@transaction.atomic
def announce_decision(by: Person, place: Place, decision: GroupDecision, *, short_notice: str = "") -> Asking:
    """Tell each profession that a decision affects, each with a link for its answer.

    Returns:
        Who was told, and the professions that nobody could be told for.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The day has passed, or there is no time for the notice period and no reason for that.
        ResultRefused: It was announced or withdrawn already.
    """
    require(by, PERMISSION, place)
    found = lock(place, decision)
    move(found, State.ANNOUNCED)
    refuse_faults([*_faults_of_day(found.due_on), *_faults_of_notice(found, short_notice)])
    found.announced_at = timezone.now()
    found.short_notice = short_notice.strip()
    found.save()
    asking = _tell(place, found)
    says = f"Announced a decision; {count_of(len(asking.asked), 'member was', 'members were')} told"
    record(by, place, found, "members.decision_announced", says)
    return asking


@transaction.atomic
def widen_decision(
    by: Person,
    place: Place,
    decision: GroupDecision,
    *,
    professions: Iterable[str],
    due_on: dt.date,
    short_notice: str = "",
) -> Asking:
    """Tell further professions of a decision that was announced, or move the day on which it is to be taken.

    The notice period of those who are told now begins now. Whoever was told before stays, and is told of another day.

    Returns:
        Who is told now for the first time, and the professions that nobody can be told for.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The day has passed, a profession is not known or taken away, or there is no time and no reason.
        ResultRefused: It is not announced, or was taken or withdrawn.
    """
    require(by, PERMISSION, place)
    found = lock(place, decision)
    if found.state != State.ANNOUNCED:
        raise ResultRefused("Only a decision that is announced can be put to further professions.")
    wanted = list(dict.fromkeys(professions))
    new = [code for code in wanted if code not in found.professions]
    moved = found.due_on != due_on
    found.professions, found.due_on = [*found.professions, *new], due_on
    gone = [code for code in found.professions if code not in wanted]
    refuse_faults(
        [
            *_faults_of_day(due_on),
            *_strange(place, new),
            *_taken_away(place, gone),
            *_faults_of_notice(found, short_notice),
        ]
    )
    found.short_notice = short_notice.strip() or found.short_notice
    found.save()
    before = list(found.asked.select_related("member"))
    asking = _tell(place, found)
    if moved:
        _tell_day(place, found, before)
    says = f"Told {count_of(len(asking.asked), 'more member', 'more members')} of a decision for {say_day(due_on)}"
    record(by, place, found, "members.decision_widened", says)
    return asking


@transaction.atomic
def withdraw_decision(by: Person, place: Place, decision: GroupDecision, *, reason: str) -> None:
    """Say that a decision is not taken any more; whoever was told of it is told that.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The reason is missing.
        ResultRefused: It was taken or withdrawn already.
    """
    require(by, PERMISSION, place)
    found = lock(place, decision)
    move(found, State.WITHDRAWN)
    if not reason.strip():
        refuse_faults([fault("reason", "The reason is missing", "Write why it is withdrawn.", "decision-reason")])
    found.outcome = reason.strip()
    found.save()
    telling = "A decision that you were asked about is withdrawn"
    for asked in found.asked.select_related("member"):
        asked.decision = found
        text = f"“{found.title}” is not put to the group of {place.name} any more.\n\nWhy: {found.outcome}"
        notify(place, [asked.member], Telling(f"decision:{found.pk}:withdrawn", telling, text, answer_address(asked)))
    record(by, place, found, "members.decision_withdrawn", "Withdrew a decision")


def lock(place: Place, decision: GroupDecision) -> GroupDecision:
    """Let people who change one decision at one moment wait for each other; give it as it is now."""
    found = GroupDecision.objects.select_for_update().get(
        pk=decision.pk, partnership=place.partnership, locality=place.locality
    )
    found.partnership, found.locality = place.partnership, place.locality
    return found


def move(decision: GroupDecision, end: GroupDecision.State) -> None:
    """Take a decision to another state, as its life cycle allows; what the step needs is asked by the caller.

    Raises:
        ResultRefused: There is no such step.
    """
    if refused := refuse_move(CYCLE, decision.state, end):
        raise ResultRefused(refused)
    decision.state = end


def fault(column: str, what: str, do: str, code: str) -> Fault:
    """Give a fault that stands beside its field."""
    return Fault(column, what, do, code, column=column)


def refuse_faults(faults: list[Fault]) -> None:
    """Refuse with all faults at once.

    Raises:
        InputRefused: There is one.
    """
    if faults:
        raise InputRefused(faults)


def record(by: Person | None, place: Place, decision: GroupDecision, kind: str, says: str) -> None:
    """Write an event about a decision."""
    record_event(
        by,
        kind,
        f"{says}: {decision.title}",
        place=place,
        subject=f"decision:{decision.pk}",
        detail={
            "due": decision.due_on,
            "professions": decision.professions,
            "state": decision.state,
            "short_notice": decision.short_notice,
        },
    )


def faults_of_reason(decision: GroupDecision, late: Iterable[str], reason: str) -> list[Fault]:
    """Say that the reason for shorter notice is missing, naming the professions."""
    named = ", ".join(late)
    if not named or reason.strip() or decision.short_notice:
        return []
    days = notice_days(decision.partnership)
    what = f"Without the notice period of {count_of(days, 'day')}: {named}"
    do = "Choose a later day, or write why it cannot wait; the reason is shown to everybody."
    return [fault("short_notice", what, do, "decision-short-notice")]


def _faults_of_day(day: dt.date) -> list[Fault]:
    if day >= timezone.localdate():
        return []
    return [fault("due_on", f"{say_day(day)} has passed", "Choose a day that is to come.", "decision-day-passed")]


def _strange(place: Place, codes: Iterable[str]) -> list[Fault]:
    known = {each.code for each in professions_of(place.partnership)}
    strange = [code for code in codes if code not in known]
    do = "Choose from the list."
    return [fault("professions", f"'{code}' is no profession here", do, "decision-profession") for code in strange]


def _taken_away(place: Place, codes: Iterable[str]) -> list[Fault]:
    names = {each.code: each.name for each in groups_of(place.partnership)}
    do = "Leave it in: whoever was told waits for the outcome."
    return [
        fault("professions", f"{names.get(code, code)} can no more be taken out", do, "decision-profession-told")
        for code in codes
    ]


def _faults_of_notice(decision: GroupDecision, reason: str) -> list[Fault]:
    """Ask for the reason where a profession that is told today has less than the notice period."""
    days, today = notice_days(decision.partnership), timezone.localdate()
    groups = groups_of(decision.partnership)
    names = {each.code: each.name for each in groups}
    asked = list(decision.asked.all())
    told = {each.group for each in asked}
    late = [each.group for each in late_of(decision, asked, groups) if each.days is not None]
    if is_late((decision.due_on - today).days, days):
        late += [code for code in decision.professions if code not in told]
    latest = last_day_to_announce(decision.due_on, days)
    found = faults_of_reason(decision, [names.get(code, code) for code in dict.fromkeys(late)], reason)
    return [
        Fault(
            each.file, f"{each.what}; they had to be told by {say_day(latest)}", each.do, each.code, column=each.column
        )
        for each in found
    ]


def _tell(place: Place, decision: GroupDecision) -> Asking:
    """Tell everybody who was not told of a decision yet; give those, and the professions without anybody."""
    code = place.locality.code if place.locality else ""
    today = timezone.localdate()
    asking = who_is_asked(decision.professions, voices_of(place.partnership, today), locality=code, on=today)
    known = set(decision.asked.values_list("group", "member_id"))
    new = tuple(each for each in asking.asked if (each.group, each.member) not in known)
    names = {each.code: each.name for each in groups_of(place.partnership)}
    for each in new:
        _ask(place, decision, each, names.get(each.group, each.group))
    return Asking(new, asking.nobody)


def _ask(place: Place, decision: GroupDecision, one: ToAsk, group: str) -> None:
    asked = ProfessionAsked(
        decision=decision, group=one.group, member_id=one.member, route_id=one.route, told_at=timezone.now()
    )
    asked.token_hash = hash_token(token_of(asked))
    asked.save()
    text = (
        f"The group of {place.name} is to decide on {say_day(decision.due_on)}:\n\n{decision.title}\n\n{decision.says}"
        f"\n\nYou are asked for: {group}. Say what it means for you and what you advise, before that day. You need no "
        "account. You can change your answer until the decision is taken, and you will be told what became of it. "
        "Your answer is published with the decision, under your profession.\n\n"
        "Whoever has the link can read and change the answer, so keep it to yourself."
    )
    telling = Telling(
        f"decision:{decision.pk}:asked:{one.group}",
        "A decision that affects your profession: your answer is asked for",
        text,
        answer_address(asked),
    )
    notify(place, [asked.member], telling)


def _tell_day(place: Place, decision: GroupDecision, asked: Iterable[ProfessionAsked]) -> None:
    day = say_day(decision.due_on)
    for each in asked:
        each.decision = decision
        text = f"“{decision.title}” is now to be decided on {day}. You can answer, or change your answer, until then."
        key = f"decision:{decision.pk}:due:{decision.due_on}"
        telling = Telling(
            key, "The day of a decision that you were asked about has changed", text, answer_address(each)
        )
        notify(place, [each.member], telling)


__all__ = [
    "PERMISSION",
    "Wanted",
    "announce_decision",
    "change_decision",
    "prepare_decision",
    "widen_decision",
    "withdraw_decision",
]
