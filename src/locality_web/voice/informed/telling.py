"""Tell everybody who took part what became of it, by the means that each chose, once.

A portion of people is told in one transaction, in which mails are written down, marks are set and the next portion is
planned: whatever is killed, nobody is told twice and nobody is passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.jobs import job, start
from locality_web.core.languages import ENGLISH, speaking, tell, tell_day
from locality_web.core.mail import send_text
from locality_web.core.models import Job, Person
from locality_web.core.permissions import Place, require
from locality_web.core.remembered import Anew
from locality_web.core.site_address import full_address
from locality_web.core.words import count_of
from locality_web.members.models import Notice
from locality_web.members.notices import Telling, notify
from locality_web.voice.channels.forgetting import plan_forgetting
from locality_web.voice.channels.models import Letter
from locality_web.voice.conversations.confirming import told_address
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.pages import told_of
from locality_web.voice.conversations.places import address_of, place_of
from locality_web.voice.conversations.said import Contribution, Correspondent
from locality_web.voice.sense.answer_queries import answers_in_force, closing_of
from locality_web.voice.sense.became import Told, became_of
from locality_web.voice.sense.models import Answer
from locality_web.voice.sense.told_again import MOST_TOLD, key_of_telling

PERMISSION = "voice.answer"
TELL = "voice.tell_contributors"
PORTION = 100  # own choice of the founders, 2026-11: a transaction of about a second
_STATES = ("being_answered", "answered")
BEFORE_ANSWERS = ("open", "closed_to_views")


class _Once(Anew):
    """What is read for one portion is read once: answers do not change within its transaction."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, ...], Any] = {}

    def read(self, name: tuple[str, ...], rooms: Any, read: Callable[[], Any]) -> Any:
        if name not in self._kept:
            self._kept[name] = read()
        return self._kept[name]


@transaction.atomic
def begin_telling(by: Person, conversation: Conversation) -> Job:
    """Begin to tell everybody who took part; a background job does it.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The answers do not stand yet, or nobody waits to be told.
    """
    require(by, PERMISSION, place_of(conversation))
    if conversation.state not in _STATES:
        raise ResultRefused("The answers do not stand yet.", "Begin to answer, and answer every view first.")
    closing = closing_of(conversation)
    if not closing.may_close:
        raise ResultRefused(closing.words, "Answer them first.")
    if not to_tell(conversation).exists():
        raise ResultRefused("Nobody waits to be told.", "Letters that wait are printed with the letters to residents.")
    says = f"Began to tell those who took part what became of it: {conversation.title}"
    record_event(by, "voice.telling_begun", says, place=place_of(conversation), subject=_subject(conversation))
    return _start(by, conversation)


@transaction.atomic
def tell_withdrawal(by: Person, conversation: Conversation, *, why: str) -> Job:
    """Begin to tell everybody who took part that a conversation does not go on; then it can be withdrawn.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The reason is missing.
        ResultRefused: Answers are being written already, or nobody waits to be told.
    """
    require(by, PERMISSION, place_of(conversation))
    if not why.strip():
        do = "Write why it does not go on; everybody who took part reads it."
        raise InputRefused([Fault("why", "The reason is missing", do, "voice-telling-why", column="why")])
    if conversation.state not in BEFORE_ANSWERS:
        raise ResultRefused(
            "Only a conversation that is not answered yet can be withdrawn.", "Tell people the answers."
        )
    if not to_tell(conversation).exists():
        raise ResultRefused("Nobody waits to be told.", "Letters that wait are printed with the letters to residents.")
    says = f"Began to tell those who took part that it does not go on: {conversation.title}"
    record_event(by, "voice.withdrawal_told", says, place=place_of(conversation), subject=_subject(conversation))
    return _start(by, conversation, why=why.strip())


def _start(by: Person, conversation: Conversation, **more: str) -> Job:
    arguments = {"conversation": conversation.pk, **more}
    return start(TELL, arguments, place=Place(conversation.partnership), person=by)


def to_tell(conversation: Conversation) -> QuerySet[Contribution]:
    """Give the contributions whose people were not told yet and have no letter that waits.

    Members of the register who left no way of their own are told by their notices, which count each of them once. When
    an answer changes, those who were told it come to wait again (see `sense/told_again.py`).
    """
    unprinted = Letter.objects.filter(correspondent__contribution=OuterRef("pk"), batch__isnull=True)
    waiting = Q(~Exists(unprinted), correspondent__told_at__isnull=True) & (
        Q(correspondent__means=Correspondent.Means.POST)
        | Q(correspondent__means=Correspondent.Means.EMAIL, correspondent__confirmed_at__isnull=False)
    )
    told = Notice.objects.filter(member=OuterRef("member"), key=OuterRef("key_now"))
    of_register = Q(~Exists(told), correspondent__isnull=True, member__isnull=False)
    found = conversation.contributions.annotate(key_now=_key_in_database(conversation))
    return found.filter(waiting | of_register, withdrawn_at__isnull=True).order_by("pk")


@job(TELL)
def tell_contributors(job: Job) -> str:
    """Tell a portion of those who took part in a conversation what became of it, each once."""
    conversation = Conversation.objects.select_related("partnership", "held_by").get(pk=job.arguments["conversation"])
    portion = (
        to_tell(conversation).select_related("correspondent", "member").filter(pk__gt=job.arguments.get("after", 0))
    )
    found = list(portion[:PORTION])
    memory = _Once()
    for contribution in found:
        contribution.conversation = conversation
        why = job.arguments.get("why", "")
        with speaking(_language_of(contribution)):
            _tell_one(contribution, _withdrawn(contribution, why) if why else text_for(contribution, memory))
    if found:
        plan_forgetting(conversation.partnership)
    if len(found) == PORTION:
        start(TELL, {**job.arguments, "after": found[-1].pk}, place=Place(conversation.partnership))
    return f"Told {count_of(len(found), 'person', 'people')}."


def _language_of(contribution: Contribution) -> str:
    kept = getattr(contribution, "correspondent", None)
    return kept.language if kept else ENGLISH.code


def _tell_one(contribution: Contribution, text: str) -> None:
    conversation = contribution.conversation
    place, subject = place_of(conversation), subject_of(conversation)
    kept = getattr(contribution, "correspondent", None)
    if kept is None:
        if contribution.member is not None:
            telling = Telling(_key(contribution), subject, text, reverse_answers(conversation))
            notify(place, [contribution.member], telling)
        return
    kept.contribution = contribution
    if kept.means == Correspondent.Means.EMAIL:
        ends = f"{tell('To hear no more of this, open this page and say no:')}\n{told_address(kept)}"
        send_text(kept.email, subject, f"{text}\n\n{conversation.partnership}\n\n{ends}", place=place)
        kept.told_at = timezone.now()
        kept.save(update_fields=["told_at"])
        return
    Letter.objects.get_or_create(
        partnership=conversation.partnership,
        key=f"{key_of_telling(conversation, 0)}:{contribution.pk}{_again(contribution)}",
        defaults={"correspondent": kept, "subject": subject, "text": text},
    )


def subject_of(conversation: Conversation) -> str:
    """Give a subject line; it says nothing of whoever gets it, and not what the conversation was about."""
    return tell("{partnership}: what became of what people said", partnership=conversation.partnership)


def text_for(contribution: Contribution, memory: Anew) -> str:
    """Write what became of one contribution; no word of the contribution itself stands in it.

    A member of the register gets one notice for all that they said, so it holds what became of each of them.
    """
    conversation = contribution.conversation
    parts = [_took_part(contribution)]
    if contribution.told_changes:
        parts.append(tell("We told you of this before. Since then an answer has changed."))
    became = became_of(contribution, memory)
    views = [view for each in _told_together(contribution) for view in became_of(each, memory).views]
    told = {(one.you_said, one.says): one for view in (*became.views, *views) for one in view.answers}
    found = [_say(one) for one in told.values()]
    found = found or [_say_answer(each) for each in _some_answers(contribution, memory)]
    parts += found or [tell("Your answers were counted with those of everybody else.")]
    if became.we_did.strip():
        parts.append(f"{tell('What became of it all:')} {became.we_did.strip()}")
    code = full_address(reverse("voice:became", args=[conversation.partnership.slug]))
    parts.append(f"{tell('All answers:')}\n{full_address(reverse_answers(conversation))}")
    parts.append(f"{tell('With the code that you got you can see where your own words led:')}\n{code}")
    return "\n\n".join(parts)


def _withdrawn(contribution: Contribution, why: str) -> str:
    conversation = contribution.conversation
    parts = [_took_part(contribution), f"{tell('It does not go on. This is why:')} {why}"]
    return "\n\n".join([*parts, f"{tell('More:')}\n{full_address(address_of(conversation))}"])


def _took_part(contribution: Contribution) -> str:
    title = told_of(contribution.conversation)["told"]["title"].text
    said = tell("You took part in the conversation “{title}”.", title=title)
    return f"{said} {tell('It came on {day}.', day=tell_day(contribution.received_on))}"


def reverse_answers(conversation: Conversation) -> str:
    """Give the address of the public page of a conversation's answers."""
    return reverse("voice:answers", args=[conversation.partnership.slug, conversation.slug])


def _told_together(contribution: Contribution) -> list[Contribution]:
    """Give what else a member of the register said in the same conversation, without another way to be told."""
    if contribution.member is None or getattr(contribution, "correspondent", None) is not None:
        return []
    those = contribution.conversation.contributions.filter(
        member=contribution.member, correspondent__isnull=True, withdrawn_at__isnull=True
    )
    found = list(those.exclude(pk=contribution.pk).order_by("pk"))
    for each in found:
        each.conversation = contribution.conversation
    return found


def _some_answers(contribution: Contribution, memory: Anew) -> list[Answer]:
    """Give some answers for somebody who has none of their own: the first ones, and later those that are new."""
    conversation = contribution.conversation
    found: list[Answer] = memory.read(("answers",), ("voice",), lambda: list(answers_in_force(conversation)))
    return found[::-1][:MOST_TOLD] if contribution.told_changes else found[:MOST_TOLD]


def _say(one: Told) -> str:
    passed = f" {tell('Passed on to:')} {one.to_whom}." if one.to_whom else ""
    return f"{tell('You said:')} {one.you_said}\n{tell(one.outcome)}. {one.says}{passed}"


def _say_answer(answer: Answer) -> str:
    return f"{tell('People said:')} {answer.you_said}\n{tell(answer.get_outcome_display())}. {answer.says}"


def _key(contribution: Contribution) -> str:
    return key_of_telling(contribution.conversation, contribution.told_changes)


def _key_in_database(conversation: Conversation) -> Case:
    """Give the same for whichever contribution a query is at."""
    first = key_of_telling(conversation, 0)
    later = Concat(Value(f"{first}:"), Cast("told_changes", CharField()), output_field=CharField())
    return Case(When(told_changes=0, then=Value(first)), default=later, output_field=CharField())


def _again(contribution: Contribution) -> str:
    return f":{contribution.told_changes}" if contribution.told_changes else ""


def _subject(conversation: Conversation) -> str:
    return f"conversation:{conversation.pk}"
