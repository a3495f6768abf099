"""What its keepers do with a conversation: prepare, change while it is a draft, open, close, open again, withdraw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.text import slugify

from locality.foundations import Fault, InputRefused, ResultRefused, refuse_move
from locality_web.core.audit import record_event
from locality_web.core.languages import tell_day
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.voice.conversations import kinds
from locality_web.voice.conversations.boundaries import keep_what_is_asked
from locality_web.voice.conversations.holding_checks import fault, faults_of_prepared, is_reserved
from locality_web.voice.conversations.holding_values import Prepared
from locality_web.voice.conversations.models import Conversation, Option, Question, Statement
from locality_web.voice.conversations.places import place_of
from locality_web.voice.conversations.said import Correspondent

PERMISSION = "voice.hold"
_WORDS = (
    *("title", "question", "background", "open_to_change", "not_open", "other_ways", "asks_why"),
    *("aims_at", "moderation", "divides_pence", "opens_on", "closes_on"),
)


@transaction.atomic
def prepare_conversation(by: Person, place: Place, said: Prepared) -> Conversation:
    """Write a conversation down as a draft, which nobody outside sees.

    Args:
        by: Who prepares it; needs `voice.hold` at the place.
        place: The locality that holds it, or the partnership.
        said: What is asked.

    Returns:
        The draft.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Something is missing or cannot be; every fault, beside its field.
    """
    require(by, PERMISSION, place)
    _refuse(faults_of_prepared(place.partnership, said))
    made = Conversation(
        partnership=place.partnership, held_by=place.locality, slug=_free_slug(place, said.title), made_by=by
    )
    _fill(made, said)
    record(by, made, "voice.conversation_prepared", "Prepared a conversation")
    return made


@transaction.atomic
def change_conversation(by: Person, conversation: Conversation, said: Prepared) -> Conversation:
    """Change a draft.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Something is missing or cannot be.
        ResultRefused: It was opened: what was asked stands still.
    """
    require(by, PERMISSION, place_of(conversation))
    kept = lock(conversation)
    if kept.state != "draft":
        raise ResultRefused(
            "What was asked stands still: people have answered it, or could have.",
            "Close or withdraw this conversation and prepare another one, which says why.",
        )
    _refuse(faults_of_prepared(kept.partnership, said))
    for each in (kept.statements, kept.options, kept.questions):
        each.all().delete()
    _fill(kept, said)
    record(by, kept, "voice.conversation_changed", "Changed a conversation that is being prepared")
    return kept


def _fill(kept: Conversation, said: Prepared) -> None:
    for name in _WORDS:
        value = getattr(said, name)
        setattr(kept, name, value.strip() if isinstance(value, str) else value)
    kept.headings, kept.kinds, kept.asks_about = list(said.headings), list(said.kinds), list(said.asks_about)
    kept.save()
    kept.localities.set(said.localities or ([kept.held_by] if kept.held_by else []))
    kept.boundary_options.set(said.boundary_options)
    Statement.objects.bulk_create(Statement(conversation=kept, text=each.strip()) for each in said.statements)
    Option.objects.bulk_create(
        Option(conversation=kept, title=each.title.strip(), says=each.says.strip(), order=at)
        for at, each in enumerate(said.options)
    )
    Question.objects.bulk_create(
        Question(
            conversation=kept,
            code=f"q{at}",
            text=each.text.strip(),
            kind=each.kind,
            choices=list(each.choices),
            order=at,
        )
        for at, each in enumerate(said.questions, 1)
    )


def _free_slug(place: Place, title: str) -> str:
    base = slugify(title)[:70] or "conversation"
    taken = set(place.partnership.conversations.filter(slug__startswith=base).values_list("slug", flat=True))
    wanted, number = base, 1
    while wanted in taken or is_reserved(wanted):
        number += 1
        wanted = f"{base}-{number}"
    return wanted


@transaction.atomic
def open_conversation(by: Person, conversation: Conversation) -> Conversation:
    """Open a draft: from its first day on everybody can take part, and what is asked stands still.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It is no draft, its last day has passed, or an option for boundaries is not open to everybody.
    """
    require(by, PERMISSION, place_of(conversation))
    kept = lock(conversation)
    unmet = set()
    if kept.closes_on < timezone.localdate():
        unmet.add("dates_set")
    if not kept.background.strip():
        unmet.add("question_written")
    move(kept, "open", unmet)
    kept.opened_at = timezone.now()
    kept.save()
    keep_what_is_asked(kept)
    says = f"Opened a conversation from {tell_day(kept.opens_on)} to {tell_day(kept.closes_on)}"
    detail = {"first_day": kept.opens_on, "last_day": kept.closes_on, "aim": kept.aims_at}
    record(by, kept, "voice.conversation_opened", says, detail)
    return kept


@transaction.atomic
def close_conversation(by: Person, conversation: Conversation, *, why: str = "") -> Conversation:
    """Take in nothing more; before the last day has passed that needs a reason.

    Raises:
        NotAllowed: The person may not.
        InputRefused: It would close early, and no reason is given.
        ResultRefused: It is not open.
    """
    require(by, PERMISSION, place_of(conversation))
    kept = lock(conversation)
    move(kept, "closed_to_views")
    if kept.closes_on >= timezone.localdate() and not why.strip():
        what = f"People were told that they can take part until {tell_day(kept.closes_on)}"
        _refuse([fault("why", what, "Write why it closes earlier.")])
    kept.closed_at, kept.state_why = timezone.now(), why.strip()
    kept.save()
    detail = {"views": kept.opinions.count(), "people": people_in(kept), "why": why.strip()}
    record(by, kept, "voice.conversation_closed", "Closed a conversation to further views", detail)
    return kept


@transaction.atomic
def reopen_conversation(by: Person, conversation: Conversation, *, closes_on: dt.date, why: str) -> Conversation:
    """Open a conversation again that was closed to views.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The reason is missing, or the new last day has passed.
        ResultRefused: It is not closed to views.
    """
    require(by, PERMISSION, place_of(conversation))
    kept = lock(conversation)
    faults = [] if why.strip() else [fault("why", "The reason is missing", "Write why it opens again.")]
    if closes_on < timezone.localdate():
        faults.append(fault("closes_on", "This day has passed", "Write the new last day."))
    _refuse(faults)
    move(kept, "open")
    kept.closes_on, kept.closed_at, kept.state_why = closes_on, None, why.strip()
    kept.save()
    detail = {"last_day": closes_on, "why": why.strip()}
    record(by, kept, "voice.conversation_reopened", f"Opened a conversation again, to {tell_day(closes_on)}", detail)
    return kept


@transaction.atomic
def withdraw_conversation(by: Person, conversation: Conversation, *, why: str) -> Conversation:
    """Take a conversation back; everybody can read why.

    Raises:
        NotAllowed: The person may not.
        InputRefused: No reason is given.
        ResultRefused: It is being answered, or somebody who chose to be told was not told.
    """
    require(by, PERMISSION, place_of(conversation))
    kept = lock(conversation)
    if not why.strip():
        _refuse([fault("why", "The reason is missing", "Write why it does not go on; everybody can read it.")])
    waiting = waiting_to_be_told(kept)
    move(kept, "withdrawn", ["people_told"] if waiting else [])
    kept.closed_at, kept.state_why = timezone.now(), why.strip()
    kept.save()
    record(by, kept, "voice.conversation_withdrawn", "Withdrew a conversation", {"why": why.strip()})
    return kept


def waiting_to_be_told(conversation: Conversation) -> int:
    """Count those who chose a means of being told, and can be told by it, and were not."""
    can = Q(means=Correspondent.Means.POST) | Q(confirmed_at__isnull=False)
    waiting = Correspondent.objects.filter(can, contribution__conversation=conversation, told_at__isnull=True)
    return waiting.count()


def people_in(conversation: Conversation) -> int:
    """Count the people who took part, or for whom somebody spoke."""
    there = conversation.contributions.filter(withdrawn_at__isnull=True)
    return int(there.aggregate(all=Sum("people"))["all"] or 0)


def lock(conversation: Conversation) -> Conversation:
    """Give the conversation as it is now, locked until the change is done."""
    kept = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    kept.partnership, kept.held_by = conversation.partnership, conversation.held_by
    return kept


def move(kept: Conversation, end: str, unmet: Iterable[str] = ()) -> None:
    """Take a conversation to another state, as its life cycle allows.

    Raises:
        ResultRefused: There is no such step, or something must hold first.
    """
    if refused := refuse_move(kinds.CONVERSATION_CYCLE, kept.state, end, unmet=tuple(unmet)):
        raise ResultRefused(refused)
    kept.state, kept.state_since = end, timezone.now()


def record(
    by: Person, conversation: Conversation, kind: str, says: str, detail: dict[str, object] | None = None
) -> None:
    """Record what was done with a conversation."""
    record_event(
        by,
        kind,
        f"{says}: {conversation.title}",
        place=place_of(conversation),
        subject=f"conversation:{conversation.pk}",
        detail=detail,
    )


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise InputRefused(faults)


__all__ = [
    "change_conversation",
    "close_conversation",
    "open_conversation",
    "people_in",
    "prepare_conversation",
    "reopen_conversation",
    "waiting_to_be_told",
    "withdraw_conversation",
]
