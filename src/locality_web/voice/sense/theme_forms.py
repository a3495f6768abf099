"""What people type and tick when they read views into themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from locality_web.core.forms import FaultForm
from locality_web.voice.sense.answer_forms import long_text
from locality_web.voice.sense.models import Theme


class ThemeForm(FaultForm):
    """A theme with its definition."""

    name = forms.CharField(
        label="Name of the theme", max_length=120, help_text="A few words, like Buses to the surgery."
    )
    says = long_text(
        "What belongs to it, and what does not?",
        "Write what belongs to it and what does not.",
        help_text="Two people who read by this should find the same.",
    )
    heading = forms.ChoiceField(label="Service heading that it falls under", required=False)

    def __init__(self, headings: Sequence[str], data: Any = None, **named: Any):
        super().__init__(data, **named)
        choice = self.fields["heading"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "None in particular"), *((each, each) for each in headings)]


class GiveUpThemeForm(FaultForm):
    """Why a theme is given up."""

    reason = long_text("Why is it given up?", "Write why it is given up.", rows=2)


class ReadingForm(FaultForm):
    """The themes that somebody finds in a view."""

    themes = forms.TypedMultipleChoiceField(
        label="Which themes is it about?",
        help_text="Tick all that fit, or none.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "A theme was given up meanwhile. Tick again."},
    )

    def __init__(
        self,
        themes: Sequence[Theme],
        data: Any = None,
        *,
        suggested: Mapping[int, tuple[str, ...]] | None = None,
        **named: Any,
    ):
        super().__init__(data, **named)
        choice = self.fields["themes"]
        assert isinstance(choice, forms.TypedMultipleChoiceField)
        choice.choices = [(each.pk, _label(each, suggested or {})) for each in themes]


def _label(theme: Theme, suggested: Mapping[int, tuple[str, ...]]) -> str:
    words = ", ".join(f"“{word}”" for word in suggested.get(theme.pk, ()))
    also = f" (suggested by the program, because of {words or 'its words'})" if theme.pk in suggested else ""
    return f"{theme.name}{also}: {theme.says}"


class SettleForm(ReadingForm):
    """The themes on which those who read a view agree, and why."""

    why = long_text("Why so?", "Write why.", rows=2, required=False)


class SettleRestForm(FaultForm):
    """That readings by one person alone are taken as they stand."""

    sure = forms.BooleanField(
        label="Take the readings by one person as they stand",
        error_messages={"required": "Tick this to take them as they stand."},
    )
