"""Words that both kinds of plan use."""

from __future__ import annotations

from collections.abc import Iterable

from locality.foundations import say_day
from locality.plans.content import Agreement, Direction, PlannedAt
from locality.plans.documents.blocks import Block, Column, Heading, Paragraph, Row, Table

ASKS: dict[Direction, str] = {
    "more": "asks for more",
    "less": "asks for less",
    "change": "asks to do it differently",
    "keep": "asks to keep it as it is",
}
PLANNED_AT: dict[PlannedAt, str] = {
    "locality": "in each locality",
    "across": "by several localities together",
    "partnership": "once for the whole partnership",
}
EXAMPLE = "This is an example. Its figures are made up or stand for an example only. Nobody has decided them."


def say_list(names: Iterable[str]) -> str:
    """Join names with commas and "and"."""
    found = list(names)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}" if found else ""


def say_count(number: int, one: str, many: str) -> str:
    """Write a number with its word: "1 service", "3 services"."""
    return f"{number:,} {one if number == 1 else many}"


def sentence(text: str) -> str:
    """End a text with a full stop where it has no end of its own."""
    text = text.strip()
    return text if not text or text[-1] in ".!?:;…" else f"{text}."


def status_notices(agreement: Agreement | None, *, is_made_up: bool) -> list[Block]:
    """Say first whether this is agreed, a draft, or an example."""
    example = [Paragraph(EXAMPLE, id="example", is_notice=True)] if is_made_up else []
    if agreement is None:
        return [*example, Paragraph("This is a draft. It may still change.", id="status", is_notice=True)]
    said = f"This plan was agreed on {say_day(agreement.agreed_on)}. It does not change; a later version replaces it."
    return [*example, Paragraph(said, id="status", is_notice=True)]


def agreement_parts(agreement: Agreement | None) -> list[Block]:
    """Say who agreed, who objected and why."""
    parts: list[Block] = [Heading("Who agreed", 1, "agreement")]
    if agreement is None:
        return [*parts, Paragraph("Nobody has agreed this plan yet.")]
    agreed = sum(stance.stance == "agree" for stance in agreement.stances)
    objected = len(agreement.stances) - agreed
    said = (
        f"Agreed on {say_day(agreement.agreed_on)}. {say_count(agreed, 'person', 'people')} agreed and "
        f"{objected:,} objected. At least {agreement.quorum:,} had to take part."
    )
    rows = [
        Row((each.name, each.role, "Agreed" if each.stance == "agree" else "Objected", each.reason, say_day(each.on)))
        for each in sorted(agreement.stances, key=lambda each: each.stance)
    ]
    columns = tuple(Column(name) for name in ("Name", "Speaks for", "Said", "Reason", "Day"))
    table = [Table("stances", "Who agreed, who objected and why", columns, tuple(rows))] if rows else []
    return [*parts, Paragraph(said), *table]


def hash_parts(hash: str) -> list[Block]:
    """Say how anybody can verify that the plan was not changed."""
    return [
        Paragraph(
            f"The SHA-256 of this plan is {hash}. To verify it, download plan.json from the page of this plan and "
            "compute the SHA-256 of the file, for example with sha256sum plan.json. The digits must be the same.",
            id="hash",
        )
    ]
