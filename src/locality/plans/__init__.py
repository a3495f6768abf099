"""What is agreed: locality plans, joint lines, the strategic commissioning plan, and what the guidance asks of them.

A plan is plain values (`content`), an agreed one is a snapshot with a hash (`snapshot`).
"""

from locality.plans.content import (
    Agreement,
    Available,
    BudgetBehind,
    CatalogueService,
    FundingSource,
    HeadingMoney,
    JointLine,
    JointShare,
    LocalityPlan,
    Move,
    Narrative,
    Place,
    PlanLine,
    PlannedAction,
    Priority,
    SnapshotName,
    Stance,
    StrategicPlan,
)
from locality.plans.snapshot import canonical_bytes, hash_plan, plan_as_json, plan_from_json, plan_schema

__all__ = [
    "Agreement",
    "Available",
    "BudgetBehind",
    "CatalogueService",
    "FundingSource",
    "HeadingMoney",
    "JointLine",
    "JointShare",
    "LocalityPlan",
    "Move",
    "Narrative",
    "Place",
    "PlanLine",
    "PlannedAction",
    "Priority",
    "SnapshotName",
    "Stance",
    "StrategicPlan",
    "canonical_bytes",
    "hash_plan",
    "plan_as_json",
    "plan_from_json",
    "plan_schema",
]
