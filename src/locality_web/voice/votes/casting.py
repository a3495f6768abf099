"""How a ballot is cast: by a code, once, on the site or from paper. Nothing is written of who, when or from where."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from django.db import IntegrityError, transaction
from django.utils import timezone

from locality.foundations import ResultRefused
from locality.voice.voting_code import read_voting_code
from locality_web.core.words import count_of
from locality_web.members.pages import say_day
from locality_web.voice.votes.code_changes import digest_of
from locality_web.voice.votes.models import Ballot, CodeBatch, KeyedBallot, Vote, VotingCode
from locality_web.voice.votes.rules_kept import most_choices


class Refusal(Enum):
    """Why a ballot is not taken."""

    NOT_OPEN = "not_open"
    LATE = "late"
    UNKNOWN = "unknown"
    NOT_OUT = "not_out"
    VOID = "void"
    USED = "used"
    PAPER_WAITS = "paper_waits"


SAID = {
    Refusal.NOT_OPEN: "Attempts while it was not open",
    Refusal.LATE: "Attempts after the last day",
    Refusal.UNKNOWN: "Codes that this vote does not know",
    Refusal.NOT_OUT: "Codes of a batch that was not out",
    Refusal.VOID: "Codes of a batch that is void",
    Refusal.USED: "Codes that were used already",
    Refusal.PAPER_WAITS: "Codes whose paper ballot had come",
}
_WORDS = {
    Refusal.NOT_OPEN: ("This vote takes no ballots now.", "Look at its page for its days."),
    Refusal.UNKNOWN: (
        "This is not a code of this vote.",
        "Compare each sign with the letter, and the vote's title too.",
    ),
    Refusal.NOT_OUT: (
        "This code does not count yet: its letters are still on their way to everybody.",
        "Try again tomorrow. If it does not work then, ask the partnership.",
    ),
    Refusal.VOID: (
        "This code does not count: its letters were lost or spoilt, and new ones were sent.",
        "Use the code of the newer letter.",
    ),
    Refusal.USED: (
        "A ballot was cast with this code already. The first one counts, and nothing was changed.",
        "You can look at it under “Look at my ballot”.",
    ),
    Refusal.PAPER_WAITS: (
        "A paper ballot with this code has come, and is being keyed in. Nothing was changed.",
        "Look in some days under “Look at my ballot”.",
    ),
}


class BallotRefused(ResultRefused):
    """A ballot that is not taken, with the reason by which attempts are counted."""

    def __init__(self, why: Refusal, reason: str, do: str = "") -> None:
        self.why = why
        super().__init__(reason, do)


def refuse(why: Refusal, vote: Vote) -> BallotRefused:
    """Give the refusal in words."""
    if why is Refusal.LATE:
        return BallotRefused(why, f"The last day of this vote was {say_day(vote.closes_on)}. Nothing was counted.")
    return BallotRefused(why, *_WORDS[why])


def cast(vote: Vote, typed: str, choices: Iterable[str]) -> Ballot:
    """Cast a ballot on the site.

    Args:
        vote: The vote.
        typed: The code as somebody typed it.
        choices: Codes of the projects that they choose.

    Returns:
        The ballot. Of two with one code at the same moment exactly one is kept.

    Raises:
        ResultRefused: It is no code, or the choices cannot be; nothing is counted as an attempt.
        BallotRefused: The code gives no ballot; counted by reason.
    """
    code = read_voting_code(typed)
    named = check_choices(vote, choices)
    try:
        with transaction.atomic():
            open_for_ballots(vote)
            return write_ballot(vote, usable(vote, code), named, Ballot.Channel.WEB)
    except BallotRefused as refused:
        note_refusal(vote, refused.why)
        raise


def try_code(vote: Vote, typed: str, choices: Iterable[str]) -> None:
    """Refuse what `cast` would refuse, before somebody checks their choice for the last time.

    Raises:
        ResultRefused: As `cast`.
        BallotRefused: As `cast`; counted by reason.
    """
    code = read_voting_code(typed)
    check_choices(vote, choices)
    try:
        with transaction.atomic():
            open_for_ballots(vote)
            usable(vote, code)
    except BallotRefused as refused:
        note_refusal(vote, refused.why)
        raise


def check_choices(vote: Vote, choices: Iterable[str]) -> list[str]:
    """Give the choices in order of their codes.

    Raises:
        ResultRefused: There are none, too many, or one that is no project.
    """
    named = sorted(set(choices))
    known = set(vote.projects.values_list("code", flat=True))
    most = most_choices(vote)
    if not named:
        raise ResultRefused("No project is chosen.", "Choose at least one.")
    if not set(named) <= known:
        raise ResultRefused("One of these is no project of this vote.", "Choose among those of the list.")
    if most is not None and len(named) > most:
        raise ResultRefused(f"{count_of(len(named), 'project')} are chosen.", f"Choose {most} at most.")
    return named


def open_for_ballots(vote: Vote, *, late: bool = False) -> None:
    """Refuse unless the vote takes ballots today; it cannot close until this transaction is over.

    Args:
        vote: The vote.
        late: Whether its last day may be over, as for paper that came in time.

    Raises:
        BallotRefused: It does not.
    """
    kept = Vote.objects.select_for_update().get(pk=vote.pk)
    if kept.state != Vote.State.OPEN:
        raise refuse(Refusal.NOT_OPEN, kept)
    if timezone.localdate() > kept.closes_on and not late:
        raise refuse(Refusal.LATE, kept)


def find_code(vote: Vote, code: str) -> VotingCode | None:
    """Give a code of a vote, whatever became of it."""
    return VotingCode.objects.select_related("batch").filter(vote=vote, digest=digest_of(vote, code)).first()


def usable(vote: Vote, code: str) -> VotingCode:
    """Give a code with which a ballot can be cast.

    Raises:
        BallotRefused: It is unknown, not out, void or used, or its paper ballot has come.
    """
    found = find_code(vote, code)
    if found is None:
        raise refuse(Refusal.UNKNOWN, vote)
    if found.batch.state != CodeBatch.State.OUT:
        raise refuse(Refusal.VOID if found.batch.state == CodeBatch.State.VOID else Refusal.NOT_OUT, vote)
    if Ballot.objects.filter(code=found).exists():
        raise refuse(Refusal.USED, vote)
    if KeyedBallot.objects.filter(code=found).exists():
        raise refuse(Refusal.PAPER_WAITS, vote)
    return found


def write_ballot(vote: Vote, code: VotingCode, choices: list[str], channel: str) -> Ballot:
    """Write a ballot down; the database itself keeps one for a code.

    Raises:
        BallotRefused: Somebody else cast one with the same code a moment ago.
    """
    try:
        with transaction.atomic():
            return Ballot.objects.create(vote=vote, code=code, channel=channel, choices=choices)
    except IntegrityError:
        raise refuse(Refusal.USED, vote) from None


def note_refusal(vote: Vote, why: Refusal) -> None:
    """Count an attempt that was refused, by its reason alone."""
    with transaction.atomic():
        kept = Vote.objects.select_for_update().get(pk=vote.pk)
        kept.refused = {**kept.refused, why.value: kept.refused.get(why.value, 0) + 1}
        kept.save(update_fields=["refused"])


def ballot_of(vote: Vote, typed: str) -> Ballot | None:
    """Give the ballot that was cast with a code; None: none was.

    Raises:
        ResultRefused: It is no code.
        BallotRefused: The vote does not know it; counted.
    """
    found = find_code(vote, read_voting_code(typed))
    if found is None:
        note_refusal(vote, Refusal.UNKNOWN)
        raise refuse(Refusal.UNKNOWN, vote)
    return Ballot.objects.filter(code=found).first()
