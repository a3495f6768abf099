"""What this room does in the background: it hands notices over, and reminds of meetings."""

from __future__ import annotations

from locality_web.core.jobs import job
from locality_web.core.models import Job
from locality_web.core.words import count_of
from locality_web.members.meeting_telling import REMIND, remind
from locality_web.members.notice_changes import hand_over_mail
from locality_web.members.notice_plan import HAND_OVER


@job(HAND_OVER)
def hand_over(job: Job) -> str:
    """Put the notices that are due into mails, each once."""
    assert job.partnership is not None
    return f"Wrote {count_of(hand_over_mail(job.partnership), 'mail', 'mails')}."


job(REMIND)(remind)
