"""Forms of the plan editor: every field has the path that the plan knows it by, so that faults find their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from locality.plans.fields import PARTS, type_of_field
from locality_web.core.fields import MoneyInput
from locality_web.core.forms import FaultForm, MoneyField
from locality_web.plans.editing import Value
from locality_web.plans.editor_plan import OpenPlan
from locality_web.plans.editor_words import DIRECTIONS, plain_id

LONGEST_TEXT = 20_000  # letters: below what a cell of a spreadsheet holds
LONGEST_TITLE = 200
REMOVE = "remove:"
NEW = "new"
NEEDED = {
    "priority": ("title", "direction", "rank", "heading"),
    "action": ("service", "what"),
    "move": ("from_service", "to_service", "source", "pence", "why"),
}
"""The parts of an item that `check_fields` finds fault with when they are empty."""


def plain_lines(text: str) -> str:
    """Write the ends of lines in one way: browsers send two signs for each."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class TextField(forms.CharField):
    """A text whose lines end in one way."""

    def __init__(self, *, rows: int = 0, **options: Any):
        if rows:
            options["widget"] = forms.Textarea(attrs={"rows": rows})
        options.setdefault("max_length", LONGEST_TEXT if rows else LONGEST_TITLE)
        options.setdefault("required", False)
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """Read the text."""
        return plain_lines(str(super().to_python(value) or ""))

    def clean(self, value: Any) -> Any:
        """Count letters once the ends of lines are counted as one."""
        return super().clean(plain_lines(value) if isinstance(value, str) else value)


class PathForm(FaultForm):
    """A form whose fields are named by the paths of a plan's fields."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, plan: OpenPlan, data: Any = None, *, may_text: bool = True):
        super().__init__(data)
        self.plan, self.may_text = plan, may_text
        self.fields["base_version"].initial = plan.record.version
        self.fields["base_version"].error_messages["required"] = "Load this page again: it has lost its version."
        for path, field in self.paths():
            self.fields[path] = field
            field.widget.attrs["id"] = plain_id(path)
            field.initial = plan.fields.get(path, field.initial)
            is_money = path.startswith(("line/", "move/", f"{REMOVE}move/", "adjust:"))
            # What was typed before the plan stood still is given back, not thrown away.
            field.disabled = not (plan.is_writable or data is not None) or not (may_text or is_money)

    def is_needed(self, name: str) -> bool:
        """Say whether a plan is at fault without this field; the empty place for a new item may be left alone whole."""
        kind, *rest = name.split("/")
        return super().is_needed(name) or (len(rest) == 2 and rest[1] in NEEDED.get(kind, ()))

    def paths(self) -> Iterator[tuple[str, forms.Field]]:
        """Give the fields of this form by path."""
        yield from ()

    def edits(self, base: Mapping[str, str | int]) -> dict[str, Value]:
        """Give what was typed, where it differs from what the person saw; None takes a field away."""
        found: dict[str, Value] = {}
        for path, typed in self.cleaned_data.items():
            if type_of_field(path) is not None and not self.fields[path].disabled and path in self.data:
                found |= _edit(path, typed, base)
        for id_, kind in self._unwanted_new():
            found = {path: each for path, each in found.items() if not path.startswith(f"{kind}/{id_}/")}
        for name, ticked in self.cleaned_data.items():
            if name.startswith(REMOVE) and ticked:
                prefix = f"{name.removeprefix(REMOVE)}/"
                found = {path: each for path, each in found.items() if not path.startswith(prefix)}
                found |= {path: None for path in base if path.startswith(prefix)}
        return found

    def _unwanted_new(self) -> Iterator[tuple[str, str]]:
        """Name the kinds whose empty places for something new were left empty."""
        for kind, parts in PARTS.items():
            telling = [f"{kind}/{NEW}/{part}" for part in parts if part in ("title", "why", "what", "pence", "who")]
            if not any(self.cleaned_data.get(path) for path in telling):
                yield NEW, kind

    def beside(self, prefix: str) -> list[forms.BoundField]:
        """Give the fields whose path begins so, for the template."""
        return [self[name] for name in self.fields if name.startswith(prefix)]


def _edit(path: str, typed: Any, base: Mapping[str, str | int]) -> dict[str, Value]:
    was = base.get(path)
    if type_of_field(path) is int:
        number = int(typed or 0)
        return {} if number == (was or 0) and not (f"/{NEW}/" in path and number) else {path: number}
    text = str(typed or "")
    if text == plain_lines(str(was or "")):
        # A new item needs all its parts, those too that are empty.
        return {path: text} if f"/{NEW}/" in path else {}
    return {path: None if path.startswith("note/") and not text else text}


class MoneyCell(MoneyField):
    """An amount of the grid; the page's script adds up what has the same row, column and side of the budget."""

    def __init__(self, *, row: str, column: str, in_budget: bool, **options: Any):
        marks = {"data-row": row, "data-column": column, "data-budget": "in" if in_budget else "beside"}
        super().__init__(required=False, widget=MoneyInput(attrs=marks), **options)


def service_choices(plan: OpenPlan, codes: Any, *, first: str) -> list[tuple[str, str]]:
    """Give services to choose from, after a first line for none."""
    return [("", first), *((code, plan.services[code].name if code in plan.services else code) for code in codes)]


def priority_parts(services: list[tuple[str, str]]) -> dict[str, forms.Field]:
    """Give the fields of one priority under a heading."""
    return {
        "title": TextField(label="What is wanted, in a few words"),
        "why": TextField(label="Why", rows=3),
        "service": forms.ChoiceField(label="Which service it is about", choices=services, required=False),
        "direction": forms.ChoiceField(
            label="What it asks for", choices=list(DIRECTIONS.items()), required=False, initial="more"
        ),
        "raised_by": TextField(label="Who raised it", help_text="Name no private person: for example, Carers’ forum"),
    }


def action_parts(services: list[tuple[str, str]]) -> dict[str, forms.Field]:
    """Give the fields of one action."""
    return {
        "service": forms.ChoiceField(label="Service", choices=services, required=False),
        "what": TextField(label="What will be done", rows=2),
        "who": TextField(label="Who does it"),
        "by": TextField(label="By when", help_text="For example, 30 September 2026"),
    }


def remove_field(what: str) -> forms.BooleanField:
    """Give the tick that takes something away."""
    return forms.BooleanField(label=f"Remove this {what}", required=False)


class SummaryForm(PathForm):
    """The plan in a few words."""

    def paths(self) -> Iterator[tuple[str, forms.Field]]:
        """Give the one field."""
        yield "summary", TextField(label="The plan in a few words", rows=10, help_text="Residents read this first")


class RanksForm(PathForm):
    """All priorities in their order, and the headings under which they stand."""

    def paths(self) -> Iterator[tuple[str, forms.Field]]:
        """Give rank and heading of each priority."""
        known = list(dict.fromkeys(one.heading for one in self.plan.frame.services))
        for one in self.plan.content.priorities:
            names = known if one.heading in known else [one.heading, *known]
            marks = forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"})
            yield f"priority/{one.id}/rank", forms.IntegerField(label="Rank", required=False, widget=marks)
            choices = [(name, name or "No heading") for name in names]
            yield f"priority/{one.id}/heading", forms.ChoiceField(label="Heading", choices=choices, required=False)
            yield f"{REMOVE}priority/{one.id}", remove_field("priority")
