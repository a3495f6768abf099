"""Forms about connections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from locality_web.core.forms import DayField, FaultForm
from locality_web.members.connection_changes import End, Tie
from locality_web.members.connection_queries import key_of

_PUBLIC = "Everybody can read this. Name nobody."


class ConnectForm(FaultForm):
    """Who was connected with whom, and for what."""

    one = forms.ChoiceField(label="Who?", error_messages={"required": "Choose who."})
    other = forms.ChoiceField(label="With whom?", error_messages={"required": "Choose with whom."})
    for_what = forms.CharField(label="For what?", help_text=_PUBLIC, max_length=300)
    made_on = DayField(label="On which day?")

    def __init__(self, members: Iterable[End], organisations: Iterable[End], *args: Any, **named: Any):
        super().__init__(*args, **named)
        groups = [("Members", list(members)), ("Organisations", list(organisations))]
        self._ends: Mapping[str, End] = {key_of(each): each for _, those in groups for each in those}
        choices = [(title, [(key_of(each), str(each)) for each in those]) for title, those in groups if those]
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "Choose"), *choices]
        self.fields["made_on"].initial = timezone.localdate()

    def tie(self) -> Tie:
        """Give what a valid form says."""
        said = self.cleaned_data
        return Tie(self._ends[said["one"]], self._ends[said["other"]], said["for_what"], said["made_on"])


class CameOfForm(FaultForm):
    """What came of a connection."""

    came_of = forms.CharField(
        label="What came of it?",
        help_text=_PUBLIC,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Write what came of it."},
    )
