"""What needs finance and the executive today: a year without a budget, options to decide on, money that ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from locality.foundations import FinancialYear
from locality_web.core.hooks import Due
from locality_web.core.models import Partnership, Person, ReleaseLoaded, RoleHeld
from locality_web.core.partnership_settings import read_setting
from locality_web.core.roles import all_roles
from locality_web.money.models import BudgetDecision, BudgetOption, Source


def due_for(person: Person | AnonymousUser, roles: Iterable[RoleHeld]) -> list[Due]:
    """Give what is due about money to those who may do it, partnership by partnership."""
    held: dict[Partnership, set[str]] = {}
    for role in roles:
        if role.locality_id is None:
            held.setdefault(role.partnership, set()).update(all_roles()[role.role].may)
    today = timezone.localdate()
    found: list[Due] = []
    for partnership, permitted in held.items():
        if "money.propose" in permitted:
            found += _without_budget(partnership, today)
        if "money.decide" in permitted:
            found += _to_decide(partnership)
        if "money.sources" in permitted:
            found += _ending(partnership, today)
    return found


def _without_budget(partnership: Partnership, today: dt.date) -> list[Due]:
    """Name next year while a release is there, no budget is decided, and no option waits for the decision."""
    year = FinancialYear.of(today).next()
    of_it = {"partnership": OuterRef("pk")}
    is_loaded = Exists(ReleaseLoaded.objects.filter(**of_it))
    is_begun = Exists(BudgetDecision.objects.filter(**of_it, year=str(year))) | Exists(
        BudgetOption.objects.filter(**of_it, year=str(year))
    )
    if not Partnership.objects.filter(is_loaded, ~Q(is_begun), pk=partnership.pk).exists():
        return []
    return [
        Due(
            f"Work out budgets for {year}",
            "A release is loaded, and no option has been saved for the year.",
            reverse("money:set_budgets", args=[partnership.slug, str(year).replace("/", "-")]),
            by=year.start,
        )
    ]


def _to_decide(partnership: Partnership) -> list[Due]:
    """Name years with options and without a decision, or with an option that was saved after it."""
    decided: dict[str, dt.datetime] = {}
    for year, at in BudgetDecision.objects.filter(partnership=partnership).values_list("year", "recorded_at"):
        decided[year] = max(at, decided.get(year, at))
    waiting: dict[str, int] = {}
    for year, at in BudgetOption.objects.filter(partnership=partnership).values_list("year", "made_at"):
        if year not in decided or at > decided[year]:
            waiting[year] = waiting.get(year, 0) + 1
    return [
        Due(
            f"Decide on the budget for {year}",
            f"{count} saved option{'s wait' if count > 1 else ' waits'} for the decision.",
            reverse("money:set_budgets", args=[partnership.slug, year.replace("/", "-")]) + "#options",
            by=FinancialYear.parse(year).start,
        )
        for year, count in waiting.items()
    ]


def _ending(partnership: Partnership, today: dt.date) -> list[Due]:
    return [
        Due(
            f"{source.name} ends soon",
            f"{source.accountable_body} answers for it. Plans may not spend it after its last day.",
            reverse("money:source", args=[partnership.slug, source.source]),
            by=source.ends,
        )
        for source in ending_sources(partnership, today)
    ]


def ending_sources(partnership: Partnership, today: dt.date) -> list[Source]:
    """Give the sources whose last day is near, the nearest first."""
    ahead = dt.timedelta(days=int(read_setting(partnership, "money.source_warning_days")))
    return list(Source.objects.filter(partnership=partnership, ends__range=(today, today + ahead)).order_by("ends"))
