"""How a vote goes on: the lot is drawn, it opens and stands still, closes and is counted, and is published."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused, split_pence
from locality_web.areas.queries import localities
from locality_web.core import jobs
from locality_web.core.models import Locality, Person
from locality_web.core.words import count_of, join_words
from locality_web.members.pages import say_day
from locality_web.money.queries import shares_in_use
from locality_web.voice.votes.frozen import frozen_file
from locality_web.voice.votes.laid_down import lay_down_anew
from locality_web.voice.votes.models import Ballot, KeyedBallot, Vote, VotingCode
from locality_web.voice.votes.places import place_of
from locality_web.voice.votes.preview_models import VotePreview
from locality_web.voice.votes.previewing import plan_preview
from locality_web.voice.votes.rules_kept import is_by_locality, lot_is_drawn
from locality_web.voice.votes.vote_changes import OPENED, lock, lock_draft, record
from locality_web.voice.votes.voting_places import has_placeless

LEAST_PROJECTS = 2
COUNT = "voice.count_vote"


@transaction.atomic
def draw_lot(by: Person, vote: Vote) -> tuple[str, ...]:
    """Draw the order in which ties are settled at last, before anybody has voted; the audit record keeps every draw.

    Returns:
        The codes of all projects, the first to win a tie first.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It has opened, or has no projects.
    """
    kept = lock_draft(by, vote)
    codes = list(kept.projects.values_list("code", flat=True))
    if len(codes) < LEAST_PROJECTS:
        raise ResultRefused("There are not two projects to draw among yet.", "Add the projects first.")
    secrets.SystemRandom().shuffle(codes)
    kept.rules["lot"] = codes
    kept.save(update_fields=["rules"])
    says = f"Drew the lot for ties of “{kept.title}”: {join_words(codes)}"
    record(by, kept, "voice.vote_lot_drawn", says, {"lot": codes})
    return tuple(codes)


@transaction.atomic
def open_vote(by: Person, vote: Vote) -> Vote:
    """Open a vote: rules, projects, costs, voters and days stand still, and their SHA-256 is published.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Everything that is missing.
        ResultRefused: It has opened already, or there are no fair shares to share the sum by.
    """
    kept = lock_draft(by, vote)
    faults = what_is_missing(kept)
    if faults:
        raise InputRefused(faults)
    kept.rules["group_sums"] = [list(each) for each in group_sums(kept)]
    kept.frozen = frozen_file(kept)
    kept.rules_sha256 = hashlib.sha256(kept.frozen).hexdigest()
    kept.state, kept.opened_at = Vote.State.OPEN, timezone.now()
    kept.save()
    says = f"Opened the vote “{kept.title}”; what stands still from now on has the SHA-256 {kept.rules_sha256}"
    voters = kept.roll.count()
    record(by, kept, OPENED, says, {"sha256": kept.rules_sha256, "on_roll": voters, "rules": dict(kept.rules)})
    plan_preview(kept)
    return kept


def what_is_missing(vote: Vote) -> list[Fault]:
    """Say everything that keeps a vote from opening today."""
    today = timezone.localdate()
    projects = vote.projects.count()
    drawn = lot_is_drawn(vote)
    missing = [
        (
            projects < LEAST_PROJECTS,
            "There are fewer than two projects",
            "Add what the sum could pay for.",
            "vote-projects",
        ),
        (
            projects >= LEAST_PROJECTS and not drawn,
            "The lot for ties is not drawn among these projects",
            "Draw it; it must be known before anybody votes.",
            "vote-lot",
        ),
        (
            today < vote.opens_on,
            f"The vote is to open on {say_day(vote.opens_on)}",
            "Open it on that day, or change the day.",
            "vote-too-early",
        ),
        (
            today > vote.closes_on,
            f"Its last day, {say_day(vote.closes_on)}, is over",
            "Write a later last day.",
            "vote-too-late",
        ),
        (
            not vote.roll.exists() and not vote.batches.exists(),
            "Nobody has a vote: there is no roll, and there are no codes",
            "Take in the roll, or make codes for envelopes.",
            "vote-nobody",
        ),
        (
            has_placeless(vote, places_of(vote)),
            "Each voter's share hangs on their locality, and some people or codes have none that votes",
            "Take in the roll again, and declare the batches of those codes void.",
            "vote-placeless",
        ),
    ]
    return [Fault("vote", what, do, code) for is_so, what, do, code in missing if is_so]


def places_of(vote: Vote) -> list[Locality]:
    """Give the localities whose people vote: those of the conversation, or all of the partnership."""
    asked = list(vote.conversation.localities.all())
    return asked or list(localities(vote.conversation.partnership))


def group_sums(vote: Vote) -> list[tuple[str, int]]:
    """Part the sum among localities by their fair shares; nothing where each voter has the same share.

    Raises:
        ResultRefused: There is no release with fair shares of all of them.
    """
    if not is_by_locality(vote):
        return []
    shares = shares_in_use(vote.conversation.partnership).by_locality
    codes = sorted(each.code for each in places_of(vote))
    fair = [sum(one.fair_pence for one in shares.get(code, {}).values()) for code in codes]
    if not all(fair):
        raise ResultRefused(
            "The sum is to be parted by the localities' fair shares, and not all of them are known.",
            "Load a release with fair shares first, or give each voter an equal share.",
        )
    return list(zip(codes, (int(each) for each in split_pence(vote.sum_pence, fair)), strict=True))


@transaction.atomic
def close_vote(by: Person, vote: Vote) -> Vote:
    """Close a vote after its last day; it is counted in the background at once.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It is not open, its last day is not over, ballots wait for a second reading, or nobody voted.
    """
    kept = lock(by, vote)
    if reason := why_not_closed(kept):
        raise ResultRefused(reason)
    lay_down_anew(kept)
    VotePreview.objects.filter(vote=kept).delete()
    kept.state, kept.closed_at = Vote.State.CLOSED, timezone.now()
    kept.save(update_fields=["state", "closed_at"])
    by_channel = {str(channel): kept.ballots.filter(channel=channel).count() for channel in Ballot.Channel.values}
    says = f"Closed the vote “{kept.title}” with {count_of(sum(by_channel.values()), 'ballot')}"
    record(by, kept, "voice.vote_closed", says, by_channel)
    jobs.start(COUNT, {"vote": kept.pk}, place=place_of(kept), person=by)
    return kept


def why_not_closed(vote: Vote) -> str:
    """Say why a vote cannot be closed, or nothing when it can."""
    if vote.state != Vote.State.OPEN:
        return f"This vote is not open: it is {vote.get_state_display().lower()}."
    if timezone.localdate() <= vote.closes_on:
        return f"Ballots are taken until the end of {say_day(vote.closes_on)}. Close it from the day after on."
    waiting = KeyedBallot.objects.filter(vote=vote).count()
    if waiting:
        return (
            f"{count_of(waiting, 'paper ballot waits', 'paper ballots wait')} for a second reading. Let somebody else "
            "key in what waits, or take the reading back with the reason."
        )
    if not vote.ballots.exists():
        return "Nobody has voted. Call the vote off, and say so."
    return ""


@transaction.atomic
def publish_vote(by: Person, vote: Vote) -> Vote:
    """Show the result to everybody.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It is not counted yet, or was published.
    """
    kept = lock(by, vote)
    if kept.state != Vote.State.COUNTED:
        raise ResultRefused(f"There is no result to publish: the vote is {kept.get_state_display().lower()}.")
    kept.state, kept.published_at = Vote.State.PUBLISHED, timezone.now()
    kept.save(update_fields=["state", "published_at"])
    says = f"Published the result of the vote “{kept.title}”"
    record(by, kept, "voice.vote_published", says, {"inputs_sha256": kept.result.inputs_sha256})
    return kept


@transaction.atomic
def erase_roll(by: Person, vote: Vote) -> int:
    """Erase all names and addresses of a vote that is over; give how many.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The vote is not over.
    """
    kept = lock(by, vote)
    if kept.state not in (Vote.State.PUBLISHED, Vote.State.CALLED_OFF):
        raise ResultRefused("The roll is needed until the vote is published or called off.")
    erased = kept.roll.count()
    kept.roll.all().delete()
    record(by, kept, "voice.roll_erased", f"Erased the roll of the vote “{kept.title}”", {"entries": erased})
    return erased


def codes_out(vote: Vote) -> int:
    """Give how many codes count: those of batches that are out."""
    return VotingCode.objects.filter(vote=vote, batch__state="out").count()
