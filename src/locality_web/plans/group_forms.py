"""Forms of comments, of what a group says to its plan, and of the steps of its life."""

from __future__ import annotations

from typing import Any

from django import forms

from locality_web.core.forms import FaultForm
from locality_web.plans.editor_forms import TextField

LONGEST = 5_000  # letters of a comment or a reason


class CommentForm(FaultForm):
    """What somebody says about a plan."""

    about = forms.ChoiceField(label="What is it about?", required=False)
    text = TextField(
        label="Your comment",
        rows=5,
        required=True,
        max_length=LONGEST,
        help_text="Everybody can read it. Your name is seen only by people who are signed in. Do not name other "
        "private people",
    )
    on_behalf_of = TextField(
        label="If you speak for a group, which one?", help_text="Everybody can read the name of the group"
    )

    def __init__(self, headings: list[str], data: Any = None):
        super().__init__(data)
        self.fields["text"].error_messages["required"] = "Write your comment."
        choices = [("", "The whole plan"), *((name, name) for name in headings)]
        self.fields["about"].choices = choices  # type: ignore[attr-defined]


class AnswerForm(FaultForm):
    """What became of a comment."""

    answer = TextField(label="What became of it, or why not", rows=4, required=True, max_length=LONGEST)


class StanceForm(FaultForm):
    """Agree, or object with the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    stance = forms.ChoiceField(
        label="What do you say to this plan?",
        choices=(("agree", "I agree"), ("object", "I object")),
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label="Why?", rows=3, max_length=LONGEST, help_text="An objection needs its reason. It is kept beside your name"
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of an objection."""
        found = super().clean() or self.cleaned_data
        if found.get("stance") == "object" and not found.get("reason"):
            self.add_error("reason", "An objection needs its reason. Write why you object.")
        return found


class StepForm(FaultForm):
    """A step of the plan's life that needs no words."""

    to = forms.ChoiceField(
        choices=tuple((name, name) for name in ("open_for_comments", "put_to_group")), widget=forms.HiddenInput
    )


class TakeBackForm(FaultForm):
    """Why a plan is taken back to draft."""

    reason = TextField(label="Why is it taken back?", rows=3, required=True, max_length=LONGEST)
