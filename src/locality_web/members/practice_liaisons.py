"""What people may do about liaisons of practices: name one, end a term, and let a practice name its own by a link.

Only the hash of a link is kept; it is printed in a letter, or sent to an address that is typed once and not kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.mail import send
from locality_web.core.models import Partnership, Person
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place, require
from locality_web.members.address_confirming import ask_owner
from locality_web.members.models import Liaison, Member, NominationLink, Organisation, Practice
from locality_web.members.pages import say_day
from locality_web.members.practice_changes import PERMISSION
from locality_web.members.practice_queries import cluster_of, liaisons_of

LinkOf = Callable[[str], str]
"""Gives the full address of the page that a token opens."""
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that look alike: a link may be typed from paper
_LENGTH = 24
_BY_EMAIL = (Member.Notices.AT_ONCE, Member.Notices.DAILY, Member.Notices.WEEKLY)


@dataclass(frozen=True)
class Naming:
    """Who becomes liaison.

    Args:
        name: Their name.
        starts: First day.
        notices: How they want to be told, a code.
        email: Their e-mail address.
        address: Their address for post.
        shown: What everybody may read of them, a code.
    """

    name: str
    starts: dt.date
    notices: str
    email: str = ""
    address: str = ""
    shown: str = Member.Shown.ORGANISATION


def unit_name(practice: Practice) -> str:
    """Give the name of what a liaison of this practice speaks for: itself, or its cluster."""
    return cluster_of(practice) or practice.name


@transaction.atomic
def name_liaison(by: Person, place: Place, practice: Practice, naming: Naming) -> Liaison:
    """Name the liaison of a practice, or of its cluster; the term before ends the day before.

    Raises:
        NotAllowed: The person may not.
        InputRefused: There is no way to tell them, or another term begins on that day or later.
    """
    require(by, PERMISSION, place)
    made = _name(practice, naming, Liaison.By.PLANNER)
    _record(by, place, "members.liaison_named", f"Named member {made.member_id} liaison of {unit_name(practice)}", made)
    return made


@transaction.atomic
def end_liaison(by: Person, place: Place, liaison: Liaison, *, ends: dt.date) -> None:
    """End a liaison's term.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The day is not within the term.
    """
    require(by, PERMISSION, place)
    if ends < liaison.starts or (liaison.ends is not None and ends > liaison.ends):
        until = f" to {say_day(liaison.ends)}" if liaison.ends else ""
        what = f"The term lasts from {say_day(liaison.starts)}{until}"
        raise InputRefused([Fault("ends", what, "Choose a day within it.", "end-outside-term", column="ends")])
    liaison.ends = ends
    liaison.save(update_fields=["ends"])
    what = str(liaison.practice or liaison.cluster)
    says = f"Ended the term of member {liaison.member_id} as liaison of {what}"
    _record(by, place, "members.liaison_ended", says, liaison)


@transaction.atomic
def make_link(by: Person, place: Place, practice: Practice, link_of: LinkOf, *, email: str = "") -> str:
    """Make the link by which a practice names its liaison; earlier links of the practice stop working.

    Args:
        by: Who makes it.
        place: The practice's locality.
        practice: The practice.
        link_of: Gives the full address of a token.
        email: Where it is sent; kept only until it is sent. Empty: it is printed.

    Returns:
        The full link; it can be read this once.

    Raises:
        NotAllowed: The person may not.
    """
    require(by, PERMISSION, place)
    now = timezone.now()
    waiting = practice.nomination_links.filter(used_at__isnull=True, withdrawn_at__isnull=True)
    waiting.update(withdrawn_at=now)
    token = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    days = int(read_setting(place.partnership, "members.nomination_days"))
    made = NominationLink.objects.create(
        practice=practice,
        token_hash=hash_token(token),
        made_by=by,
        made_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    link = link_of(token)
    if email:
        context = {
            "practice": practice.name,
            "unit": unit_name(practice),
            "by_cluster": bool(cluster_of(practice)),
            "where": place.name,
            "until": say_day(timezone.localtime(made.expires_at).date()),
            "link": link,
            "asked_by": str(by),
        }
        subject = f"{place.partnership}: who speaks for your practice?"
        send(email, subject, "members/practice_nominate_mail.txt", context, place=place)
    how = "sent" if email else "printed"
    says = f"A link for {practice} to name its liaison was {how}"
    detail = {"practice": practice.code, "expires": str(made.expires_at), "how": how}
    record_event(by, "members.nomination_link_made", says, place=place, subject=f"nomination:{made.pk}", detail=detail)
    return link


@transaction.atomic
def withdraw_link(by: Person, place: Place, link: NominationLink) -> None:
    """Make a link worthless.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It was used or withdrawn already.
    """
    require(by, PERMISSION, place)
    waiting = NominationLink.objects.filter(pk=link.pk, used_at__isnull=True, withdrawn_at__isnull=True)
    if not waiting.update(withdrawn_at=timezone.now()):
        raise ResultRefused("This link was used or withdrawn already.")
    says = f"Withdrew the link of {link.practice}"
    record_event(by, "members.nomination_link_withdrawn", says, place=place, subject=f"nomination:{link.pk}", detail={})


def find_link(partnership: Partnership, token: str) -> NominationLink | None:
    """Give the link of a token, whatever became of it."""
    found = NominationLink.objects.select_related("practice__locality", "practice__partnership")
    return found.filter(token_hash=hash_token(token), practice__partnership=partnership).first()


def why_no_nomination(link: NominationLink | None) -> str:
    """Say why a link cannot be used, or nothing when it can; never who made it, nor who was named by it."""
    ask = "Ask the partnership for a new one."
    if link is None or link.withdrawn_at:
        return f"There is no such link, or it was withdrawn or replaced. Use the newest letter or e-mail. {ask}"
    if link.used_at:
        return f"This link was used already, and it works once. To change what was sent: {ask[0].lower()}{ask[1:]}"
    if link.expires_at <= timezone.now():
        day = say_day(timezone.localtime(link.expires_at).date())
        return f"This link could be used until {day}. {ask}"
    practice = link.practice
    if practice.ended_on and practice.ended_on <= timezone.localdate():
        return "This practice is on the list no more. Write to the partnership if that is wrong."
    return ""


@transaction.atomic
def nominate(link: NominationLink, naming: Naming) -> Liaison:
    """Let a practice name its liaison by its link; works once.

    Raises:
        InputRefused: There is no way to tell them, or another term begins on that day or later.
        ResultRefused: The link can no longer be used.
    """
    if reason := why_no_nomination(link):
        raise ResultRefused(reason)
    waiting = NominationLink.objects.filter(pk=link.pk, used_at__isnull=True, withdrawn_at__isnull=True)
    # Of two who send it at the same time only one finds it still open.
    if not waiting.update(used_at=timezone.now()):
        raise ResultRefused("This link was used already, and it works once.", "Ask the partnership for a new one.")
    practice = link.practice
    made = _name(practice, naming, Liaison.By.PRACTICE)
    if made.member.email_to_confirm:
        ask_owner(made.member, given_by=practice.name)
    place = Place(practice.partnership, practice.locality)
    says = f"{practice} named member {made.member_id} liaison of {unit_name(practice)} through its link"
    _record(None, place, "members.liaison_nominated", says, made)
    return made


def _name(practice: Practice, naming: Naming, by: Liaison.By) -> Liaison:
    cluster = cluster_of(practice)
    Practice.objects.select_for_update().get(pk=practice.pk)  # two who name at one moment wait for each other
    faults = [*_faults_of_reach(naming), *_faults_of_terms(practice, naming.starts)]
    if faults:
        raise InputRefused(faults)
    for before in _running(practice, naming.starts):
        before.ends = naming.starts - dt.timedelta(days=1)
        before.save(update_fields=["ends"])
    return Liaison.objects.create(
        partnership=practice.partnership,
        practice=None if cluster else practice,
        cluster=cluster,
        member=_member(practice, naming, by),
        starts=naming.starts,
        named_by=by,
    )


def _running(practice: Practice, day: dt.date) -> list[Liaison]:
    return [each for each in liaisons_of(practice) if each.ends is None or each.ends >= day]


def _faults_of_terms(practice: Practice, starts: dt.date) -> list[Fault]:
    """A practice has one liaison on a day; one whose term begins later must be ended by hand."""
    if not any(each.starts >= starts for each in _running(practice, starts)):
        return []
    what = f"{unit_name(practice)} has a liaison whose term begins on that day or later"
    return [Fault("starts", what, "Choose a later day, or end that term first.", "liaisons-overlap", column="starts")]


def _faults_of_reach(naming: Naming) -> list[Fault]:
    if naming.notices in _BY_EMAIL and not naming.email.strip():
        what, do = "Notices go by e-mail, and there is no address", "Write the address, or choose another way."
        return [Fault("email", what, do, "member-unreachable", column="email")]
    if naming.notices == Member.Notices.PAPER and not naming.address.strip():
        what, do = "Notices go by post, and there is no address", "Write the address, or choose another way."
        return [Fault("address", what, do, "member-unreachable", column="address")]
    return []


def _member(practice: Practice, naming: Naming, by: Liaison.By) -> Member:
    """Give the member with that e-mail address at the same practice as they are kept, or a new one.

    Whoever fills in a form without an account changes nothing of what is held of somebody, and could write anybody's
    address: it is asked first. Whoever keeps the register answers for what they write, by name, in the audit record.
    """
    organisation, _ = Organisation.objects.get_or_create(
        partnership=practice.partnership, name=practice.name, defaults={"kind": "practice"}
    )
    email = naming.email.strip()
    if email:
        same = Q(email__iexact=email) | Q(email_to_confirm__iexact=email)
        here = organisation.members.filter(same, left_on__isnull=True, erased_at__isnull=True)
        if (found := here.order_by("-email", "pk").first()) is not None:
            return found
    without_account = by == Liaison.By.PRACTICE
    return Member.objects.create(
        partnership=practice.partnership,
        name=naming.name.strip(),
        organisation=organisation,
        email="" if without_account else email,
        email_to_confirm=email if without_account else "",
        address=naming.address.strip(),
        notices=naming.notices,
        shown=naming.shown,
    )


def hash_token(token: str) -> str:
    """Give what is kept of a token."""
    return hashlib.sha256(token.strip().lower().encode()).hexdigest()


def _record(by: Person | None, place: Place, kind: str, says: str, liaison: Liaison) -> None:
    detail = {"from": liaison.starts, "to": liaison.ends, "member": liaison.member_id, "by": liaison.named_by}
    record_event(by, kind, says, place=place, subject=f"liaison:{liaison.pk}", detail=detail)


__all__ = [
    "LinkOf",
    "Naming",
    "end_liaison",
    "find_link",
    "make_link",
    "name_liaison",
    "nominate",
    "unit_name",
    "why_no_nomination",
    "withdraw_link",
]
