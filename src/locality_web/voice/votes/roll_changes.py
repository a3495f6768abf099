"""What people may do with the roll of a vote: take it in from a file, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from locality.foundations import ResultRefused
from locality_web.core.models import Person
from locality_web.core.words import count_of
from locality_web.voice.votes.models import RollEntry, Vote
from locality_web.voice.votes.roll_file import RollRow
from locality_web.voice.votes.vote_changes import lock_draft, record


@transaction.atomic
def take_in_roll(by: Person, vote: Vote, rows: Sequence[RollRow]) -> int:
    """Take in a roll in place of the one before; give how many have a vote.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The vote has opened, or codes went to somebody of the roll already.
    """
    kept = lock_draft(by, vote)
    if kept.roll.filter(batch__isnull=False).exists():
        raise ResultRefused(
            "Codes were made for this roll already, so it stays.",
            "Declare those batches void first, if the roll is wrong.",
        )
    kept.roll.all().delete()
    entries = [RollEntry(vote=kept, **vars(row)) for row in rows]
    RollEntry.objects.bulk_create(entries, batch_size=1000)
    says = f"Took in the roll of the vote “{kept.title}”: {count_of(len(entries), 'person', 'people')}"
    record(by, kept, "voice.roll_taken_in", says, {"entries": len(entries)})
    return len(entries)
