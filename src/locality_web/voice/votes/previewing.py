"""A quick preview while a vote is open, where that was chosen before it opened: which projects are ahead, once a day.

It is worked out anew only when many more ballots are there, so that what changed between two previews is of many
people together. Nothing is kept but the set, the day, and a number of ballots in whole steps; no event is written.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from locality.voice import choice as library
from locality_web.core.jobs import finishing, job, start
from locality_web.core.models import Job
from locality_web.voice.votes.counting import ballots_of
from locality_web.voice.votes.frozen import election_of, refuse_if_changed
from locality_web.voice.votes.models import Project, Vote
from locality_web.voice.votes.places import place_of
from locality_web.voice.votes.preview_models import VotePreview
from locality_web.voice.votes.rules_kept import preview_least, rules_of

PREVIEW = "voice.preview_vote"
_HOUR = 3
"""At night, at the same hour each day: when it is worked out says nothing of when anybody voted."""


def plan_preview(vote: Vote) -> None:
    """Plan the next look at an open vote, if its rules have previews; inside the transaction of its cause."""
    if preview_least(vote):
        night = timezone.localtime().replace(hour=_HOUR, minute=0, second=0, microsecond=0)
        start(PREVIEW, {"vote": vote.pk}, place=place_of(vote), run_after=night + dt.timedelta(days=1))


@job(PREVIEW, whole=False)
def preview_vote(job: Job) -> None:
    """Work out which projects of an open vote are ahead, if enough ballots came since the last time."""
    vote = Vote.objects.select_related("conversation__partnership", "conversation__held_by").get(
        pk=job.arguments["vote"]
    )
    found = _worked_out(vote) if _goes_on(vote) else None
    with finishing(job):
        kept = Vote.objects.select_for_update().get(pk=vote.pk)
        kept.conversation = vote.conversation
        if _goes_on(kept):
            if found is not None:
                VotePreview.objects.update_or_create(vote=kept, defaults=found)
            plan_preview(kept)
        # The same words each day: whether it was due is not said here.
        job.says = "Looked whether enough ballots came."
        job.save(update_fields=["says"])


def _goes_on(vote: Vote) -> bool:
    return vote.state == Vote.State.OPEN and timezone.localdate() <= vote.closes_on


def _worked_out(vote: Vote) -> dict[str, Any] | None:
    """Give what is kept of a preview, or None where too few ballots came."""
    least, ballots = preview_least(vote), ballots_of(vote)
    came = Counter(each.group for each in ballots)
    groups = [group for group, _ in vote.rules["group_sums"]] or [""]
    last = VotePreview.objects.filter(vote=vote).first()
    needed = last.again_from if last else {}
    if least is None or any(came[group] < needed.get(group, least) for group in groups):
        return None
    refuse_if_changed(vote)
    ahead = library.preview(election_of(vote, ballots), rules_of(vote)).winners
    # Rounded, so that it is at least one whole step more than there are, and tells how many there are to a step only.
    again = {group: (came[group] // least + 2) * least for group in groups}
    return {"ahead": sorted(ahead), "on": timezone.localdate(), "again_from": again}


def preview_shown(vote: Vote, projects: Sequence[Project]) -> dict[str, Any] | None:
    """Give what everybody sees of a vote that takes ballots: the day, and the titles of the projects that are ahead."""
    found = VotePreview.objects.filter(vote=vote).first() if preview_least(vote) else None
    if found is None:
        return None
    return {"day": found.on, "projects": [each.title for each in projects if each.code in found.ahead]}
