"""What people type to carry localities over: the table of overlaps, and the locality of each split zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from locality.areas import CarriedZone
from locality_web.core.forms import DayField, FaultForm, UploadField
from locality_web.core.words import join_words

_WHY = {
    "whole": "",
    "most": "most are in the first",
    "tied": "the first two have as many, so somebody should decide",
    "empty": "nobody lives there",
    "hand": "decided by hand",
}


class OverlapForm(FaultForm):
    """A table of overlaps, the day from which the carried localities count, and why."""

    file_field: ClassVar[str] = "overlaps"
    overlaps = UploadField(
        label="Overlap table",
        accepts=(".csv",),
        help_text="A CSV file with the columns zone (as the localities have it), new_zone and people, a row for each "
        "two zones that overlap. Names of the new zones may stand in new_name.",
        error_messages={"required": "Choose the overlap table.", "empty": "The file is empty. Choose another one."},
    )
    applies_from = DayField(
        label="From which day do the new zones count?",
        help_text="For example, 1 4 2027. Up to that day all stays as it is.",
        error_messages={"required": "Write the day from which the new zones count."},
    )
    reason = forms.CharField(
        label="Why, and who published the overlaps?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Everybody can read it in the history of the localities.",
        error_messages={"required": "Write why the localities are carried over."},
    )


class SplitZonesForm(FaultForm):
    """The locality of every zone that lies in several, one field each.

    Args:
        zones: The split zones as they stand.
        names: Name of each locality by its code.
        counted: What the shares count: people or addresses.
        data: What was sent.
    """

    def __init__(self, zones: Sequence[CarriedZone], names: Mapping[str, str], counted: str, data: Any = None):
        super().__init__(data)
        for zone in zones:
            shares = join_words(f"{names[share.locality]} {share.people:,}" for share in zone.shares)
            why = f" ({_WHY[zone.chosen]})" if _WHY[zone.chosen] else ""
            self.fields[zone.zone] = forms.ChoiceField(
                label=f"{zone.name} ({zone.zone})" if zone.name else zone.zone,
                choices=[(share.locality, names[share.locality]) for share in zone.shares],
                initial=zone.locality,
                help_text=f"{counted.capitalize()}: {shares}{why}",
                error_messages={
                    "required": "Choose one of its localities.",
                    "invalid_choice": "Choose one of its localities.",
                },
            )

    def choices(self) -> dict[str, str]:
        """Give the locality of every split zone."""
        return dict(self.cleaned_data)
