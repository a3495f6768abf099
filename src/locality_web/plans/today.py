"""What needs people today about plans: to write, to answer, to agree, to share, to settle a clash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from locality.foundations import FinancialYear
from locality_web.core.hooks import Due
from locality_web.core.models import Draft, Locality, Partnership, Person, RoleHeld
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.roles import all_roles
from locality_web.plans.editor_plan import address_arguments
from locality_web.plans.models import JointShare, LocalityPlanRecord, PlanStance
from locality_web.plans.today_answers import about_strategic, to_answer, to_comment, to_comment_on_strategic


def due_for(person: Person | AnonymousUser, roles: Iterable[RoleHeld]) -> list[Due]:
    """Give what is due about plans to those who may do it."""
    if not isinstance(person, Person):
        return []
    held = list(roles)
    today = timezone.localdate()
    found = list(_clashes(person))
    own = [each for each in held if each.locality_id is not None]
    for role in {each.locality_id: each for each in own}.values():
        assert role.locality is not None
        may = {name for each in own if each.locality_id == role.locality_id for name in all_roles()[each.role].may}
        role.locality.partnership = role.partnership
        found += _of_locality(person, role.locality, may, today)
    for role in {each.partnership_id: each for each in held if each.locality_id is None}.values():
        of_all = (each for each in held if each.locality_id is None and each.partnership_id == role.partnership_id)
        if any("plans.consolidate" in all_roles()[each.role].may for each in of_all):
            found += _behind(role.partnership, today)
    comments, writes, makes = (_where(held, f"plans.{name}") for name in ("comment", "edit", "consolidate"))
    found += to_comment(person, _without(comments, writes), today)
    found += to_comment_on_strategic(person, _without(comments, makes), today)
    found += about_strategic(makes, today)
    found += to_answer(person, _where(held, "plans.agree_strategic"))
    return found


def _where(held: Iterable[RoleHeld], permission: str) -> dict[int, Partnership]:
    """Give the partnerships in which some role has a permission."""
    return {each.partnership_id: each.partnership for each in held if permission in all_roles()[each.role].may}


def _without(some: dict[int, Partnership], others: dict[int, Partnership]) -> dict[int, Partnership]:
    return {key: one for key, one in some.items() if key not in others}


def due_day(partnership: Partnership, year: FinancialYear) -> dt.date:
    """Give the day by which plans of a year should be agreed: so many days before the year begins."""
    return year.start - dt.timedelta(days=int(read_setting(partnership, "members.plan_due_days")))


def _clashes(person: Person) -> Iterator[Due]:
    for draft in Draft.objects.filter(person=person, form__endswith="/edit/clash/"):
        yield Due(
            "Settle a clash in a plan",
            "You and somebody else changed the same text. Yours is kept until you choose.",
            draft.form,
            urgent=True,
        )


def _of_locality(person: Person, locality: Locality, may: set[str], today: dt.date) -> Iterator[Due]:
    records = locality.plans.exclude(state__in=("agreed", "superseded")).defer("fields")
    on_the_way = list(records.annotate(open_comments=Count("plancomments", filter=Q(plancomments__answer=""))))
    for record in on_the_way:
        if "plans.edit" in may:
            yield from _to_write(locality, record, today)
        if record.state == "put_to_group" and "plans.agree" in may:
            yield from _to_agree(person, locality, record)
    if "plans.edit" in may:
        yield from _to_begin(locality, on_the_way, today)
    if "plans.agree_joint" in may:
        yield from _shares(locality)


def _to_write(locality: Locality, record: LocalityPlanRecord, today: dt.date) -> Iterator[Due]:
    where = address_arguments(Place(locality.partnership, locality), record.year)
    name = f"the plan of {locality} for {record.year}"
    by = due_day(locality.partnership, FinancialYear.parse(record.year))
    if record.open_comments:  # type: ignore[attr-defined]
        count = record.open_comments  # type: ignore[attr-defined]
        says = f"{count} comment{'s have' if count > 1 else ' has'} no answer yet."
        yield Due(f"Answer comments on {name}", says, reverse("plans:comments", args=where), by=record.comments_close)
    if record.state == "draft":
        why = "It is a draft. Open it for comments when it is ready."
        yield Due(f"Write {name}", why, reverse("plans:editor", args=where), by=by, urgent=by < today)
    if record.state == "open_for_comments" and record.comments_close and record.comments_close < today:
        why = "The time for comments is over. Put it to the group, or take it back to draft."
        yield Due(f"Put {name} to the group", why, reverse("plans:group", args=where), by=by, urgent=by < today)


def _to_agree(person: Person, locality: Locality, record: LocalityPlanRecord) -> Iterator[Due]:
    answered = PlanStance.objects.filter(plan=record, version=record.version, person=person).exists()
    if answered:
        return
    where = address_arguments(Place(locality.partnership, locality), record.year)
    by = due_day(locality.partnership, FinancialYear.parse(record.year))
    why = "The group is asked whether it agrees. An objection needs its reason."
    yield Due(f"Answer on the plan of {locality} for {record.year}", why, reverse("plans:group", args=where), by=by)


def _to_begin(locality: Locality, on_the_way: Sequence[LocalityPlanRecord], today: dt.date) -> Iterator[Due]:
    year = FinancialYear.of(today).next()
    there = any(record.year == str(year) for record in on_the_way)
    if there or locality.plans.filter(year=str(year)).exists():
        return
    yield Due(
        f"Begin the plan of {locality} for {year}",
        "Every locality has a plan for the coming year.",
        reverse("plans:locality_plans", args=[locality.partnership.slug, locality.slug]),
        by=due_day(locality.partnership, year),
    )


def _shares(locality: Locality) -> Iterator[Due]:
    waiting = JointShare.objects.filter(
        locality=locality, agreed_at__isnull=True, objection="", line__withdrawn_at__isnull=True
    )
    count: dict[str, int] = {}
    for year in waiting.values_list("line__year", flat=True):
        count[year] = count.get(year, 0) + 1
    for year, number in count.items():
        says = f"{number} joint line{'s ask' if number > 1 else ' asks'} for the answer of {locality}."
        where = address_arguments(Place(locality.partnership, locality), year)
        yield Due(f"Answer on shares of joint lines for {year}", says, reverse("plans:joint_shares", args=where))


def _behind(partnership: Partnership, today: dt.date) -> Iterator[Due]:
    year = FinancialYear.of(today).next()
    by = due_day(partnership, year)
    if today < by - dt.timedelta(days=180):
        return
    done = LocalityPlanRecord.objects.filter(year=str(year), state__in=("agreed", "superseded")).values("locality")
    open_ones = partnership.localities.filter(ended_on__isnull=True).exclude(pk__in=done)
    behind = list(open_ones.values_list("name", flat=True))
    if behind:
        yield Due(
            f"Plans for {year} that are not agreed",
            f"Not agreed yet: {', '.join(behind)}.",
            reverse("plans:all_plans", args=[partnership.slug]),
            by=by,
            urgent=by < today,
        )
