"""The pages of those who keep a record of an engagement: look at it, add to it, take back what was wrong."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of, conversation_page
from locality_web.voice.engagement import kept as changes
from locality_web.voice.engagement import pages
from locality_web.voice.engagement.kept_forms import EngagementForm, TakeBackEngagementForm
from locality_web.voice.engagement.kept_kinds import KINDS, SHAPED, KeptKind, options_of
from locality_web.voice.sense.models import Theme

_POST = ("GET", "POST")


@conversation_page(changes.PERMISSION)
def keep(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """What is recorded of an engagement, and what can be."""
    return render(request, "voice/engagement_keep.html", pages.keep_page(conversation))


@conversation_page(changes.PERMISSION, methods=_POST)
def note(request: HttpRequest, place: Place, conversation: Conversation, about: str) -> HttpResponse:
    """Record something of an engagement that the site cannot see by itself."""
    kind = KINDS.get(about)
    if kind is None:
        raise Http404(f"Nothing called '{about}' is recorded of an engagement.")
    form = _form(kind, conversation, drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            changes.keep_record(cast(Person, request.user), conversation, form.noted())
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            return _done(request, conversation, "It is recorded, and everybody can read it.")
    return _show(request, conversation, form, title=kind.title, button="Record it")


@conversation_page(changes.PERMISSION, methods=_POST)
def take_back(request: HttpRequest, place: Place, conversation: Conversation, record: int) -> HttpResponse:
    """Take back a record of an engagement that was wrong."""
    found = conversation.engagement_records.filter(pk=record, ended_at__isnull=True, about__in=KINDS).first()
    if found is None:
        raise Http404(f"There is no record {record} of this engagement that could be taken back.")
    found.conversation = conversation
    form = TakeBackEngagementForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            changes.take_back(cast(Person, request.user), found, **form.cleaned_data)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, conversation, "It is taken back and does not count any more.")
    title = f"Take back: {KINDS[found.about].title}"
    return _show(request, conversation, form, title=title, button="Take it back", record=found)


def _form(kind: KeptKind, conversation: Conversation, data: Any) -> EngagementForm:
    if kind != SHAPED:
        return EngagementForm(kind, data)
    themes = Theme.objects.filter(conversation__partnership=conversation.partnership, ended_at__isnull=True)
    themes = themes.exclude(conversation__state="draft").select_related("conversation")
    return EngagementForm(
        kind, data, options=options_of(conversation), themes=list(themes.order_by("-conversation__opens_on", "name"))
    )


def _show(request: HttpRequest, conversation: Conversation, form: Any, **said: Any) -> HttpResponse:
    back = address_of(conversation, "engagement_keep")
    return render(
        request, "voice/engagement_note.html", {"form": form, "conversation": conversation, "back": back, **said}
    )


def _done(request: HttpRequest, conversation: Conversation, says: str) -> HttpResponse:
    drafts.clear(request)
    messages.success(request, says)
    return redirect(address_of(conversation, "engagement_keep"))
