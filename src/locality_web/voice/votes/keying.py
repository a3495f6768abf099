"""How paper ballots are keyed in: by one person, and again by another; only when both read the same does it count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import ResultRefused
from locality.voice.voting_code import read_voting_code
from locality_web.core.models import Person
from locality_web.core.permissions import may, require
from locality_web.members.pages import say_day
from locality_web.voice.votes.casting import (
    BallotRefused,
    Refusal,
    check_choices,
    find_code,
    note_refusal,
    open_for_ballots,
    usable,
    write_ballot,
)
from locality_web.voice.votes.models import Ballot, KeyedBallot, Vote
from locality_web.voice.votes.places import KEYS, RUNS, place_of
from locality_web.voice.votes.vote_changes import record


@dataclass(frozen=True)
class Reading:
    """What came of keying in a ballot.

    Args:
        counts: Whether two people have read the same, and the ballot counts.
        other: What somebody else read, where it differs; empty otherwise.
        mine: What was keyed in now.
    """

    counts: bool
    other: tuple[str, ...] = ()
    mine: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the two readings differ."""
        return bool(self.other)


def key_in(by: Person, vote: Vote, typed: str, choices: Iterable[str], *, received_on: dt.date) -> Reading:
    """Key in a paper ballot, as its first or as its second reader.

    Args:
        by: Who keys it in.
        vote: The vote.
        typed: The code on the ballot.
        choices: The projects that are ticked on it.
        received_on: The day on which the paper came; only looked at, never kept.

    Returns:
        Whether it counts now, waits for somebody else, or was read differently before.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It is no code, the choices or the day cannot be, or the same person read it before.
        BallotRefused: The code gives no ballot, or the paper came late; counted by reason.
    """
    require(by, KEYS, place_of(vote))
    code = read_voting_code(typed)
    named = check_choices(vote, choices)
    if received_on > timezone.localdate():
        raise ResultRefused(f"{say_day(received_on)} is still to come.", "Write the day on which the paper came.")
    try:
        with transaction.atomic():
            open_for_ballots(vote, late=True)
            if received_on > vote.closes_on:
                raise BallotRefused(
                    Refusal.LATE,
                    f"The last day was {say_day(vote.closes_on)}, and this paper came on {say_day(received_on)}.",
                    "Put it with those that came late; it does not count.",
                )
            return _read(by, vote, code, named)
    except BallotRefused as refused:
        note_refusal(vote, refused.why)
        raise


def _read(by: Person, vote: Vote, code: str, named: list[str]) -> Reading:
    found = find_code(vote, code)
    first = KeyedBallot.objects.select_for_update().filter(code=found).first() if found is not None else None
    if first is None or found is None:
        KeyedBallot.objects.create(vote=vote, code=usable(vote, code), choices=named, keyed_by=by)
        record(
            by, vote, "voice.ballot_keyed", f"Keyed in a paper ballot of “{vote.title}”; it waits for a second reading"
        )
        return Reading(counts=False, mine=tuple(named))
    if first.keyed_by_id == by.pk:
        return _read_again(by, vote, first, named)
    if first.choices != named:
        first.disputed = True
        first.save(update_fields=["disputed"])
        record(by, vote, "voice.ballot_read_differently", f"Read a paper ballot of “{vote.title}” differently")
        return Reading(counts=False, other=tuple(first.choices), mine=tuple(named))
    first.delete()
    write_ballot(vote, found, named, Ballot.Channel.PAPER)
    record(by, vote, "voice.ballot_confirmed", f"Confirmed a paper ballot of “{vote.title}” by a second reading")
    return Reading(counts=True, mine=tuple(named))


def _read_again(by: Person, vote: Vote, first: KeyedBallot, named: list[str]) -> Reading:
    """Let the first reader correct a reading that somebody else did not share; it still takes the other's to count."""
    if not first.disputed:
        raise ResultRefused(
            "You keyed in this ballot yourself.",
            "Somebody else must key it in again, from the paper, before it counts.",
        )
    first.choices, first.disputed = named, False
    first.save(update_fields=["choices", "disputed"])
    record(by, vote, "voice.ballot_read_again", f"Read a paper ballot of “{vote.title}” again; it waits for the other")
    return Reading(counts=False, mine=tuple(named))


@transaction.atomic
def take_back(by: Person, waiting: KeyedBallot, why: str) -> None:
    """Take a reading back that waits: the paper is no ballot, or cannot be settled. Its code can be used again.

    Raises:
        NotAllowed: The person neither keyed it in nor runs the vote.
        ResultRefused: No reason is given.
    """
    vote = waiting.vote
    require(by, KEYS, place_of(vote))
    if waiting.keyed_by_id != by.pk and not may(by, RUNS, place_of(vote)):
        raise ResultRefused(
            "Somebody else keyed this ballot in.", "Ask them, or whoever runs the vote, to take it back."
        )
    if not why.strip():
        raise ResultRefused("It is not said why the reading is taken back.", "Write why.")
    Vote.objects.select_for_update().get(pk=vote.pk)  # its second reading may be going on at this moment
    if not KeyedBallot.objects.filter(pk=waiting.pk).delete()[0]:
        raise ResultRefused("This reading waits no more.", "Look at what waits now.")
    says = f"Took back the reading of a paper ballot of “{vote.title}”: {why.strip()}"
    record(by, vote, "voice.ballot_taken_back", says)


def waiting_of(vote: Vote) -> list[KeyedBallot]:
    """Give the readings that wait for a second one."""
    return list(KeyedBallot.objects.filter(vote=vote).select_related("keyed_by").order_by("pk"))
