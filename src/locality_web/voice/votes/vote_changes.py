"""What people may do with a vote before it opens: begin it, write it, choose its rules, call it off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from locality.foundations import Fault, InputRefused, ResultRefused, say_pounds
from locality.voice.choice import load_choice_rules
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.members.pages import say_day
from locality_web.voice.models import Conversation
from locality_web.voice.votes.laid_down import lay_down_anew
from locality_web.voice.votes.models import Vote
from locality_web.voice.votes.places import RUNS, place_of
from locality_web.voice.votes.preview_models import VotePreview
from locality_web.voice.votes.rules_kept import EQUAL, keep_rules, least_on

OPENED = "voice.vote_opened"
"""The event that holds the hash of all that stands still."""


@dataclass(frozen=True)
class VoteSaid:
    """What a vote is about.

    Args:
        title: What it is called.
        says: What it is about, in plain words.
        sum_pence: The sum on which people decide.
        source: Code of the funding source; empty: not said.
        who_may: Who has a vote, in plain words.
        opens_on: The first day.
        closes_on: The last day.
    """

    title: str
    sum_pence: int
    who_may: str
    opens_on: dt.date
    closes_on: dt.date
    says: str = ""
    source: str = ""


@transaction.atomic
def make_vote(by: Person, conversation: Conversation, said: VoteSaid) -> Vote:
    """Begin a vote of a conversation; nobody else sees it until it opens.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The days cannot be.
    """
    require(by, RUNS, Place(conversation.partnership, conversation.held_by))
    refuse_days(said)
    rules = keep_rules(load_choice_rules(said.opens_on), shares=EQUAL, most_choices=None)
    made = Vote.objects.create(conversation=conversation, rules=rules, **vars(said))
    record(by, made, "voice.vote_made", f"Began the vote “{made.title}” on {say_pounds(made.sum_pence)}")
    return made


@transaction.atomic
def change_vote(by: Person, vote: Vote, said: VoteSaid) -> Vote:
    """Write anew what a vote is about.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The days cannot be.
        ResultRefused: It has opened.
    """
    kept = lock_draft(by, vote)
    refuse_days(said)
    for name, value in vars(said).items():
        setattr(kept, name, value)
    kept.save()
    record(by, kept, "voice.vote_changed", f"Changed the vote “{kept.title}”", {"sum_pence": kept.sum_pence})
    return kept


@transaction.atomic
def choose_rules(
    by: Person,
    vote: Vote,
    chosen: Mapping[str, Any],
    *,
    shares: str,
    most_choices: int | None = None,
    preview: bool = False,
) -> Vote:
    """Choose how the vote is decided.

    Args:
        by: Who chooses.
        vote: The vote.
        chosen: Fields of the library's `ChoiceRules`; what is left out is as the rule `fair_choice` says.
        shares: Whether each voter's share is equal, or their locality's fair share parted among its voters.
        most_choices: How many projects a ballot may name; None: as many as one likes.
        preview: Whether the open vote shows once a day which projects are ahead.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Something that was chosen is not known.
        ResultRefused: It has opened.
    """
    kept = lock_draft(by, vote)
    drawn = tuple(kept.rules.get("lot", ()))
    rules = load_choice_rules(kept.opens_on, **{**chosen, "lot": drawn})
    least = least_on(kept.opens_on) if preview else None
    kept.rules = keep_rules(rules, shares=shares, most_choices=most_choices, preview_least=least)
    kept.save(update_fields=["rules"])
    record(by, kept, "voice.vote_rules_chosen", f"Chose how the vote “{kept.title}” is decided", dict(kept.rules))
    return kept


@transaction.atomic
def call_off(by: Person, vote: Vote, why: str) -> Vote:
    """Call a vote off before it closes; its ballots are never counted.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It has closed, was called off already, or no reason is given.
    """
    kept = lock(by, vote)
    if kept.state not in (Vote.State.DRAFT, Vote.State.OPEN):
        raise ResultRefused(
            f"This vote cannot be called off: it is {kept.get_state_display().lower()}.",
            "From its closing on, a vote is counted and published whatever it says.",
        )
    if not why.strip():
        raise ResultRefused("It is not said why the vote is called off.", "Write why; everybody reads it.")
    # They are not counted, and stay secret all the same.
    lay_down_anew(kept)
    VotePreview.objects.filter(vote=kept).delete()
    kept.state, kept.called_off_why = Vote.State.CALLED_OFF, why.strip()
    kept.save(update_fields=["state", "called_off_why"])
    record(by, kept, "voice.vote_called_off", f"Called off the vote “{kept.title}”: {kept.called_off_why}")
    return kept


def lock(by: Person, vote: Vote) -> Vote:
    """Give a vote that nobody else changes until this is done.

    Raises:
        NotAllowed: The person may not run votes where it is held.
    """
    require(by, RUNS, place_of(vote))
    kept = Vote.objects.select_for_update().get(pk=vote.pk)
    kept.conversation = vote.conversation
    return kept


def lock_draft(by: Person, vote: Vote) -> Vote:
    """Give a vote that is still being prepared.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It has opened: nothing of it changes any more.
    """
    kept = lock(by, vote)
    if kept.state != Vote.State.DRAFT:
        raise ResultRefused(
            "This vote has opened. Its rules, projects, costs and days stand still, so that nobody can bend them "
            "towards a result.",
            "If something is wrong, call the vote off with the reason, and begin a new one.",
        )
    return kept


def refuse_days(said: VoteSaid) -> None:
    """Refuse a vote that closes before it opens.

    Raises:
        InputRefused: With the day beside its field.
    """
    if said.closes_on < said.opens_on:
        what = f"The vote would close before it opens on {say_day(said.opens_on)}"
        raise InputRefused([Fault("vote", what, "Write a later last day.", "vote-days", column="closes_on")])


def record(by: Person | None, vote: Vote, kind: str, says: str, detail: dict[str, Any] | None = None) -> None:
    """Record what was done with a vote; never with anything of a voter, a code or a ballot."""
    record_event(by, kind, says, place=place_of(vote), subject=f"vote:{vote.pk}", detail=detail)
