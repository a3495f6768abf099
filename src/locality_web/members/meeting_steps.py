"""The life of a meeting: which step may be taken now, refused in words where it may not."""

from __future__ import annotations

from collections.abc import Collection

from locality.foundations import ResultRefused, load_life_cycle, refuse_move
from locality_web.members.meeting_models import Meeting

CYCLE = load_life_cycle("locality.members", "meeting")


def take_step(meeting: Meeting, end: str, *, unmet: Collection[str] = ()) -> None:
    """Put a meeting into another state; the caller saves it.

    Raises:
        ResultRefused: There is no such step from its state, or a condition does not hold.
    """
    refused = refuse_move(CYCLE, meeting.state, end, unmet=unmet)
    if refused:
        raise ResultRefused(refused)
    meeting.state = end
