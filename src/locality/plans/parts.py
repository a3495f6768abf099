"""What a plan rests on, part by part, so that two states of it can be compared in words long after one of them is gone.

A hash of the whole says that something was changed, but not what. Here every budget, service, source, joint line and
plan behind a plan has a short hash of its own, beside the words by which people know it.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from locality.plans.content import CatalogueService, HeadingMoney, JointLine, LocalityPlan, PlanLine, StrategicPlan
from locality.plans.snapshot import canonical_bytes, hash_plan, plain_values

Parts = dict[str, list[str]]
"""By path: the words for a part, and its hash."""

_FOLLOWS = "follows/"
"""Parts that change because others do; they are named only where nothing else differs."""
_HASH_DIGITS = 16  # own choice: enough to tell two states of one part apart, and short enough to keep with every plan


def parts_of(plan: LocalityPlan | StrategicPlan) -> Parts:
    """Give every part that a plan rests on, with the words for it and its hash.

    Args:
        plan: The plan.

    Returns:
        By path a list of two texts, words and hash: plain values that JSON can hold. Plans of which any part differs
        have different parts.
    """
    found = _of_locality(plan) if isinstance(plan, LocalityPlan) else _of_strategic(plan)
    parts = {path: [words, _hash(content)] for path, words, content in found}
    return parts | {f"{_FOLLOWS}whole": ["something else that the plan is made of", hash_plan(plan)[:_HASH_DIGITS]]}


def changed_parts(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Say in words which parts of a plan differ between two states of it.

    Args:
        before: Parts as `parts_of` gave them once.
        after: Parts as it gives them now.

    Returns:
        Words like "the budget under Care at home", "the service Day care (new)"; what only follows from other parts
        is named only where nothing else differs. Empty: nothing differs.
    """
    differing = [
        (path, _say(before.get(path), after.get(path)))
        for path in dict.fromkeys([*after, *before])
        if _hash_in(before, path) != _hash_in(after, path)
    ]
    own = tuple(words for path, words in differing if not path.startswith(_FOLLOWS))
    return own or tuple(words for _, words in differing[:1])


def _hash_in(parts: Mapping[str, Sequence[str]], path: str) -> str:
    return parts[path][1] if path in parts else ""


def _say(before: Sequence[str] | None, after: Sequence[str] | None) -> str:
    if after is None:
        return f"{before[0] if before else ''} (no longer there)"
    return after[0] if before is not None else f"{after[0]} (new)"


def _hash(content: Any) -> str:
    return hashlib.sha256(canonical_bytes(plain_values(content))).hexdigest()[:_HASH_DIGITS]


def _of_locality(plan: LocalityPlan) -> Iterator[tuple[str, str, Any]]:
    names = {one.service: one.name for one in plan.services}
    if plan.budget is not None:
        yield "budget", "the budget decision", dataclasses.replace(plan.budget, headings=())
        yield from _of_headings(plan.budget.headings, "the budget")
    yield from _of_catalogue(plan.services)
    for source in plan.sources:
        yield f"source/{source.source}", f"the source {source.name}", source
    yield from _of_joint(plan.joint, names)
    known = [line for line in plan.lines if line.last_year_pence is not None]
    for service, lines in _by_service(known).items():
        amounts = [(line.source, line.last_year_pence) for line in lines]
        yield f"last-year/{service}", f"last year's money for {names.get(service, service)}", amounts
    yield "names", "the name of a place", (plan.partnership, plan.locality, plan.neighbours)


def _of_strategic(plan: StrategicPlan) -> Iterator[tuple[str, str, Any]]:
    names = {one.service: one.name for each in plan.plans for one in each.services}
    for one in plan.snapshots:
        yield f"plan/{one.locality.code}", f"the agreed plan of {one.locality.name}", one
    yield from _of_joint(plan.joint, names)
    yield from _of_headings(plan.held, "the money held for the whole partnership")
    for service, lines in _by_service(plan.partnership_lines).items():
        yield f"line/{service}", f"the whole partnership's line for {names.get(service, service)}", lines
    yield "names", "the name of the partnership", plan.partnership
    yield f"{_FOLLOWS}ledger", "the ledger or a budget with which it is reconciled", plan.facts.get("reconciliation")
    yield f"{_FOLLOWS}missing", "what is missing", plan.facts.get("missing")
    yield f"{_FOLLOWS}distance", "a fair share or a number of residents", plan.facts.get("distance")


def _of_headings(rows: Sequence[HeadingMoney], words: str) -> Iterator[tuple[str, str, Any]]:
    for row in rows:
        yield f"heading/{row.heading}", f"{words} under {row.heading}", row


def _of_catalogue(services: Sequence[CatalogueService]) -> Iterator[tuple[str, str, Any]]:
    for one in services:
        yield f"service/{one.service}", f"the service {one.name}", one


def _of_joint(lines: Sequence[JointLine], names: Mapping[str, str]) -> Iterator[tuple[str, str, Any]]:
    for line in lines:
        yield f"joint/{line.id}", f"joint line {line.id} ({names.get(line.service, line.service)})", line


def _by_service(lines: Sequence[PlanLine]) -> dict[str, list[PlanLine]]:
    found: dict[str, list[PlanLine]] = {}
    for line in lines:
        found.setdefault(line.service, []).append(line)
    return found
