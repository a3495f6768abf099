"""Form about one's own entry on the register."""

from __future__ import annotations

from django import forms

from locality_web.core.forms import FaultForm
from locality_web.members.register_models import Member


class OwnForm(FaultForm):
    """How somebody is reached, told and shown."""

    email = forms.EmailField(label="E-mail address", required=False)
    telephone = forms.CharField(label="Telephone", max_length=40, required=False)
    address = forms.CharField(
        label="Address for post",
        help_text="One line for each line of the envelope, without your name.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
        required=False,
    )
    notices = forms.ChoiceField(
        label="How do you want to be told of meetings, decisions and plans?",
        choices=Member.Notices.choices,
        widget=forms.RadioSelect,
    )
    shown = forms.ChoiceField(
        label="What may everybody read of you?", choices=Member.Shown.choices, widget=forms.RadioSelect
    )
