"""The part of a locality plan that people edit, as a flat mapping of path to plain value, and the plan made of it.

A site can store, compare and merge such a mapping field by field. The paths are::

    summary
    line/<service>/<source>                 pence
    note/<service>
    priority/<id>/heading service rank title why direction raised_by
    action/<id>/service what who by
    move/<id>/from_service to_service source pence why
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from locality.foundations import Fault, InputRefused
from locality.plans.content import (
    BudgetBehind,
    CatalogueService,
    FundingSource,
    JointLine,
    LocalityPlan,
    Move,
    Place,
    PlanLine,
    PlannedAction,
    Priority,
)

Fields = Mapping[str, "str | int"]

PARTS: dict[str, dict[str, type]] = {
    "priority": {
        "heading": str,
        "service": str,
        "rank": int,
        "title": str,
        "why": str,
        "direction": str,
        "raised_by": str,
    },
    "action": {"service": str, "what": str, "who": str, "by": str},
    "move": {"from_service": str, "to_service": str, "source": str, "pence": int, "why": str},
}
"""What belongs to one priority, one action, one move, and the type of each."""

LONGEST_PATH = 200
"""Letters of a path; our own limit, far above what codes and ids need."""

CORE = "core"
"""The source of a line that nobody has given a source yet, where the frame names none of kind core."""


@dataclass(frozen=True)
class PlanFrame:
    """Everything of a locality plan that its editors do not write.

    Args:
        partnership: The partnership.
        locality: The locality.
        year: Financial year, like "2026/27".
        version: Version of the plan.
        budget: The decided budget; None: none is decided.
        services: The whole catalogue. Every service that is planned in the locality gets a line.
        sources: Funding sources, those too that had money last year.
        joint: Joint lines in which the locality has a share.
        last_year: Pence of last year's agreed plan (or the ledger) by service and source. A service that is in it had
            nothing from a source that is not; of a service that is not in it, nothing is known.
        made_up: Whether the figures are made up or an example.
        neighbours: The other localities that share a joint line.
    """

    partnership: Place
    locality: Place
    year: str
    version: int
    budget: BudgetBehind | None
    services: tuple[CatalogueService, ...]
    sources: tuple[FundingSource, ...]
    joint: tuple[JointLine, ...] = ()
    last_year: Mapping[tuple[str, str], int] = field(default_factory=dict)
    made_up: bool = False
    neighbours: tuple[Place, ...] = ()

    @property
    def name(self) -> str:
        """Name the plan for the words of a fault."""
        return f"Plan of {self.locality.name} for {self.year}"


def frame_of(plan: LocalityPlan) -> PlanFrame:
    """Give everything of a plan that its editors do not write."""
    known = {(one.service, one.source): one.last_year_pence for one in plan.lines}
    return PlanFrame(
        partnership=plan.partnership,
        locality=plan.locality,
        year=plan.year,
        version=plan.version,
        budget=plan.budget,
        services=plan.services,
        sources=plan.sources,
        joint=plan.joint,
        last_year={key: pence for key, pence in known.items() if pence is not None},
        made_up=plan.made_up,
        neighbours=plan.neighbours,
    )


def fields_of(plan: LocalityPlan) -> dict[str, str | int]:
    """Give the part of a plan that people edit.

    Args:
        plan: The plan.

    Returns:
        Path to plain value. With the plan's frame, `plan_of_fields` makes the same content of it again.
    """
    found: dict[str, str | int] = {"summary": plan.summary}
    for line in plan.lines:
        # Two lines of one service and source are one field; neither's money may be lost.
        path = f"line/{line.service}/{line.source}"
        found[path] = int(found.get(path, 0)) + line.pence
    found |= {f"note/{service}": text for service, text in plan.notes}
    items: Iterable[tuple[str, Any]] = (
        *(("priority", each) for each in plan.priorities),
        *(("action", each) for each in plan.actions),
        *(("move", each) for each in plan.moves),
    )
    for kind, item in items:
        found |= {f"{kind}/{item.id}/{name}": getattr(item, name) for name in PARTS[kind]}
    return found


def complete_fields(fields: Fields, frame: PlanFrame) -> dict[str, str | int]:
    """Add the lines that a plan has whether anybody wrote them or not.

    Args:
        fields: Path to plain value.
        frame: Everything else of the plan.

    Returns:
        The same fields; further a line of nought for every service and source that had money last year, and one for
        every other service that is planned in the locality: no service can be dropped, and no money can vanish. A
        line of nought that belongs nowhere, since the catalogue or the sources have changed, is left out.
    """
    own = [one.service for one in frame.services if one.planned_at == "locality"]
    known = {one.source for one in frame.sources}
    fields = {path: value for path, value in fields.items() if value != 0 or not _is_stray(path, own, known)}
    had = {key for key, pence in frame.last_year.items() if pence and key[0] in own and key[1] in known}
    found = {f"line/{service}/{source}": 0 for service, source in sorted(had)} | dict(fields)
    listed = {path.split("/")[1] for path in found if path.startswith("line/")}
    first = next((one.source for one in frame.sources if one.kind == "core"), CORE)
    return found | {f"line/{service}/{first}": 0 for service in own if service not in listed}


def _is_stray(path: str, own: Collection[str], known: Collection[str]) -> bool:
    kind, *codes = path.split("/")
    return kind == "line" and len(codes) == 2 and (codes[0] not in own or (codes[1] not in known and codes[1] != CORE))


def plan_of_fields(fields: Fields, frame: PlanFrame) -> LocalityPlan:
    """Make a plan of what people edited and of everything else.

    A draft that is not sound makes a plan as well, so that its totals can be shown; `check_fields` says what is
    wrong with it. What a priority, an action or a move lacks is empty or nought.

    Args:
        fields: Path to plain value, as `fields_of` gives it, in any order.
        frame: Everything else of the plan.

    Returns:
        The plan, without an agreement. Lines stand in the order of the catalogue and of the sources, priorities by
        rank: the same fields give the same plan and the same hash. Every service planned in the locality has a line.

    Raises:
        InputRefused: A path is none of a plan's, or its value is text where a number belongs, or the reverse.
    """
    unreadable = path_faults(fields, frame.name)
    if unreadable:
        raise InputRefused(unreadable)
    whole = complete_fields(fields, frame)
    return LocalityPlan(
        partnership=frame.partnership,
        locality=frame.locality,
        year=frame.year,
        version=frame.version,
        summary=str(whole.get("summary", "")),
        budget=frame.budget,
        services=frame.services,
        sources=frame.sources,
        lines=_lines(whole, frame),
        joint=frame.joint,
        moves=tuple(Move(id_, **parts) for id_, parts in items_of(whole, "move")),
        priorities=_priorities(whole),
        actions=tuple(PlannedAction(id_, **parts) for id_, parts in items_of(whole, "action")),
        notes=_notes(whole, frame),
        made_up=frame.made_up,
        neighbours=frame.neighbours,
    )


def path_faults(fields: Fields, file: str) -> tuple[Fault, ...]:
    """Name every path that is none of a plan's, and every value of the wrong type."""
    faults = []
    for path, value in fields.items():
        wanted = type_of_field(path)
        if wanted is None:
            do = "Load the page again; if it comes back, report it."
            faults.append(Fault(file, f"a plan has no field '{path}'", do, "plan-field-unknown", column=path))
        elif type(value) is not wanted:
            what = "a whole number is needed here" if wanted is int else "text is needed here"
            faults.append(Fault(file, what, "Write it anew.", "plan-field-type", column=path))
    return tuple(faults)


def type_of_field(path: str) -> type | None:
    """Give the type of a field's value by its path; None: a plan has no such field."""
    kind, *rest = path.split("/")
    if not all(rest) or len(path) > LONGEST_PATH:
        return None
    if kind in PARTS and len(rest) == 2:
        return PARTS[kind].get(rest[1])
    lengths: dict[str, tuple[int, type]] = {"summary": (0, str), "note": (1, str), "line": (2, int)}
    length, wanted = lengths.get(kind, (-1, str))
    return wanted if len(rest) == length else None


def items_of(fields: Fields, kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Give the priorities, actions or moves among fields by id, each with all its parts."""
    found: dict[str, dict[str, Any]] = {}
    for path, value in fields.items():
        if path.startswith(f"{kind}/") and type_of_field(path):
            _, id_, part = path.split("/")
            found.setdefault(id_, {name: wanted() for name, wanted in PARTS[kind].items()})[part] = value
    return sorted(found.items(), key=lambda each: natural_order(each[0]))


def natural_order(text: str) -> tuple[tuple[str, int], ...]:
    """Give a key that sorts P9 before P10."""
    return tuple((words, int(digits or -1)) for words, digits in re.findall(r"([^0-9]*)([0-9]*)", text))


def next_id(fields: Fields, kind: str) -> str:
    """Give an id for a new priority, action or move: a letter and the number after the highest one in use.

    Args:
        fields: The fields that are there.
        kind: "priority", "action" or "move".

    Returns:
        An id like "P4" that none of them has.
    """
    letter = kind[0].upper()
    used = [int(id_[1:]) for id_, _ in items_of(fields, kind) if re.fullmatch(rf"{letter}[0-9]+", id_)]
    return f"{letter}{max(used, default=0) + 1}"


def _lines(fields: Fields, frame: PlanFrame) -> tuple[PlanLine, ...]:
    seen_last_year = {service for service, _ in frame.last_year}
    order = _order_by([one.service for one in frame.services])
    source_order = _order_by([one.source for one in frame.sources])
    lines = []
    for path, pence in fields.items():
        if path.startswith("line/"):
            _, service, source = path.split("/")
            unseen = 0 if service in seen_last_year else None
            lines.append(PlanLine(service, source, int(pence), frame.last_year.get((service, source), unseen)))
    return tuple(sorted(lines, key=lambda one: (order(one.service), source_order(one.source))))


def _priorities(fields: Fields) -> tuple[Priority, ...]:
    found = [Priority(id_, **parts) for id_, parts in items_of(fields, "priority")]
    return tuple(sorted(found, key=lambda one: one.rank))


def _notes(fields: Fields, frame: PlanFrame) -> tuple[tuple[str, str], ...]:
    found = [(path.split("/")[1], str(text)) for path, text in fields.items() if path.startswith("note/")]
    order = _order_by([one.service for one in frame.services])
    return tuple(sorted(((service, text) for service, text in found if text), key=lambda each: order(each[0])))


def _order_by(codes: Iterable[str]) -> Callable[[str], tuple[int, str]]:
    place = {code: number for number, code in enumerate(codes)}
    return lambda code: (place.get(code, len(place)), code)
