"""What people type when they record something of an engagement, or take it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from locality_web.core.forms import DayField, FaultForm
from locality_web.voice.engagement.kept import Noted
from locality_web.voice.engagement.kept_kinds import KeptKind
from locality_web.voice.sense.answer_forms import long_text
from locality_web.voice.sense.models import Theme

_MOST = 1_000_000
"""Own choice of the founders, 2026-11: more people than any partnership has."""


class EngagementForm(FaultForm):
    """Something that keepers record of an engagement; which fields it has, its kind says."""

    on = DayField(label="On which day?")

    def __init__(self, kind: KeptKind, data: Any = None, *, options: Sequence[str] = (), themes: Sequence[Theme] = ()):
        super().__init__(data, initial={"on": timezone.localdate()})
        self.kind = kind
        if kind.also == "shaped":
            self.fields["option"] = _choice("Which option?", [(each, each) for each in options])
            those = [(each.pk, f"{each.name} ({each.conversation.title})") for each in themes]
            self.fields["theme"] = _choice("From which theme did it come?", those)
        self.fields["says"] = long_text(
            kind.asks, "Write it in plain words.", rows=3, help_text=f"{kind.help} {_EVERYBODY}".strip()
        )
        if kind.also == "people":
            self.fields["people"] = _number("How many people took part?", required=False)
        if kind.also == "needs":
            self.fields["named"] = _number("How many needs were named?")
            self.fields["met"] = _number("How many of them were met?")
        self.order_fields(["option", "theme", "says", "on"])
        self.say_gaps()

    def noted(self) -> Noted:
        """Give what a valid form says."""
        said = dict(self.cleaned_data)
        theme = said.pop("theme", None)
        return Noted(about=self.kind.code, theme=int(theme) if theme else None, **said)


_EVERYBODY = "Everybody can read it. Name no resident."


def _number(label: str, *, required: bool = True) -> forms.IntegerField:
    wrong = {"required": "Write a number, also nought.", "invalid": "Write a whole number."}
    return forms.IntegerField(label=label, required=required, min_value=0, max_value=_MOST, error_messages=wrong)


def _choice(label: str, those: Sequence[tuple[Any, str]]) -> forms.ChoiceField:
    wrong = {"invalid_choice": "It is not there any more. Choose again."}
    return forms.ChoiceField(label=label, choices=[("", "Choose one"), *those], error_messages=wrong)


class TakeBackEngagementForm(FaultForm):
    """Why a record is taken back."""

    why = long_text("What was wrong with it?", "Write what was wrong with it.", rows=2)
