"""Forms about what people need to take part."""

from __future__ import annotations

from typing import Any

from django import forms

from locality_web.core.forms import FaultForm
from locality_web.members import kinds
from locality_web.members.access_models import Arrangement
from locality_web.members.register_models import Member


class NeedForm(FaultForm):
    """Something that somebody needs."""

    kind = forms.ChoiceField(label="What is needed?", error_messages={"required": "Choose what is needed."})
    detail = forms.CharField(
        label="More about it",
        help_text="For example which language, which hours, or how many steps are too many.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *((each.code, each.name) for each in kinds.needs())]


class NeedOfForm(NeedForm):
    """Something that somebody else needs, entered for them."""

    member = forms.ModelChoiceField(
        label="Who needs it?",
        queryset=Member.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose who needs it."},
    )
    field_order = ("member", "kind", "detail")

    def __init__(self, members: Any, *args: Any, **named: Any):
        super().__init__(*args, **named)
        field = self.fields["member"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = members


class ArrangeForm(FaultForm):
    """What was done about one need for one meeting."""

    state = forms.ChoiceField(
        label="Is it arranged?",
        choices=Arrangement.State.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is arranged."},
    )
    says = forms.CharField(
        label="What was arranged? If it could not be, why not, and what is offered instead?",
        max_length=300,
        error_messages={"required": "Write what, or why not and what is offered instead."},
    )
