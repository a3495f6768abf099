"""From a plan to the one intermediate form that every published form is written from."""

from __future__ import annotations

from locality.plans.content import LocalityPlan, StrategicPlan
from locality.plans.documents.blocks import Document
from locality.plans.documents.locality_outline import outline_of_locality_plan
from locality.plans.documents.strategic_outline import outline_of_strategic_plan


def outline_of(plan: LocalityPlan | StrategicPlan) -> Document:
    """Set a plan out in headings, paragraphs, lists and tables, in words that a resident understands.

    Args:
        plan: A locality plan or the strategic plan, drafted or agreed.

    Returns:
        The document that web page, PDF and Word are written from. Every address in it stands once; amounts are pence.
    """
    return outline_of_locality_plan(plan) if isinstance(plan, LocalityPlan) else outline_of_strategic_plan(plan)
