"""Ask the owner of an e-mail address that somebody gave without an account whether it is theirs, before it is used."""

from __future__ import annotations

from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from locality_web.core.audit import record_event
from locality_web.core.languages import speaking, tell
from locality_web.core.mail import send
from locality_web.core.models import Partnership
from locality_web.core.site_address import full_address
from locality_web.voice.conversations.places import place_of
from locality_web.voice.conversations.said import Correspondent

_SALT = "locality.voice.confirm-address"
_DAY = 24 * 60 * 60
MOST_A_DAY = 5
"""Own choice of the founders, 2026-11: anybody can type anybody's address, and nobody's mailbox is to be filled so."""


def ask_owner(kept: Correspondent) -> None:
    """Send the one message that an unconfirmed address gets; inside the transaction in which it was given.

    An address that got some of them gets no more until a day after the last.
    """
    if _asked_often(kept.email):
        return
    conversation = kept.contribution.conversation
    partnership = conversation.partnership
    with speaking(kept.language):
        context = {"conversation": conversation, "partnership": partnership, "link": told_address(kept)}
        subject = tell("{partnership}: is this your address?", partnership=partnership)
        send(kept.email, subject, "voice/conversation_confirm_mail.txt", context, place=place_of(conversation))


def _asked_often(email: str) -> bool:
    """Count a question to an address; the count knows it by a keyed hash alone."""
    key = salted_hmac(_SALT, email.lower(), algorithm="sha256").hexdigest()
    before = int(cache.get(key, 0))
    if before < MOST_A_DAY:
        cache.set(key, before + 1, timeout=_DAY)
    return before >= MOST_A_DAY


def told_address(kept: Correspondent) -> str:
    """Give the full address at which the owner of an e-mail address says yes, or wants to hear no more."""
    token = signing.dumps([kept.pk, kept.email], salt=_SALT)
    return full_address(reverse("voice:confirm_told", args=[kept.contribution.conversation.partnership.slug, token]))


def asked_by(partnership: Partnership, token: str) -> Correspondent | None:
    """Give whose link this is; None: it is not one of ours, or the address is kept no more."""
    try:
        number, email = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Correspondent.objects.select_related("contribution__conversation__held_by")
    return found.filter(pk=number, email=email, contribution__conversation__partnership=partnership).first()


@transaction.atomic
def confirm(kept: Correspondent) -> None:
    """Let what became of a contribution be told at an address whose owner said yes."""
    if Correspondent.objects.filter(pk=kept.pk, confirmed_at__isnull=True).update(confirmed_at=timezone.now()):
        _record(kept, "voice.address_confirmed", "The owner of an address said that it is theirs")


@transaction.atomic
def refuse(kept: Correspondent) -> None:
    """Take off an address whose owner said no, or who does not want to be told any more."""
    if Correspondent.objects.filter(pk=kept.pk).delete()[0]:
        _record(kept, "voice.address_erased", "The owner of an address does not want to be told; it is erased")


def _record(kept: Correspondent, kind: str, says: str) -> None:
    conversation = kept.contribution.conversation
    record_event(None, kind, says, place=place_of(conversation), subject=f"contribution:{kept.contribution_id}")
