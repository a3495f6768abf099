"""A locality's plan in plain words: what it wants, what it spends, what changes, who agreed."""

from __future__ import annotations

from locality.foundations import say_pounds
from locality.plans.content import LocalityPlan
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
from locality.plans.documents.words import agreement_parts, hash_parts, say_day, sentence, status_notices
from locality.plans.snapshot import hash_plan


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
    said = f"{say_pounds(whole.planned)} is planned to be spent in the year."
    if whole.budget is None or whole.left is None:
        return f"{said} No budget is decided yet."
    beside = whole.planned - whole.from_budget
    said += f" {say_pounds(whole.from_budget)} of it comes from the locality's budget of {say_pounds(whole.budget)}"
    said += f", {say_pounds(beside)} from grants and contributions beside it." if beside else "."
    return f"{said} {_say_left(whole.left)}"


def _say_left(left: int) -> str:
    if left < 0:
        return f"The plan is over its budget by {say_pounds(-left)}."
    return f"{say_pounds(left)} of the budget is not planned." if left else "All of the budget is planned."


def _headings_table(sums: tuple[HeadingSum, ...], whole: HeadingSum) -> Table:
    names = ("Planned", "From the budget", "Budget", "Left of the budget")
    rows = [
        Row((each.heading, each.planned, each.from_budget, each.budget, each.left), is_total=each is whole)
        for each in (*sums, whole)
    ]
    columns = (Column("Heading"), *(Column(name, "pence") for name in names))
    return Table("headings", "Planned expenditure and budget by heading", columns, tuple(rows))


def _fair_share(plan: LocalityPlan) -> list[Block]:
    money = plan.budget.headings if plan.budget else ()
    known = [each for each in money if each.fair_pence is not None]
    if not known:
        return []
    names = ("Used now", "Fair share", "Fair share, low", "Fair share, high", "Budget")
    rows = tuple(
        Row(
            (
                each.heading,
                each.historic_pence,
                each.fair_pence,
                each.fair_low_pence,
                each.fair_high_pence,
                each.budget_pence,
            )
        )
        for each in known
    )
    said = (
        "The fair share is the money that the locality would have if money followed the needs of its people. It is an "
        "estimate; it could as well lie anywhere between the low and the high amount."
    )
    columns = (Column("Heading"), *(Column(name, "pence") for name in names))
    caption = "What the locality uses now, its fair share and its budget"
    return [Heading("Fair share", 2, "fair"), Paragraph(said), Table("fair_share", caption, columns, rows)]


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
