"""What a locality's briefing says of its money."""

from __future__ import annotations

from django.utils import timezone

from locality.foundations import FinancialYear
from locality_web.core.hooks import BriefingFact
from locality_web.core.permissions import Place
from locality_web.core.words import short_pounds
from locality_web.money.decisions import newest_decision_from
from locality_web.money.locality_page import budget_of
from locality_web.money.models import LocalityShare
from locality_web.money.queries import release_in_use
from locality_web.money.shares_pages import in_plain_words


def facts(place: Place) -> list[BriefingFact]:
    """Say what is spent on the locality's people now, what would be fair, and what it may spend."""
    assert place.locality is not None
    return [*_shares(place), *_budget(place)]


def _shares(place: Place) -> list[BriefingFact]:
    release = release_in_use(place.partnership)
    own = LocalityShare.objects.filter(release=release, locality=place.locality).first() if release else None
    if release is None or own is None:
        return []
    example = " These figures are an example." if release.made_up else ""
    spent = short_pounds(own.historic_pence)
    plain = in_plain_words(place.name, own, release.year)[0]
    says = f"In {release.year}, {spent} was spent on its people. {plain}{example}"
    easy = (
        f"{spent} was spent on people here in {release.year}.",
        f"A fair share would be {short_pounds(own.fair_pence)}.",
        *(["These numbers are an example."] if release.made_up else []),
    )
    return [BriefingFact("has", says, easy, order=30)]


def _budget(place: Place) -> list[BriefingFact]:
    assert place.locality is not None
    decision = newest_decision_from(place.partnership, str(FinancialYear.of(timezone.localdate())))
    budget = budget_of(decision, place.locality.code)
    if decision is None or budget is None:
        return []
    who = f"decided by {decision.decided_by} (decision {decision})"
    says = f"Its budget for {decision.year} is {short_pounds(budget)}, {who}."
    easy = (f"It can plan how to spend {short_pounds(budget)} in {decision.year}.",)
    return [BriefingFact("has", says, easy, order=31)]
