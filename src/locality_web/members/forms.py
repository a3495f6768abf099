"""What people type to appoint a lead or a deputy, and to end or extend a term."""

from __future__ import annotations

from typing import Any

from django import forms

from locality_web.core.forms import DayField, FaultForm
from locality_web.core.models import Partnership, Person
from locality_web.members.changes import Appointment
from locality_web.members.models import LeadTerm


class AppointForm(FaultForm):
    """Who becomes lead or deputy of a locality."""

    role = forms.ChoiceField(
        label="What will the person be?",
        choices=LeadTerm.Role.choices,
        widget=forms.RadioSelect,
        initial=LeadTerm.Role.LEAD,
        error_messages={"required": "Choose lead or deputy."},
    )
    name = forms.CharField(
        label="Name of the person",
        max_length=200,
        help_text="It is shown to everybody on the locality's page.",
        error_messages={"required": "Write the name of the person."},
    )
    starts = DayField(label="First day", error_messages={"required": "Write the first day of the term."})
    ends = DayField(label="Last day", required=False)
    is_gp = forms.BooleanField(label="The person is a GP", required=False)
    practice = forms.CharField(
        label="Practice", help_text="Only if the person is a GP.", max_length=200, required=False
    )
    cluster = forms.CharField(
        label="Cluster of practices", help_text="Only if the person is a GP.", max_length=200, required=False
    )
    person = forms.ModelChoiceField(
        label="The person signs in here as",
        queryset=Person.objects.none(),
        required=False,
        empty_label="Does not sign in here",
    )
    give_role = forms.BooleanField(
        label="Let this person write and agree the locality's plan during the term", required=False
    )
    reason = forms.CharField(
        label="How was the person chosen?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Write how the person was chosen, for example by whom and on which day."},
    )

    def __init__(self, partnership: Partnership, data: Any = None, *, usual_years: int):
        super().__init__(data)
        people = Person.objects.filter(roles__partnership=partnership, is_active=True).distinct().order_by("name")
        choice = self.fields["person"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = people
        self.fields["ends"].help_text = f"Leave it empty for the usual term of {usual_years} years."

    def clean_practice(self) -> str:
        """A practice belongs to a GP."""
        return self._only_of_a_gp("practice")

    def clean_cluster(self) -> str:
        """A cluster belongs to a GP."""
        return self._only_of_a_gp("cluster")

    def _only_of_a_gp(self, field: str) -> str:
        said = str(self.cleaned_data[field])
        if said and not self.cleaned_data.get("is_gp"):
            raise forms.ValidationError(
                f"A {field} is named, but the person is not marked as a GP. Mark it or empty this."
            )
        return said

    def appointment(self) -> Appointment:
        """Give what a valid form says."""
        return Appointment(**self.cleaned_data)


class TermForm(FaultForm):
    """A new last day of a term, and why."""

    ends = DayField(label="Last day", error_messages={"required": "Write the last day."})
    reason = forms.CharField(
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "Write why."},
    )


class WithdrawForm(FaultForm):
    """A plain yes."""
