"""Money and priorities held against each other: which priority got which pounds, and which of either stands alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from locality.plans.common import say_wish
from locality.plans.content import PlannedAction, Priority
from locality.plans.material import Material, MoneyLine

Facts = dict[str, Any]


def money_without_priority(material: Material) -> list[Facts]:
    """Find services that have money although no locality has a priority for them or for their whole heading.

    Args:
        material: What is consolidated.

    Returns:
        Services, most money first, with the localities that pay for them.
    """
    wanted = [one for _, one in material.priorities()]
    paid: dict[str, list[MoneyLine]] = {}
    for line in material.lines:
        paid.setdefault(line.service, []).append(line)
    services = {one.service for one in wanted}
    headings = {one.heading for one in wanted if not one.service}
    found = [
        {
            "service": service,
            "name": material.services[service].name,
            "heading": lines[0].heading,
            "pence": sum(line.pence for line in lines),
            "localities": sorted({line.locality for line in lines if line.locality}),
        }
        for service, lines in paid.items()
        if service not in services and lines[0].heading not in headings
    ]
    return sorted(found, key=lambda one: (-one["pence"], one["service"]))


def priorities_without_money(material: Material) -> list[Facts]:
    """Find priorities to which no money goes: neither the locality's own, nor its share, nor the whole partnership's.

    Args:
        material: What is consolidated.

    Returns:
        Priorities in the order of localities and ranks; one that asks for less is not among them.
    """
    return [
        say_wish(material, (code, one)) | {"heading": one.heading, "service": one.service}
        for code, one in material.priorities()
        if one.direction != "less" and not any(_lines_for(material, code, one))
    ]


def headings_without_priority(material: Material) -> list[Facts]:
    """Find headings under which a locality spends, but names no priority.

    Args:
        material: What is consolidated.

    Returns:
        Locality and heading, with the money in pence.
    """
    found = []
    for code, plan in material.plans.items():
        named = {one.heading for one in plan.priorities}
        spent: dict[str, int] = {}
        for line in material.lines:
            if line.locality == code and line.heading not in named:
                spent[line.heading] = spent.get(line.heading, 0) + line.pence
        found += [
            {"locality": code, "locality_name": material.names[code], "heading": heading, "pence": pence}
            for heading, pence in spent.items()
        ]
    return found


def _lines_for(material: Material, code: str, priority: Priority) -> Iterable[MoneyLine]:
    """A locality's lines, and those of the whole partnership, that a priority is about."""
    return (line for line in material.lines_about(priority) if line.locality in (code, ""))


def first_priorities(material: Material, most: int) -> list[Facts]:
    """Follow each locality's first priorities to the lines, pounds and actions that answer them.

    Args:
        material: What is consolidated.
        most: How many of each locality's priorities, by rank.

    Returns:
        One entry for each, with its lines, their sum in pence, how it changed where last year is known, its actions,
        and what became of it in words; a priority without money says so openly.
    """
    found = []
    for code, plan in material.plans.items():
        for priority in sorted(plan.priorities, key=lambda one: one.rank)[:most]:
            found.append(_followed(material, code, priority))
    return found


def _followed(material: Material, code: str, priority: Priority) -> Facts:
    lines = list(_lines_for(material, code, priority))
    actions = [one for one in material.plans[code].actions if _is_about(material, one, priority)]
    pence = sum(line.pence for line in lines)
    known = [line for line in lines if line.last_year_pence is not None]
    before = sum(line.last_year_pence or 0 for line in known)
    change = pence - before if lines and len(known) == len(lines) else None
    return {
        **say_wish(material, (code, priority)),
        "heading": priority.heading,
        "service": priority.service,
        "pence": pence,
        "change_pence": change,
        "lines": [
            {"kind": one.kind, "service": one.service, "source": one.source, "joint": one.joint, "pence": one.pence}
            for one in lines
        ],
        "actions": [{"id": one.id, "what": one.what, "who": one.who, "by": one.by} for one in actions],
        "says": _say(priority, pence, change, actions=len(actions)),
    }


def _is_about(material: Material, action: PlannedAction, priority: Priority) -> bool:
    if priority.service:
        return action.service == priority.service
    entry = material.services.get(action.service)
    return entry is not None and entry.heading == priority.heading


def _say(priority: Priority, pence: int, change: int | None, *, actions: int) -> str:
    """Say what became of a priority: whether there is money and an action, and whether money goes the way it asks."""
    return f"{_say_means(priority, pence, actions)}{_say_way(priority, change)}"


def _say_means(priority: Priority, pence: int, actions: int) -> str:
    if priority.direction == "less":
        # Money is no answer to somebody who asks for less of it.
        return "Actions" if actions else "No action yet"
    if pence and actions:
        return "Money and actions"
    if pence:
        return "Money, but no action yet"
    return "Actions, but no money yet" if actions else "No money yet"


def _say_way(priority: Priority, change: int | None) -> str:
    """Pounds against last year's pounds: prices are not taken out, because a plan does not know them."""
    asked = priority.direction
    if asked not in ("more", "less") or change is None:
        return ""
    planned = "more" if change > 0 else "less" if change else ""
    said = f"{planned} is planned than last year" if change else "the same amount is planned as last year"
    return f"; asks for {asked}, {'and' if planned == asked else 'but'} {said}"
