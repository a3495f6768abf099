"""The pages of what was found: who was heard, and groups of opinion."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import ResultRefused
from locality_web.core.languages import GAELIC
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC
from locality_web.core.permissions import Place
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of, conversation_page
from locality_web.voice.sense import findings_pages as pages
from locality_web.voice.sense.findings import PERMISSION, publish_findings


@conversation_page(PUBLIC, languages=(GAELIC.code,))
def heard(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """Who was heard, against those who live there, and who was not."""
    return render(request, "voice/sense_heard.html", pages.heard_page(conversation, request.user))


@conversation_page(PUBLIC, languages=(GAELIC.code,))
def groups(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """Groups of opinion: the statements that all share, and those that divide."""
    return render(request, "voice/sense_groups.html", pages.groups_page(conversation, request.user))


@conversation_page(PERMISSION, methods=("POST",))
def publish(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """Publish who was heard and groups of opinion, once."""
    try:
        publish_findings(cast(Person, request.user), conversation)
    except ResultRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It is published as it is now, and does not change any more.")
    return redirect(address_of(conversation, "heard"))
