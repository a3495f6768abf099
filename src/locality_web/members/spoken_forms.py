"""Forms about what organisations bring on behalf of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from locality_web.core.forms import DayField, FaultForm
from locality_web.members.access_names import say_day
from locality_web.members.meeting_models import Meeting
from locality_web.members.practice_models import GroupDecision
from locality_web.members.register_models import Organisation

_PUBLIC = "Everybody can read this. Name nobody."


class MeetingField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A meeting, told from others of its name by its day."""

    def label_from_instance(self, obj: Meeting) -> str:
        """Title and day."""
        return f"{obj.title}, {say_day(timezone.localtime(obj.starts).date())}"


class BroughtForm(FaultForm):
    """What an organisation brings on behalf of people whom it names or counts."""

    organisation = forms.ModelChoiceField(
        label="Which organisation?",
        queryset=Organisation.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose the organisation. New ones are added on the register."},
    )
    whom = forms.CharField(
        label="For whom does it speak?",
        help_text='For example, "people with dementia and their carers". ' + _PUBLIC,
        max_length=200,
    )
    people = forms.IntegerField(
        label="How many people were asked?",
        min_value=1,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ds_input--fixed-10"}),
        error_messages={
            "required": "Write how many people were asked.",
            "invalid": "Write a number in figures.",
            "min_value": "Write how many people were asked: at least one.",
        },
    )
    named = forms.CharField(
        label="Their names, if they want to be named to those who plan",
        help_text="They are never published.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    how_asked = forms.CharField(
        label="How were they asked?",
        help_text='For example, "at home, one by one, with pictures". ' + _PUBLIC,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    asked_from = DayField(label="First day on which they were asked")
    asked_to = DayField(label="Last day on which they were asked")
    about = forms.CharField(label="About what?", help_text='For example, "the plan for 2027/28".', max_length=200)
    says = forms.CharField(
        label="What did they say?", help_text=_PUBLIC, widget=forms.Textarea(attrs={"rows": 6}), max_length=8000
    )
    meeting = MeetingField(
        label="Was it brought to a meeting?", queryset=Meeting.objects.none(), required=False, empty_label="No"
    )
    decision = forms.ModelChoiceField(
        label="Is it about a decision?", queryset=GroupDecision.objects.none(), required=False, empty_label="No"
    )

    def offer(self, organisations: Any, meetings: Any, decisions: Any) -> None:
        """Say what can be chosen."""
        for name, those in (("organisation", organisations), ("meeting", meetings), ("decision", decisions)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = those


class BroughtAnswerForm(FaultForm):
    """What became of what an organisation brought."""

    answer = forms.CharField(
        label="What became of it?",
        help_text=_PUBLIC,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=8000,
        error_messages={"required": "Write what became of it, or why not."},
    )
