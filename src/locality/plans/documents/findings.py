"""What consolidation found, in words: what is missing, common, in conflict, unanswered, and how fair it is.

The facts are plain values (see `locality.plans.consolidate`). A fact that a plan does not have is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from locality.foundations import say_pounds
from locality.plans.content import StrategicPlan
from locality.plans.documents.amounts import catalogue_of
from locality.plans.documents.blocks import Block, Column, Heading, Item, Items, Paragraph, Row, Table, anchor, say_cell
from locality.plans.documents.words import ASKS, say_list, sentence

Facts = Mapping[str, Any]
_ALIKE = {"service": "", "heading": " (one heading, several services)", "words": " (in the same words)"}


def missing_parts(plan: StrategicPlan) -> list[Block]:
    """Say what the plan does not have yet."""
    missing = plan.facts.get("missing")
    if missing is None:
        return []
    found = [*_missing_plans(missing), *_missing_shares(plan, missing), *_older(missing), *_missing_money(missing)]
    if not found:
        return [Paragraph("Nothing: every locality has an agreed plan, every budget and every joint share is there.")]
    return [Items(tuple(Item(text) for text in found))]


def _places(rows: Sequence[Facts]) -> str:
    return say_list(row["locality_name"] for row in rows)


def _missing_plans(missing: Facts) -> list[str]:
    plans, budgets = missing.get("plans", ()), missing.get("budgets", ())
    said = [f"There is no agreed plan of {_places(plans)}."] if plans else []
    return [*said, f"No budget is decided for {_places(budgets)}."] if budgets else said


def _missing_shares(plan: StrategicPlan, missing: Facts) -> list[str]:
    names = {service.service: service.name for service in catalogue_of(plan)}
    shares = [
        f"{row['locality_name']} has not agreed to its share of {names.get(row['service'], row['service'])}, "
        f"{say_pounds(row['pence'])}."
        for row in missing.get("joint_shares", ())
    ]
    gaps = [
        f"The plan of {row['locality_name']} does not list "
        f"{say_list(names.get(service, service) for service in row['services'])}."
        for row in missing.get("services_not_listed", ())
    ]
    return [*shares, *gaps]


def _older(missing: Facts) -> list[str]:
    return [
        f"The plan of {row['locality_name']} rests on decision {row['plan_decision'] or 'none'}; decision "
        f"{row['decision']} is in force."
        for row in missing.get("older_budgets", ())
    ]


def _missing_money(missing: Facts) -> list[str]:
    return ["There is no ledger to start from."] if missing.get("ledger") else []


def common_parts(plan: StrategicPlan) -> list[Block]:
    """Name what at least two localities want alike."""
    common = plan.facts.get("common")
    if common is None:
        return []
    if not common:
        return [Paragraph("No two localities have a priority in common.")]
    return [Items(tuple(Item(_say_common(each)) for each in common))]


def _say_common(each: Facts) -> str:
    asks = f": {ASKS[each['direction']].replace('asks', 'ask', 1)}" if each.get("direction") in ASKS else ""
    return f"{each['name']}{_ALIKE.get(each['kind'], '')}{asks}. {_say_wishes(each['priorities'])}"


def _say_wishes(wishes: Sequence[Facts]) -> str:
    said = "; ".join(f"{each['locality_name']}, priority {each['rank']}: {each['title']}" for each in wishes)
    return sentence(said)


def conflict_parts(plan: StrategicPlan) -> list[Block]:
    """Name wishes that cannot both be had."""
    conflicts = plan.facts.get("conflicts")
    if conflicts is None:
        return []
    if not conflicts:
        return [Paragraph("No priorities conflict, and none differ on the same service.")]
    return [Items(tuple(Item(_say_conflict(each)) for each in conflicts))]


def _say_conflict(each: Facts) -> str:
    paid = f"{say_pounds(each['pence'])} is planned"
    why = {
        "directions": f"localities want opposites. {paid}",
        "differs": f"localities want different things, and both can be had. {paid}",
        "joint": f"a locality wants less of what a joint line pays for. {paid}",
        "partnership": f"a locality wants less of what the whole partnership pays for. {paid}",
    }.get(each["kind"], paid)
    wishes = "; ".join(
        f"{wish['locality_name']} {ASKS.get(wish['direction'], '')}: {wish['title']}" for wish in each["priorities"]
    )
    return f"{each['name']}: {why}. {sentence(wishes)}"


def first_priority_parts(plan: StrategicPlan) -> list[Block]:
    """Say what became of each locality's first priorities."""
    first = plan.facts.get("first_priorities")
    if not first:
        return []
    rows = tuple(
        Row(
            (
                f"{each['locality_name']}, {each['rank']}",
                each["title"],
                each["says"],
                each["pence"],
                each["change_pence"],
            ),
            anchor("first", each["locality"], each["priority"]),
        )
        for each in first
    )
    columns = (
        Column("Locality and rank"),
        Column("Priority"),
        Column("What became of it"),
        Column("Planned", "pence"),
        Column("Change", "change"),
    )
    said = "The money is all that is planned for the service or heading that the priority is about."
    return [Paragraph(said), Table("first_table", "Each locality's first priorities", columns, rows)]


def answered_parts(plan: StrategicPlan) -> list[Block]:
    """Name services with money and no priority, priorities with no money, headings that nobody speaks of."""
    return [*_money_alone(plan), *_priorities_alone(plan), *_headings_alone(plan)]


def _money_alone(plan: StrategicPlan) -> list[Block]:
    found = plan.facts.get("money_without_priority")
    if not found:
        return []
    columns = (Column("Service"), Column("Heading"), Column("Planned", "pence"))
    rows = tuple(Row((each["name"], each["heading"], each["pence"])) for each in found)
    table = Table("money_alone_table", "Services with money for which no locality has a priority", columns, rows)
    return [Heading("Money without a priority", 2, "money_alone"), table]


def _priorities_alone(plan: StrategicPlan) -> list[Block]:
    found = plan.facts.get("priority_without_money")
    if not found:
        return []
    items = tuple(
        Item(f"{each['locality_name']}, priority {each['rank']}: {each['title']} ({each['heading']})") for each in found
    )
    return [Heading("Priorities without money", 2, "priorities_alone"), Items(items)]


def _headings_alone(plan: StrategicPlan) -> list[Block]:
    found = plan.facts.get("headings_without_priority")
    if not found:
        return []
    columns = (Column("Locality"), Column("Heading"), Column("Planned", "pence"))
    rows = tuple(Row((each["locality_name"], each["heading"], each["pence"])) for each in found)
    caption = "Headings under which a locality spends but names no priority"
    return [
        Heading("Headings without a priority", 2, "headings_alone"),
        Table("headings_table", caption, columns, rows),
    ]


def distance_parts(plan: StrategicPlan) -> list[Block]:
    """Say how far localities are from their fair share before and after the plan."""
    distance = plan.facts.get("distance")
    if not distance or not distance.get("localities"):
        return []
    said = (
        "Distance is the money that a locality's people use (before) or that is planned for them (after), less its "
        "fair share of the same money. Above nought is more than the fair share. The two sides are of different years "
        "and totals, so compare the per cent, not the pounds: growth of the whole brings nobody nearer. A fair share "
        "is an estimate with an interval; a distance within its interval cannot be told from none."
    )
    columns = (
        Column("Locality"),
        Column("Before", "change"),
        Column("Before, of fair share", "ratio"),
        Column("After", "change"),
        Column("After, of fair share", "ratio"),
        Column("What becomes of it"),
    )
    keys = ("locality_name", "before_pence", "before_ratio", "after_pence", "after_ratio", "moves")
    rows = tuple(Row(tuple(each[key] for key in keys)) for each in distance["localities"])
    table = Table("distance_table", "Distance from fair share before and after the plan", columns, rows)
    return [Paragraph(said), table, *_left_out(distance), *_gaps(distance), *_per_head(distance)]


def _left_out(distance: Facts) -> list[Block]:
    names = distance.get("headings_left_out")
    return [Paragraph(f"Not compared, because a share is not known: {say_list(names)}.")] if names else []


def _gaps(distance: Facts) -> list[Block]:
    when = {"before": "Before the plan", "after": "After it"}
    known = [(words, distance.get("inequality", {}).get(key)) for key, words in when.items()]
    return [Paragraph(_say_gap(words, gap)) for words, gap in known if gap]


def _say_gap(when: str, gap: Facts) -> str:
    most, least = (say_cell(gap[f"most_{side}_ratio"], "ratio") for side in ("over", "under"))
    if most == least == "0.0%":
        return f"{when}, every locality is at its fair share, to the nearest 0.1%."
    return f"{when}, {gap['most_over_name']} is highest ({most}) and {gap['most_under_name']} lowest ({least})."


def _per_head(distance: Facts) -> list[Block]:
    heads = distance.get("inequality", {}).get("per_head")
    if not heads:
        return []
    columns = (
        Column("Locality"),
        Column("Residents", "count"),
        Column("Planned", "pence"),
        Column("Fair share", "pence"),
        Column("Distance", "change"),
    )
    keys = ("locality_name", "residents", "planned_pence_each", "fair_pence_each", "distance_pence_each")
    rows = tuple(Row(tuple(each[key] for key in keys)) for each in heads)
    return [Table("per_head", "The same money for each resident", columns, rows)]
