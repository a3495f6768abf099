"""Voting codes by e-mail: made, handed to the mail server and forgotten within one request.

A mail with a code never waits anywhere: it is written in memory and handed over at once, not by the queue of mail,
which would hold address and code together. Only after the mails are gone are the hashes of their codes kept; the code
of a mail that was not handed over is kept in no way, so that it can never count.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as WritesDown
from django.db import transaction
from django.template import Context, Engine
from django.utils import timezone

from locality.foundations import ResultRefused
from locality_web.core.languages import ENGLISH, Language, speaking, tell
from locality_web.core.mail import as_html
from locality_web.core.mail_folder import MailFolder
from locality_web.core.models import Locality, Person
from locality_web.core.site_address import full_address
from locality_web.core.words import count_of
from locality_web.voice.votes import code_changes
from locality_web.voice.votes.models import CodeBatch, RollEntry, Vote
from locality_web.voice.votes.places import address_of
from locality_web.voice.votes.vote_changes import record
from locality_web.voice.votes.vote_words import say_sum

MOST_MAILS = 500
MOST_SECONDS = 60
"""What one request hands over, and for how long it does. Own choice of the founders, 2026-11."""

Due = tuple[RollEntry, str]


@dataclass(frozen=True)
class MailsGone:
    """What became of the mails of a batch: how many, never whose.

    Args:
        batch: The batch.
        out: Mails whose codes count.
        refused: Mails that the server did not take; these people are marked for a letter.
        spoilt: Mails that went out, with codes that do not count: too few went out in their locality.
        left: Mails that were not tried, because the server went away or the time was over.
    """

    batch: CodeBatch
    out: int
    refused: int
    spoilt: int
    left: int


@dataclass
class _Round:
    out: list[Due] = field(default_factory=list)
    refused: list[RollEntry] = field(default_factory=list)


def make_mails(by: Person, vote: Vote, locality: Locality | None = None, *, language: Language = ENGLISH) -> MailsGone:
    """Send codes to everybody of the roll who has an e-mail address and no code, in one locality or in all.

    Returns:
        How many mails went out, and how many did not.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The vote is over, nobody waits for a mail, a locality has too few to hide anybody, mail would
            be written down on this machine, or the mail server does not answer. No mail was sent then.
    """
    with _server() as server:
        batch, entries = _set_aside(by, vote, locality)
        due = list(zip(entries, code_changes.draw_codes(len(entries)), strict=True))
        done = _hand_over(server, _in_no_order(due), vote=vote, language=language)
    return _settle(by, batch, done)


def waiting_for_mail(vote: Vote) -> int:
    """Give how many people of the roll have an e-mail address and no code yet."""
    return vote.roll.filter(batch__isnull=True, mail_refused=False).exclude(email="").count()


def not_reached(vote: Vote) -> int:
    """Give how many people were not reached by e-mail and have no code yet."""
    return vote.roll.filter(batch__isnull=True, mail_refused=True).count()


@contextmanager
def _server() -> Iterator[BaseEmailBackend]:
    server = get_connection()
    # The people of the demo are invented, and its mail is there to be looked at.
    if isinstance(server, MailFolder | WritesDown) and not settings.DEMO:
        raise ResultRefused(
            "This site writes its mail into files on its own machine, where codes would stand beside addresses.",
            "Let whoever runs the site name a mail server, or choose letters.",
        )
    try:
        server.open()
    except OSError:
        raise ResultRefused(
            "The mail server does not answer. No code was made.", "Try again later, or choose letters."
        ) from None
    try:
        yield server
    finally:
        with suppress(OSError):
            server.close()


@transaction.atomic
def _set_aside(by: Person, vote: Vote, locality: Locality | None) -> tuple[CodeBatch, list[RollEntry]]:
    """Put people into a batch, so that nobody else sends them a code while the mails go out."""
    kept = code_changes.still_going(by, vote)
    waiting = kept.roll.filter(batch__isnull=True, mail_refused=False).exclude(email="").select_related("locality")
    if locality is not None:
        waiting = waiting.filter(locality=locality)
    least = code_changes.least_batch(vote)
    entries = code_changes.portion(list(waiting.order_by("pk")), least, MOST_MAILS)
    if not entries:
        raise ResultRefused(
            "Nobody on the roll who has an e-mail address waits for a code.",
            "Take in a roll with e-mail addresses, or make letters.",
        )
    code_changes.refuse_placeless(kept, {each.locality for each in entries})
    code_changes.refuse_small(vote, Counter(each.locality for each in entries))
    batch = code_changes.new_batch(by, kept, CodeBatch.Means.EMAIL, len(entries))
    RollEntry.objects.filter(pk__in=[each.pk for each in entries]).update(batch=batch)
    return batch, entries


def _in_no_order(due: list[Due]) -> list[Due]:
    """Mix within each locality; one locality after the other, so that few are cut short if the server goes away."""
    secrets.SystemRandom().shuffle(due)
    return sorted(due, key=lambda each: str(each[0].locality or ""))


def _hand_over(server: BaseEmailBackend, due: Sequence[Due], *, vote: Vote, language: Language) -> _Round:
    """Hand one mail after the other to the server; what it says of a mail names the address, so it is not kept."""
    done, until = _Round(), time.monotonic() + MOST_SECONDS
    for entry, code in due:
        if time.monotonic() > until:
            break
        try:
            took = server.send_messages([_mail(vote, entry.email, code, language=language)])
        except ValueError:
            took = 0
        except OSError as fault:
            if not _is_of_one_mail(fault):
                break
            took = 0
        if took:
            done.out.append((entry, code))
        else:
            done.refused.append(entry)
    return done


def _is_of_one_mail(fault: OSError) -> bool:
    """Say whether the server answered that it does not take this mail; otherwise it takes none, or is away.

    Its answer has the recipients, or a number; an answer about the sender has a number too, and holds for all mails.
    """
    return hasattr(fault, "recipients") or (hasattr(fault, "smtp_code") and not hasattr(fault, "sender"))


def _mail(vote: Vote, to: str, code: str, *, language: Language) -> EmailMultiAlternatives:
    with speaking(language.code):
        said = {
            "vote": vote,
            "code": code,
            "sum": say_sum(vote.sum_pence),
            "address": full_address(address_of(vote, "ballot")),
            "partnership": vote.conversation.partnership,
        }
        text = Engine.get_default().get_template("voice/vote_code_mail.txt").render(Context(said, autoescape=False))
        subject = " ".join(f"{tell('Your voting code')}: {vote.title}".split())
    headers = {"Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(subject, text.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to], headers=headers)
    mail.attach_alternative(as_html(text, language.tag), "text/html")
    return mail


@transaction.atomic
def _settle(by: Person, batch: CodeBatch, done: _Round) -> MailsGone:
    """Keep the codes of the mails that went out; where too few did, theirs are void and these people wait again."""
    kept = code_changes.batch_to_change(by, batch, {CodeBatch.State.MADE})
    sizes = Counter(entry.locality_id for entry, _ in done.out)
    least = code_changes.least_batch(batch.vote)
    live = [each for each in done.out if sizes[each[0].locality_id] >= least]
    spoilt = [each for each in done.out if sizes[each[0].locality_id] < least]
    left = kept.codes - len(done.out) - len(done.refused)
    kept.roll.exclude(pk__in=[entry.pk for entry, _ in live]).update(batch=None)
    RollEntry.objects.filter(pk__in=[each.pk for each in done.refused]).update(mail_refused=True)
    _keep_void(by, kept, spoilt, alone=not live)
    if live:
        code_changes.keep_codes(batch.vote, kept, ((code, entry.locality) for entry, code in live))
        kept.state, kept.out_at, kept.codes = CodeBatch.State.OUT, timezone.now(), len(live)
        kept.save(update_fields=["state", "out_at", "codes"])
    gone = MailsGone(kept, len(live), len(done.refused), len(spoilt), left)
    numbers = {"out": gone.out, "refused": gone.refused, "void": gone.spoilt, "left": gone.left}
    says = f"Batch {kept.number} of “{batch.vote.title}” went out by e-mail: {count_of(gone.out, 'code')} of it count"
    record(by, batch.vote, "voice.codes_mailed", says, {"batch": kept.number, **numbers})
    return gone


def _keep_void(by: Person, batch: CodeBatch, spoilt: list[Due], *, alone: bool) -> None:
    """Codes that went out and do not count are kept as void ones, so that who types one is told why."""
    if not spoilt and not alone:
        return
    void = batch if alone else code_changes.new_batch(by, batch.vote, CodeBatch.Means.EMAIL, len(spoilt))
    void.state, void.codes = CodeBatch.State.VOID, len(spoilt)
    void.save(update_fields=["state", "codes"])
    code_changes.keep_codes(batch.vote, void, ((code, entry.locality) for entry, code in spoilt))
