"""What a new partnership does first about money: figures, services, sources, and a budget."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from locality.foundations import FinancialYear
from locality_web.core.hooks import SetUpStep
from locality_web.core.models import Partnership, ReleaseLoaded
from locality_web.money.models import BudgetDecision, BudgetOption, Service, Source


def steps(partnership: Partnership) -> list[SetUpStep]:
    """Give the steps that this room wants done before plans can be written."""
    has = _what_there_is(partnership)
    return [*_figures(partnership, has), *_budget(partnership, has)]


def _what_there_is(partnership: Partnership) -> dict[str, bool]:
    """Ask once which of this room's things there are at all."""
    kinds = {
        "release": ReleaseLoaded,
        "service": Service,
        "source": Source,
        "option": BudgetOption,
        "decision": BudgetDecision,
    }
    there = {name: Exists(kind._default_manager.filter(partnership=OuterRef("pk"))) for name, kind in kinds.items()}
    return {
        name: bool(is_there)
        for name, is_there in Partnership.objects.filter(pk=partnership.pk).values(**there).get().items()
    }


def _figures(partnership: Partnership, has: dict[str, bool]) -> list[SetUpStep]:
    here = [partnership.slug]
    return [
        SetUpStep(
            "Load the first release",
            "A release is the file in which an analyst sends the figures: localities, residents, and what each uses.",
            reverse("money:releases", args=here),
            permission="money.load_release",
            done=has["release"],
            order=20,
        ),
        SetUpStep(
            "Load the catalogue of services",
            "All services that the partnership manages, under their headings. Plans name each of them.",
            reverse("money:load_services", args=here),
            permission="money.catalogue",
            done=has["service"],
            order=30,
        ),
        SetUpStep(
            "Add the funding sources",
            "Where the money comes from, who answers for it, and what it may be spent on.",
            reverse("money:sources", args=here),
            permission="money.sources",
            done=has["source"],
            order=40,
        ),
    ]


def _budget(partnership: Partnership, has: dict[str, bool]) -> list[SetUpStep]:
    year = str(FinancialYear.of(timezone.localdate()).next()).replace("/", "-")
    address = reverse("money:set_budgets", args=[partnership.slug, year])
    return [
        SetUpStep(
            "Work out budgets",
            "Choose by which rules budgets move towards the fair share, and save one option or several.",
            address,
            permission="money.propose",
            done=has["option"] or has["decision"],
            order=60,
        ),
        SetUpStep(
            "Decide on the budget",
            "One option becomes the decision, with who decided it and why.",
            f"{address}#options",
            permission="money.decide",
            done=has["decision"],
            order=65,
        ),
    ]
