"""What people may do about being kept informed: ask for it, say that an address is theirs, and stop it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.languages import speaking, tell
from locality_web.core.mail import send
from locality_web.core.models import Locality, Partnership, Person
from locality_web.core.permissions import Place, require
from locality_web.voice.channels.models import Letter
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.informed.circles import Circle
from locality_web.voice.informed.digest_plan import plan_digests
from locality_web.voice.informed.models import Subscription
from locality_web.voice.informed.tokens import CONFIRM_WITHIN, confirm_address

_ASK_AGAIN = dt.timedelta(days=1)
"""Own choice of the founders, 2026-11: an address that nobody confirmed gets one question in a day at most."""
_EMAIL, _POST = Subscription.Means.EMAIL, Subscription.Means.POST


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to hear of, by which means, and how often.

    Args:
        locality: One locality; None: the whole partnership.
        conversation: One conversation; None: all.
        heading: One service heading; empty: all.
        zone: One zone; empty: everywhere.
        circle: A place on the map and how far around it; None: everywhere.
        means: email or post.
        rhythm: weekly or monthly.
        email: The e-mail address.
        name: The name on a letter.
        address: The address for post.
        language: Tag of the language.
    """

    locality: Locality | None = None
    conversation: Conversation | None = None
    heading: str = ""
    zone: str = ""
    circle: Circle | None = None
    means: str = _EMAIL
    rhythm: str = Subscription.Rhythm.WEEKLY
    email: str = ""
    name: str = ""
    address: str = ""
    language: str = "en"


@transaction.atomic
def subscribe(place: Place, wanted: Wanted) -> None:
    """Ask to be kept informed, without an account. By e-mail nothing is sent but one question until its owner says yes.

    Raises:
        InputRefused: The address is missing or none.
    """
    if faults := _faults(wanted):
        raise InputRefused(faults)
    partnership, by_mail = place.partnership, wanted.means == _EMAIL
    to = (
        {"email": wanted.email.strip().lower()}
        if by_mail
        else {"name": wanted.name.strip(), "address": wanted.address.strip()}
    )
    about = {name: getattr(wanted, name) for name in ("locality", "conversation", "heading", "zone", "means")}
    if wanted.circle:
        place_on_map = wanted.circle
        about |= {"longitude": place_on_map.longitude, "latitude": place_on_map.latitude, "around": place_on_map.metres}
    else:
        about |= {"longitude": None, "latitude": None, "around": 0}
    kept = partnership.subscriptions.filter(**about, **to).first()
    if kept is None:
        now = timezone.now()
        known = {} if by_mail else {"confirmed_at": now, "told_to": now}
        more = {"rhythm": wanted.rhythm, "language": wanted.language, **known}
        kept = Subscription.objects.create(partnership=partnership, **about, **to, **more)
        _record(partnership, "voice.informed_asked", f"Somebody asked to be kept informed: {kept}")
        if not by_mail:
            plan_digests(partnership)
    if kept.confirmed_at is None:
        _ask_owner(partnership, kept)


def _faults(wanted: Wanted) -> list[Fault]:
    if wanted.means == _POST:
        lacking = [name for name in ("name", "address") if not getattr(wanted, name).strip()]
        return [
            Fault(each, "It is missing", "A letter needs a name and an address.", "informed", column=each)
            for each in lacking
        ]
    try:
        validate_email(wanted.email.strip())
    except ValidationError:
        what, do = "This is not an e-mail address", "Write it like name@example.org, or choose letters."
        return [Fault("email", what, do, "informed", column="email")]
    return []


def _ask_owner(partnership: Partnership, kept: Subscription) -> None:
    """Send the question to an address, unless it got one a short while ago, for whatever was asked then."""
    email = kept.email
    unconfirmed = partnership.subscriptions.filter(email=email, confirmed_at__isnull=True)
    now = timezone.now()
    if unconfirmed.filter(asked_at__gt=now - _ASK_AGAIN).exists():
        return
    unconfirmed.update(asked_at=now)
    with speaking(kept.language):
        subject = tell("{partnership}: is this your address?", partnership=partnership)
        context = {"link": confirm_address(partnership, email), "days": CONFIRM_WITHIN.days}
        send(email, subject, "voice/informed_confirm_mail.txt", context, place=Place(partnership))


@transaction.atomic
def confirm(partnership: Partnership, email: str) -> int:
    """Begin to send to an address whose owner said yes; gives how much that was. A second yes changes nothing."""
    now = timezone.now()
    waiting = partnership.subscriptions.filter(email=email, confirmed_at__isnull=True)
    number = waiting.update(confirmed_at=now, told_to=now)
    if number:
        plan_digests(partnership)
        _record(partnership, "voice.informed_confirmed", "The owner of an address said that it is theirs")
    return number


@transaction.atomic
def refuse(partnership: Partnership, email: str) -> None:
    """Forget an address whose owner said no; what its owner confirmed before stays."""
    if partnership.subscriptions.filter(email=email, confirmed_at__isnull=True).delete()[0]:
        _record(partnership, "voice.informed_refused", "The owner of an address said no; it is erased")


@transaction.atomic
def stop(partnership: Partnership, those: Iterable[Subscription]) -> int:
    """Stop keeping somebody informed: the subscriptions and the addresses in them are erased."""
    keys = [each.pk for each in those]
    found = partnership.subscriptions.filter(pk__in=keys)
    number = found.count()
    found.delete()
    if number:
        _record(partnership, "voice.informed_stopped", "Somebody stopped being kept informed; their address is erased")
    return number


@transaction.atomic
def stop_by_letter(by: Person, place: Place, number: int) -> None:
    """Send no more letters to whoever got the letter with a number: how they can be reached is erased.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: There is no such letter, or it was stopped already.
    """
    require(by, "voice.inform", Place(place.partnership))
    letter = Letter.objects.filter(partnership=place.partnership, pk=number).first()
    if letter is None:
        raise ResultRefused(f"There is no letter {number} (any more).", "Look at the number beside the day.")
    subject = f"letter:{letter.pk}"
    to = letter.subscription or letter.correspondent
    if to is not None:
        to.delete()
    says = f"Stopped letters to whoever got letter {number}; how they can be reached is erased"
    record_event(by, "voice.letters_stopped", says, place=Place(place.partnership), subject=subject)


def forget_unconfirmed(partnership: Partnership) -> int:
    """Erase addresses that nobody confirmed in time."""
    before = timezone.now() - CONFIRM_WITHIN
    late = partnership.subscriptions.filter(confirmed_at__isnull=True, made_at__lt=before)
    return late.delete()[0]


def _record(partnership: Partnership, kind: str, says: str) -> None:
    record_event(None, kind, says, place=Place(partnership), subject="keep-informed")
