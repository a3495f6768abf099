"""What of conversations needs somebody today: views that wait to be read, appeals, and last days that have passed."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from locality_web.core.hooks import Due
from locality_web.core.models import Person, RoleHeld
from locality_web.core.permissions import may
from locality_web.core.words import count_of
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of, place_of
from locality_web.voice.conversations.said import Opinion

_LIVING = ("open", "closed_to_views", "being_answered")


def due_for(person: Person | AnonymousUser, roles: Iterable[RoleHeld]) -> list[Due]:
    """Give what waits for those who look at views, and for those who hold a conversation."""
    partnerships = {held.partnership_id for held in roles}
    if not partnerships:
        return []
    waiting = Q(state__in=("held", "appealed")) | Q(state__in=PUBLIC_VIEW, flags__settled_at=None, flags__id__gt=0)
    views = Opinion.objects.filter(waiting, conversation=OuterRef("pk")).order_by().values("conversation")
    counted = Subquery(views.annotate(all=Count("pk", distinct=True)).values("all"))
    those = Conversation.objects.filter(partnership__in=partnerships, state__in=_LIVING)
    found = those.annotate(waiting=Coalesce(counted, 0)).select_related("partnership", "held_by")
    return [due for each in found for due in _due(person, each)]


def _due(person: Person | AnonymousUser, conversation: Conversation) -> list[Due]:
    found, place = [], place_of(conversation)
    waiting = int(conversation.waiting)  # type: ignore[attr-defined]  # counted by the query above
    if waiting and may(person, "voice.moderate", place):
        title = f"Read {count_of(waiting, 'view')}: {conversation.title}"
        found.append(Due(title, "Nobody else sees what is held until you have.", address_of(conversation, "moderate")))
    over = conversation.state == "open" and conversation.closes_on < timezone.localdate()
    if over and may(person, "voice.hold", place):
        title, why = f"Close {conversation.title}", "Its last day has passed."
        found.append(Due(title, why, address_of(conversation, "conversation_state"), by=conversation.closes_on))
    return found
