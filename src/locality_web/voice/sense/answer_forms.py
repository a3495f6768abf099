"""What people type when they answer what was said."""

from __future__ import annotations

from typing import Any

from django import forms

from locality_web.core.forms import FaultForm
from locality_web.voice.sense.answer_changes import Said
from locality_web.voice.sense.models import Answer

_MOST_CHARACTERS = 5000


def long_text(label: str, missing: str, /, *, rows: int = 4, **options: Any) -> forms.CharField:
    """Give a field for several lines of text."""
    options.setdefault("max_length", _MOST_CHARACTERS)
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": missing}, **options
    )


class AnswerForm(FaultForm):
    """An answer to a view or to a theme."""

    outcome = forms.ChoiceField(
        label="What became of it?",
        choices=Answer.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of it."},
    )
    you_said = long_text(
        "You said", "Write what was said, in a sentence.", rows=2, help_text="In a sentence, as people said it."
    )
    says = long_text(
        "What we did, or why we did not",
        "Write what was done, or why it was not.",
        help_text="In plain words. It is sent to whoever asked to be told.",
    )
    to_whom = forms.CharField(
        label="To whom was it passed on?",
        max_length=200,
        required=False,
        help_text="Only where it is not ours: who deals with it now.",
    )

    def said(self) -> Said:
        """Give what a valid form says."""
        return Said(**self.cleaned_data)


class BeginAnswersForm(FaultForm):
    """That everything that came in time is on the site."""

    paper_keyed = forms.BooleanField(
        label="Every paper form that came back in time is keyed in",
        error_messages={"required": "Tick this once every form is keyed in."},
    )


class CloseAnswersForm(FaultForm):
    """What became of the conversation as a whole."""

    we_did = long_text(
        "What became of it as a whole?",
        "Write what became of it as a whole.",
        rows=6,
        help_text="For everybody, also for those who ranked, agreed or marked a map and wrote no words.",
    )


class TakeUpForm(FaultForm):
    """Why a conversation is taken up again."""

    reason = long_text("Why is it taken up again?", "Write why it is taken up again.", rows=2)
