"""What somebody writes down for another: the same questions as on the site, and how it came."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from locality.foundations import Fault
from locality_web.core.fields import DayField
from locality_web.core.models import Person
from locality_web.members.models import Organisation
from locality_web.voice.conversations.said import Contribution
from locality_web.voice.conversations.said_checks import Asked
from locality_web.voice.conversations.said_values import Came
from locality_web.voice.conversations.say_form import SayForm

_C = Contribution.Channel
CHANNELS = (
    (_C.TELEPHONE, "By telephone"),
    (_C.VISIT, "At a visit"),
    (_C.GROUP, "In a group session"),
    (_C.ORGANISATION, "Through an organisation that speaks for others"),
    (_C.PAPER, "On paper without a code: a letter, or a sheet of somebody's own"),
)
_HOW = ("channel", "received_on", "organisation", "people", "for_whom", "how_asked", "read_back")
_MOST_PEOPLE = 100_000  # own choice of the founders, 2026-11: more than any organisation asks


class RecordForm(SayForm):
    """Write down what somebody says by telephone, at a visit, in a group, on paper or through an organisation."""

    def __init__(self, asked: Asked, *, recorder: Person, data: Any = None):
        super().__init__(asked, translated={}, data=data)
        self.recorder = recorder
        self._ask_how_it_came()
        self.order_fields([*_HOW, *(name for name in self.fields if name not in _HOW)])

    def _ask_how_it_came(self) -> None:
        channel = forms.ChoiceField(label="How did it come?", choices=CHANNELS, widget=forms.RadioSelect)
        self._add("came", "channel", channel)
        day = DayField(label="On which day?", initial=timezone.localdate())
        self._add("came", "received_on", day)
        organisation = forms.ModelChoiceField(
            label="Through which organisation?",
            queryset=Organisation.objects.filter(partnership=self.conversation.partnership).order_by("name"),
            required=False,
            empty_label="Not through an organisation",
            help_text="One of the register.",
        )
        self._add("came", "organisation", organisation)
        people = forms.IntegerField(
            label="How many people say this?",
            min_value=1,
            max_value=_MOST_PEOPLE,
            initial=1,
            help_text="1 for one person. It is written down and shown in figures; each contribution counts once.",
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ds_input--fixed-5"}),
        )
        self._add("came", "people", people)
        whom = forms.CharField(
            label="For whom does somebody speak?",
            help_text="Like: people with dementia and their carers in Leven. No names that they did not agree to.",
            max_length=200,
            required=False,
        )
        self._add("came", "for_whom", whom)
        asked = forms.CharField(
            label="How were they asked?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
        )
        self._add("came", "how_asked", asked)
        self._add("came", "read_back", forms.BooleanField(label="It was read back to them", required=False))
        self.fields["consents"].label = "They agree that their words are shown on this site"
        hint = "Ask. If they do not agree, their words are read and counted all the same, and shown to nobody else."
        self.fields["consents"].help_text = hint

    def clean(self) -> dict[str, Any]:
        """Check what each channel needs."""
        given = super().clean() or self.cleaned_data
        for fault in _missing(given):
            self.add_error(fault.column, f"{fault.what}. {fault.do}")
        return given

    def came(self) -> Came:
        """Give how it came, of a valid form."""
        given = self.cleaned_data
        return Came(
            given["channel"],
            recorded_by=self.recorder,
            received_on=given["received_on"],
            organisation=given["organisation"],
            people=given["people"],
            for_whom=given["for_whom"],
            how_asked=given["how_asked"],
            read_back=given["read_back"],
        )


def _missing(given: dict[str, Any]) -> list[Fault]:
    channel, faults = given.get("channel"), []
    if channel == _C.ORGANISATION and not given.get("organisation") and "organisation" in given:
        what, do = "The organisation is missing", "Choose it; put it onto the register first, if it is not there."
        faults.append(_fault("organisation", what, do))
    if channel == _C.ORGANISATION and not given.get("for_whom"):
        faults.append(_fault("for_whom", "It is not said for whom it speaks", "Write it in words."))
    if channel in (_C.ORGANISATION, _C.GROUP) and not given.get("how_asked"):
        do = "Write it: everybody may ask how a view of many came about."
        faults.append(_fault("how_asked", "It is not said how they were asked", do))
    if channel not in (_C.ORGANISATION, None) and given.get("organisation"):
        do = "Leave it empty, or choose that it came through an organisation."
        faults.append(_fault("organisation", "Only what comes through an organisation has one", do))
    return faults


def _fault(column: str, what: str, do: str) -> Fault:
    return Fault(column, what, do, "voice-channel", column=column)
