"""What this room puts onto a locality's page: its money, in one glance."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from locality.foundations import FinancialYear
from locality_web.core.hooks import Section
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.money.decisions import newest_decision_from
from locality_web.money.models import BudgetDecision, LocalityShare
from locality_web.money.queries import release_in_use
from locality_web.money.shares_pages import in_plain_words


def sections(place: Place, person: Person | AnonymousUser) -> list[Section]:
    """Give the section about money."""
    assert place.locality is not None
    release = release_in_use(place.partnership)
    own = LocalityShare.objects.filter(release=release, locality=place.locality).first() if release else None
    decision = newest_decision_from(place.partnership, str(FinancialYear.of(timezone.localdate())))
    about = {
        "own": own,
        "release": release,
        "words": in_plain_words(place.locality.name, own, release.year) if own and release else [],
        "decision": decision,
        "budget": budget_of(decision, place.locality.code),
        "money_address": reverse("money:locality", args=[place.partnership.slug, place.locality.slug]),
    }
    return [Section("money/locality_section.html", about, order=40)]


def budget_of(decision: BudgetDecision | None, code: str) -> int | None:
    """Give a locality's budget in pence, as decided."""
    localities = decision.figures["localities"] if decision else ()
    return next((int(one["budget_pence"]) for one in localities if one["code"] == code), None)
