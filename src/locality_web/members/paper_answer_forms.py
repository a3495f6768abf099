"""Forms about forms on paper: what to print, which one came back, what stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from locality_web.core.forms import DayField, FaultForm
from locality_web.members.register_models import Member


class CodeForm(FaultForm):
    """The code of a form that came back."""

    code = forms.CharField(
        label="Code of the form",
        help_text="It stands at the top of each sheet, like CFHJ-KMNJ.",
        max_length=40,
        error_messages={"required": "Type the code that stands on the form."},
    )

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["code"].widget.attrs |= {"autocomplete": "off", "class": "ds_input--fixed-10"}


class PrintForm(FaultForm):
    """For whom forms are printed."""

    members = forms.ModelMultipleChoiceField(
        label="For whom?",
        queryset=Member.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    blank = forms.IntegerField(
        label="How many blank forms, for anybody?",
        min_value=0,
        max_value=200,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ds_input--fixed-5"}),
    )

    def __init__(self, members: Any, *args: Any, blank: bool = True, **named: Any):
        super().__init__(*args, **named)
        field = self.fields["members"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = members
        if not blank:
            del self.fields["blank"]


class KeyInForm(FaultForm):
    """What stands on a form that came back."""

    def __init__(self, questions: Mapping[str, forms.Field], *args: Any, **named: Any):
        super().__init__(*args, **named)
        missing = {"required": "Write the day on which the form came back."}
        self.fields["received_on"] = DayField(label="On which day did it come back?", error_messages=missing)
        self.fields["received_on"].initial = timezone.localdate()
        for name, field in questions.items():
            self.fields[name] = field

    def answers(self) -> dict[str, Any]:
        """Give the answers of a valid form, without the day."""
        return {name: said for name, said in self.cleaned_data.items() if name != "received_on"}


class VoidForm(FaultForm):
    """Why a form does not count."""

    why = forms.CharField(
        label="Why does this form not count?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Write why."},
    )


class ViewAnswerForm(FaultForm):
    """What became of a view that came by post."""

    answer = forms.CharField(
        label="What became of it?",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=8000,
        error_messages={"required": "Write what became of it, or why not."},
    )
