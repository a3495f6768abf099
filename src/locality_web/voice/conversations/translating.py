"""Translations that a person enters: of what is asked, of views and of answers; each says who made it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality.foundations.rules import load_rule
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import require
from locality_web.voice.conversations.models import Conversation, Translation
from locality_web.voice.conversations.places import place_of
from locality_web.voice.conversations.typed_numbers import read_number

PARTS = {
    "conversation.title": "Title",
    "conversation.question": "Question",
    "conversation.background": "Background",
    "conversation.open_to_change": "What is open to change",
    "conversation.not_open": "What is not open to change",
    "conversation.other_ways": "Other ways to take part",
    "conversation.asks_why": "Why people are asked about themselves",
}
"""Stable names of the texts of a conversation, with what they are; views are "opinion:12", statements "statement:3"."""


@cache
def languages() -> dict[str, str]:
    """Give the languages in which people write here: their own names by tag."""
    value: dict[str, str] = load_rule("locality_web.voice", "languages").at(timezone.localdate()).value
    return value


def text_of(conversation: Conversation, of: str) -> str:
    """Give the text of a stable name as it was written; empty: there is none."""
    kind, _, key = of.partition(":")
    if of in PARTS:
        return str(getattr(conversation, of.partition(".")[2]))
    there: dict[str, Any] = {
        "opinion": conversation.opinions,
        "statement": conversation.statements,
        "option": conversation.options,
        "question": conversation.questions,
    }
    if kind not in there:
        return ""
    found = there[kind].filter(pk=read_number(key)).first()
    return str(getattr(found, "title" if kind == "option" else "text", "")) if found else ""


@transaction.atomic
def translate(by: Person, conversation: Conversation, *, of: str, language: str, text: str) -> Translation:
    """Enter a translation, or put it in place of the one before.

    Args:
        by: Who translated it; their name is shown with it.
        conversation: Whose text it is.
        of: Stable name of the text.
        language: Tag of the language.
        text: The translation.

    Raises:
        NotAllowed: The person may not.
        InputRefused: There is no such text, the language is not known, or nothing is written.
    """
    require(by, "voice.hold", place_of(conversation))
    faults = []
    if not text_of(conversation, of):
        faults.append(Fault("of", "There is no such text", "Choose one of the list.", "translation", column="of"))
    if language not in languages():
        do = "Choose one of the list."
        faults.append(Fault("language", "This language is not in the list", do, "translation", column="language"))
    if not text.strip():
        do = "Write the translation."
        faults.append(Fault("text", "There is nothing written yet", do, "translation", column="text"))
    if faults:
        raise InputRefused(faults)
    made, _ = Translation.objects.update_or_create(
        conversation=conversation,
        of=of,
        language=language,
        defaults={"text": text.strip(), "by": by, "by_name": str(by), "at": timezone.now()},
    )
    place, subject = place_of(conversation), f"conversation:{conversation.pk}"
    says = f"Translated a text of a conversation ({language}): {conversation.title}"
    record_event(by, "voice.translated", says, place=place, subject=subject, detail={"of": of, "language": language})
    return made
