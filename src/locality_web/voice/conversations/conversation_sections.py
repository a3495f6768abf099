"""What is asked at a place now, as a section of its page."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from locality_web.core.hooks import Section
from locality_web.core.permissions import Place
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.pages import when_of
from locality_web.voice.conversations.places import address_of

MOST = 3


def section(place: Place) -> Section:
    """Give the conversations that are open at a place, those that close first before the others; one query."""
    today = timezone.localdate()
    found = Conversation.objects.filter(
        partnership=place.partnership, state="open", opens_on__lte=today, closes_on__gte=today
    )
    if place.locality is not None:
        here = found.filter(Q(localities=place.locality) | Q(localities__isnull=True)).values("pk")
        found = Conversation.objects.filter(pk__in=here)
    those = list(found.order_by("closes_on", "pk")[: MOST + 1])
    for each in those:
        each.partnership = place.partnership
    listed = [{"title": each.title, "address": address_of(each), "when": when_of(each)} for each in those[:MOST]]
    everything = reverse("voice:conversations", args=[place.partnership.slug])
    context = {"talks": listed, "more": len(those) > MOST, "everything": everything}
    return Section("voice/conversation_section.html", context, order=18)
