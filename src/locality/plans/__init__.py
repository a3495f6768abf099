"""What is agreed: locality plans, joint lines, the strategic commissioning plan, and what the guidance asks of them.

A plan is plain values (`content`), an agreed one is a snapshot with a hash (`snapshot`).
"""

from locality.plans.consolidate import consolidate
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
from locality.plans.field_checks import check_fields
from locality.plans.fields import Fields, PlanFrame, complete_fields, fields_of, frame_of, next_id, plan_of_fields
from locality.plans.material import AgreedSnapshot, Ledger, PlanningYear, snapshot_of
from locality.plans.merge import (
    Clash,
    Merged,
    changes_between,
    merge_fields,
    redo_changes,
    renumber_added,
    settle_clashes,
    undo_changes,
)
from locality.plans.snapshot import canonical_bytes, hash_plan, plan_as_json, plan_from_json, plan_schema

__all__ = [
    "AgreedSnapshot",
    "Agreement",
    "Available",
    "BudgetBehind",
    "CatalogueService",
    "Clash",
    "Fields",
    "FundingSource",
    "HeadingMoney",
    "JointLine",
    "JointShare",
    "Ledger",
    "LocalityPlan",
    "Merged",
    "Move",
    "Narrative",
    "Place",
    "PlanFrame",
    "PlanLine",
    "PlannedAction",
    "PlanningYear",
    "Priority",
    "SnapshotName",
    "Stance",
    "StrategicPlan",
    "canonical_bytes",
    "changes_between",
    "check_fields",
    "complete_fields",
    "consolidate",
    "fields_of",
    "frame_of",
    "hash_plan",
    "merge_fields",
    "next_id",
    "plan_as_json",
    "plan_from_json",
    "plan_of_fields",
    "plan_schema",
    "redo_changes",
    "renumber_added",
    "settle_clashes",
    "snapshot_of",
    "undo_changes",
]
