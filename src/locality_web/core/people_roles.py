"""Give roles, end them, and say what a role is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person, RoleHeld
from locality_web.core.permissions import Place, require
from locality_web.core.roles import all_roles, roles_that_may


def say_role(role: str, place: Place) -> str:
    """Name a role with its place: "lead of Levenmouth"."""
    return f"{all_roles()[role].title.lower()} of {place.name}"


def people_of(place: Place) -> dict[str, Any]:
    """Give who holds which role in a partnership now, by person, and the roles that ended; one query."""
    today = timezone.localdate()
    held = RoleHeld.objects.filter(partnership=place.partnership).select_related("person", "locality", "partnership")
    now: dict[Person, list[dict[str, Any]]] = defaultdict(list)
    ended = []
    for each in held.order_by("person__name", "person_id", "role"):
        says = say_role(each.role, Place(each.partnership, each.locality))
        line = {"number": each.pk, "says": says, "ends": each.ends, "person": each.person}
        if each.ends is None or each.ends >= today:
            now[each.person].append(line)
        else:
            ended.append(line)
    return {"people": list(now.items()), "ended": ended}


def faults_of_role(place: Place, role: str, ends: dt.date | None) -> list[Fault]:
    """Name what is wrong with giving a role at a place until a day."""
    found = all_roles().get(role)
    if found is None:
        return [_fault("role", "There is no such role", "Choose one of the list.")]
    faults = []
    if found.held_for == "partnership" and place.locality is not None:
        do = "Choose the whole partnership."
        faults.append(_fault("locality", f"The role {found.title.lower()} is held for the whole partnership", do))
    if found.held_for == "locality" and place.locality is None:
        faults.append(_fault("locality", f"The role {found.title.lower()} is held for one locality", "Choose it."))
    if ends is not None and ends < timezone.localdate():
        faults.append(_fault("ends", "The last day is over already", "Write a later day, or leave it empty."))
    return faults


def _fault(column: str, what: str, do: str) -> Fault:
    return Fault(file="role", what=what, do=do, code="role-refused", column=column)


@transaction.atomic
def give_role(giver: Person, place: Place, to: Person, *, role: str, ends: dt.date | None = None) -> RoleHeld:
    """Give somebody a role from today on.

    Args:
        giver: Needs `core.people` in the partnership.
        place: The partnership, or the locality for which the role is held.
        to: Who gets it.
        role: A role of `roles.yaml`.
        ends: The last day, or None.

    Raises:
        NotAllowed: The giver may not.
        InputRefused: The role is not held at such a place, or is held already.
    """
    require(giver, "core.people", Place(place.partnership))
    faults = faults_of_role(place, role, ends)
    if giver.pk == to.pk:
        faults.append(_fault("role", "You cannot give yourself a role", "Ask another administrator."))
    same = RoleHeld.objects.filter(person=to, role=role, partnership=place.partnership, locality=place.locality)
    if same.filter(Q(ends=None) | Q(ends__gte=timezone.localdate())).exists():
        faults.append(_fault("role", f"{to} is {say_role(role, place)} already", "Choose another role."))
    if faults:
        raise InputRefused(faults)
    held = RoleHeld.objects.create(
        person=to,
        role=role,
        partnership=place.partnership,
        locality=place.locality,
        starts=timezone.localdate(),
        ends=ends,
        given_by=giver,
    )
    _record(giver, place, held, "core.role_given", f"Made {to} {say_role(role, place)}")
    return held


@transaction.atomic
def end_role(ender: Person, place: Place, held: RoleHeld, *, last_day: dt.date | None = None) -> None:
    """End a role now, or after a last day.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The day is over, or before the role began.
        ResultRefused: Nobody would be left to give roles.
    """
    require(ender, "core.people", Place(place.partnership))
    today = timezone.localdate()
    if held.ends is not None and (held.ends < today or (last_day is not None and last_day > held.ends)):
        what, do = f"The role ends on {held.ends:%-d %B %Y} already", "Give the role again to let it last longer."
        raise InputRefused([_fault("last_day", what, do)])
    if last_day is not None and last_day < today:
        do = "Write today or a later day, or leave it empty to end the role now."
        raise InputRefused([_fault("last_day", "The last day is over already", do)])
    _keep_an_administrator(held)
    where = Place(held.partnership, held.locality)
    until = f" after {last_day:%-d %B %Y}" if last_day else " now"
    _record(ender, where, held, "core.role_ended", f"Ended that {held.person} is {say_role(held.role, where)},{until}")
    if last_day is None and held.starts >= today:
        held.delete()  # it would have ended before it began; the audit record keeps it
        return
    held.ends = last_day or today - dt.timedelta(days=1)
    held.save(update_fields=["ends"])


def _keep_an_administrator(held: RoleHeld) -> None:
    able = [role.name for role in roles_that_may("core.people")]
    if held.role not in able:
        return
    others = RoleHeld.objects.select_for_update().filter(
        role__in=able, partnership=held.partnership, ends=None, starts__lte=timezone.localdate(), person__is_active=True
    )
    if not others.exclude(pk=held.pk).exists():
        raise ResultRefused(
            f"{held.person} is the last who may give roles in {held.partnership} without an end.",
            "Make somebody else an administrator first.",
        )


def _record(person: Person, place: Place, held: RoleHeld, kind: str, says: str) -> None:
    detail = {"role": held.role, "locality": place.locality.code if place.locality else None, "person": held.person_id}
    record_event(person, kind, says, place=place, subject=f"role:{held.pk}", detail=detail)
