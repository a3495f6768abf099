"""What people type about members and seats."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from locality_web.core.forms import DayField, FaultForm, UploadField
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.members.kinds import groups_of, organisation_kinds_of
from locality_web.members.register_models import Member, Seat, SeatTerm
from locality_web.members.register_people import Details, SeatWanted
from locality_web.members.register_queries import members_at, seats_with_terms
from locality_web.members.register_seats import Sitting

Choices = list[tuple[str, str]]


def group_choices(place: Place, first: str = "") -> Choices:
    """Offer every group that the partnership knows; one within another says so."""
    groups = groups_of(place.partnership)
    names = {each.code: each.name for each in groups}
    offered = [
        (each.code, f"{names[each.within]}: {each.name}" if each.within in names else each.name) for each in groups
    ]
    return [("", first), *offered] if first else offered


def kind_choices(place: Place) -> Choices:
    """Offer every kind of organisation that the partnership knows."""
    return [("", "Not said"), *((each.code, each.name) for each in organisation_kinds_of(place.partnership))]


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among members; the organisation tells two of one name apart."""

    def label_from_instance(self, obj: Member) -> str:
        """Name and organisation."""
        return f"{obj}, {obj.organisation}" if obj.organisation else str(obj)


def _text(label: str, **options: Any) -> forms.CharField:
    rows = options.pop("rows", 0)
    if rows:
        options["widget"] = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, **{"max_length": 2000 if rows else 200, **options})


class DetailsForm(FaultForm):
    """What is held of a member."""

    name = _text("Name", error_messages={"required": "Write the name of the person."})
    organisation = _text(
        "Organisation", required=False, help_text="As it stands in the list of organisations, or a new one."
    )
    organisation_kind = forms.ChoiceField(
        label="Kind of organisation", required=False, help_text="Only where the organisation is new."
    )
    email = forms.EmailField(label="E-mail address", required=False, max_length=254)
    telephone = _text("Telephone", required=False, max_length=40)
    address = _text("Address for post", required=False, rows=4)
    notices = forms.ChoiceField(
        label="How do notices reach the person?",
        choices=Member.Notices.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how notices reach the person."},
    )
    shown = forms.ChoiceField(
        label="What may everybody read of the person?",
        choices=Member.Shown.choices,
        widget=forms.RadioSelect,
        initial=Member.Shown.NOTHING,
        help_text="As the person wishes. They can change it themselves.",
        error_messages={"required": "Choose what everybody may read."},
    )
    person = forms.ModelChoiceField(
        label="The person signs in here as",
        queryset=Person.objects.none(),
        required=False,
        empty_label="Nobody, or whoever has the e-mail address above",
    )

    def __init__(self, place: Place, data: Any = None, **options: Any):
        super().__init__(data, **options)
        self.fields["organisation_kind"].choices = kind_choices(place)  # type: ignore[attr-defined]
        with_role = Person.objects.filter(roles__partnership=place.partnership).distinct().order_by("name")
        self.fields["person"].queryset = with_role  # type: ignore[attr-defined]

    def details(self) -> Details:
        """Give what a valid form says of the member."""
        return Details(**{name: self.cleaned_data[name] for name in Details.__dataclass_fields__})


class SittingFields(FaultForm):
    """From when to when somebody sits on a seat, and how they were chosen."""

    starts = DayField(label="First day", error_messages={"required": "Write the first day of the term."})
    ends = DayField(label="Last day", required=False, help_text="Leave it empty where no end is set.")
    chosen = forms.ChoiceField(
        label="How was the person chosen?",
        choices=SeatTerm.Chosen.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the person was chosen."},
    )
    says = _text("More on how they were chosen", required=False, rows=3)

    def sitting(self) -> Sitting:
        """Give what a valid form says of the term."""
        said = self.cleaned_data
        return Sitting(said["starts"], said["chosen"], said["ends"], said["says"])


class AddMemberForm(DetailsForm):
    """A new member, with a seat and interests."""

    seat = forms.ChoiceField(label="Seat", required=False)
    group = forms.ChoiceField(label="The group for which the person speaks", required=False)
    seat_name = _text("Name of the new seat", required=False, help_text="Leave it empty for the name of the group.")
    starts = DayField(label="First day on the seat", required=False)
    ends = DayField(label="Last day on the seat", required=False, help_text="Leave it empty where no end is set.")
    chosen = forms.ChoiceField(label="How was the person chosen?", required=False)
    says = _text("More on how they were chosen", required=False, rows=3)
    interests = _text(
        "Interests that the person declares",
        required=False,
        rows=4,
        help_text="Anything that could be thought to sway them. Each on a line of its own.",
    )

    def __init__(self, place: Place, data: Any = None, **options: Any):
        super().__init__(place, data, **options)
        self.seats = {str(each.pk): each for each in seats_with_terms(place)}
        open_seats = [(key, str(each)) for key, each in self.seats.items() if not _is_held(each)]
        self.fields["seat"].choices = [("", "A new seat"), *open_seats]  # type: ignore[attr-defined]
        self.fields["group"].choices = group_choices(place, "No seat, or the group of the seat above")  # type: ignore[attr-defined]
        self.fields["chosen"].choices = [("", "Choose"), *SeatTerm.Chosen.choices]  # type: ignore[attr-defined]
        self.order_fields(["name", "seat", "group", "seat_name", "starts", "ends", "chosen", "says"])

    def clean(self) -> dict[str, Any]:
        """A seat needs its first day and how the person was chosen."""
        said = super().clean() or {}
        if said.get("seat") or said.get("group"):
            gaps = {"starts": "Write the first day of the term.", "chosen": "Choose how the person was chosen."}
            for name, says in gaps.items():
                if name in said and not said[name]:
                    self.add_error(name, says)
        return said

    def wanted(self) -> SeatWanted | None:
        """Give the seat that a valid form asks for."""
        said = self.cleaned_data
        if not (said["seat"] or said["group"]):
            return None
        sitting = Sitting(said["starts"], said["chosen"], said["ends"], said["says"])
        return SeatWanted(sitting, self.seats.get(said["seat"]), said["group"], said["seat_name"])

    def declared(self) -> list[str]:
        """Give the interests of a valid form, line by line."""
        return [line.strip() for line in self.cleaned_data["interests"].splitlines() if line.strip()]


def _is_held(seat: Seat) -> bool:
    """Say whether somebody sits on a seat without an end, so that nobody else can be put onto it."""
    return any(term.ends is None for term in seat.terms.all())


class SitForm(SittingFields):
    """Which member sits on a seat."""

    member = MemberField(
        label="Member",
        queryset=Member.objects.none(),
        empty_label="Choose a member",
        error_messages={"required": "Choose a member."},
    )

    def __init__(self, place: Place, data: Any = None, **options: Any):
        super().__init__(data, **options)
        here = members_at(place).filter(left_on__isnull=True).select_related("organisation").order_by("name", "pk")
        self.fields["member"].queryset = here  # type: ignore[attr-defined]
        self.order_fields(["member"])


class SeatForm(FaultForm):
    """A new seat."""

    group = forms.ChoiceField(label="Group", error_messages={"required": "Choose a group."})
    seat_name = _text("Name of the seat", required=False, help_text="Leave it empty for the name of the group.")
    votes = forms.BooleanField(label="Whoever sits on it agrees to plans", required=False, initial=True)

    def __init__(self, place: Place, data: Any = None, **options: Any):
        super().__init__(data, **options)
        self.fields["group"].choices = group_choices(place, "Choose a group")  # type: ignore[attr-defined]


class EndSittingForm(FaultForm):
    """The last day of a term that ends early."""

    ends = DayField(label="Last day", error_messages={"required": "Write the last day."})
    reason = _text("Why?", rows=3, error_messages={"required": "Write why."})


class ExtendSittingForm(EndSittingForm):
    """The last day of a term that lasts longer."""

    ends = DayField(label="Last day", required=False, help_text="Leave it empty where no end is set.")


class CloseSeatForm(FaultForm):
    """The day from which a seat is no more."""

    closed_on = DayField(
        label="First day on which the seat is no more", error_messages={"required": "Write the first day."}
    )


class LeaveForm(FaultForm):
    """The day from which somebody is no more on the register."""

    on = DayField(
        label="First day on which the person is no more on the register",
        error_messages={"required": "Write the first day."},
        initial=timezone.localdate,
    )


class EraseForm(FaultForm):
    """A plain yes."""

    sure = forms.BooleanField(label="Erase this person for good", error_messages={"required": "Tick this to go on."})


class InterestForm(FaultForm):
    """An interest that somebody declared."""

    says = _text("What does the person declare?", rows=3, error_messages={"required": "Write what they declared."})


class RegisterFileForm(FaultForm):
    """A file of the register."""

    register = UploadField(
        label="File of the register",
        accepts=(".csv", ".xlsx"),
        error_messages={"required": "Choose the file of the register."},
    )
