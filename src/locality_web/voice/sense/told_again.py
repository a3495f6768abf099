"""Whoever was told an answer is told again, once, when it changes: they come to wait as if nobody had told them.

Changing an answer three times before anybody is told again makes one telling; writing the same words anew makes none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, Max, OuterRef, Q

from locality_web.members.models import Notice
from locality_web.voice.channels.models import Letter
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.said import Contribution, Correspondent, Opinion
from locality_web.voice.sense.answer_queries import answers_in_force
from locality_web.voice.sense.models import Answer

MOST_TOLD = 5
"""How many answers are told to somebody whose contribution holds no view; own choice of the founders, 2026-11."""


@dataclass(frozen=True)
class Changed:
    """An answer that changed: what stood there (None: nothing), what stands now, and the views that it answers.

    Args:
        was: The answer before.
        now: The answer that stands.
        views: Keys of the views.
        with_replies: Whether it answers their replies too, as far as those have no answer of their own.
    """

    was: Answer | None
    now: Answer
    views: Sequence[int]
    with_replies: bool = False

    @property
    def is_the_same(self) -> bool:
        """Whether it says what was said already."""
        return self.was is not None and _words(self.was) == _words(self.now)


def _words(answer: Answer) -> tuple[str, ...]:
    return answer.outcome, answer.you_said, answer.says, answer.to_whom


def key_of_telling(conversation: Conversation, changes: int) -> str:
    """Give the name under which somebody is told: once for each time that an answer of theirs changed."""
    return f"conversation:{conversation.pk}:told" + (f":{changes}" if changes else "")


def stands_before(conversation: Conversation) -> list[Answer]:
    """Give the answers that are told to those whose contributions hold no view; nobody was told: none."""
    return list(answers_in_force(conversation)[:MOST_TOLD]) if _was_told(conversation) else []


def _was_told(conversation: Conversation) -> bool:
    """Say whether somebody was told already, or a letter to them is written: before that nothing has to be done."""
    known = Q(told_at__isnull=False) | Q(letters__isnull=False)
    if Correspondent.objects.filter(known, contribution__conversation=conversation).exists():
        return True
    return Notice.objects.filter(partnership=conversation.partnership, key__startswith=_start(conversation)).exists()


def _start(conversation: Conversation) -> str:
    return key_of_telling(conversation, 0)


def tell_changed(conversation: Conversation, changed: Changed, before: Sequence[Answer]) -> None:
    """Let those who were told an answer that changed wait to be told again; inside the transaction of the change.

    Args:
        conversation: The conversation.
        changed: The answer.
        before: What `stands_before` gave before the change.
    """
    if changed.is_the_same or not _was_told(conversation):
        return
    concerned = conversation.contributions.filter(pk__in=_with_views(changed), withdrawn_at__isnull=True)
    _wait_again(conversation, list(concerned.values_list("pk", flat=True)))
    if changed.was is not None and changed.was.pk in {each.pk for each in before}:
        own = Opinion.objects.filter(contribution=OuterRef("pk"), state__in=PUBLIC_VIEW)
        without = conversation.contributions.filter(~Exists(own), withdrawn_at__isnull=True)
        _wait_again(conversation, list(without.values_list("pk", flat=True)))


def _with_views(changed: Changed) -> list[int]:
    concerned = Q(pk__in=changed.views)
    if changed.with_replies:
        concerned |= Q(replies_to__in=changed.views, answer__isnull=True)
    return list(Opinion.objects.filter(concerned, state__in=PUBLIC_VIEW).values_list("contribution_id", flat=True))


def _wait_again(conversation: Conversation, concerned: list[int]) -> None:
    Letter.objects.filter(correspondent__contribution__in=concerned, batch__isnull=True).delete()
    told = Correspondent.objects.filter(contribution__in=concerned, told_at__isnull=False)
    those = list(told.values_list("contribution_id", flat=True))
    Contribution.objects.filter(pk__in=those).update(told_changes=F("told_changes") + 1)
    told.update(told_at=None)
    _members_wait_again(conversation, concerned)


def _members_wait_again(conversation: Conversation, concerned: list[int]) -> None:
    """Members are told by notices, one for all that each of them said: so all of it gets the same new name."""
    of_register = conversation.contributions.filter(correspondent__isnull=True, member__isnull=False)
    for member in set(of_register.filter(pk__in=concerned).values_list("member", flat=True)):
        theirs = of_register.filter(member=member)
        newest = theirs.aggregate(newest=Max("told_changes"))["newest"]
        if Notice.objects.filter(member=member, key=key_of_telling(conversation, newest)).exists():
            theirs.update(told_changes=newest + 1)
        else:
            theirs.update(told_changes=newest)
