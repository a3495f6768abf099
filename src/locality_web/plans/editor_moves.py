"""The form of moves: money taken from one service and given to another, as one record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from locality.foundations import Fault, say_pounds
from locality_web.core.forms import MoneyField
from locality_web.plans.editing import Value
from locality_web.plans.editor_forms import NEW, REMOVE, PathForm, TextField, remove_field, service_choices

ADJUST = "adjust:"
_Parts = Mapping[str, Any]


class MovesForm(PathForm):
    """All moves of a plan, and an empty place for a new one."""

    def paths(self) -> Iterator[tuple[str, forms.Field]]:
        """Give the fields of each move."""
        joint = {line.service for line in self.plan.content.joint}
        codes = [
            one.service for one in self.plan.frame.services if one.planned_at == "locality" or one.service in joint
        ]
        sources = {one.source: one.name for one in self.plan.frame.sources}
        for id_ in [*self.ids, NEW]:
            for side, label in (("from_service", "From"), ("to_service", "To")):
                chosen = str(self.plan.fields.get(f"move/{id_}/{side}", ""))
                names = dict.fromkeys([*codes, *([chosen] if chosen else [])])
                choices = service_choices(self.plan, names, first="Choose a service")
                yield f"move/{id_}/{side}", forms.ChoiceField(label=label, choices=choices, required=False)
            chosen = str(self.plan.fields.get(f"move/{id_}/source", ""))
            names_of = {**({chosen: chosen} if chosen else {}), **sources}
            first = next(iter(names_of), "")
            field = forms.ChoiceField(label="Of which money", choices=list(names_of.items()), required=False)
            field.initial = first
            yield f"move/{id_}/source", field
            yield f"move/{id_}/pence", MoneyField(label="Amount", required=False)
            yield f"move/{id_}/why", TextField(label="Why", rows=2)
            says = "Also change the planned amounts of both services"
            yield f"{ADJUST}{id_}", forms.BooleanField(label=says, required=False)
            if id_ != NEW:
                yield f"{REMOVE}move/{id_}", remove_field("move")

    @property
    def ids(self) -> list[str]:
        """The moves that there are."""
        return [one.id for one in self.plan.content.moves]

    def edits(self, base: Mapping[str, str | int]) -> dict[str, Value]:
        """Give what was typed; where it is asked for, with what it changes in the planned amounts."""
        found = super().edits(base)
        change: Counter[str] = Counter()
        self.too_much: list[Fault] = []
        for id_ in [*self.ids, NEW]:
            if self.cleaned_data.get(f"{ADJUST}{id_}"):
                own = _change_of(id_, base, found)
                change.update(own)
                self.too_much += self._below_nought(id_, own, change, base)
        lines = {path: int(base.get(path, 0)) + more for path, more in change.items() if more}
        return found | {path: pence for path, pence in lines.items() if pence >= 0}

    def _below_nought(
        self, id_: str, own: Counter[str], change: Counter[str], base: Mapping[str, str | int]
    ) -> list[Fault]:
        faults = []
        for path, more in own.items():
            had = int(base.get(path, 0))
            if had + change[path] < 0:
                code = path.split("/")[1]
                name = self.plan.services[code].name if code in self.plan.services else code
                what = f"{say_pounds(-more)} cannot be taken from {name}: {say_pounds(had)} is planned for it"
                do = "Write a smaller amount, or leave the planned amounts as they are."
                faults.append(Fault("move", what, do, "plan-amount-negative", column=f"move/{id_}/pence"))
        return faults

    def items(self) -> list[dict[str, Any]]:
        """Give each move with its fields."""
        return [{"id": id_, "fields": self._fields(id_)} for id_ in self.ids]

    def new_item(self) -> list[forms.BoundField]:
        """Give the empty fields of a new move."""
        return self._fields(NEW)

    def _fields(self, id_: str) -> list[forms.BoundField]:
        names = (f"move/{id_}/", f"{ADJUST}{id_}", f"{REMOVE}move/{id_}")
        return [self[name] for name in self.fields if name.startswith(names[0]) or name in names[1:]]


def _change_of(id_: str, base: Mapping[str, str | int], edits: Mapping[str, Value]) -> Counter[str]:
    """Give what one move changes in the planned amounts: what it did before is taken back first."""
    prefix = f"move/{id_}/"
    before = {path.removeprefix(prefix): each for path, each in base.items() if path.startswith(prefix)}
    typed = {path.removeprefix(prefix): each for path, each in edits.items() if path.startswith(prefix)}
    after = {part: each for part, each in {**before, **typed}.items() if each is not None}
    change: Counter[str] = Counter()
    if before != after:
        _add(change, before, -1)
        _add(change, after, 1)
    return change


def _add(change: Counter[str], move: _Parts, times: int) -> None:
    if move.get("from_service") and move.get("to_service") and move.get("source"):
        pence = int(move.get("pence") or 0) * times
        change[f"line/{move['from_service']}/{move['source']}"] -= pence
        change[f"line/{move['to_service']}/{move['source']}"] += pence
