"""Forms about being kept informed: what of, by which means, how often; and the number of a letter."""

from __future__ import annotations

from typing import Any

from django import forms

from locality_web.areas.queries import localities
from locality_web.core.forms import FaultForm
from locality_web.core.languages import spoken
from locality_web.core.models import Locality
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory
from locality_web.money.queries import catalogue
from locality_web.voice.conversations.kinds import SEEN
from locality_web.voice.conversations.marking import pick_map
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.queries import zone_choices
from locality_web.voice.informed.changes import Wanted
from locality_web.voice.informed.circles import USUAL, WIDTHS, circle_of
from locality_web.voice.informed.models import Subscription

_ALL = ("", "Everything")


class KeepInformedForm(FaultForm):
    """Ask to be kept informed, without an account."""

    locality: forms.ModelChoiceField[Locality] = forms.ModelChoiceField(
        label="Of which locality?", queryset=None, required=False, empty_label="All localities", to_field_name="slug"
    )
    heading = forms.ChoiceField(label="Of which topic?", required=False)
    conversation: forms.ModelChoiceField[Conversation] = forms.ModelChoiceField(
        label="Of which conversation?", queryset=None, required=False, empty_label="All of them", to_field_name="slug"
    )
    zone = forms.ChoiceField(
        label="Of which place?",
        required=False,
        help_text="You hear of what concerns this neighbourhood. You can also mark a place on the map.",
    )
    marked = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    around = forms.ChoiceField(
        label="How far around the place on the map?",
        choices=list(WIDTHS.items()),
        initial=USUAL,
        required=False,
        help_text="Only if you marked a place on the map.",
    )
    means = forms.ChoiceField(
        label="How?",
        choices=[("email", "By e-mail"), ("post", "By letter")],
        initial="email",
        widget=forms.RadioSelect,
    )
    rhythm = forms.ChoiceField(
        label="How often at most?", choices=Subscription.Rhythm.choices, initial="weekly", widget=forms.RadioSelect
    )
    email = forms.CharField(label="E-mail address", required=False, max_length=254)
    name = forms.CharField(label="Name for a letter", required=False, max_length=200)
    address = forms.CharField(
        label="Address for post", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, place: Place, *args: Any, memory: Memory | None = None, **named: Any):
        super().__init__(*args, **named)
        partnership = place.partnership
        self.drawn = pick_map(partnership, memory)
        if self.drawn is None:
            self.fields["around"].widget = forms.HiddenInput()
        self.fields["locality"].queryset = localities(partnership)  # type: ignore[attr-defined]
        conversations = partnership.conversations.filter(state__in=SEEN).exclude(state="withdrawn")
        self.fields["conversation"].queryset = conversations  # type: ignore[attr-defined]
        headings = sorted({each.heading for each in catalogue(partnership)})
        self._choose("heading", [_ALL, *((each, each) for each in headings)])
        self._choose("zone", [("", "Everywhere"), *zone_choices(partnership)])
        for name, known in (("email", "email"), ("name", "name"), ("address", "street-address")):
            self.fields[name].widget.attrs["autocomplete"] = known
        self.say_gaps()

    def is_needed(self, name: str) -> bool:
        """Whether an address is to be filled in follows from the means, so that none is called optional."""
        return name in ("email", "name", "address") or super().is_needed(name)

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def wanted(self) -> Wanted:
        """Give what a valid form asks for."""
        given = dict(self.cleaned_data)
        circle = circle_of(given.pop("marked"), given.pop("around"), self.drawn)
        return Wanted(**given, circle=circle, language=spoken().code)


class StopByLetterForm(FaultForm):
    """The number of a letter whose reader wants no more letters."""

    number = forms.IntegerField(
        label="Number of the letter",
        help_text="It stands on the letter, beside the day.",
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ds_input--fixed-10"}),
    )
