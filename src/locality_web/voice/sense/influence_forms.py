"""What people type and choose when they record what led to what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from locality_web.core.forms import FaultForm, MoneyField
from locality_web.voice.sense.answer_forms import long_text
from locality_web.voice.sense.influence_changes import Linking

_HOW = (
    ("equal", "An equal part, with whatever else led to it"),
    ("percent", "A part in percent"),
    ("pounds", "An amount"),
    ("none", "It had a part in it, and no claim on its money"),
)


class LinkForm(FaultForm):
    """That one thing led to another."""

    end = forms.ChoiceField(
        label="What did it lead to?",
        error_messages={
            "required": "Choose what it led to.",
            "invalid_choice": "It is not there any more. Choose again.",
        },
    )
    why = long_text(
        "Why do you say so?", "Write why the one led to the other.", rows=3, help_text="Everybody can read it."
    )
    how = forms.ChoiceField(
        label="How much of it is owed to what was said?",
        choices=_HOW,
        initial="equal",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how much of it is owed to what was said."},
    )
    percent = forms.IntegerField(
        label="Percent",
        required=False,
        min_value=1,
        max_value=100,
        help_text="Only for a part in percent.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Write a whole number from 1 to 100."},
    )
    pence = MoneyField(
        label="Amount",
        required=False,
        help_text="Only for an amount. Most of a plan's line pays for what ran before: name what was changed.",
    )

    def __init__(self, ends: Sequence[Any], data: Any = None, **named: Any):
        super().__init__(data, **named)
        choice = self.fields["end"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "Choose"), *ends]

    def clean(self) -> dict[str, Any]:
        """Ask for the figure that the choice needs."""
        said = super().clean() or {}
        if said.get("how") == "percent" and said.get("percent") is None and "percent" not in self.errors:
            self.add_error("percent", "Write how many percent.")
        if said.get("how") == "pounds" and said.get("pence") is None and "pence" not in self.errors:
            self.add_error("pence", "Write the amount.")
        return said

    def linking(self, start: str) -> Linking:
        """Give what a valid form says."""
        said = self.cleaned_data
        percent = {"percent": said["percent"], "none": 0}.get(said["how"])
        return Linking(start, said["end"], said["why"], percent, said["pence"] if said["how"] == "pounds" else None)


class EndLinkForm(FaultForm):
    """Why what was recorded does not hold."""

    reason = long_text("Why does it not hold?", "Write why it does not hold.", rows=2)
