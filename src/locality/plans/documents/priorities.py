"""Priorities under every heading, those that come first in the locality first."""

from __future__ import annotations

from locality.plans.content import LocalityPlan, Priority
from locality.plans.documents.amounts import headings_of
from locality.plans.documents.blocks import Block, Heading, Item, Items, Paragraph, anchor
from locality.plans.documents.words import ASKS, say_list, sentence


def priority_parts(plan: LocalityPlan) -> list[Block]:
    """List every priority in order, then give each under its heading with its reason."""
    parts: list[Block] = [Heading("Priorities", 1, "priorities")]
    ranked = sorted(plan.priorities, key=lambda each: each.rank)
    if not ranked:
        return [*parts, Paragraph("No priority is noted.")]
    parts += [Paragraph("In the locality's own order:"), Items(tuple(map(_item, ranked)), is_numbered=True)]
    for heading in dict.fromkeys(each.heading for each in ranked):
        parts.append(Heading(heading, 2, anchor("priorities", heading)))
        parts += [part for each in ranked if each.heading == heading for part in _priority(each, plan)]
    without = [name for name in headings_of(plan.services) if name not in {each.heading for each in ranked}]
    if without:
        parts.append(Paragraph(f"No priority is noted under {say_list(without)}."))
    return parts


def _item(priority: Priority) -> Item:
    return Item(f"{priority.title} ({priority.heading})")


def _priority(priority: Priority, plan: LocalityPlan) -> list[Block]:
    names = {service.service: service.name for service in plan.services}
    about = names.get(priority.service, priority.service) or f"all of {priority.heading}"
    raised = f" Raised by: {sentence(priority.raised_by)}" if priority.raised_by.strip() else ""
    title = Heading(f"Priority {priority.rank}: {priority.title}", 3, anchor("priority", priority.id))
    said = f"About {about}; {ASKS[priority.direction]}. {sentence(priority.why)}{raised}"
    return [title, Paragraph(said.strip())]
