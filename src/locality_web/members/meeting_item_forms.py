"""What people type about items, minutes, actions, who came and what they answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from locality_web.core.forms import DayField, FaultForm
from locality_web.members.access_queries import still_members
from locality_web.members.meeting_agenda import ItemSaid
from locality_web.members.meeting_answers import APOLOGIES, COMING, SUBSTITUTE
from locality_web.members.meeting_attendance import CameSaid
from locality_web.members.meeting_models import AgendaItem, Attendance, How, Meeting
from locality_web.members.register_models import Member

WAYS = [each for each in How.choices if each[0] != How.MIXED]
_CAME = [each for each in Attendance.State.choices if each[0] != Attendance.State.INVITED]


class MemberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody of the register, by name and organisation."""

    def label_from_instance(self, obj: Any) -> str:
        """Name, and organisation where there is one."""
        return label_of(obj)


def label_of(member: Member) -> str:
    """Write somebody as those who keep meetings know them."""
    return f"{member.name}, {member.organisation}" if member.organisation else str(member)


def members_to_choose(meeting: Meeting) -> Any:
    """Give everybody on the partnership's register."""
    return still_members(meeting.partnership).exclude(name="").select_related("organisation").order_by("name", "id")


class AgendaItemForm(FaultForm):
    """An item of the agenda."""

    title = forms.CharField(label="Item", max_length=200, error_messages={"required": "Write what the item is."})
    says = forms.CharField(
        label="More about it", widget=forms.Textarea(attrs={"rows": 3}), max_length=5000, required=False
    )
    purpose = forms.ChoiceField(
        label="What is it for?",
        choices=AgendaItem.For.choices,
        widget=forms.RadioSelect,
        initial=AgendaItem.For.DISCUSSION,
    )
    minutes_planned = forms.IntegerField(label="Minutes of time", min_value=1, max_value=480, initial=10)
    presenter = MemberChoice(
        label="Who opens it?", queryset=Member.objects.none(), required=False, empty_label="Nobody in particular"
    )

    def __init__(self, meeting: Meeting, data: Any = None, *, initial: dict[str, Any] | None = None):
        super().__init__(data, initial=initial)
        choice = self.fields["presenter"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = members_to_choose(meeting)

    def said(self) -> ItemSaid:
        """Give what a valid form says."""
        return ItemSaid(**self.cleaned_data)


class InvitationAnswerForm(FaultForm):
    """An answer to an invitation."""

    answer = forms.ChoiceField(
        label="Do you come?",
        choices=[
            (COMING, "I come"),
            (APOLOGIES, "I cannot come"),
            (SUBSTITUTE, "I cannot come, and somebody comes for me"),
        ],
        widget=forms.RadioSelect,
    )
    how = forms.ChoiceField(label="How do you take part?", choices=[("", "I do not know yet"), *WAYS], required=False)
    instead = forms.CharField(
        label="Who comes for you?",
        help_text="Only if somebody comes for you. The name is written onto the register of members.",
        max_length=200,
        required=False,
    )


class WalkInForm(FaultForm):
    """Somebody who came and was not invited."""

    member = MemberChoice(
        label="Who else came?",
        queryset=Member.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose somebody of the register."},
    )
    how = forms.ChoiceField(label="How do they take part?", choices=WAYS)

    def __init__(self, meeting: Meeting, data: Any = None):
        super().__init__(data)
        choice = self.fields["member"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = members_to_choose(meeting).exclude(attendances__meeting=meeting)


class AttendanceForm(FaultForm):
    """Who is there: a line of fields for each person."""

    def __init__(self, meeting: Meeting, rows: Iterable[Attendance], data: Any = None):
        super().__init__(data)
        self.rows = list(rows)
        self.people = {label_of(each): each for each in members_to_choose(meeting)}
        for row in self.rows:
            self.fields[f"state-{row.pk}"] = forms.ChoiceField(
                label=f"Is {row.member} there?",
                choices=[(Attendance.State.INVITED, "Not known"), *_CAME],
                initial=row.state,
            )
            self.fields[f"how-{row.pk}"] = forms.ChoiceField(
                label=f"How does {row.member} take part?",
                choices=[("", "Not written down"), *WAYS],
                initial=row.how,
                required=False,
            )
            # One list of people for the whole page: a list for each line would be longer than the page itself.
            self.fields[f"substitute-{row.pk}"] = forms.CharField(
                label=f"Who came for {row.member}?",
                widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
                initial=label_of(row.substitute) if row.substitute else "",
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Find whoever came for somebody on the register."""
        said = super().clean() or self.cleaned_data
        for row in self.rows:
            name = f"substitute-{row.pk}"
            typed = said.get(name, "")
            found = self.people.get(typed) or next((each for each in self.people.values() if each.name == typed), None)
            if typed and found is None:
                what = f"'{typed}' is not on the register. Choose from the list, or put them onto the register first."
                self.add_error(name, what)
            said[name] = found
        return said

    def came(self) -> dict[int, CameSaid]:
        """Give what a valid form says, by number of the attendance."""
        said = self.cleaned_data
        return {
            row.pk: CameSaid(said[f"state-{row.pk}"], said[f"how-{row.pk}"], said[f"substitute-{row.pk}"])
            for row in self.rows
        }

    def lines(self) -> list[tuple[Attendance, list[forms.BoundField]]]:
        """Give each person with their fields, for the template."""
        parts = ("state", "how", "substitute")
        return [(row, [self[f"{part}-{row.pk}"] for part in parts]) for row in self.rows]


class MeetingActionForm(FaultForm):
    """What somebody is to do after the meeting."""

    says = forms.CharField(
        label="What is to be done?", max_length=300, error_messages={"required": "Write what is to be done."}
    )
    member = MemberChoice(
        label="Who does it?",
        queryset=Member.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose who does it."},
    )
    due_on = DayField(label="By when?", error_messages={"required": "Write the day by which it is to be done."})

    def __init__(self, members: Any, data: Any = None):
        super().__init__(data)
        choice = self.fields["member"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = members


class ItemDecisionForm(FaultForm):
    """What a meeting decided under an item."""

    outcome = forms.CharField(
        label="What was decided, and why?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
        error_messages={"required": "Write what was decided."},
    )


class ActionDoneForm(FaultForm):
    """What came of an action."""

    came_of = forms.CharField(
        label="What came of it?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        error_messages={"required": "Write what came of it, also when nothing did."},
    )
