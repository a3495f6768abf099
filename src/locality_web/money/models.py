"""What this room keeps: the service catalogue, a release's money, budgets with their decisions, and funding sources."""

from __future__ import annotations

from locality_web.money.budget_models import BudgetDecision, BudgetOption
from locality_web.money.catalogue_models import Service
from locality_web.money.release_models import LedgerHeading, LocalityShare, ReleaseBudget, Share
from locality_web.money.source_models import Source, SourceAvailable

__all__ = [
    "BudgetDecision",
    "BudgetOption",
    "LedgerHeading",
    "LocalityShare",
    "ReleaseBudget",
    "Service",
    "Share",
    "Source",
    "SourceAvailable",
]
