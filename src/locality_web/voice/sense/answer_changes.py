"""What people may do about answers: answer a view or a theme, begin to answer, close with answers, take up again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused, refuse_move
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import require
from locality_web.core.words import count_of
from locality_web.voice.conversations.kinds import CONVERSATION_CYCLE, PUBLIC_VIEW
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import place_of
from locality_web.voice.conversations.said import Correspondent, Opinion
from locality_web.voice.sense.answer_queries import (
    TAKES_ANSWERS,
    closing_of,
    views_of_theme,
    waiting_to_be_told,
)
from locality_web.voice.sense.findings import publish_findings
from locality_web.voice.sense.models import Answer, EngagementRecord, Theme
from locality_web.voice.sense.told_again import Changed, stands_before, tell_changed

PERMISSION = "voice.answer"
PEOPLE_TOLD = "people_told"
"""What a record of engagement is about that the site itself writes when a conversation closes with its answers."""


@dataclass(frozen=True)
class Said:
    """An answer as somebody writes it: outcome, what was said, what was done or why not, and to whom it went."""

    outcome: str
    you_said: str
    says: str
    to_whom: str = ""


@transaction.atomic
def answer_theme(by: Person, theme: Theme, said: Said) -> Answer:
    """Answer a theme, and with it every view that was read into it.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Words are missing.
        ResultRefused: The conversation takes no answers, or the theme was given up.
    """
    conversation = _conversation(theme.conversation)
    require(by, PERMISSION, place_of(conversation))
    _refuse(conversation, said)
    if theme.ended_at is not None:
        raise ResultRefused("This theme was given up.", "Answer the theme that its views are in now.")
    before, views = stands_before(conversation), [each.pk for each in views_of_theme(theme)]
    made = _keep(by, conversation, said)
    Theme.objects.filter(pk=theme.pk).update(answer=made)
    Opinion.objects.filter(pk__in=views, state__in=PUBLIC_VIEW).update(state="answered", state_since=made.at)
    tell_changed(conversation, Changed(theme.answer, made, views), before)
    says = f"Answered the theme “{theme.name}” with {count_of(len(views), 'view')}"
    _record(by, conversation, "voice.theme_answered", says, subject=f"theme:{theme.pk}", answer=made, views=len(views))
    return made


@transaction.atomic
def answer_view(by: Person, opinion: Opinion, said: Said) -> Answer:
    """Answer one view by itself.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Words are missing.
        ResultRefused: The conversation takes no answers, or the view cannot be read by everybody.
    """
    conversation = _conversation(opinion.conversation)
    require(by, PERMISSION, place_of(conversation))
    _refuse(conversation, said)
    found = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if found.state not in PUBLIC_VIEW:
        raise ResultRefused("This view is not one that everybody can read.", "Answer those that are shown.")
    before, was = stands_before(conversation), found.answer
    made = _keep(by, conversation, said)
    found.answer, found.state, found.state_since = made, "answered", made.at
    found.save(update_fields=["answer", "state", "state_since"])
    tell_changed(conversation, Changed(was, made, [found.pk], with_replies=True), before)
    _record(by, conversation, "voice.view_answered", "Answered a view", subject=f"view:{found.pk}", answer=made)
    return made


@transaction.atomic
def begin_to_answer(by: Person, conversation: Conversation, *, paper_keyed: bool) -> None:
    """Say that answers are being written: all paper is keyed in, and no view waits to be looked at.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The conversation is not closed to views, or something of it is not read yet.
    """
    found = _conversation(conversation)
    require(by, PERMISSION, place_of(found))
    _move(found, "being_answered")
    if not paper_keyed:
        raise ResultRefused("Paper that came back in time may be missing.", "Key it in first, then say so here.")
    held = found.opinions.filter(state__in=("held", "appealed")).count()
    if held:
        waits = count_of(held, "view is", "views are")
        raise ResultRefused(f"{waits} held or under appeal.", "Look at them first.")
    _save_state(found, "being_answered")
    _record(by, found, "voice.answering_begun", "Began to answer what was said")
    publish_findings(by, found)


@transaction.atomic
def close_with_answers(by: Person, conversation: Conversation, *, we_did: str) -> None:
    """Close a conversation: what became of it as a whole is said, and no view waits for an answer.

    Raises:
        NotAllowed: The person may not.
        InputRefused: What became of it as a whole is missing.
        ResultRefused: A view has no answer, or somebody was not told; says which and how many.
    """
    found = _conversation(conversation)
    require(by, PERMISSION, place_of(found))
    _move(found, "answered")
    if not we_did.strip():
        raise InputRefused([_fault("we_did", "What became of it is missing", "Write it in plain words.")])
    closing = closing_of(found)
    if not closing.may_close:
        raise ResultRefused(closing.words, "The list of those that wait is on this page.")
    if waiting := waiting_to_be_told(found):
        who = count_of(waiting, "person who asked to be told was", "people who asked to be told were")
        raise ResultRefused(f"{who} not told yet.", "Tell them first.")
    found.we_did, found.times_answered = we_did.strip(), found.times_answered + 1
    _save_state(found, "answered", "we_did", "times_answered")
    told = _keep_how_many_were_told(by, found)
    _record(by, found, "voice.conversation_answered", "Closed a conversation with its answers", told=told)


def _keep_how_many_were_told(by: Person, conversation: Conversation) -> int:
    """Write down how many were told: how they can be reached is erased when its time is over."""
    kept = Correspondent.objects.filter(contribution__conversation=conversation, told_at__isnull=False)
    told = kept.filter(contribution__withdrawn_at__isnull=True).count()
    if told:
        EngagementRecord.objects.create(
            conversation=conversation,
            about=PEOPLE_TOLD,
            says="They were told what became of it, by the means that they chose.",
            on=timezone.localdate(),
            people=told,
            by=by,
            by_name=str(by),
        )
    return told


@transaction.atomic
def take_up_again(by: Person, conversation: Conversation, *, reason: str) -> None:
    """Go on answering a conversation that was closed.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The reason is missing.
        ResultRefused: It is not closed with answers.
    """
    found = _conversation(conversation)
    require(by, PERMISSION, place_of(found))
    _move(found, "being_answered", name="Take up again")
    if not reason.strip():
        raise InputRefused([_fault("reason", "The reason is missing", "Write why it is taken up again.")])
    _save_state(found, "being_answered")
    _record(by, found, "voice.conversation_taken_up", "Took a conversation up again", reason=reason.strip())


def _conversation(conversation: Conversation) -> Conversation:
    found = Conversation.objects.select_for_update().get(pk=conversation.pk)
    found.partnership, found.held_by = conversation.partnership, conversation.held_by
    return found


def _move(conversation: Conversation, end: str, name: str = "") -> None:
    steps = [step for step in CONVERSATION_CYCLE.steps_from(conversation.state) if step.end == end]
    if refused := refuse_move(CONVERSATION_CYCLE, conversation.state, end):
        raise ResultRefused(refused)
    if name and all(step.name != name for step in steps):
        raise ResultRefused(f"It cannot be done to a conversation that is {conversation.state.replace('_', ' ')}.")


def _save_state(conversation: Conversation, end: str, *also: str) -> None:
    conversation.state, conversation.state_since = end, timezone.now()
    conversation.save(update_fields=["state", "state_since", *also])


def _refuse(conversation: Conversation, said: Said) -> None:
    if conversation.state not in TAKES_ANSWERS:
        raise ResultRefused("This conversation takes no answers.", "Open it first.")
    faults = []
    if not said.you_said.strip():
        faults.append(_fault("you_said", "What was said is missing", "Write it in a sentence."))
    if not said.says.strip():
        faults.append(_fault("says", "The answer is missing", "Write what was done, or why it was not."))
    if said.outcome == Answer.Outcome.PASSED_ON and not said.to_whom.strip():
        faults.append(_fault("to_whom", "Whom it was passed on to is missing", "Write who deals with it now."))
    if faults:
        raise InputRefused(faults)


def _fault(column: str, what: str, do: str) -> Fault:
    return Fault(column, what, do, f"voice-{column.replace('_', '-')}", column=column)


def _keep(by: Person, conversation: Conversation, said: Said) -> Answer:
    return Answer.objects.create(
        conversation=conversation,
        outcome=said.outcome,
        you_said=said.you_said.strip(),
        says=said.says.strip(),
        to_whom=said.to_whom.strip() if said.outcome == Answer.Outcome.PASSED_ON else "",
        by=by,
        by_name=str(by),
        at=timezone.now(),
    )


def _record(
    by: Person,
    conversation: Conversation,
    kind: str,
    says: str,
    *,
    subject: str = "",
    answer: Answer | None = None,
    **detail: object,
) -> None:
    """Write an event; it never carries a word of a view or of an answer to it."""
    known = {"conversation": conversation.pk, **detail}
    if answer is not None:
        known |= {"answer": answer.pk, "outcome": answer.outcome}
    record_event(
        by,
        kind,
        f"{says}: {conversation.title}",
        place=place_of(conversation),
        subject=subject or f"conversation:{conversation.pk}",
        detail=known,
    )
