"""What people may do about priorities: choose a method, freeze it, rank, record for others, count, call off."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality.voice.priorities import (
    Candidate,
    Discussion,
    PriorityMethod,
    PriorityOutcome,
    freeze_method,
    rank_priorities,
    record_discussion,
)
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of
from locality_web.members.models import Member
from locality_web.voice.sense.models import Prioritising, PriorityBallot, Theme
from locality_web.voice.sense.priority_queries import ballots_of, frozen_of, group_of, kinds_offered, member_of

CHOOSE, RANK, RECORD = "voice.prioritise", "voice.rank", "voice.record"
State = Prioritising.State


@dataclass(frozen=True)
class Wanted:
    """What is to be brought into an order, and how.

    Args:
        heading: The service heading.
        year: The financial year of the plan.
        kind: Code of the method.
        settings: Settings of the method by name, as the library knows them.
        themes: Keys of the themes.
    """

    heading: str
    year: str
    kind: str
    themes: tuple[int, ...]
    settings: Mapping[str, Any]


@transaction.atomic
def choose_method(by: Person, place: Place, wanted: Wanted) -> Prioritising:
    """Choose what is ranked and by which method; nobody can rank before it is frozen.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Fewer than two themes, or a setting that is none.
    """
    require(by, CHOOSE, place)
    assert place.locality is not None
    themes = list(Theme.objects.filter(pk__in=wanted.themes, conversation__partnership=place.partnership))
    if len(themes) < 2:
        do = "Tick two themes or more."
        raise InputRefused([Fault("themes", "There is nothing to choose between", do, "too-few", column="themes")])
    candidates = tuple(Candidate(str(each.pk), each.name) for each in sorted(themes, key=lambda one: one.pk))
    least = kinds_offered(timezone.localdate())[1]
    lot = tuple(each.code for each in candidates)
    method = PriorityMethod(wanted.kind, candidates, lot, least_ballots=least, **wanted.settings)  # type: ignore[arg-type]
    freeze_method(method, on=timezone.localdate())  # says at once what is wrong with it
    made = Prioritising.objects.create(
        locality=place.locality, heading=wanted.heading, year=wanted.year, method=asdict(method)
    )
    made.themes.set(themes)
    _record(by, place, made, "voice.method_chosen", "Chose a method for priorities")
    return made


@transaction.atomic
def freeze(by: Person, place: Place, choice: Prioritising) -> Prioritising:
    """Draw the lot for ties, and freeze the method with its hash: from now on people rank, and nothing changes.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It is frozen already.
    """
    require(by, CHOOSE, place)
    found = _lock(place, choice, State.DRAFT, "The method stands already.")
    lot = list(found.method["lot"])
    secrets.SystemRandom().shuffle(lot)
    method = replace(frozen_of(found).method, lot=tuple(lot))
    frozen = freeze_method(method, on=timezone.localdate())
    found.method, found.sha256, found.state = asdict(method), frozen.sha256, State.FROZEN
    found.frozen_at, found.frozen_by = timezone.now(), by
    found.save()
    _record(by, place, found, "voice.method_frozen", "Froze the method for priorities", sha256=frozen.sha256)
    return found


@transaction.atomic
def rank(by: Person, place: Place, choice: Prioritising, says: Iterable[Any]) -> PriorityBallot:
    """Rank or score the themes; a second time replaces the first, until it is counted.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The method is not frozen, or it was counted.
    """
    require(by, RANK, place)
    found = _lock(place, choice, State.FROZEN, "Nobody can rank here now.")
    member = member_of(found, by)
    kept = found.ballots.filter(by=by).first() or (found.ballots.filter(member=member).first() if member else None)
    ballot = kept or PriorityBallot(prioritising=found)
    ballot.by, ballot.member, ballot.channel, ballot.recorded_by = by, member, "web", None
    ballot.says, ballot.at = list(says), timezone.now()
    ballot.save()
    _record(by, place, found, "voice.priorities_ranked", "Ranked themes for priorities")
    return ballot


@transaction.atomic
def record_ballot(
    by: Person, place: Place, choice: Prioritising, member: Member, *, channel: str, says: Iterable[Any]
) -> PriorityBallot:
    """Record the ballot of a member of the group who gave it on paper, by telephone or at a meeting.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The method is not frozen, the member is not of the group, or has ranked already.
    """
    require(by, RECORD, place)
    found = _lock(place, choice, State.FROZEN, "Nobody can rank here now.")
    if member.pk not in {each.pk for each in group_of(found)}:
        raise ResultRefused("This member does not sit in the group.", "Choose somebody who does.")
    own = found.ballots.filter(member=member)
    if own.exists() or (member.person_id and found.ballots.filter(by=member.person_id).exists()):
        raise ResultRefused("This member has ranked already.", "One ballot counts for each member.")
    ballot = PriorityBallot.objects.create(
        prioritising=found, member=member, channel=channel, recorded_by=by, says=list(says)
    )
    says_what = "Recorded a ballot for priorities"
    _record(by, place, found, "voice.priorities_recorded", says_what, channel=channel, member=member.pk)
    return ballot


@transaction.atomic
def count(by: Person, place: Place, choice: Prioritising) -> PriorityOutcome:
    """Count by the method that was frozen, and publish the order with every step.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It is not frozen, was counted, or too few ballots came.
    """
    require(by, CHOOSE, place)
    found = _lock(place, choice, State.FROZEN, "It cannot be counted now.")
    frozen = frozen_of(found)
    outcome = rank_priorities(frozen, ballots_of(found, frozen.method.kind))
    _finish(by, place, found, outcome)
    return outcome


@transaction.atomic
def record_talk(by: Person, place: Place, choice: Prioritising, discussion: Discussion) -> PriorityOutcome:
    """Record the order that the group agreed by talking, where that is the method.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The order is not whole, or the reasons lack.
        ResultRefused: It is not frozen, or another method is.
    """
    require(by, CHOOSE, place)
    found = _lock(place, choice, State.FROZEN, "It cannot be recorded now.")
    outcome = record_discussion(frozen_of(found), discussion)
    found.discussion = discussion.words
    _finish(by, place, found, outcome)
    return outcome


@transaction.atomic
def call_off(by: Person, place: Place, choice: Prioritising, *, reason: str) -> None:
    """Call a choice of priorities off; what was frozen stays readable, and the reason with it.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The reason is missing.
        ResultRefused: It is over already.
    """
    require(by, CHOOSE, place)
    found = Prioritising.objects.select_for_update().get(pk=choice.pk, locality=place.locality)
    if found.state not in (State.DRAFT, State.FROZEN):
        raise ResultRefused("It is over already.")
    if not reason.strip():
        do = "Write why it is called off."
        raise InputRefused([Fault("reason", "The reason is missing", do, "call-off", column="reason")])
    found.state, found.called_off_why = State.CALLED_OFF, reason.strip()
    found.save(update_fields=["state", "called_off_why"])
    _record(by, place, found, "voice.priorities_called_off", "Called a choice of priorities off", why=reason.strip())


def _finish(by: Person, place: Place, found: Prioritising, outcome: PriorityOutcome) -> None:
    found.result = written_outcome(outcome)
    found.state, found.done_at = State.DONE, timezone.now()
    found.save()
    says = f"Counted {count_of(outcome.ballots, 'ballot')} for priorities"
    _record(by, place, found, "voice.priorities_counted", says, sha256=found.sha256, ballots=outcome.ballots)


def written_outcome(outcome: PriorityOutcome) -> dict[str, Any]:
    """Give an order of priorities as it is kept, every step in words."""
    return {
        "ballots": outcome.ballots,
        "order": [{"place": each.place, "code": each.code, "name": each.name} for each in outcome.order],
        "steps": [each.words for each in outcome.steps],
        "pairs": [asdict(each) for each in outcome.pairs],
        "beats_all": outcome.beats_all,
        "lot_decided": outcome.lot_decided,
    }


def _lock(place: Place, choice: Prioritising, state: str, refused: str) -> Prioritising:
    found = Prioritising.objects.select_for_update().get(pk=choice.pk, locality=place.locality)
    if found.state != state:
        raise ResultRefused(refused, "Look at where it stands now.")
    assert place.locality is not None
    found.locality = place.locality
    return found


def _record(by: Person, place: Place, choice: Prioritising, kind: str, says: str, **detail: object) -> None:
    """Write an event; it never says how anybody ranked."""
    record_event(
        by,
        kind,
        f"{says} under {choice.heading}, {choice.year}",
        place=place,
        subject=f"prioritising:{choice.pk}",
        detail={"prioritising": choice.pk, **detail},
    )
