"""What pages show of answers: you said, we did, we did not and why; and what still waits for those who answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.urls import reverse

from locality_web.core.models import Person
from locality_web.core.permissions import may
from locality_web.voice.conversations.kinds import CONVERSATION_CYCLE, STATEMENTS
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.pages import lang_of, told_of
from locality_web.voice.conversations.places import address_of, place_of
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.sense.answer_changes import PERMISSION
from locality_web.voice.sense.answer_queries import (
    TAKES_ANSWERS,
    answers_in_force,
    closing_of,
    themes_of,
    unanswered_views,
    views_by_answer,
    views_without_answer,
    waiting_to_be_told,
)
from locality_web.voice.sense.models import Answer
from locality_web.voice.sense.way import first_words

_HEADINGS = (
    (Answer.Outcome.DONE, "We did"),
    (Answer.Outcome.WILL, "We shall do"),
    (Answer.Outcome.PARTLY, "We do in part"),
    (Answer.Outcome.NOT, "We did not, and why"),
    (Answer.Outcome.PASSED_ON, "We passed on"),
)
_MOST_QUOTED = 3
_MOST_LISTED = 100
MOST_ANSWERS = 50
"""Answers on one page; own choice of the founders, 2026-11: some 60 kB."""


@dataclass(frozen=True)
class ShownAnswer:
    """An answer as everybody reads it.

    Args:
        answer: Itself.
        themes: Names of the themes that it answers.
        views: How many views it answers.
        quoted: Some of their words, each with its language where it is not that of the page.
    """

    answer: Answer
    themes: tuple[str, ...]
    views: int
    quoted: tuple[tuple[str, str], ...]

    @property
    def more(self) -> int:
        """How many views are not quoted."""
        return self.views - len(self.quoted)


def answers_page(conversation: Conversation, person: Person | AnonymousUser, number: int = 1) -> dict[str, Any]:
    """You said, we did, we did not and why: one page of the answers, in order of what became of them."""
    order = [str(outcome) for outcome, _ in _HEADINGS]
    answers = sorted(answers_in_force(conversation), key=lambda each: order.index(each.outcome))
    page = Paginator(answers, MOST_ANSWERS).get_page(number)
    shown = _shown(conversation, page.object_list)
    keeps = may(person, PERMISSION, place_of(conversation))
    return {
        "conversation": conversation,
        **told_of(conversation),
        "parts": [
            (title, [each for each in shown if each.answer.outcome == outcome])
            for outcome, title in _HEADINGS
            if any(each.answer.outcome == outcome for each in shown)
        ],
        "waiting": views_without_answer(conversation).count(),
        "page": page,
        "keeps": keeps,
        "write_address": address_of(conversation, "write_answers"),
        "more": list(_more(conversation)),
    }


def _more(conversation: Conversation) -> Iterator[tuple[str, str]]:
    yield "The conversation itself", address_of(conversation)
    yield "Who was heard", address_of(conversation, "heard")
    if STATEMENTS in conversation.kinds:
        yield "What people share, and what divides them", address_of(conversation, "groups")
    yield "What people said and what is paid", reverse("voice:influence", args=[conversation.partnership.slug])


def _shown(conversation: Conversation, answers: Iterable[Answer]) -> list[ShownAnswer]:
    of_each = views_by_answer(conversation)
    own = {key for each in answers for key in of_each.get(each.pk, ())}
    # Whoever did not agree that their words are shown is counted, and not quoted.
    silent = set(conversation.opinions.filter(contribution__consents=False).values_list("pk", flat=True)) & own
    quoted = {
        each.pk: list(islice((key for key in of_each.get(each.pk, ()) if key not in silent), _MOST_QUOTED))
        for each in answers
    }
    every = {key for keys in quoted.values() for key in keys}
    rows = conversation.opinions.filter(pk__in=every).values_list("pk", "text", "language")
    words = {pk: (first_words(text), lang_of(language)) for pk, text, language in rows}
    return [
        ShownAnswer(
            each,
            tuple(theme.name for theme in each.themes.all()),
            len(of_each.get(each.pk, ())),
            tuple(words[key] for key in quoted[each.pk]),
        )
        for each in answers
    ]


def write_page(conversation: Conversation) -> dict[str, Any]:
    """What those who answer still have to do, the next step first."""
    closing = closing_of(conversation)
    waiting = unanswered_views(conversation, closing)
    themes = themes_of(conversation)
    steps = {step.end: step.name for step in CONVERSATION_CYCLE.steps_from(conversation.state)}
    return {
        "conversation": conversation,
        "state": CONVERSATION_CYCLE.state(conversation.state),
        "takes": conversation.state in TAKES_ANSWERS,
        "closing": closing,
        "waiting": [_waits(each, conversation) for each in waiting[:_MOST_LISTED]],
        "waiting_more": len(waiting[_MOST_LISTED:]),
        "themes": [
            (each, address_of(conversation, "answer_theme", each.theme.pk))
            for each in themes
            if each.views or each.theme.answer_id
        ],
        "untold": waiting_to_be_told(conversation),
        "may_begin": "being_answered" in steps and conversation.state == "closed_to_views",
        "may_close": "answered" in steps,
        "may_take_up": conversation.state == "answered",
        "public_address": address_of(conversation, "answers"),
        "begin_address": address_of(conversation, "begin_answers"),
        "close_address": address_of(conversation, "close_answers"),
        "take_up_address": address_of(conversation, "take_up_answers"),
    }


def _waits(opinion: Opinion, conversation: Conversation) -> tuple[Opinion, str, str]:
    return opinion, first_words(opinion.text), address_of(conversation, "answer_view", opinion.pk)
