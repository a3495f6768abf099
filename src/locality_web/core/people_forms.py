"""Forms of people: invite, give and end a role, join, one's own name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from locality_web.core.forms import DayField, FaultForm
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.core.roles import all_roles


def _name_field(label: str) -> forms.CharField:
    return forms.CharField(
        max_length=200,
        label=label,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Write a name."},
    )


class RoleForm(FaultForm):
    """Which role, where, and until when."""

    role = forms.ChoiceField(
        label="Role",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a role.",
            "invalid_choice": "There is no such role. Choose one of the list.",
        },
    )
    locality = forms.ChoiceField(
        label="For which area",
        required=False,
        help_text="Leads and members are of one locality; officers of the whole partnership.",
        error_messages={"invalid_choice": "There is no such locality here. Choose one of the list."},
    )
    ends = DayField(label="Last day", required=False, help_text="Leave it empty if no end is agreed.")

    def __init__(self, *args: Any, place: Place, **named: Any) -> None:
        super().__init__(*args, **named)
        self.place = place
        self._localities = {each.slug: each for each in place.partnership.localities.filter(ended_on=None)}
        areas = [("", "The whole partnership"), *((slug, each.name) for slug, each in self._localities.items())]
        self.fields["role"].choices = [(name, f"{role.title}: {role.says}") for name, role in all_roles().items()]  # type: ignore[attr-defined]
        self.fields["locality"].choices = areas  # type: ignore[attr-defined]

    def chosen_place(self) -> Place:
        """Give the place for which the role is held."""
        return Place(self.place.partnership, self._localities.get(self.cleaned_data["locality"]))


class InviteForm(RoleForm):
    """Who is invited, and to which role."""

    name = _name_field("Name")
    email = forms.EmailField(
        label="E-mail address",
        help_text="The link goes there; only an account with this address can accept.",
        error_messages={"required": "Write an e-mail address.", "invalid": "Write an address like name@example.org."},
    )
    field_order = ("name", "email", "role", "locality", "ends")


class EndRoleForm(FaultForm):
    """When a role ends."""

    last_day = DayField(label="Last day", required=False, help_text="Leave it empty to end the role now.")


class LostSecondFactorForm(FaultForm):
    """How it is known that somebody lost their second factor."""

    reason = forms.CharField(
        label="How do you know that the person asked for this?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example, “came to my desk on 3 March, new phone”. An e-mail alone is not enough: somebody else "
        "may have written it.",
        error_messages={"required": "Write how you know; it is kept in the audit record."},
    )


class OwnNameForm(FaultForm):
    """One's own name."""

    name = _name_field("Your name")


class JoinForm(FaultForm):
    """Name and password of somebody who was invited and has no account."""

    name = _name_field("Your name")
    password = forms.CharField(
        label="Password",
        strip=False,
        help_text="At least 12 characters. Three or four words that do not belong together are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Write a password."},
    )

    def __init__(self, *args: Any, email: str, **named: Any) -> None:
        super().__init__(*args, **named)
        self._email = email

    def clean(self) -> dict[str, Any]:
        """Check the password as at sign-up."""
        cleaned = super().clean() or self.cleaned_data
        if password := cleaned.get("password"):
            try:
                validate_password(password, Person(email=self._email, name=cleaned.get("name", "")))
            except ValidationError as wrong:
                self.add_error("password", wrong)
        return cleaned
