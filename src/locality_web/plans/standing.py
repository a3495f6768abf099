"""Who may agree to a plan, what they said, and whether that is enough by the partnership's own rule."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from locality.plans import MayAgree, QuorumRule, Stance, Standing, count_stances
from locality_web.core.models import Partnership, Person, RoleHeld
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import roles_held
from locality_web.core.roles import all_roles
from locality_web.plans import models


def who_may_agree(record: models.LocalityPlanRecord) -> list[RoleHeld]:
    """Give the roles whose holders may agree to a locality's plan today, each person once."""
    return _once(_held_today(_roles_asked(record), Q(locality=record.locality)))


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


def _held_today(roles: Iterable[str], where: Q) -> Iterable[RoleHeld]:
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


def standing_of(record: models.LocalityPlanRecord) -> Standing:
    """Say how the agreement of a locality plan stands: only what was said about its present version counts."""
    held = who_may_agree(record)
    return _count(record.planstances.filter(version=record.version), held, record.locality.partnership)


def standing_of_strategic(record: models.StrategicPlanRecord) -> Standing:
    """Say how the agreement of a strategic plan stands."""
    held = who_may_agree_strategic(record.partnership)
    return _count(record.planstances.filter(version=record.version), held, record.partnership)


def _count(kept: Iterable[models.PlanStance], held: Iterable[RoleHeld], partnership: Partnership) -> Standing:
    rule = QuorumRule(
        percent=read_setting(partnership, "plans.quorum_percent"),
        objection_blocks=read_setting(partnership, "plans.objection_blocks"),
    )
    said = [Stance(one.name, one.role, one.stance, one.reason, one.at.date().isoformat()) for one in kept]  # type: ignore[arg-type]
    return count_stances(said, [MayAgree(str(each.person), say_role(each)) for each in held], rule)
