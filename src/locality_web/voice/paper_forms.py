"""What of this room can be said on paper."""

from __future__ import annotations

from locality_web.core.hooks import PaperKind
from locality_web.voice.channels.paper import conversation_kind


def takes() -> list[PaperKind]:
    """Give the forms of this room."""
    return [conversation_kind()]
