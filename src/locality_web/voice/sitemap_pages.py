"""The public addresses of this room: each part says its own."""

from __future__ import annotations

import datetime as dt

from locality_web.voice.conversations import conversation_sitemap
from locality_web.voice.engagement import engagement_sitemap
from locality_web.voice.sense import sense_sitemap
from locality_web.voice.votes import vote_sitemap


def addresses() -> list[tuple[str, dt.date | None]]:
    """Give the public addresses of the room with the day of their last change, where that is known."""
    parts = (conversation_sitemap, vote_sitemap, sense_sitemap, engagement_sitemap)
    return [address for part in parts for address in part.addresses()]
