"""What people may do about leads: appoint, extend, end, withdraw."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Locality, Person, RoleHeld
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place, require
from locality_web.members.models import LeadTerm


@dataclass(frozen=True)
class Appointment:
    """Who becomes what, from when to when.

    Args:
        role: "lead" or "deputy".
        name: The person's name.
        starts: First day.
        ends: Last day; None: the partnership's usual term.
        reason: How it came about.
        is_gp: Whether a GP.
        practice: A GP's practice.
        cluster: Its cluster.
        person: The person as somebody who signs in here, if they do.
        give_role: Whether that person gets the role that lets them write and agree the plan.
    """

    role: str
    name: str
    starts: dt.date
    ends: dt.date | None = None
    reason: str = ""
    is_gp: bool = False
    practice: str = ""
    cluster: str = ""
    person: Person | None = None
    give_role: bool = False


@transaction.atomic
def appoint(by: Person, place: Place, appointment: Appointment) -> LeadTerm:
    """Appoint a lead or a deputy, and give the role in the same step where that was asked for.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Two leads would overlap, the days are at odds, or somebody would give a role to themselves.
    """
    require(by, "members.appoint_lead", place)
    locality = _locked(place)
    ends = appointment.ends or usual_end(place, appointment.starts)
    faults = _faults(by, locality, appointment, ends)
    if faults:
        raise InputRefused(faults)
    held = _give_role(by, place, appointment, ends) if appointment.give_role else None
    term = LeadTerm.objects.create(
        locality=locality,
        role=appointment.role,
        name=appointment.name.strip(),
        person=appointment.person,
        role_held=held,
        is_gp=appointment.is_gp,
        practice=appointment.practice.strip(),
        cluster=appointment.cluster.strip(),
        starts=appointment.starts,
        ends=ends,
        reason=appointment.reason.strip(),
        appointed_by=by,
        appointed_at=timezone.now(),
    )
    what = "lead" if term.role == LeadTerm.Role.LEAD else "deputy lead"
    _record(by, place, term, kind="appointed", says=f"Appointed {term.name} {what} of {locality}")
    return term


def usual_end(place: Place, starts: dt.date) -> dt.date:
    """Give the last day of the partnership's usual term."""
    year = starts.year + int(read_setting(place.partnership, "members.lead_term_years"))
    try:
        return starts.replace(year=year) - dt.timedelta(days=1)
    except ValueError:  # 29 February
        return dt.date(year, 2, 28)


def _locked(place: Place) -> Locality:
    """Let two people who appoint for one locality at one moment wait for each other."""
    assert place.locality is not None
    return Locality.objects.select_for_update().get(pk=place.locality.pk)


def _faults(by: Person, locality: Locality, appointment: Appointment, ends: dt.date) -> list[Fault]:
    faults = []
    if ends < appointment.starts:
        what = "The last day is before the first day"
        faults.append(Fault("ends", what, "Write a later last day.", "term-ends-early", column="ends"))
    if locality.ended_on and ends >= locality.ended_on:
        what = f"{locality} is no locality any more from {_say(locality.ended_on)} on"
        faults.append(Fault("ends", what, "End the term before that day.", "locality-ended", column="ends"))
    if appointment.role == LeadTerm.Role.LEAD:
        faults += _overlap(locality, appointment.starts, ends)
    if appointment.give_role and appointment.person is None:
        what = "Nobody who signs in here is chosen"
        do = "Choose the person, or do not give the role."
        faults.append(Fault("person", what, do, "role-for-nobody", column="person"))
    if appointment.give_role and appointment.person == by:
        what = "You cannot give yourself a role"
        do = "Ask another planner to appoint you."
        faults.append(Fault("give_role", what, do, "role-for-oneself", column="give_role"))
    return faults


def _overlap(locality: Locality, starts: dt.date, ends: dt.date, besides: LeadTerm | None = None) -> list[Fault]:
    """A locality has one lead at a time."""
    terms = locality.lead_terms.filter(role=LeadTerm.Role.LEAD, starts__lte=ends, ends__gte=starts)
    column = "starts" if besides is None else "ends"
    return [
        Fault(
            column,
            f"{each.name} is lead from {_say(each.starts)} to {_say(each.ends)}",
            "End that term first, or choose days outside it: a locality has one lead at a time.",
            "leads-overlap",
            column=column,
        )
        for each in terms
        if each != besides
    ]


def _say(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _give_role(by: Person, place: Place, appointment: Appointment, ends: dt.date) -> RoleHeld:
    assert appointment.person is not None
    held = RoleHeld.objects.create(
        person=appointment.person,
        role="lead",
        partnership=place.partnership,
        locality=place.locality,
        starts=appointment.starts,
        ends=ends,
        given_by=by,
    )
    record_event(
        by,
        "core.role_given",
        f"Gave {appointment.person} the role lead in {place.name} until {_say(ends)}",
        place=place,
        subject=f"person:{appointment.person.pk}",
        detail={"role": "lead", "from": str(appointment.starts), "to": str(ends)},
    )
    return held


@transaction.atomic
def extend(by: Person, place: Place, term: LeadTerm, *, ends: dt.date, reason: str) -> None:
    """Let a term last longer.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The day is not later, or another lead's term has begun by then.
    """
    require(by, "members.appoint_lead", place)
    locality = _locked(place)
    faults = _overlap(locality, term.starts, ends, term) if term.role == LeadTerm.Role.LEAD else []
    if ends <= term.ends:
        what = f"The term lasts until {_say(term.ends)} already"
        faults.append(Fault("ends", what, "Write a later day.", "term-not-longer", column="ends"))
    if term.person == by and term.role_held:
        what, do = "You cannot extend your own role", "Ask another planner to extend the term."
        faults.append(Fault("ends", what, do, "role-for-oneself", column="ends"))
    if faults:
        raise InputRefused(faults)
    _set_end(term, ends, reason)
    _record(by, place, term, kind="extended", says=f"Extended the term of {term.name} in {locality} to {_say(ends)}")


@transaction.atomic
def end(by: Person, place: Place, term: LeadTerm, *, ends: dt.date, reason: str) -> None:
    """End a term early; the role that came with it ends on the same day.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The day is before the term began, or after it ends anyway.
    """
    require(by, "members.appoint_lead", place)
    _locked(place)
    if not term.starts <= ends <= term.ends:
        what = f"The term lasts from {_say(term.starts)} to {_say(term.ends)}"
        raise InputRefused([Fault("ends", what, "Choose a day within it.", "end-outside-term", column="ends")])
    _set_end(term, ends, reason)
    _record(by, place, term, kind="ended", says=f"Ended the term of {term.name} in {place.name} on {_say(ends)}")


@transaction.atomic
def withdraw(by: Person, place: Place, term: LeadTerm) -> None:
    """Take back an appointment that has not begun, with the role that came with it.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The term has begun; it can only be ended.
    """
    require(by, "members.appoint_lead", place)
    if term.starts <= timezone.localdate():
        what = "The term has begun"
        raise InputRefused([Fault("term", what, "End it on a day instead.", "term-has-begun")])
    _record(by, place, term, kind="withdrawn", says=f"Withdrew the appointment of {term.name} in {place.name}")
    if term.role_held:
        term.role_held.delete()
    term.delete()


def _set_end(term: LeadTerm, ends: dt.date, reason: str) -> None:
    before, term.ends = term.ends, ends
    term.reason = "\n".join(part for part in (term.reason, reason.strip()) if part)
    term.save(update_fields=["ends", "reason"])
    held = term.role_held
    # A role that an administrator ended earlier stays ended, however long the term lasts.
    if held and (held.ends is None or ends < held.ends or held.ends == before):
        held.ends = ends
        held.save(update_fields=["ends"])


def _record(by: Person, place: Place, term: LeadTerm, *, kind: str, says: str) -> None:
    record_event(
        by,
        f"members.lead_{kind}",
        says,
        place=place,
        subject=f"lead:{term.pk}",
        detail={"role": term.role, "from": str(term.starts), "to": str(term.ends), "gp": term.is_gp},
    )
