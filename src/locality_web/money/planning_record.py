"""What the guidance checks may know of money: parts of the library's `PlanningRecord`."""

from __future__ import annotations

from typing import Any

from locality_web.core.models import Partnership
from locality_web.money.queries import budget_in_force, catalogue, funding_sources


def parts(partnership: Partnership, year: str) -> dict[str, Any]:
    """Give the catalogue, the funding sources, and the decided budgets by locality."""
    decided = budget_in_force(partnership, year)
    return {
        "catalogue": catalogue(partnership),
        "sources": funding_sources(partnership),
        "budgets": dict(decided.localities) if decided else {},
    }
