"""The pages of themes: what they are, and how they are written, changed and given up."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place
from locality_web.money.queries import catalogue
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of, conversation_page
from locality_web.voice.sense import theme_changes as changes
from locality_web.voice.sense.answer_queries import themes_of
from locality_web.voice.sense.models import Theme
from locality_web.voice.sense.reading_queries import progress_of
from locality_web.voice.sense.theme_forms import GiveUpThemeForm, ThemeForm

_POST = ("GET", "POST")


def headings_of(partnership: Partnership) -> list[str]:
    """Give the service headings of a partnership, in order."""
    return list(dict.fromkeys(service.heading for service in catalogue(partnership)))


def theme_at(conversation: Conversation, pk: int) -> Theme:
    """Give a theme of a conversation.

    Raises:
        Http404: There is none.
    """
    found = conversation.themes.filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no theme {pk} in this conversation.")
    found.conversation = conversation
    return found


@conversation_page(changes.PERMISSION)
def themes(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """The themes of a conversation, and how far the reading is."""
    context = {
        "conversation": conversation,
        "themes": [
            (
                each,
                address_of(conversation, "theme_change", each.theme.pk),
                address_of(conversation, "theme_give_up", each.theme.pk),
            )
            for each in themes_of(conversation)
        ],
        "progress": progress_of(conversation, _person(request)),
        "addresses": {name: address_of(conversation, name) for name in ("theme_new", "read", "agreement")},
    }
    return render(request, "voice/sense_themes.html", context)


@conversation_page(changes.PERMISSION, methods=_POST)
def theme_new(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """Write a theme with its definition."""
    return _write(request, conversation, None, title="Write a theme")


@conversation_page(changes.PERMISSION, methods=_POST)
def theme_change(request: HttpRequest, place: Place, conversation: Conversation, theme: int) -> HttpResponse:
    """Change the name or the definition of a theme."""
    return _write(request, conversation, theme_at(conversation, theme), title="Change a theme")


def _write(request: HttpRequest, conversation: Conversation, theme: Theme | None, *, title: str) -> HttpResponse:
    kept = {name: getattr(theme, name) for name in ("name", "says", "heading")} if theme else {}
    form = ThemeForm(headings_of(conversation.partnership), drafts.form_data(request), initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            changes.write_theme(_person(request), conversation, theme=theme, **form.cleaned_data)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, conversation, "The theme is kept.")
    return _form(request, conversation, form, title=title, button="Keep this theme")


@conversation_page(changes.PERMISSION, methods=_POST)
def theme_give_up(request: HttpRequest, place: Place, conversation: Conversation, theme: int) -> HttpResponse:
    """Give a theme up."""
    found = theme_at(conversation, theme)
    form = GiveUpThemeForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            changes.give_up_theme(_person(request), found, **form.cleaned_data)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, conversation, "The theme is given up.")
    return _form(request, conversation, form, title=f"Give up the theme “{found.name}”", button="Give it up")


def _form(request: HttpRequest, conversation: Conversation, form: Any, *, title: str, button: str) -> HttpResponse:
    back = address_of(conversation, "themes")
    context = {"form": form, "conversation": conversation, "title": title, "button": button, "back": back}
    return render(request, "voice/sense_form.html", context)


def _done(request: HttpRequest, conversation: Conversation, says: str) -> HttpResponse:
    drafts.clear(request)
    messages.success(request, says)
    return redirect(address_of(conversation, "themes"))


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)
