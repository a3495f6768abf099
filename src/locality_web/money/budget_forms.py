"""The form with which a budget is worked out: pace of change, total for the year, and what is held."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from locality.foundations import Fault, InputRefused, ResultRefused, say_pounds
from locality.money.presets import load_pace, preset_names
from locality_web.core.forms import DayField, FaultForm, MoneyField
from locality_web.money.budgets import OWN, Ground, Rules

_OPTIONS = {
    "--min-growth": "min_growth",
    "--max-growth": "max_growth",
    "--max-under-target": "max_under_target",
    "--over-years": "years",
    "--preset": "preset",
}
"""The library names a setting by its option of the command line; here the field of the form stands for it."""
_MOST_POUNDS = 10**12
_RATES = ("growth", "growth_after", "inflation", "min_growth", "max_growth", "max_under_target")


class PercentField(forms.DecimalField):
    """A percentage as people type it ("2.5" or "2.5%"), given as a ratio."""

    def __init__(self, **options: Any):
        options.setdefault("widget", forms.TextInput(attrs={"class": "ds_input--fixed-5", "inputmode": "decimal"}))
        super().__init__(max_digits=7, decimal_places=3, required=False, min_value=-100, max_value=1000, **options)
        self.error_messages["invalid"] = "Write a percentage in figures, like 2.5."

    def to_python(self, value: Any) -> Any:
        """Read it without its sign."""
        return super().to_python(str(value).strip().removesuffix("%").replace("−", "-") if value else value)


class BudgetForm(FaultForm):
    """How a year's money is shared out.

    Args:
        ground: The release's shares.
        held: Headings that are held unless the form says otherwise.
        on: The day on which presets are read.
        data: What was sent.
        rules: Rules to begin with, for example those of an option.
    """

    preset = forms.ChoiceField(label="Pace of change", widget=forms.RadioSelect)
    years = forms.IntegerField(
        label="Years",
        required=False,
        min_value=1,
        max_value=50,
        widget=forms.TextInput(attrs={"class": "ds_input--fixed-2", "inputmode": "numeric"}),
        help_text="For linear and half-life; empty: as the preset has it",
    )
    min_growth = PercentField(label="Least growth, %", help_text="For own rules, or over a preset that uses it")
    max_growth = PercentField(label="Most growth, %", help_text="For own rules, or over a preset that uses it")
    max_under_target = PercentField(
        label="Most under target, %", help_text="For own rules, or over a preset that uses it"
    )
    total = MoneyField(label="Total for the year", required=False, least_pence=1, most_pence=_MOST_POUNDS)
    growth = PercentField(label="Or growth of the total, %", help_text="Used when no total is given")
    growth_after = PercentField(label="Growth in later years, %", help_text="For the path of five years; empty: none")
    inflation = PercentField(
        label="Rise in prices, %", help_text="For the preset that promises real terms; empty: none"
    )
    held = forms.MultipleChoiceField(
        label="Headings held for the whole partnership",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Their money is not shared out to localities",
    )

    def __init__(
        self, *, ground: Ground, held: Sequence[str], on: dt.date, data: Any = None, rules: Rules | None = None
    ):
        start = _start_of(rules, held)
        super().__init__(data, initial=start)
        self.ground = ground
        self.fields["preset"].choices = list(_presets(on))  # type: ignore[attr-defined]
        self.fields["held"].choices = [(name, name) for name in ground.ledger]  # type: ignore[attr-defined]
        self.held_fields = []
        for at, (name, pence) in enumerate(ground.ledger.items()):
            field = MoneyField(
                label=f"Money held for {name}",
                required=False,
                least_pence=None,
                most_pence=_MOST_POUNDS,
                help_text=f"If it is held; empty: {say_pounds(pence, whole=True)} grown like everything else",
            )
            field.initial = (rules.held if rules else {}).get(name)
            self.fields[f"held-{at}"] = field
            self.held_fields.append(f"held-{at}")

    def clean(self) -> dict[str, Any]:
        """Refuse a total that is given twice or not at all."""
        cleaned = super().clean() or {}
        if {"total", "growth"} & set(self.errors):
            return cleaned
        if cleaned.get("total") is not None and cleaned.get("growth") is not None:
            raise ValidationError({"growth": "Give the total or its growth, not both."})
        if cleaned.get("total") is None and cleaned.get("growth") is None:
            raise ValidationError({"total": "Give the total for the year, or its growth."})
        return cleaned

    def has_typed_held(self) -> bool:
        """Say whether an amount to hold is typed, so that the page shows it."""
        return any(self[name].value() or self[name].errors for name in self.held_fields)

    def rules(self) -> Rules:
        """Give the rules of a valid form."""
        found = self.cleaned_data
        rates = {name: _ratio(found.get(name)) for name in _RATES}
        typed = dict(zip(self.ground.ledger, self.held_fields, strict=True))
        return Rules(
            preset=found["preset"],
            total_pence=_total(found["total"], found["growth"], self.ground.total_pence),
            held={name: found[typed[name]] for name in found["held"]},
            min_growth=rates["min_growth"],
            max_growth=rates["max_growth"],
            max_under_target=rates["max_under_target"],
            years=found["years"],
            growth_after=rates["growth_after"] or 0.0,
            inflation=rates["inflation"] or 0.0,
        )

    def add_faults(self, refused: InputRefused | ResultRefused | Iterable[Fault]) -> None:
        """Put the library's refusals beside the fields that its options stand for."""
        if isinstance(refused, InputRefused):
            for fault in refused.faults:
                beside = _OPTIONS.get(fault.file) or (fault.column if fault.column in self.fields else None)
                self.add_error(beside, f"{fault.what[0].upper()}{fault.what[1:]}. {_as_typed(fault.do)}")
        else:
            super().add_faults(refused)


def _as_typed(do: str) -> str:
    """Say what to write as this form takes it: percentages, not ratios."""
    return do.replace("Write 0.05 for 5%.", "Write 5 for 5%.").replace("Write -0.02 for -2%.", "Write -2 for -2%.")


def _presets(on: dt.date) -> Iterable[tuple[str, str]]:
    for name in preset_names():
        yield name, f"{name.replace('-', ' ').capitalize()}: {load_pace(name, on).says}"
    yield OWN, "Own rules: as near to the fair share as the values below allow."


def _ratio(percent: Decimal | None) -> float | None:
    return None if percent is None else float(percent / 100)


def _total(total: int | None, growth: Decimal | None, now: int) -> int:
    if total is not None:
        return total
    grown = now * (1 + (growth or Decimal(0)) / 100)
    return int(grown.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def _start_of(rules: Rules | None, held: Sequence[str]) -> Mapping[str, Any]:
    if rules is None:
        return {"preset": "linear", "growth": "3", "held": list(held)}
    percents = {
        name: f"{ratio * 100:g}"
        for name in _RATES
        if name != "growth" and (ratio := getattr(rules, name)) is not None and not math.isclose(ratio, 0, abs_tol=0)
    }
    plain = {"preset": rules.preset, "total": rules.total_pence, "years": rules.years, "held": list(rules.held)}
    return {**plain, **percents}


class SaveForm(FaultForm):
    """The name under which an option is saved."""

    name = forms.CharField(label="Name of the option", max_length=120, required=False)


class DecisionForm(FaultForm):
    """Who decided, when, and why."""

    decided_by = forms.CharField(
        label="Who decided", max_length=200, help_text="Name and role, or the body; the public can read it"
    )
    decided_on = DayField(label="Day of the decision")
    why = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The reason, in plain words; the public can read it. A new decision also says why it replaces the "
        "earlier one.",
    )
