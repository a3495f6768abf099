"""Invitations to take a role: a link by e-mail that works once, for one address, for some days.

Only the hash of the link's token is kept, so nobody who reads the database can use it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.mail import send
from locality_web.core.models import Invitation, Person, RoleHeld
from locality_web.core.partnership_settings import read_setting
from locality_web.core.people_roles import faults_of_role, say_role
from locality_web.core.permissions import Place, may, require

LinkOf = Callable[[str], str]
"""Gives the full address of the page that accepts a token."""


def find_invitation(token: str) -> Invitation | None:
    """Give the invitation of a link, whatever became of it."""
    found = Invitation.objects.select_related("partnership", "locality", "made_by")
    return found.filter(token_hash=_hash(token)).first()


def open_invitations(place: Place) -> list[Invitation]:
    """Give a partnership's invitations that were neither accepted nor withdrawn, the newest first."""
    waiting = place.partnership.invitations.filter(accepted_at=None, withdrawn_at=None)
    return list(waiting.select_related("locality", "made_by").order_by("-made_at"))


@transaction.atomic
def invite(
    person: Person, place: Place, link_of: LinkOf, *, name: str, email: str, role: str, ends: dt.date | None
) -> Invitation:
    """Invite somebody to take a role, and send the link.

    Args:
        person: Who invites; needs `core.people`.
        place: Where the role will be held.
        link_of: Gives the link of a token.
        name: The invited person's name.
        email: Where the link goes; only an account with this address can accept.
        role: A role of `roles.yaml`.
        ends: The last day of the role, or None.

    Returns:
        The invitation.

    Raises:
        NotAllowed: The person may not invite.
        InputRefused: The role is not held at such a place, has ended already, or is held or offered already.
    """
    require(person, "core.people", Place(place.partnership))
    email = email.strip().lower()
    faults = [*faults_of_role(place, role, ends), *_faults_of_address(place, role, email)]
    if email == person.email or EmailAddress.objects.filter(user=person, email__iexact=email).exists():
        faults.append(_fault("You cannot give yourself a role", "Ask another administrator."))
    if faults:
        raise InputRefused(faults)
    made = Invitation(
        email=email,
        name=name.strip(),
        role=role,
        role_ends=ends,
        partnership=place.partnership,
        locality=place.locality,
    )
    _send(person, made, link_of)
    record_event(
        person,
        "core.invited",
        f"Invited {made.name} to be {say_role(role, place)}",
        place=place,
        subject=f"invitation:{made.pk}",
        detail={"role": role, "locality": place.locality.code if place.locality else None, "ends": str(ends or "")},
    )
    return made


def _faults_of_address(place: Place, role: str, email: str) -> list[Fault]:
    today = timezone.localdate()
    holding = RoleHeld.objects.filter(
        person__email=email, role=role, partnership=place.partnership, locality=place.locality
    )
    if any(held.ends is None or held.ends >= today for held in holding):
        return [_fault(f"The person with the address {email} holds this role already", "Choose another role.")]
    if any(
        each.email == email and each.role == role and each.locality == place.locality
        for each in open_invitations(place)
    ):
        return [_fault(f"{email} has been invited to this role already", "Send that invitation again instead.")]
    return []


def _fault(what: str, do: str) -> Fault:
    return Fault(file="invitation", what=what, do=do, code="invited-already", column="email")


@transaction.atomic
def send_again(person: Person, place: Place, invitation: Invitation, link_of: LinkOf) -> None:
    """Send a new link; the old one no longer works."""
    require(person, "core.people", Place(place.partnership))
    _refuse_unless_open(invitation)
    _send(person, invitation, link_of)
    says = f"Sent the invitation of {invitation.name} again"
    record_event(person, "core.invited_again", says, place=place, subject=f"invitation:{invitation.pk}")


@transaction.atomic
def withdraw(person: Person, place: Place, invitation: Invitation) -> None:
    """Make an invitation's link worthless."""
    require(person, "core.people", Place(place.partnership))
    _refuse_unless_open(invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    says = f"Withdrew the invitation of {invitation.name}"
    record_event(person, "core.invitation_withdrawn", says, place=place, subject=f"invitation:{invitation.pk}")


def _refuse_unless_open(invitation: Invitation) -> None:
    if invitation.accepted_at or invitation.withdrawn_at:
        was = "accepted" if invitation.accepted_at else "withdrawn"
        raise ResultRefused(f"This invitation was {was} already.", "Look at the list of people.")


def _send(person: Person, invitation: Invitation, link_of: LinkOf) -> None:
    token = secrets.token_urlsafe(32)
    place = Place(invitation.partnership, invitation.locality)
    now = timezone.now()
    invitation.token_hash, invitation.made_by, invitation.made_at = _hash(token), person, now
    invitation.expires_at = now + dt.timedelta(days=read_setting(invitation.partnership, "core.invitation_days"))
    invitation.save()
    context = {
        "name": invitation.name,
        "invited_by": str(person),
        "partnership": invitation.partnership.name,
        "role": say_role(invitation.role, Place(invitation.partnership)).partition(" of ")[0],
        "where": f" of {place.locality}" if place.locality else "",
        "until": f"{timezone.localtime(invitation.expires_at):%-d %B %Y}",
        "link": link_of(token),
    }
    subject = f"Invitation to {invitation.partnership.name}'s site for locality planning"
    send(invitation.email, subject, "core/mail/invitation.txt", context, place=place)


def why_not(invitation: Invitation | None) -> str:
    """Say why a link cannot be used, or nothing when it can."""
    if invitation is None or invitation.withdrawn_at:
        return "This invitation does not exist, or it was withdrawn or sent again. Use the link of the newest e-mail."
    if invitation.accepted_at:
        return "This invitation was accepted already. Sign in to go on."
    if invitation.expires_at <= timezone.now():
        day = f"{timezone.localtime(invitation.expires_at):%-d %B %Y}"
        sender = invitation.made_by or "the partnership"
        return f"This invitation could be used until {day}. Ask {sender} to send it again."
    place = Place(invitation.partnership)
    if invitation.made_by is None or not may(invitation.made_by, "core.people", place):
        return "The person who sent this invitation may no longer invite. Ask the partnership for a new one."
    if faults := faults_of_role(
        Place(invitation.partnership, invitation.locality), invitation.role, invitation.role_ends
    ):
        return f"{faults[0].what}. Ask {invitation.made_by} for a new invitation."
    return ""


def is_for(invitation: Invitation, person: Person | AnonymousUser | Any) -> bool:
    """Say whether a person has shown that the invited address is theirs."""
    if not person.is_authenticated:
        return False
    return bool(EmailAddress.objects.filter(user=person, email__iexact=invitation.email, verified=True).exists())


@transaction.atomic
def accept(person: Person, invitation: Invitation) -> RoleHeld:
    """Take the role that an invitation offers; works once.

    Raises:
        ResultRefused: The link can no longer be used, or it is for another address.
    """
    if reason := why_not(invitation):
        raise ResultRefused(reason)
    if not is_for(invitation, person):
        raise ResultRefused("This invitation is for another e-mail address.", "Sign in with the account that has it.")
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    # Of two requests at the same time only one finds it still open.
    if not waiting.update(accepted_at=timezone.now()):
        raise ResultRefused("This invitation was accepted already.", "Sign in to go on.")
    place = Place(invitation.partnership, invitation.locality)
    if invitation.made_by_id == person.pk:  # whose address has become theirs since
        raise ResultRefused("You cannot give yourself a role.", "Ask another administrator.")
    held = RoleHeld.objects.create(
        person=person,
        role=invitation.role,
        partnership=place.partnership,
        locality=place.locality,
        starts=timezone.localdate(),
        ends=invitation.role_ends,
        given_by=invitation.made_by,
    )
    record_event(
        person,
        "core.invitation_accepted",
        f"Accepted the invitation to be {say_role(invitation.role, place)}",
        place=place,
        subject=f"invitation:{invitation.pk}",
        detail={"role": invitation.role, "role_held": held.pk},
    )
    return held


@transaction.atomic
def join(invitation: Invitation, *, name: str, password: str) -> Person:
    """Make an account for somebody who came by an invitation's link, and accept it.

    The link went to the invited address alone, so whoever opens it has shown that the address is theirs.
    """
    if reason := why_not(invitation):
        raise ResultRefused(reason)
    if Person.objects.filter(email=invitation.email).exists():
        raise ResultRefused("There is an account with this e-mail address already.", "Sign in, then accept.")
    person = Person.objects.create_user(invitation.email, password, name=name.strip())
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    accept(person, invitation)
    return person


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
