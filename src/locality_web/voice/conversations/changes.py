"""What people say is written here, for every channel alike: one function, one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.languages import tell, tell_day
from locality_web.core.permissions import Place, require
from locality_web.voice.conversations import kinds
from locality_web.voice.conversations.boundaries import NONE_OF_THEM
from locality_web.voice.conversations.confirming import ask_owner
from locality_web.voice.conversations.held_signs import sign_in
from locality_web.voice.conversations.models import BoundaryChoice, Conversation, ModerationStep, Statement
from locality_web.voice.conversations.places import place_of
from locality_web.voice.conversations.receipts import draw_receipt, hash_receipt, read_receipt
from locality_web.voice.conversations.said import (
    Contribution,
    Correspondent,
    DividedPart,
    MapMark,
    Opinion,
    Ranking,
    StatementVote,
    SurveyAnswer,
)
from locality_web.voice.conversations.said_checks import Asked, faults_of
from locality_web.voice.conversations.said_values import About, Came, Mark, Said, Tell, View
from locality_web.voice.conversations.snapshot import take_snapshot

_WEB = Contribution.Channel.WEB


@dataclass(frozen=True)
class Received:
    """What was written.

    Args:
        contribution: The contribution.
        receipt: Its receipt code, known at this moment alone.
        held: Whether a view waits for somebody to read it before it is shown.
    """

    contribution: Contribution
    receipt: str
    held: bool


@transaction.atomic
def contribute(place: Place, conversation: Conversation, said: Said, came: Came) -> Received:
    """Take what somebody says in a conversation, by whatever channel; all of it or nothing.

    Args:
        place: The partnership, or the locality that holds the conversation.
        conversation: Which is open; what came in time by another channel than the site may be written down later.
        said: What was said.
        came: How it came.

    Returns:
        The contribution with its receipt code.

    Raises:
        NotAllowed: Whoever writes it down may not.
        InputRefused: Something that was said cannot be taken; every fault, beside the field of the form.
        ResultRefused: The conversation takes nothing (any more), or the paper form or source was taken already.
    """
    kept = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    kept.partnership, kept.held_by = conversation.partnership, conversation.held_by
    _require_recorder(kept, came)
    _refuse_closed(kept, came)
    asked = Asked.of(kept)
    if faults := faults_of(asked, said):
        raise InputRefused(faults)
    _refuse_second(kept, came)
    receipt = read_receipt(came.receipt) if came.receipt else draw_receipt()
    made = _make(kept, said, came, receipt)
    states = [_write_view(made, view) for view in said.views]
    _write_parts(made, asked, said)
    _keep_correspondent(made, said.tell, came)
    _record(made, came, said)
    return Received(made, receipt, held="held" in states)


def _require_recorder(conversation: Conversation, came: Came) -> None:
    if came.channel == _WEB and not came.source:
        return
    if came.recorded_by is None:
        raise ResultRefused("It is not said who wrote this down.", "Sign in, then write it down.")
    require(came.recorded_by, "voice.take_in" if came.source else "voice.record", place_of(conversation))


def _refuse_closed(conversation: Conversation, came: Came) -> None:
    came_on, state = _day(came), conversation.state
    if came_on > timezone.localdate():
        raise ResultRefused(tell("This day is still to come."), tell("Write the day on which it came."))
    late = came.channel != _WEB or bool(came.source)
    if state != kinds.TAKES_ALL and not (late and state == kinds.TAKES_LATE_PAPER):
        raise ResultRefused(*_why_closed(conversation))
    if came.source:
        return
    last = conversation.closes_on
    if conversation.closed_at:
        last = min(last, timezone.localdate(conversation.closed_at))
    if not conversation.opens_on <= came_on <= last:
        raise ResultRefused(*_why_closed(conversation))


def _why_closed(conversation: Conversation) -> tuple[str, str]:
    if conversation.state in ("draft", "open") and conversation.opens_on > timezone.localdate():
        opens = tell_day(conversation.opens_on)
        return tell("This conversation takes views from {day} on.", day=opens), tell("Come back on that day.")
    closes = tell_day(conversation.closes_on)
    reason = tell("This conversation took views until {day}.", day=closes)
    return reason, tell("Read what came of it, or look for another conversation.")


def _day(came: Came) -> dt.date:
    return came.received_on or timezone.localdate()


def _refuse_second(conversation: Conversation, came: Came) -> None:
    """Say in words what the database would refuse: a form, a source and a receipt count once."""
    there = conversation.contributions
    if came.paper_code and there.filter(paper_code=came.paper_code).exists():
        raise ResultRefused("This form was keyed in already.", "A form counts once. Put this sheet with the others.")
    if came.source and there.filter(source=came.source).exists():
        raise ResultRefused(f"'{came.source}' was taken in already.", "Leave it out.")
    if came.receipt and Contribution.objects.filter(receipt=hash_receipt(read_receipt(came.receipt))).exists():
        raise ResultRefused("This receipt code stands with a contribution already.", "Draw another one.")


def _make(conversation: Conversation, said: Said, came: Came, receipt: str) -> Contribution:
    snapshot = take_snapshot(conversation, said.about, _day(came))
    return Contribution.objects.create(
        conversation=conversation,
        channel=came.channel,
        receipt=hash_receipt(receipt),
        paper_code=came.paper_code,
        source=came.source,
        received_on=_day(came),
        recorded_at=timezone.now(),
        recorded_by=came.recorded_by,
        by=came.by,
        member=came.member,
        organisation=came.organisation,
        people=came.people,
        for_whom=came.for_whom.strip(),
        how_asked=came.how_asked.strip(),
        read_back=came.read_back,
        consents=said.consents,
        **{name: getattr(snapshot, name) for name in snapshot.__dataclass_fields__},
    )


def _write_view(made: Contribution, view: View) -> str:
    """Write a view: shown at once where the conversation says so and nothing about it asks for a reader first."""
    conversation, text = made.conversation, view.text.strip()
    sign = sign_in(conversation, text)
    before = conversation.moderation == Conversation.Moderation.BEFORE
    state = "held" if sign or before or _replies_to_held(view) else "shown"
    opinion = Opinion.objects.create(
        conversation=conversation,
        contribution=made,
        replies_to_id=view.replies_to,
        text=text,
        language=view.language,
        shown_as=view.shown_as.strip(),
        heading=view.heading,
        state=state,
        state_since=made.recorded_at,
        made_at=made.recorded_at,
    )
    if sign:
        ModerationStep.objects.create(opinion=opinion, was="held", became="held", reason=sign, by_site=True)
    if view.mark is not None:
        _write_mark(made, view.mark, opinion)
    return state


def _replies_to_held(view: View) -> bool:
    """Say whether what it replies to is still held: nobody could read the one without the other."""
    if not view.also_to_held or view.replies_to is None:
        return False
    return Opinion.objects.filter(pk=view.replies_to, state="held").exists()


def _write_mark(made: Contribution, mark: Mark, opinion: Opinion | None = None) -> None:
    MapMark.objects.create(
        contribution=made, opinion=opinion, geometry=mark.geometry, place=mark.place.strip(), zone=mark.zone
    )


def _write_parts(made: Contribution, asked: Asked, said: Said) -> None:
    for mark in said.marks:
        _write_mark(made, mark)
    StatementVote.objects.bulk_create(
        StatementVote(statement=asked.statements[key], contribution=made, vote=vote)
        for key, vote in said.statements.items()
    )
    Statement.objects.bulk_create(
        Statement(conversation=made.conversation, text=each.strip(), state=Statement.State.HELD, suggested_in=made)
        for each in said.suggested
        if each.strip()
    )
    if said.ranking:
        Ranking.objects.create(contribution=made, order=[sorted(place) for place in said.ranking])
    DividedPart.objects.bulk_create(
        DividedPart(contribution=made, option=asked.options[key], pence=pence) for key, pence in said.parts.items()
    )
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(contribution=made, question=asked.questions[key], value=value)
        for key, value in said.survey.items()
    )
    if said.boundaries is not None:
        _write_choice(made, said.boundaries)


def _write_choice(made: Contribution, key: int) -> None:
    if key == NONE_OF_THEM:
        BoundaryChoice.objects.create(contribution=made, option=None, title="None of them")
        return
    asked = made.conversation.boundaries_asked.get(option=key)
    BoundaryChoice.objects.create(contribution=made, option_id=key, title=asked.title)


def _keep_correspondent(made: Contribution, how: Tell, came: Came) -> None:
    """Keep who is to be told, where somebody wants to be; an e-mail address is asked first whether it is theirs."""
    if how.means == Correspondent.Means.NONE:
        return
    by_mail = how.means == Correspondent.Means.EMAIL
    own = by_mail and came.by is not None and came.by.email == how.email.strip().lower()
    kept = Correspondent.objects.create(
        contribution=made,
        means=how.means,
        name=how.name.strip(),
        email=how.email.strip() if by_mail else "",
        address="" if by_mail else how.address.strip(),
        language=how.language,
        confirmed_at=timezone.now() if own else None,
    )
    if by_mail and not own:
        ask_owner(kept)


def _record(made: Contribution, came: Came, said: Said) -> None:
    """Record that something came: never who said it, and nothing of what was said."""
    counts = {name: number for name, number in _counts(said) if number}
    record_event(
        came.recorded_by,
        "voice.contributed",
        f"A contribution to the conversation '{made.conversation}' came: {made.get_channel_display().lower()}",
        place=place_of(made.conversation),
        subject=f"conversation:{made.conversation_id}",
        detail={"contribution": made.pk, "channel": made.channel, "people": made.people, **counts},
    )


def _counts(said: Said) -> Iterator[tuple[str, int]]:
    yield "views", len(said.views)
    yield "statements", len(said.statements)
    yield "marks", len(said.marks)
    yield "survey_answers", len(said.survey)


__all__ = ["About", "Came", "Mark", "Received", "Said", "Tell", "View", "contribute"]
