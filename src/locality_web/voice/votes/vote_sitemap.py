"""The public addresses of votes."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from locality_web.core.models import Partnership
from locality_web.voice.votes.models import Vote


def addresses() -> list[tuple[str, dt.date | None]]:
    """Give the list of each partnership, every vote that has opened, and every result."""
    slugs = Partnership.objects.values_list("slug", flat=True)
    found: list[tuple[str, dt.date | None]] = [(reverse("voice:votes", args=[each]), None) for each in slugs]
    votes = Vote.objects.exclude(state=Vote.State.DRAFT).order_by("pk")
    for slug, number, state in votes.values_list("conversation__partnership__slug", "pk", "state"):
        found.append((reverse("voice:vote", args=[slug, number]), None))
        if state == Vote.State.PUBLISHED:
            found.append((reverse("voice:result", args=[slug, number]), None))
    return found
