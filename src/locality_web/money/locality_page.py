"""What this room puts onto a locality's page: its money, in one glance."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Subquery
from django.urls import reverse
from django.utils import timezone

from locality.foundations import FinancialYear
from locality_web.core.hooks import Section
from locality_web.core.models import Person, ReleaseLoaded
from locality_web.core.permissions import Place
from locality_web.money.decisions import newest_decision_from
from locality_web.money.models import BudgetDecision, LocalityShare
from locality_web.money.shares_pages import in_plain_words


def sections(place: Place, person: Person | AnonymousUser) -> list[Section]:
    """Give the section about money."""
    assert place.locality is not None
    own = _share_in_use(place)
    release = own.release if own else None
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


def _share_in_use(place: Place) -> LocalityShare | None:
    """Give the locality's share of the release in use, with the release; one query."""
    newest = ReleaseLoaded.objects.filter(partnership=place.partnership).values("pk")[:1]
    found = LocalityShare.objects.filter(locality=place.locality, release=Subquery(newest))
    return found.select_related("release").defer("release__about").first()


def budget_of(decision: BudgetDecision | None, code: str) -> int | None:
    """Give a locality's budget in pence, as decided."""
    localities = decision.figures["localities"] if decision else ()
    return next((int(one["budget_pence"]) for one in localities if one["code"] == code), None)
