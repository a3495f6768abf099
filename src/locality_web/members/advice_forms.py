"""What people type about the agreements and the advice of professional bodies."""

from __future__ import annotations

from typing import Any

from django import forms

from locality_web.core.fields import UploadField, YearField
from locality_web.core.forms import DayField, FaultForm
from locality_web.core.models import Locality
from locality_web.core.permissions import Place
from locality_web.members.advice_changes import Said, Sent
from locality_web.members.kinds import bodies
from locality_web.members.meeting_papers import paper_limits
from locality_web.members.models import Advice


def _text(label: str, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=10_000, required=False, **options
    )


class AdviceForm(FaultForm):
    """What a professional body was asked and said."""

    body = forms.ChoiceField(label="Which body?")
    body_name = forms.CharField(
        label="Its own name",
        max_length=200,
        required=False,
        help_text="For example, Fife Local Medical Committee. Leave it empty to use the name above.",
    )
    about = forms.CharField(
        label="About what?",
        max_length=300,
        help_text="For example, membership of GPs in the localities’ groups.",
        error_messages={"required": "Write what it is about."},
    )
    state = forms.ChoiceField(
        label="Where does it stand?",
        choices=Advice.State.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it stands."},
    )
    asked_on = DayField(label="Day on which it was asked", required=False)
    given_on = DayField(label="Day of its answer", required=False)
    until = DayField(label="Last day on which it holds", required=False, help_text="Leave it empty if no end was said.")
    says = _text("What did it say?")
    conditions = _text("Under which conditions?", 3)
    year = YearField(
        label="Year of the plan that it is about",
        required=False,
        help_text="For example, 2027/28. The plan of that year then shows it.",
    )
    locality = forms.ModelChoiceField(
        label="Locality that it is about",
        queryset=Locality.objects.none(),
        required=False,
        empty_label="The whole partnership",
    )
    document = UploadField(label="Document", accepts=(), required=False)
    answer = _text("What became of it?", help_text="What the partnership did with it, or why not.")
    public = forms.BooleanField(label="Everybody may read it, with its document and what became of it", required=False)

    def __init__(self, place: Place, data: Any = None, files: Any = None, **named: Any):
        super().__init__(data, files, **named)
        kinds, most = paper_limits()
        self.fields["document"] = UploadField(label="Document", accepts=tuple(kinds), most_bytes=most, required=False)
        self.fields["body"].choices = [(each.code, each.name) for each in bodies()]  # type: ignore[attr-defined]
        self.fields["locality"].queryset = place.partnership.localities.filter(ended_on=None)  # type: ignore[attr-defined]

    def said(self) -> Said:
        """Give what a valid form says."""
        return Said(**{name: value for name, value in self.cleaned_data.items() if name != "document"})

    def sent(self) -> Sent | None:
        """Give the document that was sent."""
        file = self.cleaned_data["document"]
        return Sent(file.name, file.read()) if file else None
