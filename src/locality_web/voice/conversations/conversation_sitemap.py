"""The public addresses of conversations."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from locality_web.core.models import Partnership
from locality_web.voice.conversations.kinds import SEEN
from locality_web.voice.conversations.models import Conversation


def addresses() -> list[tuple[str, dt.date | None]]:
    """Give the list of each partnership, and every conversation that everybody can see."""
    lists = Partnership.objects.values_list("slug", flat=True)
    seen = Conversation.objects.filter(state__in=SEEN).values_list("partnership__slug", "slug").order_by("pk")
    found: list[tuple[str, dt.date | None]] = [(reverse("voice:conversations", args=[each]), None) for each in lists]
    asking = seen.filter(boundaries_asked__isnull=False).distinct()
    found += [(reverse("voice:conversation", args=list(each)), None) for each in seen]
    return found + [(reverse("voice:boundaries", args=list(each)), None) for each in asking]
