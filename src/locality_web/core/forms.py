"""Forms that say what is wrong beside the field, in the words of the library's refusals.

    form = BudgetForm(request.POST or None)
    if form.is_valid():
        try:
            decide_budget(..., **form.cleaned_data)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)

In a template: `{% show_form form button="Save" %}`, or field by field with `{% show_field form.name %}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.fields import DayField, MoneyField, UploadField, YearField
from locality_web.core.languages import ENGLISH, spoken, tell
from locality_web.core.languages_kept import tell_kept

__all__ = ["DayField", "FaultForm", "MoneyField", "MoneyGrid", "UploadField", "YearField", "say_fault"]


class FaultForm(forms.Form):
    """A form that takes the faults of a refusal; the browser's own checks are off, so that all are said at once."""

    use_required_attribute = False
    file_field: ClassVar[str] = ""
    """The field of a file: faults of its rows and columns stand beside it. Empty: at the top of the form."""

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.say_gaps()

    def say_gaps(self) -> None:
        """Let each field say in plain words that it is empty, and speak the language of the page.

        A form that adds fields of its own calls it again.
        """
        for field in self.fields.values():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _say_missing(field)
            if spoken() is not ENGLISH:
                _tell_field(field)

    def is_needed(self, name: str) -> bool:
        """Say whether a field is to be filled in; where more is needed than the form itself checks, a form says so."""
        return self.fields[name].required

    def add_error(self, field: str | None, error: Any) -> None:
        """Put what is wrong beside a field, or at the top of the form, in the language of the page."""
        if spoken() is not ENGLISH and not hasattr(error, "error_dict"):
            error = [tell_kept(str(says)) for says in ValidationError(error).messages]
        super().add_error(field, error)

    def add_faults(self, refused: InputRefused | ResultRefused | Iterable[Fault]) -> None:
        """Put each fault beside the field that its column names, or at the top of the form."""
        _ = self.errors  # what the form itself finds comes first, or it would take these away
        if isinstance(refused, ResultRefused):
            self.add_error(None, str(refused))
            return
        for fault in refused.faults if isinstance(refused, InputRefused) else refused:
            own = fault.column in self.fields
            self.add_error(fault.column if own else self.file_field or None, say_fault(fault, beside_field=own))


def _say_missing(field: forms.Field) -> str:
    if isinstance(field, forms.FileField):
        return tell("Choose a file.")
    if isinstance(field, forms.ChoiceField):
        return tell("Choose an answer.")
    return tell("Tick this to go on.") if isinstance(field, forms.BooleanField) else tell("Fill this in.")


def _tell_field(field: forms.Field) -> None:
    """Tell what a form declares in English; what a form told itself is known no more, and stays."""
    field.label, field.help_text = field.label and tell(str(field.label)), tell(str(field.help_text))
    for code, says in field.error_messages.items():
        field.error_messages[code] = tell(str(says))
    if getattr(field, "max_length", None):
        too_long = tell("It has more than {most} characters", most=f"{field.max_length:,}")  # type: ignore[attr-defined]
        field.error_messages.setdefault("max_length", f"{too_long}.")
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = field.empty_label and tell(str(field.empty_label))
    elif isinstance(field, forms.ChoiceField):
        field.choices = _told_choices(field.choices)


def _told_choices(choices: Any) -> list[Any]:
    """Tell the names of choices; a name that is a list is a group of choices under its own name."""
    return [
        (value, _told_choices(name) if isinstance(name, list | tuple) else tell(str(name))) for value, name in choices
    ]


def say_fault(fault: Fault, *, beside_field: bool = False) -> str:
    """Write a fault as a sentence of a page: where (unless it stands beside its field), what is wrong, what to do."""
    row = f"row {fault.row}" if fault.row is not None else ""
    column = f"column {fault.column}" if fault.column and not beside_field else ""
    where = ", ".join(part for part in (row, column) if part)
    what = f"{where}: {tell_kept(fault.what)}" if where else tell_kept(fault.what)
    more = f" ({fault.rows:,} rows in all)" if fault.rows > 1 else ""
    return f"{what[:1].upper()}{what[1:]}{more}. {tell_kept(fault.do)}".strip()


class MoneyGrid(FaultForm):
    """A table of amounts to fill in: each has the name that its row and column give it.

    Args:
        rows: Key and title of each row; a key has letters, figures, "-" and "_".
        columns: Key and title of each column.
        amounts: What is kept now, in pence, by (row key, column key).
        caption: The table's caption.
        data: What was sent.
        options: As for `MoneyField`, for every amount.
    """

    def __init__(
        self,
        *,
        rows: Sequence[tuple[str, str]],
        columns: Sequence[tuple[str, str]],
        caption: str,
        amounts: Mapping[tuple[str, str], int] | None = None,
        data: Any = None,
        prefix: str = "amount",
        options: Mapping[str, Any] | None = None,
    ):
        super().__init__(data, prefix=prefix)
        self.rows, self.columns, self.caption = tuple(rows), tuple(columns), caption
        for row, row_title in rows:
            for column, column_title in columns:
                field = MoneyField(label=f"{row_title}, {column_title}", required=False, **dict(options or {}))
                field.initial = (amounts or {}).get((row, column))
                self.fields[f"{row}.{column}"] = field

    def amounts(self) -> dict[tuple[str, str], int]:
        """Give the amounts in pence of a valid form; what was left empty is nothing."""
        return {
            (row, column): self.cleaned_data[f"{row}.{column}"] or 0
            for row, _ in self.rows
            for column, _ in self.columns
        }

    def lines(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Give each row's title and its fields, for the template."""
        return [(title, [self[f"{row}.{column}"] for column, _ in self.columns]) for row, title in self.rows]
