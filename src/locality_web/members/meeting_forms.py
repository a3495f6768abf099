"""What people type about meetings: one or a series, how people take part, the reason of a cancelling, a paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from locality.members import Pattern
from locality_web.core.forms import DayField, FaultForm, UploadField
from locality_web.core.permissions import Place
from locality_web.members.meeting_changes import Details, Repeat
from locality_web.members.meeting_models import AgendaItem, How, Meeting, MeetingKind
from locality_web.members.meeting_papers import paper_limits

ONCE = "once"
_TIMES = ("%H:%M", "%H.%M", "%H:%M:%S", "%I:%M%p", "%I.%M%p", "%I%p", "%H")
_MOST_MINUTES = 24 * 60


class ClockField(forms.CharField):
    """A time of day, typed as 18:30, 18.30 or 6.30pm."""

    def __init__(self, **options: Any):
        options.setdefault("help_text", "For example, 18:30")
        super().__init__(max_length=10, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A short line."""
        return {"class": "ds_input--fixed-10", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """Show a time as the clock does."""
        return value.strftime("%H:%M") if isinstance(value, dt.time) else value

    def clean(self, value: Any) -> Any:
        """Read the time."""
        text = super().clean(value)
        for form in _TIMES:
            try:
                return dt.datetime.strptime(text.replace(" ", "").lower(), form).time()  # noqa: DTZ007 - no day
            except ValueError:
                continue
        raise forms.ValidationError(f"'{text}' is not a time of day. Write it like 18:30.")


class MeetingForm(FaultForm):
    """A meeting: what it is, when, and how people take part."""

    kind = forms.ChoiceField(label="Whose meeting is it?", choices=MeetingKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Write what the meeting is called."}
    )
    day = DayField(label="Day", error_messages={"required": "Write the day of the meeting."})
    time = ClockField(label="When does it begin?", error_messages={"required": "Write when it begins, like 18:30."})
    minutes = forms.IntegerField(
        label="How many minutes does it last?", min_value=5, max_value=_MOST_MINUTES, initial=90
    )
    how = forms.ChoiceField(label="How do people take part?", choices=How.choices, widget=forms.RadioSelect)
    where = forms.CharField(
        label="Where?",
        help_text="Address of the room, with how to get in. Everybody can read it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
    join_link = forms.URLField(
        label="Link to join online",
        help_text="Only those who are invited can read it.",
        assume_scheme="https",
        max_length=500,
        required=False,
    )
    dial_in = forms.CharField(
        label="Number to join by telephone",
        help_text="Only those who are invited can read it.",
        max_length=200,
        required=False,
    )
    quorum = forms.IntegerField(
        label="How many members with a vote must be there?",
        help_text="0 means that no quorum is set.",
        min_value=0,
        max_value=999,
        initial=0,
    )
    public = forms.BooleanField(label="Everybody may see that it takes place", required=False, initial=True)

    def details(self) -> Details:
        """Give what a valid form says."""
        said = {name: self.cleaned_data[name] for name in Details.__dataclass_fields__ if name in self.cleaned_data}
        return Details(**said)


class NewMeetingForm(MeetingForm):
    """A new meeting, or a series of them."""

    every = forms.ChoiceField(
        label="Is it one meeting or a series?",
        choices=[
            (ONCE, "One meeting"),
            ("week", "A series by weeks, on the weekday of the first"),
            ("month_weekday", "A series by months, on the weekday of the first (like the second Tuesday)"),
            ("month_last_weekday", "A series by months, on that weekday's last in the month"),
            ("month_day", "A series by months, on the day of the month of the first"),
        ],
        widget=forms.RadioSelect,
        initial=ONCE,
    )
    interval = forms.IntegerField(
        label="Every how many weeks or months?",
        help_text="For a series: 1 is every one, 2 every second one.",
        min_value=1,
        max_value=12,
        initial=1,
        required=False,
    )
    until = DayField(
        label="Last day of the series", help_text="For a series. No meeting is after this day.", required=False
    )

    def __init__(self, place: Place, data: Any = None, *, initial: dict[str, Any] | None = None):
        super().__init__(data, initial=initial)
        if place.locality is None:
            choice = self.fields["kind"]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = [(MeetingKind.GROUP, f"The group of {place.name}"), *MeetingKind.choices[1:]]

    def clean(self) -> dict[str, Any]:
        """A series has an end."""
        said = super().clean() or self.cleaned_data
        if said.get("every") not in (None, ONCE) and not said.get("until") and "until" not in self.errors:
            self.add_error("until", "Write the last day of the series.")
        return said

    def repeat(self) -> Repeat | None:
        """Give how a valid form repeats; None: it is one meeting."""
        said = self.cleaned_data
        if said["every"] == ONCE:
            return None
        return Repeat(Pattern(said["every"], said["interval"] or 1), said["until"])


class ChangeMeetingForm(MeetingForm):
    """Another day, place or way of a meeting, or of it and the rest of its series."""

    which = forms.ChoiceField(
        label="What changes?",
        choices=[("one", "This meeting alone"), ("rest", "This meeting and the later ones of its series")],
        widget=forms.RadioSelect,
        initial="one",
    )

    def __init__(self, meeting: Meeting, data: Any = None, *, initial: dict[str, Any] | None = None):
        super().__init__(data, initial=initial)
        del self.fields["kind"]
        if meeting.series_id is None:
            del self.fields["which"]

    @property
    def is_rest(self) -> bool:
        """Whether the rest of the series changes too."""
        return bool(self.cleaned_data.get("which") == "rest")


class CancelMeetingForm(FaultForm):
    """Why a meeting does not take place."""

    why = forms.CharField(
        label="Why is it cancelled?",
        help_text="Everybody who was invited reads it, and everybody else on the page of a public meeting.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Write why it is cancelled."},
    )
    which = forms.ChoiceField(
        label="What is cancelled?",
        choices=[("one", "This meeting alone"), ("rest", "This meeting and the later ones of its series")],
        widget=forms.RadioSelect,
        initial="one",
    )

    def __init__(self, meeting: Meeting, data: Any = None):
        super().__init__(data)
        if meeting.series_id is None:
            del self.fields["which"]


class MeetingPaperForm(FaultForm):
    """A paper of a meeting."""

    file = UploadField(label="File", accepts=())
    item = forms.ModelChoiceField(
        label="Which item does it belong to?",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="The whole meeting",
    )
    withheld_why = forms.CharField(
        label="Why is it not published?",
        help_text="Leave it empty, and everybody can read the paper. Members of the group can read it in any case.",
        max_length=500,
        required=False,
    )

    def __init__(self, meeting: Meeting, data: Any = None, files: Any = None):
        super().__init__(data, files)
        kinds, most = paper_limits()
        self.fields["file"] = UploadField(
            label="File", accepts=tuple(kinds), most_bytes=most, error_messages={"required": "Choose the paper."}
        )
        choice = self.fields["item"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = meeting.items.all()


class TakeBackMinutesForm(FaultForm):
    """A reason, where something published is taken back."""

    why = forms.CharField(
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Write why."},
    )
