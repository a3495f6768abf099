"""What people may do about members: add one, change what is held of them, note interests, let them leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality.members import leave_seats
from locality_web.core.audit import record_event
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place, require
from locality_web.members.notice_changes import follow_choice
from locality_web.members.register_models import Interest, Member, Organisation, Seat, SeatTerm
from locality_web.members.register_place import lock
from locality_web.members.register_queries import is_elsewhere
from locality_web.members.register_seats import Sitting, as_library, make_seat, seat_member

_KEEP = "members.keep_register"
_BY_EMAIL = (Member.Notices.AT_ONCE, Member.Notices.DAILY, Member.Notices.WEEKLY)

REACH = {"email", "email_to_confirm", "address", "notices"}
"""What decides by which means waiting notices go."""


@dataclass(frozen=True)
class Details:
    """What is held of a member.

    Args:
        name: Their name.
        organisation: Name of their organisation; empty: none.
        organisation_kind: Code of its kind, where the organisation is new.
        email: Their e-mail address.
        telephone: Their number.
        address: Their address for post.
        notices: How notices reach them, a code.
        shown: What everybody may read of them, a code.
        person: The account with which they sign in; None: the one with their e-mail address, if it has a role here.
    """

    name: str
    organisation: str = ""
    organisation_kind: str = ""
    email: str = ""
    telephone: str = ""
    address: str = ""
    notices: str = Member.Notices.NONE
    shown: str = Member.Shown.NOTHING
    person: Person | None = None


@dataclass(frozen=True)
class SeatWanted:
    """The seat that a new member gets: one that is there, or a new one for a group."""

    sitting: Sitting
    seat: Seat | None = None
    group: str = ""
    name: str = ""


@transaction.atomic
def add_member(
    by: Person, place: Place, details: Details, *, wanted: SeatWanted | None = None, interests: Iterable[str] = ()
) -> Member:
    """Put somebody on the register, with a seat in the same step where one is wanted.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Notices could not reach them, the address is somebody else's, or the seat is taken.
    """
    require(by, _KEEP, place)
    lock(place)
    faults = details_faults(place.partnership, details)
    if wanted is None and place.locality is not None:
        do = "Choose the group or the seat; people without a seat stand on the register of the whole partnership."
        faults.append(Fault("group", "The person has no seat here", do, "member-without-seat", column="group"))
    if faults:
        raise InputRefused(faults)
    member = Member.objects.create(partnership=place.partnership, **fields_of(place, details))
    record_event(
        by,
        "members.member_added",
        f"Added member {member.pk} to the register",
        place=place,
        subject=f"member:{member.pk}",
    )
    for says in interests:
        _note_interest(by, place, member, says)
    if wanted is not None:
        seat = wanted.seat or make_seat(by, place, group=wanted.group, name=wanted.name)
        seat_member(by, place, seat, member=member, sitting=wanted.sitting)
    return member


@transaction.atomic
def change_member(by: Person, place: Place, member: Member, details: Details) -> None:
    """Change what is held of a member.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Notices could not reach them, or the address or account is somebody else's.
    """
    require(by, _KEEP, place)
    lock(place)
    faults = details_faults(place.partnership, details, besides=member)
    if faults:
        raise InputRefused(faults)
    new = fields_of(place, details, besides=member)
    changed = sorted(name for name, said in new.items() if getattr(member, name) != said)
    for name, said in new.items():
        setattr(member, name, said)
    member.save(update_fields=list(new))
    if REACH.intersection(changed):
        follow_choice(member)
    says = f"Changed what is held of member {member.pk}"
    record_event(
        by, "members.member_changed", says, place=place, subject=f"member:{member.pk}", detail={"changed": changed}
    )


@transaction.atomic
def let_leave(by: Person, place: Place, member: Member, *, on: dt.date) -> None:
    """Take a member off the register from a day on: their terms and routes end on the day before.

    Raises:
        NotAllowed: The person may not, or may not everywhere where the member still takes part.
        InputRefused: They left already, or the day is before they joined.
    """
    require_whole(by, place, member)
    lock(place)
    faults = []
    if member.left_on is not None:
        faults.append(Fault("member", "This member has left already", "Nothing is to be done.", "member-left"))
    if on < member.joined_on:
        what = "The day is before the member joined"
        faults.append(Fault("on", what, "Choose a later day.", "leaves-before-joining", column="on"))
    if faults:
        raise InputRefused(faults)
    end_everything(member, on)
    member.left_on = on
    member.save(update_fields=["left_on"])
    says = f"Member {member.pk} leaves the register on {on.day} {on:%B %Y}"
    record_event(by, "members.member_left", says, place=place, subject=f"member:{member.pk}", detail={"from": str(on)})


@transaction.atomic
def declare_interest(by: Person, place: Place, member: Member, *, says: str) -> Interest:
    """Note an interest that a member declared.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Nothing is said.
    """
    require(by, _KEEP, place)
    if not says.strip():
        what, do = "The interest is missing", "Write what the member declared."
        raise InputRefused([Fault("says", what, do, "interest-empty", column="says")])
    return _note_interest(by, place, member, says)


@transaction.atomic
def end_interest(by: Person, place: Place, interest: Interest) -> None:
    """Note that an interest is no more.

    Raises:
        NotAllowed: The person may not.
    """
    require(by, _KEEP, place)
    interest.ended_on = timezone.localdate()
    interest.save(update_fields=["ended_on"])
    says = f"Noted that interest {interest.pk} of member {interest.member_id} ended"
    record_event(by, "members.interest_ended", says, place=place, subject=f"member:{interest.member_id}")


def require_whole(by: Person, place: Place, member: Member) -> None:
    """Refuse who may keep one register only, where a member still takes part elsewhere.

    Raises:
        NotAllowed: With who may.
    """
    require(by, _KEEP, Place(place.partnership) if is_elsewhere(place, member) else place)


def end_everything(member: Member, on: dt.date) -> None:
    """End a member's terms and routes on the day before; those that would begin later are gone."""
    terms = list(SeatTerm.objects.filter(member=member).select_related("seat__locality"))
    kept = {(each.seat, each.starts): each.ends for each in leave_seats(map(as_library, terms), member.pk, on)}
    for term in terms:
        if (term.seat_id, term.starts) not in kept:
            term.delete()
        elif kept[term.seat_id, term.starts] != term.ends:
            term.ends = kept[term.seat_id, term.starts]
            term.save(update_fields=["ends"])
    last = on - dt.timedelta(days=1)
    for ties in (member.feed_routes.all(), member.liaisons.all()):
        for tie in ties:
            if tie.ends is None or tie.ends > last:
                tie.ends = max(last, tie.starts)
                tie.save(update_fields=["ends"])


def details_faults(partnership: Partnership, details: Details, besides: Member | None = None) -> list[Fault]:
    """Say what is wrong with what is to be held of a member."""
    faults = []
    others = Member.objects.filter(partnership=partnership, erased_at__isnull=True)
    others = others.exclude(pk=besides.pk) if besides else others
    if details.email and others.filter(email__iexact=details.email, left_on__isnull=True).exists():
        what, do = "Somebody on the register has this e-mail address", "Give that member a further seat instead."
        faults.append(Fault("email", what, do, "email-taken", column="email"))
    if details.person and others.filter(person=details.person).exists():
        what, do = "This account is another member's", "Choose another account."
        faults.append(Fault("person", what, do, "account-taken", column="person"))
    awaited = besides.email_to_confirm if besides else ""
    if details.notices in _BY_EMAIL and not details.email and not awaited:
        what, do = "Notices go by e-mail, and there is no address", "Write the address, or choose another way."
        faults.append(Fault("email", what, do, "member-unreachable", column="email"))
    if details.notices == Member.Notices.PAPER and not details.address.strip():
        what, do = "Notices go by post, and there is no address", "Write the address, or choose another way."
        faults.append(Fault("address", what, do, "member-unreachable", column="address"))
    if details.organisation and not details.organisation_kind and not _organisation(partnership, details):
        what, do = "The organisation is new, and its kind is not said", "Choose its kind."
        faults.append(Fault("organisation_kind", what, do, "organisation-kind", column="organisation_kind"))
    return faults


def fields_of(place: Place, details: Details, besides: Member | None = None) -> dict[str, object]:
    """Give the fields of a member; a new organisation is made, and an account with the address is joined."""
    return {
        "name": details.name.strip(),
        "organisation": find_organisation(place, details),
        "email": details.email.strip(),
        "email_to_confirm": "" if details.email.strip() or besides is None else besides.email_to_confirm,
        "telephone": details.telephone.strip(),
        "address": details.address.strip(),
        "notices": details.notices,
        "shown": details.shown,
        "person": details.person or account_for(place.partnership, details.email, besides),
    }


def find_organisation(place: Place, details: Details) -> Organisation | None:
    """Give the organisation of a member, made where it is new."""
    if not details.organisation.strip():
        return None
    found = _organisation(place.partnership, details)
    if found is not None:
        return found
    name, kind = details.organisation.strip(), details.organisation_kind
    return Organisation.objects.create(partnership=place.partnership, name=name, kind=kind)


def account_for(partnership: Partnership, email: str, besides: Member | None = None) -> Person | None:
    """Give the account with an address that holds a role in a partnership and is no other member's."""
    if not email:
        return None
    found = Person.objects.filter(email__iexact=email.strip(), roles__partnership=partnership).first()
    taken = Member.objects.filter(partnership=partnership, person=found)
    taken = taken.exclude(pk=besides.pk) if besides else taken
    return None if found is None or taken.exists() else found


def _organisation(partnership: Partnership, details: Details) -> Organisation | None:
    return partnership.organisations.filter(name__iexact=details.organisation.strip()).first()


def _note_interest(by: Person, place: Place, member: Member, says: str) -> Interest:
    made = Interest.objects.create(member=member, says=says.strip())
    what = f"Noted interest {made.pk} of member {member.pk}"
    record_event(by, "members.interest_declared", what, place=place, subject=f"member:{member.pk}")
    return made
