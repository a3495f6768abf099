"""Finding the decision that counts."""

from __future__ import annotations

from locality_web.core.models import Partnership
from locality_web.money.models import BudgetDecision


def newest_decision_from(partnership: Partnership, year: str) -> BudgetDecision | None:
    """Give the decision in force for the latest year that has one, from a year on; None: there is none."""
    found = BudgetDecision.objects.filter(partnership=partnership, year__gte=year).select_related("release")
    return found.order_by("-year", "-number").first()
