"""The strategic commissioning plan in plain words: what the localities' plans say together."""

from __future__ import annotations

from locality.foundations import say_day, say_pounds
from locality.plans.content import Narrative, StrategicPlan
from locality.plans.documents.amounts import strategic_sums, whole_sum
from locality.plans.documents.blocks import Block, Document, Heading, Item, Items, Paragraph, anchor, finish
from locality.plans.documents.findings import (
    answered_parts,
    common_parts,
    conflict_parts,
    distance_parts,
    first_priority_parts,
    missing_parts,
)
from locality.plans.documents.together import (
    every_line_parts,
    joint_line_parts,
    money_parts,
    reconciliation_parts,
    service_parts,
)
from locality.plans.documents.words import agreement_parts, hash_parts, say_count, status_notices
from locality.plans.snapshot import hash_plan

STRATEGIC_SECTIONS: tuple[tuple[str, str], ...] = (
    ("about", "What this is"),
    ("missing", "What is missing"),
    ("money", "The money in short"),
    ("distance", "Distance from fair share"),
    ("common", "What several localities want alike"),
    ("conflicts", "Where wishes conflict or differ"),
    ("first", "Where first priorities went"),
    ("answered", "Money and priorities held against each other"),
    ("services", "Planned expenditure by service"),
    ("joint", "Services planned jointly"),
    ("reconciliation", "From the ledger to the plan"),
)
"""Sections of the strategic plan that a narrative of the partnership may name as its own (`Narrative.section`)."""


def outline_of_strategic_plan(plan: StrategicPlan) -> Document:
    """Set a strategic plan out in headings, paragraphs, lists and tables."""
    hash = hash_plan(plan)
    parts = [
        *status_notices(plan.agreement, is_made_up=plan.made_up),
        *_sections(plan, STRATEGIC_SECTIONS[:1]),
        *_own_words(plan),
        *_sections(plan, STRATEGIC_SECTIONS[1:]),
        *every_line_parts(plan),
        *agreement_parts(plan.agreement),
        *_origin(plan, hash),
    ]
    return Document(
        title=f"Strategic commissioning plan of {plan.partnership.name}, {plan.year}",
        subtitle=plan.partnership.name,
        language="en-GB",
        status="draft" if plan.agreement is None else "agreed",
        is_made_up=plan.made_up,
        hash=hash,
        parts=finish(parts),
    )


def _about(plan: StrategicPlan) -> list[Block]:
    whole = whole_sum(strategic_sums(plan))
    said = (
        f"This is the strategic commissioning plan of {plan.partnership.name} for the financial year {plan.year}. It "
        f"is made of the agreed plans of {say_count(len(plan.plans), 'locality', 'localities')}, of the services that "
        "localities plan together, and of those planned once for the whole partnership. It says what they have in "
        "common and where they differ."
    )
    total = Paragraph(f"{say_pounds(whole.planned, whole=True)} is planned to be spent in the year.", id="total")
    return [Paragraph(said), total, Paragraph(f"Version {plan.version:,}.")]


_WRITERS = {
    "about": _about,
    "missing": missing_parts,
    "money": money_parts,
    "common": common_parts,
    "conflicts": conflict_parts,
    "first": first_priority_parts,
    "answered": answered_parts,
    "distance": distance_parts,
    "services": service_parts,
    "joint": joint_line_parts,
    "reconciliation": reconciliation_parts,
}


def _sections(plan: StrategicPlan, sections: tuple[tuple[str, str], ...]) -> list[Block]:
    return [part for id, title in sections for part in _section(plan, id, title)]


def _section(plan: StrategicPlan, id: str, title: str) -> list[Block]:
    """Write a section; one about which nothing is known and nobody wrote is left out."""
    own = [part for each in plan.narrative if each.section == id for part in _narrative(each)]
    found = [*_WRITERS[id](plan), *own]
    return [Heading(title, 1, id), *found] if found else []


def _own_words(plan: StrategicPlan) -> list[Block]:
    known = {id for id, _ in STRATEGIC_SECTIONS}
    found = [part for each in plan.narrative if each.section not in known for part in _narrative(each)]
    return [Heading("In the partnership's own words", 1, "words"), *found] if found else []


def _narrative(each: Narrative) -> list[Block]:
    texts = [text.strip() for text in each.text.split("\n\n") if text.strip()]
    return [Heading(each.title, 2, anchor("words", each.section)), *(Paragraph(text) for text in texts)]


def _origin(plan: StrategicPlan, hash: str) -> list[Block]:
    made_of = [
        Item(
            f"{each.locality.name}: version {each.version:,}, agreed on {say_day(each.agreed_on)}, "
            f"SHA-256 {each.sha256}",
            id=anchor("snapshot", each.locality.code),
        )
        for each in plan.snapshots
    ]
    behind = {part.budget.decision: part.budget for part in plan.plans if part.budget}
    decisions = [
        Item(f"Decision {id}, made on {say_day(one.decided_on)} by {one.decided_by}; release {one.release}")
        for id, one in behind.items()
    ]
    parts: list[Block] = [Heading("Where the figures come from", 1, "origin")]
    if made_of:
        parts += [Paragraph("It is made of these agreed plans, which no longer change:"), Items(tuple(made_of))]
    if decisions:
        parts += [Paragraph("Their budgets were decided here:"), Items(tuple(decisions))]
    return [*parts, *hash_parts(hash)]
