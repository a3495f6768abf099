"""What people type about gaps, feed-in routes, own kinds and organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from locality_web.core.forms import DayField, FaultForm
from locality_web.core.permissions import Place
from locality_web.members.kinds import groups_of
from locality_web.members.register_forms import MemberField, group_choices, kind_choices
from locality_web.members.register_gaps import NewApproach, NewRoute
from locality_web.members.register_kinds import NewKind
from locality_web.members.register_models import Approach, Member, OwnKind
from locality_web.members.register_people import Details
from locality_web.members.register_queries import members_at


class _OfMembers(FaultForm):
    """A form that offers groups and members of a place."""

    def __init__(self, place: Place, data: Any = None, **options: Any):
        super().__init__(data, **options)
        here = members_at(place).filter(left_on__isnull=True).select_related("organisation").order_by("name", "pk")
        self.fields["member"].queryset = here  # type: ignore[attr-defined]
        self.fields["group"].choices = group_choices(place, "Choose a group")  # type: ignore[attr-defined]


class ApproachForm(_OfMembers):
    """Whom somebody asks to fill a gap."""

    group = forms.ChoiceField(label="Group without a voice", error_messages={"required": "Choose a group."})
    kind = forms.ChoiceField(
        label="What do you do?",
        choices=Approach.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you do."},
    )
    whom = forms.CharField(
        label="Organisation or office that is asked",
        max_length=200,
        help_text="Not the name of a person: that belongs on the register, once they agree.",
        error_messages={"required": "Write whom you ask."},
    )
    on = DayField(label="Day", initial=timezone.localdate, error_messages={"required": "Write the day."})
    says = forms.CharField(label="Notes", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    member = MemberField(
        label="Send the letter to a member",
        queryset=Member.objects.none(),
        required=False,
        empty_label="Nobody: I print it or send it myself",
    )

    def new(self) -> NewApproach:
        """Give what a valid form says."""
        return NewApproach(**self.cleaned_data)


class OutcomeForm(FaultForm):
    """What came of asking."""

    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=Approach.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it."},
    )
    says = forms.CharField(label="Notes", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class RouteForm(_OfMembers):
    """A feed-in route, and who is told."""

    group = forms.ChoiceField(label="Group without a seat", error_messages={"required": "Choose a group."})
    through = forms.CharField(
        label="Through which body or office?",
        max_length=200,
        help_text="For example, Area Pharmaceutical Committee",
        error_messages={"required": "Write the body or office."},
    )
    starts = DayField(
        label="First day", initial=timezone.localdate, error_messages={"required": "Write the first day."}
    )
    member = MemberField(
        label="Who is told of decisions?",
        queryset=Member.objects.none(),
        required=False,
        empty_label="Somebody who is not on the register yet",
    )
    name = forms.CharField(label="Name of somebody new", max_length=200, required=False)
    email = forms.EmailField(label="E-mail address of somebody new", required=False)
    address = forms.CharField(
        label="Address for post of somebody new",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Where they have no e-mail address.",
    )

    def new(self) -> NewRoute:
        """Give what a valid form says."""
        said = self.cleaned_data
        way = Member.Notices.AT_ONCE if said["email"] else Member.Notices.PAPER
        details = Details(said["name"], email=said["email"], address=said["address"], notices=way)
        return NewRoute(said["group"], said["through"], said["starts"], said["member"], details)


class KindForm(FaultForm):
    """A new kind of group or of organisation."""

    what = forms.ChoiceField(
        label="A kind of what?",
        choices=OwnKind.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a kind of what."},
    )
    name = forms.CharField(
        label="Name",
        max_length=120,
        help_text="For example, Public houses",
        error_messages={"required": "Write the name."},
    )
    why = forms.CharField(
        label="Why does the partnership want it?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why."},
    )
    within = forms.ChoiceField(label="Wider group that it belongs to", required=False)
    asked_for = forms.BooleanField(label="A locality in which nobody speaks for it has a gap", required=False)
    profession = forms.BooleanField(label="Decisions can be tagged with it, as with a profession", required=False)

    def __init__(self, place: Place, data: Any = None, **options: Any):
        super().__init__(data, **options)
        wide = [(each.code, each.name) for each in groups_of(place.partnership) if not each.within]
        self.fields["within"].choices = [("", "It stands by itself"), *wide]  # type: ignore[attr-defined]

    def new(self) -> NewKind:
        """Give what a valid form says."""
        return NewKind(**self.cleaned_data)


class RenameKindForm(FaultForm):
    """Another name of a kind."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Write the name."})


class OrganisationForm(FaultForm):
    """An organisation's name and kind."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Write the name."})
    kind = forms.ChoiceField(label="Kind", error_messages={"required": "Choose a kind."})

    def __init__(self, place: Place, data: Any = None, **options: Any):
        super().__init__(data, **options)
        self.fields["kind"].choices = [("", "Choose a kind"), *kind_choices(place)[1:]]  # type: ignore[attr-defined]
