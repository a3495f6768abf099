"""What people type about practices, their liaisons, and the link by which a practice names its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from locality_web.core.fields import UploadField
from locality_web.core.forms import DayField, FaultForm
from locality_web.core.models import Partnership
from locality_web.members.models import Member
from locality_web.members.practice_changes import PracticeRow
from locality_web.members.practice_liaisons import Naming

_WAYS = [(each.value, each.label) for each in Member.Notices]
_SHOWN = [
    (Member.Shown.NAME, "The name and the practice"),
    (Member.Shown.ORGANISATION, "The practice alone"),
    (Member.Shown.NOTHING, "Neither"),
]


class PracticeForm(FaultForm):
    """One practice."""

    code = forms.CharField(
        label="Code of the practice",
        max_length=40,
        help_text="As the health board writes it, for example 20014.",
        error_messages={"required": "Write the practice's code."},
    )
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Write the practice's name."})
    cluster = forms.CharField(label="Cluster", max_length=200, required=False)
    locality = forms.ChoiceField(
        label="Locality",
        required=False,
        error_messages={"invalid_choice": "There is no such locality here. Choose one of the list."},
    )
    patients = forms.IntegerField(
        label="Registered patients",
        min_value=0,
        max_value=1_000_000,
        required=False,
        error_messages={"invalid": "Write a whole number, like 6200."},
    )
    ended_on = DayField(
        label="First day on which it is no more",
        required=False,
        help_text="Empty while the practice is open. Its liaison's term then ends on the day before.",
    )

    def __init__(self, partnership: Partnership, data: Any = None, *, fixed_code: bool = False, **named: Any):
        super().__init__(data, **named)
        there = partnership.localities.filter(ended_on=None)
        self.fields["locality"].choices = [("", "Not known"), *((each.code, each.name) for each in there)]  # type: ignore[attr-defined]
        if fixed_code:
            self.fields["code"].disabled = True
        else:
            del self.fields["ended_on"]

    def row(self) -> PracticeRow:
        """Give what a valid form says."""
        said = self.cleaned_data
        return PracticeRow(said["code"], said["name"], said["cluster"], said["locality"], said["patients"])


class PracticeFileForm(FaultForm):
    """A file of practices."""

    practices = UploadField(
        label="File of practices",
        accepts=(".csv",),
        error_messages={"required": "Choose the file of practices."},
        help_text="CSV with the columns practice, name, cluster, locality and patients; the last three may be missing.",
    )


class NominationForm(FaultForm):
    """Who speaks for a practice, as the practice itself or a planner writes it."""

    name = forms.CharField(
        label="Name of the person",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Write the name of the person."},
    )
    notices = forms.ChoiceField(
        label="How are they to be told of meetings and decisions?",
        choices=_WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they are to be told."},
    )
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        help_text="Needed only for notices by e-mail.",
        error_messages={"invalid": "Write an address like name@example.org."},
    )
    address = forms.CharField(
        label="Address for post",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed only for notices by post. One line for each line of the envelope.",
    )
    starts = DayField(label="From which day?", error_messages={"required": "Write the first day."})
    shown = forms.ChoiceField(
        label="What may everybody read on the locality's page?",
        choices=_SHOWN,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what everybody may read."},
    )

    def __init__(self, data: Any = None):
        super().__init__(data, initial={"starts": timezone.localdate(), "shown": Member.Shown.ORGANISATION})

    def naming(self) -> Naming:
        """Give what a valid form says."""
        return Naming(**self.cleaned_data)


class EndLiaisonForm(FaultForm):
    """When a liaison's term ends."""

    ends = DayField(label="Last day", error_messages={"required": "Write the last day."})


class NominationLinkForm(FaultForm):
    """How a practice gets its link."""

    way = forms.ChoiceField(
        label="How does the practice get its link?",
        choices=[("print", "In a letter that I print now"), ("mail", "By e-mail")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the practice gets its link."},
    )
    email = forms.EmailField(
        label="E-mail address of the practice",
        required=False,
        help_text="Only for e-mail. It is used this once and not kept.",
        error_messages={"invalid": "Write an address like name@example.org."},
    )

    def clean(self) -> dict[str, Any]:
        """An e-mail needs its address."""
        said = super().clean() or self.cleaned_data
        if said.get("way") == "mail" and "email" not in self.errors and not said.get("email"):
            self.add_error("email", "Write the address to which the link goes.")
        return said
