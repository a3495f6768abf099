"""What is done with a view after it came: shown, hidden with a reason, flagged, looked at again, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused, refuse_move
from locality.foundations.rules import load_rule
from locality_web.core.audit import record_event
from locality_web.core.languages import tell
from locality_web.core.models import Person
from locality_web.core.permissions import require
from locality_web.voice.conversations.kinds import OPINION_CYCLE, PUBLIC_VIEW
from locality_web.voice.conversations.models import Appeal, Flag, ModerationStep, Statement
from locality_web.voice.conversations.places import place_of
from locality_web.voice.conversations.said import Contribution, MapMark, Opinion

PERMISSION = "voice.moderate"
MOST_CHARACTERS = 300


@dataclass(frozen=True)
class Reason:
    """Why a view is not shown, and what its author is told."""

    code: str
    name: str
    tells: str
    site: bool


@cache
def reasons() -> dict[str, Reason]:
    """Give every reason by its code."""
    said = load_rule("locality_web.voice", "moderation_reasons").at(timezone.localdate()).value
    return {each["code"]: Reason(**each) for each in said}


def reasons_to_choose() -> list[Reason]:
    """Give the reasons that people choose from; the site's own signs are left out."""
    return [each for each in reasons().values() if not each.site]


@transaction.atomic
def show_view(by: Person, opinion: Opinion, *, says: str = "") -> Opinion:
    """Show a view that was held or hidden, or say of one that is shown that it was looked at and stays.

    Raises:
        NotAllowed: The person may not.
        InputRefused: It was hidden, and no reason is given for showing it again.
        ResultRefused: It is under appeal, or cannot be shown from where it is.
    """
    kept = _lock(opinion)
    require(by, PERMISSION, place_of(kept.conversation))
    if kept.state == "appealed":
        raise ResultRefused("Its author appealed.", "Decide on the appeal.")
    if kept.state == "hidden" and not says.strip():
        _refuse("says", "The reason is missing", "Write why it is shown after all.")
    _settle_flags(by, kept, upheld=False)
    _move(kept, kept.state if kept.state in PUBLIC_VIEW else "shown", by=by, says=says)
    _record(by, kept, "voice.view_shown", "Looked at a view; everybody can read it")
    return kept


@transaction.atomic
def hide_view(by: Person, opinion: Opinion, *, reason: str, says: str = "") -> Opinion:
    """Hide a view: others cannot read it, its author reads why and how to ask for a second opinion.

    Args:
        by: Who read it.
        opinion: The view.
        reason: Code of a reason.
        says: More for its author.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The reason is none of the list, or an unlawful view is not explained.
        ResultRefused: It cannot be hidden from where it is.
    """
    kept = _lock(opinion)
    require(by, PERMISSION, place_of(kept.conversation))
    if reason not in {each.code for each in reasons_to_choose()}:
        _refuse("reason", "The reason is missing", "Choose one; the author is told.")
    if reason == "unlawful" and not says.strip():
        _refuse("says", "It is not said how it could break the law", "Write it for the author.")
    if kept.state == "appealed":
        # Whoever hid it would decide on the appeal themselves.
        raise ResultRefused("Its author appealed.", "Decide on the appeal.")
    _settle_flags(by, kept, upheld=True)
    _move(kept, "hidden", by=by, reason=reason, says=says)
    _record(by, kept, "voice.view_hidden", f"Hid a view ({reason})")
    return kept


@transaction.atomic
def flag_view(opinion: Opinion, *, reason: str, says: str = "", by: Person | None = None) -> Flag:
    """Say that a view should not stand there; it stays until somebody has looked.

    Raises:
        InputRefused: The reason is none of the list, or what is said is too long.
        ResultRefused: It is not shown.
    """
    kept = _lock(opinion)
    if kept.state not in PUBLIC_VIEW:
        raise ResultRefused(tell("This view is not shown any more."))
    if reason not in {each.code for each in reasons_to_choose()}:
        _refuse("reason", tell("The reason is missing"), tell("Choose one of the list."))
    if len(says) > MOST_CHARACTERS:
        _refuse("says", tell("It has more than {most} characters", most=MOST_CHARACTERS), tell("Shorten it."))
    flag = Flag.objects.create(opinion=kept, reason=reason, says=says.strip(), by=by)
    _record(None, kept, "voice.view_flagged", f"A view was flagged ({reason})")
    return flag


@transaction.atomic
def ask_again(contribution: Contribution, opinion: Opinion, *, says: str) -> Appeal:
    """Ask for a second opinion on a view of one's own that was hidden; whoever holds the receipt code is its author.

    Raises:
        InputRefused: Nothing is written.
        ResultRefused: It is another's view, or was not hidden.
    """
    kept = _own(contribution, opinion)
    if not says.strip():
        _refuse("says", tell("There is nothing written yet"), tell("Write why your view should be shown."))
    appeal = Appeal.objects.create(opinion=kept, says=says.strip())
    _move(kept, "appealed", says="")
    _record(None, kept, "voice.view_appealed", "The author of a view asked for a second opinion")
    return appeal


@transaction.atomic
def settle_appeal(by: Person, appeal: Appeal, *, show: bool, says: str) -> Opinion:
    """Decide on an appeal; whoever hid the view may not.

    Raises:
        NotAllowed: The person may not.
        InputRefused: No reason is given.
        ResultRefused: The person hid it, or it was decided already.
    """
    kept = _lock(appeal.opinion)
    require(by, PERMISSION, place_of(kept.conversation))
    found = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if found.settled_at is not None:
        raise ResultRefused("This appeal was decided already.", "Look at the list.")
    if not says.strip():
        _refuse("says", "The reason is missing", "Write it for the author.")
    end = "shown" if show else "hidden"
    unmet = ["somebody_else"] if _who_hid(kept) == by.pk else []
    last = kept.steps.filter(became="hidden").last()
    _move(kept, end, by=by, reason="" if show or last is None else last.reason, says=says, unmet=unmet)
    found.outcome, found.outcome_says = end, says.strip()
    found.by, found.settled_at = by, timezone.now()
    found.save()
    _record(by, kept, "voice.appeal_settled", f"Decided on an appeal: the view is {end}")
    return kept


@transaction.atomic
def withdraw_view(contribution: Contribution, opinion: Opinion) -> Opinion:
    """Take back a view of one's own: its words go, that there was one is still counted.

    Raises:
        ResultRefused: It is another's view, or was withdrawn already.
    """
    kept = _own(contribution, opinion)
    _move(kept, "withdrawn", says="")
    kept.text, kept.shown_as = "", ""
    kept.save(update_fields=["text", "shown_as"])
    _erase_beside(kept)
    _record(None, kept, "voice.view_withdrawn", "The author of a view took it back")
    return kept


def _erase_beside(opinion: Opinion) -> None:
    """Erase the author's words where they stand beside the view, and end what nobody can decide on any more."""
    opinion.conversation.translations.filter(of=f"opinion:{opinion.pk}").delete()
    MapMark.objects.filter(opinion=opinion).delete()
    opinion.appeals.filter(settled_at__isnull=True).delete()
    opinion.appeals.update(says="")
    opinion.flags.filter(settled_at__isnull=True).update(settled_at=timezone.now())


@transaction.atomic
def settle_statement(by: Person, statement: Statement, *, show: bool, reason: str = "") -> Statement:
    """Ask others about a statement that somebody suggested, or say why not.

    Raises:
        NotAllowed: The person may not.
        InputRefused: It is not asked, and no reason is given.
        ResultRefused: It was decided already.
    """
    conversation = statement.conversation
    require(by, PERMISSION, place_of(conversation))
    kept = Statement.objects.select_for_update().get(pk=statement.pk)
    if kept.state != Statement.State.HELD:
        raise ResultRefused("This statement was decided already.", "Look at the list.")
    if not show and not reason.strip():
        _refuse("says", "The reason is missing", "Write why it is not asked.")
    kept.state = Statement.State.SHOWN if show else Statement.State.REFUSED
    kept.reason = reason.strip()
    kept.save()
    says = f"Decided on a suggested statement: {kept.get_state_display().lower()}"
    place, subject = place_of(conversation), f"conversation:{conversation.pk}"
    record_event(by, "voice.statement_settled", says, place=place, subject=subject, detail={"statement": kept.pk})
    return kept


def _own(contribution: Contribution, opinion: Opinion) -> Opinion:
    if opinion.contribution_id != contribution.pk:
        raise ResultRefused(tell("This view came with another receipt code."))
    return _lock(opinion)


def _who_hid(opinion: Opinion) -> int | None:
    step = opinion.steps.filter(became="hidden", by__isnull=False).last()
    return step.by_id if step else None


def _lock(opinion: Opinion) -> Opinion:
    conversation = opinion.conversation
    kept = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    kept.conversation = conversation
    return kept


def _move(
    kept: Opinion, end: str, *, says: str, by: Person | None = None, reason: str = "", unmet: Iterable[str] = ()
) -> None:
    """Take a view to another state, as its life cycle allows; one that stays was looked at."""
    refused = None if kept.state == end else refuse_move(OPINION_CYCLE, kept.state, end, unmet=tuple(unmet))
    if refused:
        raise ResultRefused(refused)
    ModerationStep.objects.create(
        opinion=kept, was=kept.state, became=end, reason=reason, says=says.strip(), by=by, by_site=False
    )
    if kept.state != end:
        kept.state, kept.state_since = end, timezone.now()
        kept.save(update_fields=["state", "state_since"])


def _settle_flags(by: Person, opinion: Opinion, *, upheld: bool) -> None:
    opinion.flags.filter(settled_at__isnull=True).update(settled_at=timezone.now(), settled_by=by, upheld=upheld)


def _record(by: Person | None, opinion: Opinion, kind: str, says: str) -> None:
    conversation = opinion.conversation
    place, detail = place_of(conversation), {"view": opinion.pk}
    record_event(by, kind, f"{says}: {conversation}", place=place, subject=f"opinion:{opinion.pk}", detail=detail)


def _refuse(column: str, what: str, do: str) -> None:
    raise InputRefused([Fault(column, what, do, "moderation", column=column)])
