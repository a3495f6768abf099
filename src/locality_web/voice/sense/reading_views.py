"""The pages of reading: view after view by keyboard, how well readers agree, and settling what was read differently."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import ResultRefused
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.core.words import count_of
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of, conversation_page
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.sense import reading_pages as pages
from locality_web.voice.sense import theme_changes as changes
from locality_web.voice.sense.reading_queries import readings_of
from locality_web.voice.sense.theme_forms import ReadingForm, SettleForm, SettleRestForm

_POST = ("GET", "POST")


def _view_at(conversation: Conversation, pk: int) -> Opinion:
    found = conversation.opinions.filter(pk=pk, state__in=PUBLIC_VIEW).select_related("replies_to").first()
    if found is None:
        raise Http404(f"There is no view {pk} in this conversation that everybody can read.")
    found.conversation = conversation
    return found


@conversation_page(changes.PERMISSION)
def read(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """The next view to read into themes."""
    return _show(request, conversation, None)


@conversation_page(changes.PERMISSION, methods=_POST)
def read_view(request: HttpRequest, place: Place, conversation: Conversation, view: int) -> HttpResponse:
    """Read one view into themes, then go on to the next."""
    opinion = _view_at(conversation, view)
    if request.method != "POST":
        return _show(request, conversation, opinion)
    form = ReadingForm(pages.open_themes(conversation), request.POST)
    if form.is_valid():
        try:
            changes.read_view(_person(request), opinion, form.cleaned_data["themes"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            # The place of the view in the address lets the keyboard go on from there, past the menu.
            return redirect(f"{address_of(conversation, 'read')}#view")
    return _show(request, conversation, opinion, form)


def _show(
    request: HttpRequest, conversation: Conversation, opinion: Opinion | None, form: ReadingForm | None = None
) -> HttpResponse:
    context = pages.read_page(conversation, _person(request), opinion)
    shown: Opinion | None = context["opinion"]
    if shown is not None and form is None:
        own = pages.own_themes(shown, _person(request))
        themes = pages.open_themes(conversation)
        form = ReadingForm(themes, suggested=context["suggested"], initial={"themes": own})
    action = address_of(conversation, "read_view", shown.pk) if shown else ""
    return render(request, "voice/sense_read.html", {**context, "form": form, "action": action})


@conversation_page(changes.PERMISSION)
def agreement(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """How well two readers agree, and the views that they read differently."""
    return render(request, "voice/sense_agreement.html", pages.agreement_page(conversation, _person(request)))


@conversation_page(changes.PERMISSION)
def near_duplicates(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """Views that are the same or nearly so, like letters of a campaign; every one of them counts."""
    return render(request, "voice/sense_copies.html", pages.copies_page(conversation))


@conversation_page(changes.PERMISSION, methods=_POST)
def settle(request: HttpRequest, place: Place, conversation: Conversation, view: int) -> HttpResponse:
    """Settle into which themes a view was read."""
    opinion = _view_at(conversation, view)
    themes = pages.open_themes(conversation)
    form = SettleForm(themes, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            changes.settle_view(_person(request), opinion, form.cleaned_data["themes"], why=form.cleaned_data["why"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            messages.success(request, "The view is settled.")
            return redirect(address_of(conversation, "agreement"))
    names = {each.pk: each.name for each in themes}
    found = readings_of(conversation).get(opinion.pk, [])
    context: dict[str, Any] = {
        "conversation": conversation,
        "opinion": opinion,
        "form": form,
        "found": [
            (str(who or "A reader"), sorted(names[each] for each in those if each in names)) for who, those in found
        ],
        "back": address_of(conversation, "agreement"),
    }
    return render(request, "voice/sense_settle.html", context)


@conversation_page(changes.PERMISSION, methods=_POST)
def settle_rest(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """Take the readings of views that one person alone has read as they stand."""
    form = SettleRestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        count = changes.settle_the_rest(_person(request), conversation)
        messages.success(request, f"{count_of(count, 'view was', 'views were')} settled as one person read them.")
        return redirect(address_of(conversation, "agreement"))
    back = address_of(conversation, "agreement")
    context = {"form": form, "conversation": conversation, "title": "Settle what one person read", "back": back}
    return render(request, "voice/sense_form.html", {**context, "button": "Take them as they stand"})


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)
