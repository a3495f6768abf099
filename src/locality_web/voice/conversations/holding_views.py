"""The pages of those who keep a conversation: prepare and change it, its steps, translations."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.pages import page_at_both
from locality_web.core.permissions import Place
from locality_web.voice.conversations import holding, pages
from locality_web.voice.conversations.holding_forms import (
    ConversationForm,
    StateForm,
    TranslationForm,
    ViewTranslationForm,
    boundaries_start,
    form_start,
)
from locality_web.voice.conversations.kinds import CONVERSATION_CYCLE
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of, conversation_page
from locality_web.voice.conversations.translating import translate


@page_at_both("voice.hold", methods=("GET", "POST"))
def new_conversation(request: HttpRequest, place: Place) -> HttpResponse:
    """Prepare a conversation; nobody outside sees it until it is opened."""
    start = form_start(None) | boundaries_start(request.GET.getlist("boundaries"))
    form = ConversationForm(place, drafts.form_data(request), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = holding.prepare_conversation(request.user, place, form.prepared())  # type: ignore[arg-type]
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "The conversation is a draft. Look at it, then open it.")
            return redirect(address_of(made))
    return render(request, "voice/conversation_edit.html", {"form": form, "where": place})


@conversation_page(holding.PERMISSION, methods=("GET", "POST"))
def edit_conversation(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """Change a conversation while it is a draft; afterwards what was asked stands still."""
    form = ConversationForm(place, drafts.form_data(request), initial=form_start(kept))
    if request.method == "POST" and form.is_valid():
        try:
            holding.change_conversation(request.user, kept, form.prepared())  # type: ignore[arg-type]
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "The draft is saved.")
            return redirect(address_of(kept))
    context = {"form": form, "where": place, "conversation": kept, "stands": kept.state != "draft"}
    return render(request, "voice/conversation_edit.html", context)


_STEPS = {
    "open": ("Open", "open_conversation"),
    "closed_to_views": ("Close to views", "close_conversation"),
    "withdrawn": ("Withdraw", "withdraw_conversation"),
}


@conversation_page(holding.PERMISSION, methods=("GET", "POST"))
def conversation_state(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """Open a conversation, close it to views, open it again, or withdraw it with a reason."""
    form = StateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _step(request, kept, form)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            messages.success(request, "Done. This is how everybody sees it now.")
            return redirect(address_of(kept))
    steps = [step for step in CONVERSATION_CYCLE.steps_from(kept.state) if step.end in _STEPS]
    context = {
        **pages.frame(request, kept),
        "form": form,
        "steps": [(step.end, step.name, CONVERSATION_CYCLE.state(step.end).means) for step in steps],
        "waiting": holding.waiting_to_be_told(kept),
    }
    return render(request, "voice/conversation_state.html", context)


def _step(request: HttpRequest, kept: Conversation, form: StateForm) -> None:
    end, why, by = request.POST.get("end", ""), form.cleaned_data["why"], request.user
    if end == "open" and kept.state == "closed_to_views":
        closes_on = form.cleaned_data["closes_on"] or kept.closes_on
        holding.reopen_conversation(by, kept, closes_on=closes_on, why=why)  # type: ignore[arg-type]
    elif end == "open":
        holding.open_conversation(by, kept)  # type: ignore[arg-type]
    elif end == "closed_to_views":
        holding.close_conversation(by, kept, why=why)  # type: ignore[arg-type]
    elif end == "withdrawn":
        holding.withdraw_conversation(by, kept, why=why)  # type: ignore[arg-type]
    else:
        raise ResultRefused("There is no such step.", "Choose one of the buttons.")


@conversation_page(holding.PERMISSION, methods=("GET", "POST"))
def translations(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """Translations of what is asked: entered by a person, and labelled with their name."""
    form = TranslationForm(kept, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            translate(request.user, kept, **form.cleaned_data)  # type: ignore[arg-type]
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            messages.success(request, "The translation is saved and shown with your name.")
            return redirect(address_of(kept, "translations"))
    context = {**pages.frame(request, kept), "form": form, "those": kept.translations.all()}
    return render(request, "voice/conversation_translations.html", context)


@conversation_page(holding.PERMISSION, methods=("GET", "POST"))
def translate_view(request: HttpRequest, place: Place, kept: Conversation, view: int) -> HttpResponse:
    """Translate a view, beside its own words."""
    found = kept.opinions.filter(pk=view).exclude(state="withdrawn").first()
    if found is None:
        raise Http404("There is no such view.")
    form = ViewTranslationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            translate(request.user, kept, of=f"opinion:{found.pk}", **form.cleaned_data)  # type: ignore[arg-type]
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            messages.success(request, "The translation is saved and shown with your name.")
            return redirect(address_of(kept, "moderate"))
    context = {**pages.frame(request, kept), "form": form, "view": found}
    return render(request, "voice/conversation_translate_view.html", context)
