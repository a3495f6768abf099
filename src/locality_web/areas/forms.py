"""What people type to change localities."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from locality_web.core.forms import DayField, FaultForm, UploadField
from locality_web.core.models import Locality


class ChangeForm(FaultForm):
    """A file of zones, the day from which it counts, and why."""

    file_field: ClassVar[str] = "zones"
    zones = UploadField(
        label="File of zones",
        accepts=(".csv",),
        help_text="A CSV file with the columns zone and locality. A new locality also needs a name in the column "
        "locality_name.",
        error_messages={
            "required": "Choose the file of zones.",
            "empty": "The file is empty. Download the zones of today and change that file.",
        },
    )
    applies_from = DayField(
        label="From which day do these localities count?",
        help_text="For example, 1 4 2027. Up to that day all stays as it is.",
        error_messages={"required": "Write the day from which these localities count."},
    )
    reason = forms.CharField(
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Everybody can read it in the history of the localities.",
        error_messages={"required": "Write why the localities change."},
    )


class NamesForm(FaultForm):
    """The name of every locality, one field each."""

    def __init__(self, localities: list[Locality], data: Any = None):
        super().__init__(data)
        for each in localities:
            self.fields[f"name-{each.pk}"] = forms.CharField(
                label=f"Name of {each.name}",
                initial=each.name,
                max_length=200,
                error_messages={"required": f"Write a name for {each.name}."},
            )

    def names(self) -> dict[int, str]:
        """Give the new names by the localities' keys."""
        return {int(field.removeprefix("name-")): name for field, name in self.cleaned_data.items()}
