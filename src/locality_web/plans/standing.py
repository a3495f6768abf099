"""Who may agree to a plan, what they said, and whether that is enough by the partnership's own rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from locality.plans import MayAgree, QuorumRule, Stance, Standing, count_stances
from locality_web.core.models import Partnership, Person, RoleHeld
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import roles_held
from locality_web.core.roles import all_roles
from locality_web.members.kinds import name_of_group
from locality_web.members.paper_queries import seats_without_account, terms_without_account
from locality_web.members.register_models import Member, SeatTerm
from locality_web.plans import models

_WITH_SEATS = "member"  # where members of the group agree, those on a voting seat without an account do too


def who_may_agree(record: models.LocalityPlanRecord) -> list[RoleHeld]:
    """Give the roles whose holders may agree to a locality's plan on the site today, each person once.

    Those on a voting seat without an account agree too, on paper: see `asked_of`.
    """
    return _once(_held_today(_roles_asked(record), Q(locality=record.locality)))


def agrees_on_paper(record: models.LocalityPlanRecord, member: Member) -> bool:
    """Say whether a member's agreement is asked for on paper: they have a voting seat there and no account."""
    return any(each.member_id == member.pk for each in asked_on_paper(record))


def asked_on_paper(record: models.LocalityPlanRecord) -> list[SeatTerm]:
    """Give the terms of those whose agreement is asked for on paper, each member once."""
    return seats_without_account(record.locality) if _WITH_SEATS in _roles_asked(record) else []


def is_asked(record: models.LocalityPlanRecord, person: Person | AnonymousUser) -> bool:
    """Say whether a plan is put to the group and somebody is of those who may agree; asks no more than roles held."""
    if record.state != "put_to_group":
        return False
    roles = _roles_asked(record)
    return any(held.role in roles and held.locality_id == record.locality_id for held in roles_held(person))


def _roles_asked(record: models.LocalityPlanRecord) -> list[str]:
    roles: list[str] = read_setting(record.locality.partnership, "plans.who_may_agree")
    return roles


def who_may_agree_strategic(partnership: Partnership) -> list[RoleHeld]:
    """Give the roles whose holders may agree to the strategic plan today, each person once."""
    roles = [role.name for role in all_roles().values() if "plans.agree_strategic" in role.may]
    return _once(_held_today(roles, Q(partnership=partnership, locality__isnull=True)))


def _held_today(roles: Iterable[str], where: Q) -> QuerySet[RoleHeld]:
    day = timezone.localdate()
    return (
        RoleHeld.objects.filter(where, role__in=list(roles), starts__lte=day, person__is_active=True)
        .filter(Q(ends__isnull=True) | Q(ends__gte=day))
        .select_related("person", "locality", "partnership")
        .order_by("role", "person__name", "id")
    )


def _once(held: Iterable[RoleHeld]) -> list[RoleHeld]:
    first: dict[int, RoleHeld] = {}
    for each in held:
        first.setdefault(each.person_id, each)
    return list(first.values())


def say_role(held: RoleHeld) -> str:
    """Write a role as it stands beside a name in an agreement: "Lead, Levenmouth"."""
    return f"{all_roles()[held.role].title}, {held.locality or held.partnership}"


def asked_of(record: models.LocalityPlanRecord) -> dict[str, tuple[str, str]]:
    """Give everybody who may agree to a locality's plan today, each once: name and for whom they speak; one query.

    Returns:
        By a stable name, like "person:3" or "member:12". A member who does not want to be named stands there by seat
        and group.
    """
    held = _held_today(_roles_asked(record), Q(locality=record.locality)).order_by()
    rows = held.annotate(of=Value(_PERSON)).values_list("of", "role", "person_id", "person__name", *_NOTHING)
    if _WITH_SEATS in _roles_asked(record):
        seats = terms_without_account(record.locality).order_by().annotate(of=Value(_MEMBER))
        rows = rows.union(seats.values_list("of", "seat__name", "member_id", "member__name", *_OF_SEATS), all=True)
    asked: dict[str, tuple[str, str]] = {}
    for of, beside, number, name, *about in sorted(rows, key=_people_first):
        who = f"{of}:{number}"
        if who not in asked:
            asked[who] = _say_seat(record, beside, name, about) if of == _MEMBER else _say_person(record, beside, name)
    return asked


_PERSON, _MEMBER = "person", "member"
_NOTHING = tuple(Value("", output_field=CharField()) for _ in range(3))
_OF_SEATS = ("seat__group", "member__shown", Coalesce("member__organisation__name", Value("")))


def _people_first(row: Sequence[Any]) -> tuple[Any, ...]:
    """Order by role and name; those on seats stand behind those who hold a role."""
    of, beside, number, name, *_ = row
    return (of != _PERSON, beside, name, number)


def _say_person(record: models.LocalityPlanRecord, role: str, name: str) -> tuple[str, str]:
    return str(Person(name=name)), f"{all_roles()[role].title}, {record.locality}"


def _say_seat(record: models.LocalityPlanRecord, seat: str, name: str, about: Sequence[str]) -> tuple[str, str]:
    group, shown, organisation = about
    here = record.locality
    if shown == Member.Shown.NAME and name:
        return name, f"{seat}, {here}"
    if shown == Member.Shown.ORGANISATION and organisation:
        return organisation, f"{seat}, {here}"
    return seat, f"{name_of_group(here.partnership, group)}, {here}"


def standing_of(record: models.LocalityPlanRecord) -> Standing:
    """Say how the agreement of a locality plan stands: only what was said about its present version counts."""
    return _count(record.planstances.filter(version=record.version), asked_of(record), record.locality.partnership)


def standing_of_strategic(record: models.StrategicPlanRecord) -> Standing:
    """Say how the agreement of a strategic plan stands."""
    held = who_may_agree_strategic(record.partnership)
    asked = {f"{_PERSON}:{each.person_id}": (str(each.person), say_role(each)) for each in held}
    return _count(record.planstances.filter(version=record.version), asked, record.partnership)


def _count(kept: Iterable[models.PlanStance], asked: dict[str, tuple[str, str]], partnership: Partnership) -> Standing:
    rule = QuorumRule(
        percent=read_setting(partnership, "plans.quorum_percent"),
        objection_blocks=read_setting(partnership, "plans.objection_blocks"),
    )
    shown = _told_apart(asked)
    said = []
    for one in kept:
        who = f"{_PERSON}:{one.person_id}" if one.person_id is not None else f"{_MEMBER}:{one.member_id}"
        name, role = shown.get(who, (one.name, one.role))
        said.append(Stance(name, role, one.stance, one.reason, one.at.date().isoformat()))  # type: ignore[arg-type]
    return count_stances(said, [MayAgree(*each) for each in shown.values()], rule)


def _told_apart(asked: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Number those who stand there with the same words: everybody is counted, whether or not they are named."""
    seen: Counter[tuple[str, str]] = Counter()
    shown = {}
    for who, (name, role) in asked.items():
        seen[name, role] += 1
        shown[who] = (name, role if seen[name, role] == 1 else f"{role} ({seen[name, role]})")
    return shown
