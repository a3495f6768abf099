"""Ballots lie in the database as if all of them had come at one moment."""

from __future__ import annotations

from locality_web.voice.votes.models import Ballot, Vote


def lay_down_anew(vote: Vote) -> None:
    """Write all ballots of a vote again in one transaction and in the order of their keys.

    A database may keep for each row in which transaction it was written; after this, all ballots came in the same one.
    """
    ballots = list(Ballot.objects.filter(vote=vote).order_by("pk"))
    Ballot.objects.filter(vote=vote).delete()
    Ballot.objects.bulk_create(ballots)
