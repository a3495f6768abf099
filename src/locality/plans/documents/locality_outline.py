"""A locality's plan in plain words: what it wants, what it spends, what changes, who agreed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from locality.foundations import say_day, say_pounds
from locality.plans.content import HeadingMoney, LocalityPlan
from locality.plans.documents.amounts import HeadingSum, heading_sums, of_every_hundred, whole_sum
from locality.plans.documents.blocks import (
    Block,
    Column,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Row,
    Table,
    anchor,
    finish,
)
from locality.plans.documents.changes import change_parts
from locality.plans.documents.expenditure import expenditure_parts, joint_parts
from locality.plans.documents.priorities import priority_parts
from locality.plans.documents.words import agreement_parts, hash_parts, sentence, status_notices
from locality.plans.snapshot import hash_plan

_WHOLE_FROM_PENCE = 100_00


def outline_of_locality_plan(plan: LocalityPlan) -> Document:
    """Set a locality plan out in headings, paragraphs, lists and tables."""
    hash = hash_plan(plan)
    parts = [
        *status_notices(plan.agreement, is_made_up=plan.made_up),
        *_about(plan),
        *_money(plan),
        *priority_parts(plan),
        *expenditure_parts(plan),
        *change_parts(plan),
        *joint_parts(plan),
        *_actions(plan),
        *agreement_parts(plan.agreement),
        *_origin(plan, hash),
    ]
    return Document(
        title=f"Locality plan for {plan.locality.name}, {plan.year}",
        subtitle=plan.partnership.name,
        language="en-GB",
        status="draft" if plan.agreement is None else "agreed",
        is_made_up=plan.made_up,
        hash=hash,
        parts=finish(parts),
    )


def _about(plan: LocalityPlan) -> list[Block]:
    said = (
        f"This is the plan of {plan.locality.name} for the financial year {plan.year}. It says what the locality wants "
        "from health and social care, what is planned to be spent on each service, and what will be done."
    )
    summary = [Paragraph(sentence(plan.summary), id="summary")] if plan.summary.strip() else []
    return [Heading("What this is", 1, "about"), *summary, Paragraph(said), Paragraph(f"Version {plan.version:,}.")]


def _money(plan: LocalityPlan) -> list[Block]:
    sums = heading_sums(plan)
    whole = whole_sum(sums)
    parts: list[Block] = [Heading("The money in short", 1, "money"), Paragraph(_say_total(whole), id="total")]
    hundred = of_every_hundred({each.heading: each.planned for each in sums if each.planned})
    if hundred:
        items = [
            Item(f"{f'£{pounds}' if pounds else 'less than £1'} goes to {name}") for name, pounds in hundred.items()
        ]
        parts += [Paragraph("For every £100 that is planned:"), Items(tuple(items))]
    return [*parts, _headings_table(sums, whole), *_fair_share(plan)]


def _say_total(whole: HeadingSum) -> str:
    said = f"{_read(whole.planned)} is planned to be spent in the year."
    if whole.budget is None or whole.left is None:
        return f"{said} No budget is decided yet."
    beside = whole.planned - whole.from_budget
    said += f" {_read(whole.from_budget)} of it comes from the locality's budget of {_read(whole.budget)}"
    said += f", {_read(beside)} from grants and contributions beside it." if beside else "."
    return f"{said} {_say_left(whole.left)}"


def _say_left(left: int) -> str:
    if left < 0:
        return f"The plan is over its budget by {_read(-left)}."
    return f"{_read(left)} of the budget is not planned." if left else "All of the budget is planned."


def _read(pence: int) -> str:
    """Write an amount in a sentence: whole pounds, unless pence are a good part of it. Tables have every penny."""
    return say_pounds(pence, whole=abs(pence) >= _WHOLE_FROM_PENCE)


def _headings_table(sums: tuple[HeadingSum, ...], whole: HeadingSum) -> Table:
    names = ("Planned", "From the budget", "Budget", "Left of the budget")
    rows = [
        Row((each.heading, each.planned, each.from_budget, each.budget, each.left), is_total=each is whole)
        for each in (*sums, whole)
    ]
    columns = (Column("Heading"), *(Column(name, "pence") for name in names))
    return Table("headings", "Planned expenditure and budget by heading", columns, tuple(rows))


def _fair_share(plan: LocalityPlan) -> list[Block]:
    money = [each for each in (plan.budget.headings if plan.budget else ()) if each.fair_pence is not None]
    if not money:
        return []
    table = _due_table(money) if all(each.target_pence is not None for each in money) else _release_table(money)
    said = (
        "The fair share is the money that the locality would have if money followed the needs of its people. It is an "
        "estimate; it could as well lie anywhere between the low and the high amount."
    )
    return [Heading("Fair share", 2, "fair"), Paragraph(said), *table]


_ENDS = ("Fair share", "Low", "High")


def _due_table(money: list[HeadingMoney]) -> list[Block]:
    """Hold the budget beside the fair share of the same year's budgets, and use beside the fair share of all use."""
    said = (
        "Both are compared with a fair share of the same money: the budget with that of all localities' budgets of the "
        "year, what is used now with that of all that is used now."
    )
    columns = (Column("Heading"), *(Column(name, "estimate") for name in _ENDS))
    parts = (Column("Budget", "ratio"), Column("Used now", "ratio"))
    rows = [_due_row(each.heading, [each]) for each in money]
    rows.append(replace(_due_row("Total", money), is_total=True))
    caption = "The fair share of the year, and how far the budget and present use lie over or under it"
    return [Paragraph(said), Table("fair_share", caption, (*columns, *parts), tuple(rows))]


def _due_row(name: str, money: list[HeadingMoney]) -> Row:
    due = sum(each.target_pence or 0 for each in money)
    budget = sum(each.budget_pence for each in money)
    fair = sum(each.fair_pence or 0 for each in money)
    used = [each.historic_pence for each in money if each.historic_pence is not None]
    against = sum(used) / fair - 1 if fair and len(used) == len(money) else None
    ends = [_sum_known(_brought(each, end) for each in money) for end in ("fair_low_pence", "fair_high_pence")]
    return Row((name, due, *ends, budget / due - 1 if due else None, against))


def _brought(each: HeadingMoney, end: str) -> int | None:
    """Bring the end of an interval from the release's money to the year's; whole pence, rounded half up."""
    found, due, fair = getattr(each, end), each.target_pence or 0, each.fair_pence or 0
    return None if found is None or not fair else (2 * found * due + fair) // (2 * fair)


def _sum_known(amounts: Iterable[int | None]) -> int | None:
    found = list(amounts)
    return None if any(each is None for each in found) else sum(each for each in found if each is not None)


def _release_table(money: list[HeadingMoney]) -> list[Block]:
    """Without the fair share of the year's budgets, the budget has no place beside amounts of another year."""
    said = "These amounts are those of the release: the budget is of another year, and is not compared with them here."
    columns = (Column("Heading"), *(Column(name, "estimate") for name in ("Used now", *_ENDS)))
    keys = ("heading", "historic_pence", "fair_pence", "fair_low_pence", "fair_high_pence")
    rows = tuple(Row(tuple(getattr(each, key) for key in keys)) for each in money)
    return [Paragraph(said), Table("fair_share", "What the locality uses now and its fair share", columns, rows)]


def _actions(plan: LocalityPlan) -> list[Block]:
    parts: list[Block] = [Heading("What will be done", 1, "actions")]
    if not plan.actions:
        return [*parts, Paragraph("No action is noted.")]
    names = {service.service: service.name for service in plan.services}
    rows = tuple(
        Row(
            (names.get(each.service, each.service), each.what, each.who, say_day(each.by)), id=anchor("action", each.id)
        )
        for each in plan.actions
    )
    columns = tuple(Column(name) for name in ("Service", "What", "Who", "By when"))
    return [*parts, Table("action_table", "Actions", columns, rows)]


def _origin(plan: LocalityPlan, hash: str) -> list[Block]:
    parts: list[Block] = [Heading("Where the figures come from", 1, "origin")]
    if plan.budget is None:
        parts.append(Paragraph("No budget is decided yet."))
    else:
        behind = plan.budget
        said = f"The budget is decision {behind.decision}, made on {say_day(behind.decided_on)} by {behind.decided_by}."
        parts.append(Paragraph(f"{said} Reason: {sentence(behind.why)}", id="decision"))
        parts.append(Paragraph(f"Shares are those of the release {behind.release}.", id="release"))
    return [*parts, *hash_parts(hash)]
