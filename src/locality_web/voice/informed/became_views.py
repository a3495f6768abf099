"""What became of my view? With the receipt code, without an account; and telling everybody who took part."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core.forms import FaultForm
from locality_web.core.languages import GAELIC, spoken, tell
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory
from locality_web.core.sign_in_limits import refuse_too_many
from locality_web.voice.channels.forgetting import choose_telling
from locality_web.voice.channels.models import Letter
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.own_views import ReceiptForm, act_on_view, find_contribution, own_of
from locality_web.voice.conversations.pages import told_of
from locality_web.voice.conversations.places import address_of, conversation_page
from locality_web.voice.conversations.said import Contribution
from locality_web.voice.conversations.said_values import Tell
from locality_web.voice.informed.telling import BEFORE_ANSWERS, begin_telling, tell_withdrawal, to_tell
from locality_web.voice.sense.answer_queries import closing_of, waiting_to_be_told
from locality_web.voice.sense.became import became_of


class HowToldForm(FaultForm):
    """Change how you are told."""

    means = forms.ChoiceField(
        label="How shall we tell you what became of it?",
        choices=[
            ("none", "Not at all: erase how you can reach me"),
            ("email", "By e-mail"),
            ("post", "By post"),
        ],
        widget=forms.RadioSelect,
    )
    email = forms.CharField(label="E-mail address", required=False, max_length=254)
    name = forms.CharField(label="Name for a letter", required=False, max_length=200)
    address = forms.CharField(
        label="Address for post", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: object, **named: object):
        super().__init__(*args, **named)
        for name, known in (("email", "email"), ("name", "name"), ("address", "street-address")):
            self.fields[name].widget.attrs["autocomplete"] = known

    def is_needed(self, name: str) -> bool:
        """Which of them is to be filled in follows from the means, so that none is called optional."""
        return True


class TellWithdrawalForm(FaultForm):
    """Tell those who took part why a conversation does not go on."""

    why = forms.CharField(
        label="Why does it not go on?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": "The reason is missing. Write why it does not go on."},
    )


@page(PUBLIC, methods=("GET", "POST"), languages=(GAELIC.code,))
def became(request: HttpRequest, place: Place) -> HttpResponse:
    """What became of what you said: its state, its answer, and where it led. The code is typed, never in an address."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST":
        if too_many := refuse_too_many(request, "receipt_code"):
            return too_many
        found = find_contribution(place, form)
        if found is not None:
            context |= _shown(request, place, found, form.cleaned_data["code"])
    answer = render(request, "voice/informed_became.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _shown(request: HttpRequest, place: Place, found: Contribution, code: str) -> dict[str, object]:
    found.conversation.partnership = place.partnership
    how = _choose(request, found) if request.POST.get("what") == "tell" else HowToldForm()
    appeal = act_on_view(request, found)
    memory = Memory(place.partnership)
    those = found.opinions.prefetch_related("steps", "appeals").order_by("pk")
    own = {each.pk: own_of(each, appeal) for each in those}
    told = became_of(found, memory)
    kept = type(found).objects.select_related("correspondent").get(pk=found.pk)
    return {
        "contribution": found,
        "conversation": found.conversation,
        **told_of(found.conversation),
        "views": [(own[each.view], each) for each in told.views],
        "we_did": told.we_did,
        "correspondent": getattr(kept, "correspondent", None),
        "how": how,
        "appeal": appeal,
        "code": code,
    }


def _choose(request: HttpRequest, found: Contribution) -> HowToldForm:
    form = HowToldForm(request.POST)
    if form.is_valid():
        try:
            choose_telling(found, Tell(**form.cleaned_data, language=spoken().code))
        except InputRefused as refused:
            form.add_faults(refused)
            return form
        says = {
            "none": tell("How you can be reached is erased."),
            "email": tell("We have sent a message to this address. Open the link in it and say yes."),
            "post": tell("You will be told by letter."),
        }
        messages.success(request, says[form.cleaned_data["means"]])
        return HowToldForm()
    return form


@conversation_page("voice.answer", methods=("GET", "POST"))
def tell_contributors(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """Tell everybody who took part what became of it, by the means that each chose."""
    early = kept.state in BEFORE_ANSWERS
    form = TellWithdrawalForm(request.POST if request.method == "POST" and early else None)
    if request.method == "POST" and (not early or form.is_valid()):
        person = cast(Person, request.user)
        try:
            tell_withdrawal(person, kept, why=form.cleaned_data["why"]) if early else begin_telling(person, kept)
        except ResultRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "They are being told. Letters wait to be printed.")
        return redirect(request.path)
    letters = Letter.objects.filter(correspondent__contribution__conversation=kept)
    context = {
        "conversation": kept,
        "address": address_of(kept),
        "form": form if early else None,
        "to_tell": to_tell(kept).count(),
        "untold": waiting_to_be_told(kept),
        "letters": letters.filter(batch__isnull=True).count(),
        "closing": closing_of(kept),
    }
    return render(request, "voice/informed_tell.html", context)
