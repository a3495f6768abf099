"""Form fields for what people type here: amounts of money, financial years, days and files."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from locality.foundations import FinancialYear, pounds_from_pence, pounds_to_pence, say_pounds
from locality_web.core.words import join_words

_POUNDS = re.compile(r"([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]{1,2})?")
_MOST_FIGURES = 15  # more than any public body has; the database keeps 18
_MEGABYTE = 2**20
_MONTHS = [name.lower() for name in calendar.month_name[1:]]


class MoneyInput(forms.TextInput):
    """A line for an amount, with the pound sign before it."""

    template_name = "core/parts/money_input.html"


class MoneyField(forms.Field):
    """An amount in pounds as people type it ("£1,234.50"), kept as whole pence.

    Args:
        least_pence: The smallest amount that may be given; None: any, also below zero.
        most_pence: The largest amount; None: no limit.
    """

    widget = MoneyInput

    def __init__(self, *, least_pence: int | None = 0, most_pence: int | None = None, **options: Any):
        super().__init__(**options)
        self.least_pence, self.most_pence = least_pence, most_pence

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask phones for digits, and browsers not to offer what was typed elsewhere."""
        return {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """Show kept pence as pounds; show what was typed as it was typed."""
        return f"{pounds_from_pence(value):,}" if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        """Read pounds."""
        if isinstance(value, int) or value is None:
            return value
        text = str(value).strip()
        return read_pounds(text) if text else None

    def validate(self, value: Any) -> None:
        """Check that there is an amount where one is needed, and its limits."""
        super().validate(value)
        if value is None:
            return
        if self.least_pence is not None and value < self.least_pence:
            raise ValidationError(f"The amount must be {say_pounds(self.least_pence)} or more.")
        if self.most_pence is not None and value > self.most_pence:
            raise ValidationError(f"The amount must be {say_pounds(self.most_pence)} or less.")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare amounts, not how they are written."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def read_pounds(text: str) -> int:
    """Read pounds as people write them: "£1,234.50", "1234.5", "-20", "(20)".

    Raises:
        ValidationError: What is wrong with it, and how to write it.
    """
    bare = re.sub(r"[\s£]", "", text).replace("−", "-")
    if below := re.fullmatch(r"-(.+)|\((.+)\)", bare):
        bare = below[1] or below[2]
    if not _POUNDS.fullmatch(bare) or sum(map(str.isdigit, bare)) > _MOST_FIGURES:
        raise ValidationError(_why_no_pounds(text, bare))
    pence = pounds_to_pence(bare)
    return -pence if below else pence


def _why_no_pounds(text: str, bare: str) -> str:
    said = f"'{text}' is not an amount in pounds"
    if re.fullmatch(r"[\d,.]*\d(k|m|bn|thousand|million)", bare, re.IGNORECASE):
        return f"{said}. Write it in full, for example 1,200,000."
    if _POUNDS.fullmatch(bare):
        return f"{said} that the site can keep: it has more than {_MOST_FIGURES} figures."
    if re.fullmatch(r"[\d,]+\.\d{3,}", bare):
        return f"{said}: it has parts of a penny. Write at most two figures after the point."
    if re.fullmatch(r"[\d.,]+", bare):
        return f"{said}: its commas or points are not where they belong. Write it like 1,234.50."
    return f"{said}. Write it in figures, like 1,234.50."


class YearField(forms.CharField):
    """A financial year as text, "2026/27"; also reads "2026-27" and "2026/2027"."""

    def __init__(self, **options: Any):
        options.setdefault("help_text", "For example, 2026/27")
        super().__init__(max_length=9, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A short line."""
        return {"class": "ds_input--fixed-10", "autocomplete": "off"}

    def clean(self, value: Any) -> str:
        """Read the year and write it in the one form."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return str(FinancialYear.parse(text))
        except ValueError as wrong:
            raise ValidationError(f"{str(wrong).partition(';')[0]}. Write it like 2026/27.") from wrong


class DayInput(forms.Widget):
    """Three short lines: day, month, year."""

    template_name = "core/parts/day_input.html"
    use_fieldset = True
    parts = ("day", "month", "year")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give each part its name, id and text."""
        context = super().get_context(name, value, attrs)
        texts = self._texts(value)
        identity = context["widget"]["attrs"].get("id") or f"id_{name}"
        context["widget"]["parts"] = [
            {"part": part, "name": f"{name}_{part}", "id": f"{identity}_{part}", "text": texts[part]}
            for part in self.parts
        ]
        return context

    def _texts(self, value: Any) -> dict[str, str]:
        if isinstance(value, dt.date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return value if isinstance(value, dict) else dict.fromkeys(self.parts, "")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Gather the three texts; none of them: nothing given. A draft or a test may give one date as text."""
        texts = {part: str(data.get(f"{name}_{part}", "")).strip() for part in self.parts}
        return texts if any(texts.values()) else data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Say whether the form did not have this field at all."""
        return name not in data and not any(f"{name}_{part}" in data for part in self.parts)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first part."""
        return f"{id_}_day" if id_ else id_


class DayField(forms.Field):
    """A day, typed as day, month and year."""

    widget = DayInput

    def __init__(self, **options: Any):
        options.setdefault("help_text", "For example, 31 3 2027")
        super().__init__(**options)

    def to_python(self, value: Any) -> dt.date | None:
        """Read the day; say which part is missing or wrong."""
        if isinstance(value, dt.date) or value in (None, ""):
            return value or None
        if isinstance(value, str):
            return _day_from_text(value)
        missing = [part for part in DayInput.parts if not value[part]]
        if missing:
            raise ValidationError(f"The date must have a {join_words(missing)}.")
        return _day_of(value["day"], value["month"], value["year"])


def _day_from_text(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as wrong:
        raise ValidationError(f"'{text}' is not a date. Write it as day, month and year.") from wrong


def _day_of(day: str, month: str, year: str) -> dt.date:
    named = [number for number, name in enumerate(_MONTHS, 1) if len(month) >= 3 and name.startswith(month.lower())]
    if len(year) != 4:
        raise ValidationError(f"Write the year '{year}' with four figures, like 2027.")
    try:
        return dt.date(int(year), named[0] if named else int(month), int(day))
    except ValueError as wrong:
        raise ValidationError(f"{day} {month} {year} is not a day of the calendar.") from wrong


class UploadField(forms.FileField):
    """A file of one of a few kinds.

    Args:
        accepts: The endings of the names that may be sent, like ".xlsx".
        most_bytes: The largest size.
    """

    def __init__(self, *, accepts: Sequence[str], most_bytes: int = 5 * _MEGABYTE, **options: Any):
        self.accepts, self.most_bytes = tuple(accepts), most_bytes
        kinds = join_words(self.accepts, last="or")
        options.setdefault("help_text", f"A file that ends in {kinds}, up to {most_bytes // _MEGABYTE} MB")
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the file chooser show only what is accepted."""
        return {"accept": ",".join(self.accepts)}

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check the name's ending and the size."""
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        name = file.name or ""
        if PurePath(name).suffix.lower() not in self.accepts:
            kinds = join_words(self.accepts, last="or")
            raise ValidationError(f"'{name}' is not a file of the right kind. Choose a file that ends in {kinds}.")
        if (file.size or 0) > self.most_bytes:
            raise ValidationError(f"'{name}' is larger than {self.most_bytes // _MEGABYTE} MB. Send a smaller file.")
        return file
