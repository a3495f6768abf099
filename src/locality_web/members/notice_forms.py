"""Forms about notices: how to be told, and the day on which letters were posted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from locality_web.core.forms import DayField, FaultForm
from locality_web.members.register_models import Member


class ChoiceOfNoticesForm(FaultForm):
    """How somebody wants to be told; only what they can be reached by is offered."""

    notices = forms.ChoiceField(label="How do you want to be told?", widget=forms.RadioSelect)

    def __init__(self, member: Member, *args: Any, **named: Any):
        super().__init__(*args, **named)
        reached = {Member.Notices.NONE}
        if member.email:
            reached |= {Member.Notices.AT_ONCE, Member.Notices.DAILY, Member.Notices.WEEKLY}
        if member.address:
            reached.add(Member.Notices.PAPER)
        field = self.fields["notices"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.value, each.label) for each in Member.Notices if each in reached]
        field.initial = member.notices if member.notices in reached else None


class PostedForm(FaultForm):
    """On which day letters went to the post."""

    on = DayField(label="On which day were they posted?")

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["on"].initial = timezone.localdate()
