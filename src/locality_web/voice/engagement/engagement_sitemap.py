"""The public addresses of engagement: the level of each conversation that closed."""

from __future__ import annotations

import datetime as dt

from locality_web.voice.conversations.kinds import CLOSED
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of


def addresses() -> list[tuple[str, dt.date | None]]:
    """Give the pages of the levels that conversations reached."""
    closed = Conversation.objects.filter(state__in=CLOSED).select_related("partnership")
    return [(address_of(each, "engagement"), None) for each in closed]
