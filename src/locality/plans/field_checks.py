"""What is wrong with the fields of a draft: all of it at once, each fault with the path of its field as `column`.

These are the faults that keep a draft from being agreed whatever its totals. Whether it keeps within its budget says
`over_budget`, and within the funders' rules `check_spending`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from locality.foundations import Fault, say_pounds
from locality.plans.content import CatalogueService, Direction
from locality.plans.fields import Fields, PlanFrame, items_of, path_faults, type_of_field

MOST_PENCE = 2**53 - 1
"""Programs that read JSON numbers as floating point, as spreadsheets and browsers do, lose pennies above this."""

# Letters that neither a word processor's file nor XML can hold: control signs, and halves of letters.
_NO_LETTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

_ELSEWHERE = {
    "across": "is planned jointly across localities",
    "partnership": "is planned once for the whole partnership",
}


def check_fields(fields: Fields, frame: PlanFrame) -> tuple[Fault, ...]:
    """Name everything that is wrong with the fields of a plan.

    Args:
        fields: Path to plain value, as `fields_of` gives it.
        frame: Everything else of the plan.

    Returns:
        All faults at once, each with the path of its field as `column`, so that a form can put it beside the field.
        None: `plan_of_fields` gives a sound plan, though perhaps one over its budget.
    """
    check = _Check(fields, frame)
    faults = [*path_faults(fields, frame.name)]
    # What cannot be read is named once, as such; the further checks look at the rest.
    unreadable = {fault.column for fault in faults}
    check.fields = {path: value for path, value in fields.items() if path not in unreadable}
    faults += [*check.texts(), *check.amounts(), *check.lines(), *check.notes(), *check.priorities()]
    faults += [*check.ranks(), *check.actions(), *check.moves(), *check.moves_against_last_year()]
    return tuple(faults)


@dataclass
class _Check:
    fields: Fields
    frame: PlanFrame

    def __post_init__(self) -> None:
        self.services: dict[str, CatalogueService] = {one.service: one for one in self.frame.services}
        self.sources = {one.source: one for one in self.frame.sources}
        self.headings = {one.heading for one in self.frame.services}

    def fault(self, path: str, what: str, do: str, code: str) -> Fault:
        return Fault(self.frame.name, what, do, code, column=path)

    def texts(self) -> Iterator[Fault]:
        for path, value in self.fields.items():
            if isinstance(value, str) and _NO_LETTER.search(value):
                what = "the text holds a sign that is no letter and cannot be printed"
                yield self.fault(path, what, "Type the text anew.", "plan-text-unprintable")

    def amounts(self) -> Iterator[Fault]:
        for path, value in self.fields.items():
            if type_of_field(path) is not int or path.endswith("/rank"):
                continue
            if int(value) < 0:
                what = f"{say_pounds(int(value))} is below nought"
                do = "Write what is to be spent; put a saving as a move, or plan less than last year."
                yield self.fault(path, what, do, "plan-amount-negative")
            elif int(value) > MOST_PENCE:
                what = f"{say_pounds(int(value))} is more than can be counted to the penny everywhere"
                yield self.fault(path, what, "Correct the amount.", "plan-amount-too-large")

    def lines(self) -> Iterator[Fault]:
        for path, pence in self._paths("line"):
            _, service, source = path.split("/")
            if pence == 0:
                continue  # left out of the plan where it belongs nowhere (see `complete_fields`)
            yield from self._known_service(path, service)
            yield from self._known_source(path, source)
            planned_at = self.services[service].planned_at if service in self.services else "locality"
            if planned_at in _ELSEWHERE:
                what = f"{self.services[service].name} {_ELSEWHERE[planned_at]}; it has no line in a locality's plan"
                do = (
                    "Plan it as a joint line." if planned_at == "across" else "Leave it to the partnership's own lines."
                )
                yield self.fault(path, what, do, "plan-service-elsewhere")

    def notes(self) -> Iterator[Fault]:
        for path, _ in self._paths("note"):
            yield from self._known_service(path, path.split("/")[1])

    def priorities(self) -> Iterator[Fault]:
        for id_, parts in items_of(self.fields, "priority"):
            path = f"priority/{id_}"
            yield from self._text(f"{path}/title", parts["title"], "Say in a few words what is wanted.")
            yield from self._heading(path, parts)
            if parts["direction"] not in get_args(Direction):
                what = f"'{parts['direction']}' is none of {', '.join(get_args(Direction))}"
                yield self.fault(f"{path}/direction", what, "Choose one of them.", "plan-direction-unknown")

    def _heading(self, path: str, parts: dict[str, Any]) -> Iterator[Fault]:
        heading, code = parts["heading"], parts["service"]
        if heading not in self.headings:
            what = f"'{heading}' is no service heading of the catalogue" if heading else "it has no service heading"
            yield self.fault(f"{path}/heading", what, "Choose a heading.", "plan-heading-unknown")
        if not code:
            return
        yield from self._known_service(f"{path}/service", code)
        service = self.services.get(code)
        if service and heading in self.headings and service.heading != heading:
            what = f"{service.name} stands under {service.heading}, not under {heading}"
            do = f"Choose {service.heading}, or another service."
            yield self.fault(f"{path}/service", what, do, "plan-service-other-heading")

    def ranks(self) -> Iterator[Fault]:
        found = items_of(self.fields, "priority")
        times = Counter(parts["rank"] for _, parts in found)
        for id_, parts in found:
            rank, path = parts["rank"], f"priority/{id_}/rank"
            if rank < 1:
                yield self.fault(path, "it has no rank", "Write 1 for the first priority.", "plan-rank-missing")
            elif times[rank] > 1:
                same = [str(each["title"] or one) for one, each in found if each["rank"] == rank and one != id_]
                what = f"rank {rank} is also that of {', '.join(same)}"
                yield self.fault(path, what, "Give each priority its own rank.", "plan-rank-twice")

    def actions(self) -> Iterator[Fault]:
        for id_, parts in items_of(self.fields, "action"):
            yield from self._text(f"action/{id_}/what", parts["what"], "Say what will be done.")
            yield from self._known_service(f"action/{id_}/service", parts["service"])

    def moves(self) -> Iterator[Fault]:
        for id_, parts in items_of(self.fields, "move"):
            path = f"move/{id_}"
            yield from self._text(f"{path}/why", parts["why"], "Say why the money is moved.")
            yield from self._known_source(f"{path}/source", parts["source"])
            yield from self._movable(f"{path}/from_service", parts["from_service"])
            yield from self._movable(f"{path}/to_service", parts["to_service"])
            if parts["from_service"] == parts["to_service"] != "":
                what = "the money is moved from a service to itself"
                yield self.fault(f"{path}/to_service", what, "Choose another service.", "plan-move-to-itself")
            if parts["pence"] == 0:
                yield self.fault(f"{path}/pence", "no money is moved", "Write the amount.", "plan-move-of-nothing")

    def _movable(self, path: str, code: str) -> Iterator[Fault]:
        yield from self._known_service(path, code)
        service = self.services.get(code)
        joint = {line.service for line in self.frame.joint}
        if service and service.planned_at != "locality" and code not in joint:
            what = f"{service.name} {_ELSEWHERE[service.planned_at]}, and this locality has no part in it"
            do = "Move money between services that the locality plans."
            yield self.fault(path, what, do, "plan-service-elsewhere")

    def moves_against_last_year(self) -> Iterator[Fault]:
        known = {service for service, _ in self.frame.last_year}
        taken: Counter[tuple[str, str]] = Counter()
        for id_, parts in items_of(self.fields, "move"):
            key = (parts["from_service"], parts["source"])
            taken[key] += parts["pence"]
            had = self.frame.last_year.get(key, 0)
            if key[0] in known and key[0] in self.services and key[1] in self.sources and taken[key] > had:
                name, source = self.services[key[0]].name, self.sources[key[1]].name
                what = f"{say_pounds(taken[key])} is taken from {name}, but last year it had {say_pounds(had)}"
                do = f"Take no more than it had from {source}."
                yield self.fault(f"move/{id_}/pence", what, do, "plan-move-too-much")

    def _paths(self, kind: str) -> list[tuple[str, str | int]]:
        return [(path, value) for path, value in self.fields.items() if path.startswith(f"{kind}/")]

    def _text(self, path: str, text: str, do: str) -> Iterator[Fault]:
        if not text.strip():
            yield self.fault(path, "the text is empty", do, "plan-text-empty")

    def _known_service(self, path: str, code: str) -> Iterator[Fault]:
        if code not in self.services:
            what = f"'{code}' is no service of the catalogue" if code else "no service is named"
            yield self.fault(path, what, "Choose a service of the catalogue.", "plan-service-unknown")

    def _known_source(self, path: str, code: str) -> Iterator[Fault]:
        if code not in self.sources:
            what = f"'{code}' is no funding source" if code else "no funding source is named"
            yield self.fault(path, what, "Choose one of the funding sources.", "plan-source-unknown")
