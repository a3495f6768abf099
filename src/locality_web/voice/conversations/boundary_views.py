"""The options for boundaries of a conversation, told in words and on maps, for whoever compares them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from locality_web.core.csv_out import csv_response
from locality_web.core.pages import PUBLIC
from locality_web.core.permissions import Place
from locality_web.voice.conversations import kinds, pages
from locality_web.voice.conversations.boundaries import boundaries_page, zone_columns
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import conversation_page
from locality_web.voice.conversations.public_views import BOTH


@conversation_page(PUBLIC, languages=BOTH)
def boundaries(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """The options for boundaries: each in words, with its map and its localities, and their measures side by side."""
    _need_boundaries(kept)
    context = {**pages.frame(request, kept), **boundaries_page(kept)}
    return render(request, "voice/conversation_boundaries.html", context)


@conversation_page(PUBLIC, languages=BOTH)
def boundaries_csv(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """Every neighbourhood with its locality of today and in each option, as CSV."""
    _need_boundaries(kept)
    return csv_response(f"{kept.slug}-neighbourhoods", *zone_columns(kept))


def _need_boundaries(kept: Conversation) -> None:
    if kinds.BOUNDARIES not in kept.kinds:
        raise Http404("This conversation does not ask about boundaries.")
