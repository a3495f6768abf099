"""What of answers waits for somebody today: conversations that are closed to views and not answered yet."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

from locality_web.core.hooks import Due
from locality_web.core.models import Person, RoleHeld
from locality_web.core.permissions import may
from locality_web.core.words import count_of
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of, place_of
from locality_web.voice.sense.answer_changes import PERMISSION
from locality_web.voice.sense.answer_queries import views_without_answer, waiting_to_be_told


def due_for(person: Person | AnonymousUser, roles: Iterable[RoleHeld]) -> list[Due]:
    """Give the conversations that wait for answers of whoever may give them."""
    partnerships = {held.partnership_id for held in roles}
    waiting = Conversation.objects.filter(
        partnership__in=partnerships, state__in=("closed_to_views", "being_answered")
    ).select_related("partnership", "held_by")
    return [_due(each) for each in waiting if may(person, PERMISSION, place_of(each))]


def _due(conversation: Conversation) -> Due:
    address = address_of(conversation, "write_answers")
    title = f"Answer what was said: {conversation.title}"
    if conversation.state == "closed_to_views":
        return Due(title, "It is closed to views. Read them, then begin to answer.", address)
    if unanswered := views_without_answer(conversation).count():
        return Due(title, f"{count_of(unanswered, 'view waits', 'views wait')} for an answer.", address)
    if waiting := waiting_to_be_told(conversation):
        who = count_of(waiting, "person waits", "people wait")
        return Due(title, f"Every view has its answer; {who} to be told of it.", address)
    return Due(title, "Every view has its answer. Close it, so that everybody sees what came of it.", address)
