"""The form of a funding source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from locality.foundations import FinancialYear, pounds_from_pence
from locality.plans import Available, CatalogueService, FundingSource
from locality.plans.catalogue import headings_of
from locality_web.core.fields import read_pounds
from locality_web.core.forms import DayField, FaultForm
from locality_web.core.models import Locality
from locality_web.money.models import Source


class SourceForm(FaultForm):
    """Where money comes from, who answers for it, and what it may be spent on."""

    source = forms.SlugField(label="Code", max_length=80, help_text="Short and stable, like core or winter-grant")
    name = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="Kind of money", choices=Source.Kind.choices, widget=forms.RadioSelect)
    accountable_body = forms.CharField(label="Accountable body", max_length=200, help_text="Who answers for the money")
    rule = forms.CharField(
        label="The funder’s rule, in words",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It is shown to everybody who plans to spend against it",
    )
    headings = forms.MultipleChoiceField(
        label="Headings that it may be spent on",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: any heading",
    )
    services = forms.MultipleChoiceField(
        label="Services that it may be spent on",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: any service under its headings",
    )
    starts = DayField(label="First day on which it may be spent", required=False)
    ends = DayField(label="Last day", required=False)
    available = forms.CharField(
        label="What there is",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="One line for each year and place, like 2026/27, Levenmouth, £20,000 - or 2026/27, all, £90,000. "
        "Empty: no stated limit",
    )

    def __init__(
        self,
        *,
        services: Sequence[CatalogueService],
        localities: Sequence[Locality],
        data: Any = None,
        kept: FundingSource | None = None,
    ):
        super().__init__(data, initial=_initial(kept, localities))
        self.localities = {name.casefold(): one.code for one in localities for name in (one.name, one.code)}
        self.fields["headings"].choices = [(name, name) for name in headings_of(services)]  # type: ignore[attr-defined]
        self.fields["services"].choices = [(one.service, one.name) for one in services]  # type: ignore[attr-defined]
        if kept is not None:
            # The code is the source's identity: plans name it.
            self.fields["source"].disabled = True

    def clean_available(self) -> tuple[Available, ...]:
        """Read the lines; every line that cannot be read is named."""
        found, faults = [], []
        for number, line in enumerate(self.cleaned_data["available"].splitlines(), start=1):
            if line.strip():
                try:
                    found.append(self._read_line(line))
                except (ValueError, forms.ValidationError) as wrong:
                    said = wrong.messages[0] if isinstance(wrong, forms.ValidationError) else str(wrong)
                    faults.append(f"Line {number}: {said}")
        twice = {one for one in found if sum(other[:2] == one[:2] for other in found) > 1}
        faults += sorted(f"{year} has several lines for {place or 'all'}. Keep one." for year, place, _ in twice)
        if faults:
            raise forms.ValidationError(list(dict.fromkeys(faults)))
        return tuple(Available(*one) for one in found)

    def _read_line(self, line: str) -> tuple[str, str, int]:
        # An amount has commas of its own, so only the first two part the line.
        parts = [part.strip() for part in line.split(",", 2)]
        if len(parts) != 3:
            raise ValueError(f"'{line.strip()}' is not a year, a place and an amount, parted by commas.")
        year, place, pounds = parts
        code = "" if place.casefold() == "all" else self.localities.get(place.casefold())
        if code is None:
            raise ValueError(f"There is no locality '{place}'. Write its name, or all.")
        pence = read_pounds(pounds)
        try:
            return str(FinancialYear.parse(year)), code, pence
        except ValueError as wrong:
            raise ValueError(f"{wrong}.") from wrong

    def source_given(self) -> FundingSource:
        """Give the source of a valid form."""
        found = self.cleaned_data
        return FundingSource(
            source=found["source"],
            name=found["name"],
            kind=found["kind"],
            accountable_body=found["accountable_body"],
            headings=tuple(found["headings"]),
            services=tuple(found["services"]),
            starts=found["starts"].isoformat() if found["starts"] else "",
            ends=found["ends"].isoformat() if found["ends"] else "",
            available=found["available"],
            rule=found["rule"],
        )


def _initial(kept: FundingSource | None, localities: Sequence[Locality]) -> dict[str, Any]:
    if kept is None:
        return {}
    names = {one.code: one.name for one in localities}
    lines = [
        f"{one.year}, {names.get(one.locality, 'all')}, £{pounds_from_pence(one.pence):,}" for one in kept.available
    ]
    plain = ("source", "name", "kind", "accountable_body", "rule", "headings", "services")
    days = {name: dt.date.fromisoformat(day) for name in ("starts", "ends") if (day := getattr(kept, name))}
    return {**{name: getattr(kept, name) for name in plain}, **days, "available": "\n".join(lines)}
