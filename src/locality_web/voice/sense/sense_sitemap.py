"""The public addresses of what is made of views."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from locality_web.core.models import Locality, Partnership
from locality_web.voice.conversations.kinds import BOUNDARIES
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of
from locality_web.voice.sense.findings import AFTER


def addresses() -> list[tuple[str, dt.date | None]]:
    """Give answers and who was heard of conversations that are closed, influence, and priorities of localities."""
    closed = Conversation.objects.filter(state__in=AFTER).select_related("partnership")
    found = [address_of(each, name) for each in closed for name in ("answers", "heard", "groups")]
    found += [address_of(each, "boundary_answers") for each in closed if BOUNDARIES in each.kinds]
    slugs = Partnership.objects.values_list("slug", flat=True)
    found += [reverse("voice:influence", args=[slug]) for slug in slugs]
    for locality in Locality.objects.filter(ended_on__isnull=True).select_related("partnership"):
        found.append(reverse("voice:priorities", args=[locality.partnership.slug, locality.slug]))
    return [(address, None) for address in found]
