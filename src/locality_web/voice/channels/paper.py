"""A conversation on paper: the same questions as on the site, keyed in once, with the form's code as the receipt."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html_join

from locality_web.core.fields import MoneyField
from locality_web.core.hooks import PaperKind
from locality_web.core.languages import GAELIC, tell, tell_day
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.core.site_address import full_address
from locality_web.members.access_models import PaperForm
from locality_web.voice.conversations import kinds
from locality_web.voice.conversations.changes import contribute
from locality_web.voice.conversations.marks import FIELD
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.pages import told_of
from locality_web.voice.conversations.queries import translations_of
from locality_web.voice.conversations.said_checks import Asked
from locality_web.voice.conversations.said_values import Came
from locality_web.voice.conversations.say_form import TRAP, SayForm

_TAKES = (kinds.TAKES_ALL, kinds.TAKES_LATE_PAPER)
_NOT_ON_PAPER = (TRAP, FIELD)
_LISTS = ("zone", "place_zone", "language")
"""Long lists: a line to write on, and the list itself for whoever keys it in."""


def conversation_kind() -> PaperKind:
    """Give the form of a conversation."""
    return PaperKind(
        name="voice.conversation",
        title="Say what you think",
        permission="voice.record",
        subjects=_subjects,
        questions=_questions,
        background=_background,
        key_in=_key_in,
        slip=_slip,
        languages=(GAELIC.code,),
    )


def _subjects(place: Place) -> list[tuple[str, str]]:
    found = Conversation.objects.filter(partnership=place.partnership, state__in=_TAKES)
    if place.locality is not None:
        found = found.filter(held_by=place.locality)
    return [(str(each.pk), each.title) for each in found]


def _conversation(place: Place, subject: str) -> Conversation:
    found = Conversation.objects.select_related("held_by").get(pk=int(subject), partnership=place.partnership)
    found.partnership = place.partnership
    return found


def _questions(place: Place, subject: str) -> dict[str, Any]:
    kept = _conversation(place, subject)
    form = SayForm(Asked.of(kept), translated=translations_of(kept))
    return {name: _on_paper(name, field) for name, field in form.fields.items() if name not in _NOT_ON_PAPER}


def _on_paper(name: str, field: forms.Field) -> forms.Field:
    if name in _LISTS and isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        written = forms.CharField(label=field.label, required=False, widget=forms.Select(choices=choices))
        written.initial = field.initial
        return written
    if name == "consents":
        return forms.ChoiceField(
            label=tell("May your words be shown on the website?"),
            help_text=tell("If not, they are read and counted all the same, and shown to nobody else."),
            choices=[("yes", tell("Yes")), ("no", tell("No"))],
            widget=forms.RadioSelect,
            required=False,
        )
    if isinstance(field, MoneyField):
        field.help_text = format_html_join(
            " ", "{}", ((each,) for each in (field.help_text, tell("In pounds.")) if each)
        )
    return field


def _background(place: Place, subject: str) -> list[str]:
    kept = _conversation(place, subject)
    told = told_of(kept)["told"]
    parts = [told["title"].text, told["question"].text, *told["background"].text.split("\n\n")]
    parts.append(f"{tell('What can change:')} {told['open_to_change'].text}")
    if kept.not_open.strip():
        parts.append(f"{tell('What is settled:')} {told['not_open'].text}")
    says = "Answer what you want to answer, and leave the rest empty. Send this form so that it is with us by {day}."
    parts.append(f"{tell(says, day=tell_day(kept.closes_on))} {tell('It counts as much as an answer on the website.')}")
    return [part.strip() for part in parts if part.strip()]


def _slip(place: Place, subject: str) -> list[str]:
    kept = _conversation(place, subject)
    address = full_address(reverse("voice:became", args=[place.partnership.slug]))
    title = told_of(kept)["told"]["title"].text
    says = "With this code you can see what became of it, on the internet at {address}, or ask us by telephone."
    return [
        tell("Keep this slip. You said something in the conversation “{title}”.", title=title),
        tell(says, address=address),
    ]


def _key_in(person: Person, place: Place, form: PaperForm, answers: dict[str, Any], received_on: dt.date) -> None:
    kept = _conversation(place, form.subject)
    said = SayForm(Asked.of(kept), translated={})
    said.cleaned_data = {**answers, "consents": answers.get("consents") == "yes"}
    came = Came(
        "paper",
        recorded_by=person,
        received_on=received_on,
        member=form.member,
        paper_code=form.code,
        receipt=form.code,
        # Somebody's own hand: nothing has to be read back.
        read_back=True,
    )
    contribute(place, kept, said.said(told_in=str(answers.get("language") or "")), came)
