"""What somebody said, for whoever holds its receipt code: where it stands, why, and a second opinion."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core.forms import FaultForm
from locality_web.core.languages import tell
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place
from locality_web.core.sign_in_limits import refuse_too_many
from locality_web.voice.conversations.kinds import OPINION_CYCLE
from locality_web.voice.conversations.moderation import ask_again, reasons, withdraw_view
from locality_web.voice.conversations.public_views import BOTH
from locality_web.voice.conversations.receipts import find_by_receipt
from locality_web.voice.conversations.said import Contribution, Opinion
from locality_web.voice.conversations.say_form import in_words
from locality_web.voice.conversations.typed_numbers import read_number


class AppealForm(FaultForm):
    """Ask somebody else to look at a view of one's own that is not shown."""

    def __init__(self, view: int, data: object = None):
        super().__init__(data, auto_id=f"id_%s_{view}")  # a page has as many as there are such views
        self.view = view
        self.fields["says"] = forms.CharField(
            label=tell("Why should it be shown?"), required=False, **in_words(3, 2000)
        )

    def is_needed(self, name: str) -> bool:
        """Whatever else is asked, the reason is."""
        return True


@dataclass(frozen=True)
class Own:
    """A view as its author sees it."""

    view: Opinion
    stands: str
    means: str
    why: list[str]
    appeal: AppealForm | None
    may_withdraw: bool


class ReceiptForm(FaultForm):
    """Type the code of what you said."""

    def __init__(self, *args: object, **named: object):
        super().__init__(*args, **named)
        hint = tell("Like CFHJ-KMNJ-PRTW-XY3F; capitals and dashes do not matter.")
        self.fields["code"] = forms.CharField(label=tell("Your code"), help_text=hint, max_length=40)
        self.fields["code"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.say_gaps()


@page(PUBLIC, methods=("GET", "POST"), languages=BOTH)
def yours(request: HttpRequest, place: Place) -> HttpResponse:
    """What you said, with your code: where it stands; take it back, or ask for a second opinion."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST":
        if too_many := refuse_too_many(request, "receipt_code"):
            return too_many
        found = find_contribution(place, form)
        if found is not None:
            appeal = act_on_view(request, found)
            views = found.opinions.prefetch_related("steps", "appeals").order_by("pk")
            own = [own_of(each, appeal) for each in views]
            code, conversation = form.cleaned_data["code"], found.conversation
            context |= {"contribution": found, "conversation": conversation, "own": own, "code": code}
            context["appeal"] = appeal
    answer = render(request, "voice/conversation_yours.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def find_contribution(place: Place, form: ReceiptForm) -> Contribution | None:
    """Give the contribution whose receipt code was typed; None: the form says what is wrong."""
    if not form.is_valid():
        return None
    try:
        found = find_by_receipt(form.cleaned_data["code"])
    except ResultRefused as refused:
        form.add_error("code", str(refused))
        return None
    if found is None or found.conversation.partnership_id != place.partnership.pk:
        form.add_error("code", tell("There is nothing with this code here. Compare each character."))
        return None
    return found


def act_on_view(request: HttpRequest, found: Contribution) -> AppealForm | None:
    """Do what the author of a view asks for: take it back, or a second opinion.

    Returns:
        The form of an appeal that says what is wrong with it; None: nothing is.
    """
    what, key = request.POST.get("what", ""), request.POST.get("view", "")
    opinion = found.opinions.filter(pk=read_number(key)).first()
    if opinion is None:
        return None
    opinion.conversation = found.conversation
    if what == "appeal":
        return _appeal(request, found, opinion)
    if what == "withdraw":
        try:
            withdraw_view(found, opinion)
        except ResultRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, tell("Your words are taken back and erased."))
    return None


def _appeal(request: HttpRequest, found: Contribution, opinion: Opinion) -> AppealForm | None:
    form = AppealForm(opinion.pk, request.POST)
    if not form.is_valid():
        return form
    try:
        ask_again(found, opinion, says=form.cleaned_data["says"])
    except (InputRefused, ResultRefused) as refused:
        form.add_faults(refused)
        return form
    messages.success(request, tell("Somebody else will look at it. Come back with your code."))
    return None


def own_of(view: Opinion, wrong: AppealForm | None = None) -> Own:
    """Give a view as its author sees it; `wrong` is an appeal that was sent and cannot be taken as it is."""
    state = OPINION_CYCLE.state(view.state)
    steps = {step.end for step in OPINION_CYCLE.steps_from(view.state)}
    appeal = (wrong if wrong and wrong.view == view.pk else AppealForm(view.pk)) if "appealed" in steps else None
    return Own(view, f"{tell(state.name)}.", tell(state.means), _why(view), appeal, "withdrawn" in steps)


def _why(view: Opinion) -> list[str]:
    """Say why a view is not shown, and what became of an appeal."""
    found = []
    last = list(view.steps.all())[-1:]
    if view.state in ("hidden", "held", "appealed"):
        for step in last:
            reason = reasons().get(step.reason)
            found += [tell(reason.tells)] if reason else []
            found += [step.says] if step.says else []
    for appeal in view.appeals.all():
        if appeal.settled_at:
            found.append(tell("Somebody else looked at it: {says}", says=appeal.outcome_says))
    return list(dict.fromkeys(found))
