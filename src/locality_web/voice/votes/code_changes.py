"""What people may do with voting codes on paper: make a batch, say that it is out, declare it void.

The codes themselves are given back once, to be printed, and are nowhere kept. Which of them goes to whom is drawn, and
is known to the printed letters alone.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.crypto import salted_hmac

from locality.foundations import ResultRefused
from locality.voice.voting_code import MOST_CODES, voting_code
from locality_web.core.models import Locality, Person
from locality_web.core.partnership_settings import read_setting
from locality_web.core.words import count_of
from locality_web.voice.votes.models import CodeBatch, RollEntry, Vote, VotingCode
from locality_web.voice.votes.opening import places_of
from locality_web.voice.votes.random_keys import random_key
from locality_web.voice.votes.rules_kept import is_by_locality
from locality_web.voice.votes.vote_changes import lock, record
from locality_web.voice.votes.voting_places import votes_in

LEAST = "voice.vote_least_batch"
MOST_AT_ONCE = 2_000
"""Letters of one batch: what a browser can print in one go. Own choice of the founders, 2026-11."""
_SALT = "locality.voice.voting-code"


@dataclass(frozen=True)
class Letter:
    """What is printed for one code; the name and the address are empty on what goes into an envelope to be drawn."""

    code: str
    name: str = ""
    address: tuple[str, ...] = ()


def digest_of(vote: Vote, code: str) -> str:
    """Give what is kept of a code: a hash with the site's own key."""
    return salted_hmac(_SALT, f"{vote.pk}:{code}", algorithm="sha256").hexdigest()


def least_batch(vote: Vote) -> int:
    """Give the fewest codes that a batch has in each locality."""
    return int(read_setting(vote.conversation.partnership, LEAST))


@transaction.atomic
def make_letters(by: Person, vote: Vote, locality: Locality | None = None) -> tuple[CodeBatch, list[Letter]]:
    """Make codes for everybody of the roll who has none, in one locality or in all.

    Returns:
        The batch, and the letters in the order of the roll; the codes can be read this once.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The vote is over, nobody waits for a letter, or a locality has too few to hide anybody.
    """
    kept = still_going(by, vote)
    waiting = kept.roll.filter(batch__isnull=True).select_related("locality").order_by("pk")
    if locality is not None:
        waiting = waiting.filter(locality=locality)
    entries = portion(list(waiting), least_batch(vote), MOST_AT_ONCE)
    if not entries:
        raise ResultRefused(
            "Everybody on the roll has a code already.", "Void a batch first, if its letters were lost."
        )
    refuse_placeless(kept, {each.locality for each in entries})
    refuse_small(vote, Counter(each.locality for each in entries))
    batch = new_batch(by, kept, CodeBatch.Means.LETTER, len(entries))
    codes = draw_codes(len(entries))
    keep_codes(kept, batch, zip(codes, (each.locality for each in entries), strict=True))
    RollEntry.objects.filter(pk__in=[each.pk for each in entries]).update(batch=batch)
    letters = [
        Letter(code, each.name, tuple(each.address.splitlines())) for code, each in zip(codes, entries, strict=True)
    ]
    return batch, letters


@transaction.atomic
def make_envelopes(
    by: Person, vote: Vote, number: int, locality: Locality | None = None
) -> tuple[CodeBatch, list[Letter]]:
    """Make codes for sealed envelopes, of which everybody who comes and may vote draws one.

    Returns:
        The batch, and the ballots to be printed; the codes can be read this once.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The vote is over, or these are too few or too many.
    """
    kept = still_going(by, vote)
    if number > MOST_AT_ONCE:
        raise ResultRefused(f"These are more than {MOST_AT_ONCE:,} codes.", "Make them in several batches.")
    refuse_placeless(kept, {locality})
    refuse_small(vote, {locality: number})
    batch = new_batch(by, kept, CodeBatch.Means.BEARER, number)
    codes = draw_codes(number)
    keep_codes(kept, batch, ((code, locality) for code in codes))
    return batch, [Letter(code) for code in codes]


def portion(entries: list[RollEntry], least: int, most: int) -> list[RollEntry]:
    """Take as many as go out at once, locality by locality, and never leave behind too few for a batch."""
    entries.sort(key=lambda each: (str(each.locality or ""), each.pk))
    if len(entries) <= most:
        return entries
    taken: list[RollEntry] = []
    for _, group in _by_locality(entries):
        room = most - len(taken)
        fits = len(group) if len(group) <= room else min(room, len(group) - least)
        if fits < least:
            break
        taken += group[:fits]
    return taken


def _by_locality(entries: Iterable[RollEntry]) -> Iterator[tuple[int | None, list[RollEntry]]]:
    groups: dict[int | None, list[RollEntry]] = {}
    for each in entries:
        groups.setdefault(each.locality_id, []).append(each)
    yield from groups.items()


def refuse_placeless(vote: Vote, places: Iterable[Locality | None]) -> None:
    """A ballot that no locality's part of the sum belongs to would keep the whole vote from being counted."""
    if is_by_locality(vote) and not set(places) <= votes_in(vote, places_of(vote)):
        raise ResultRefused(
            "Each voter's share hangs on their locality, and these codes would have none that votes.",
            "Make them for one of the localities whose people vote.",
        )


def refuse_small(vote: Vote, sizes: Counter[Locality | None] | dict[Locality | None, int]) -> None:
    """A ballot of a small batch would lead to few people."""
    least = least_batch(vote)
    small = sorted(f"{place or 'without a locality'}: {number}" for place, number in sizes.items() if number < least)
    if small:
        raise ResultRefused(
            f"This batch is too small ({'; '.join(small)}): nobody could be hidden in it.",
            f"A batch needs {least} codes or more in each locality, so that no ballot leads to anybody. Wait until "
            "more people are due, or use envelopes for several at once.",
        )


def still_going(by: Person, vote: Vote) -> Vote:
    """Give a vote for which codes can be made, locked until this is done."""
    kept = lock(by, vote)
    if kept.state not in (Vote.State.DRAFT, Vote.State.OPEN) or timezone.localdate() > kept.closes_on:
        raise ResultRefused("This vote takes no more ballots, so no codes are made for it.")
    return kept


def new_batch(by: Person, vote: Vote, means: str, number: int) -> CodeBatch:
    """Begin the next batch of a vote."""
    before = vote.batches.aggregate(last=Max("number"))["last"] or 0
    made = CodeBatch.objects.create(vote=vote, number=before + 1, means=means, codes=number, made_by=by)
    says = f"Made batch {made.number} of “{vote.title}”: {count_of(number, 'code')}, {made.get_means_display().lower()}"
    record(by, vote, "voice.codes_made", says, {"batch": made.number, "codes": number, "means": str(means)})
    return made


def draw_codes(number: int) -> list[str]:
    """Draw so many codes, in no order."""
    numbers: set[int] = set()
    while len(numbers) < number:
        numbers.add(secrets.randbelow(MOST_CODES))
    codes = [voting_code(each) for each in numbers]
    secrets.SystemRandom().shuffle(codes)
    return codes


def keep_codes(vote: Vote, batch: CodeBatch, codes: Iterable[tuple[str, Locality | None]]) -> None:
    """Keep the hashes of codes with their localities; the rows are written in the order of keys that are drawn too."""
    rows = [
        VotingCode(id=random_key(), vote=vote, batch=batch, digest=digest_of(vote, code), locality=place)
        for code, place in codes
    ]
    VotingCode.objects.bulk_create(sorted(rows, key=lambda row: row.pk), batch_size=500)


@transaction.atomic
def mark_out(by: Person, batch: CodeBatch) -> CodeBatch:
    """Say that all letters of a batch are in the post, or its envelopes ready: from now on its codes count.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It is out already, or void.
    """
    kept = batch_to_change(by, batch, {CodeBatch.State.MADE})
    if kept.means == CodeBatch.Means.EMAIL:
        raise ResultRefused(
            "The codes of these mails are not kept yet: the mails are being sent, or were broken off.",
            "If that stays so for more than a few minutes, declare the batch void and make it again.",
        )
    kept.state, kept.out_at = CodeBatch.State.OUT, timezone.now()
    kept.save(update_fields=["state", "out_at"])
    says = f"Batch {kept.number} of “{batch.vote.title}” went out; its codes count"
    record(by, batch.vote, "voice.codes_out", says, {"batch": kept.number, "codes": kept.codes})
    return kept


@transaction.atomic
def declare_void(by: Person, batch: CodeBatch, why: str) -> CodeBatch:
    """Declare that no code of a batch counts: it was lost or spoilt. Those who were to get its letters wait again.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It is void already, a ballot came with one of its codes, or no reason is given.
    """
    kept = batch_to_change(by, batch, {CodeBatch.State.MADE, CodeBatch.State.OUT})
    used = VotingCode.objects.filter(batch=kept)
    if used.filter(ballot__isnull=False).exists() or used.filter(keyed__isnull=False).exists():
        raise ResultRefused(
            "Ballots came with codes of this batch, and a ballot that was cast counts.",
            "If codes were stolen, call the vote off with the reason, and begin a new one.",
        )
    if not why.strip():
        raise ResultRefused("It is not said why the batch is void.", "Write why.")
    kept.state = CodeBatch.State.VOID
    kept.save(update_fields=["state"])
    freed = RollEntry.objects.filter(batch=kept).update(batch=None)
    says = f"Batch {kept.number} of “{batch.vote.title}” is void: {why.strip()}"
    record(by, batch.vote, "voice.codes_void", says, {"batch": kept.number, "wait_again": freed})
    return kept


def batch_to_change(by: Person, batch: CodeBatch, states: set[CodeBatch.State]) -> CodeBatch:
    """Give a batch of a vote that still runs, locked, if it is in one of these states."""
    vote = lock(by, batch.vote)
    if vote.state not in (Vote.State.DRAFT, Vote.State.OPEN):
        raise ResultRefused("This vote is over.")
    kept = CodeBatch.objects.select_for_update().get(pk=batch.pk)
    if kept.state not in states:
        raise ResultRefused(f"This batch is {kept.get_state_display().lower()} already.")
    return kept
