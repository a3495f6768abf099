"""What the guidance checks may know of money: parts of the library's `PlanningRecord`."""

from __future__ import annotations

from typing import Any

from locality_web.core.models import Partnership
from locality_web.core.remembered import Reader
from locality_web.money.queries import money_of_year


def parts(partnership: Partnership, year: str, memory: Reader) -> dict[str, Any]:
    """Give the catalogue, the funding sources, and the decided budgets by locality."""
    found = money_of_year(partnership, year, memory)
    return {
        "catalogue": found.services,
        "sources": found.sources,
        "budgets": dict(found.budget.localities) if found.budget else {},
    }
