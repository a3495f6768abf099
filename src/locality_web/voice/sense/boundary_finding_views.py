"""The page of what people answered on options for boundaries, and the same counts as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from locality_web.core.csv_out import csv_response
from locality_web.core.pages import PUBLIC
from locality_web.core.permissions import Place
from locality_web.voice.conversations import kinds, pages
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import conversation_page
from locality_web.voice.conversations.public_views import BOTH
from locality_web.voice.sense.boundary_finding_pages import CSV_COLUMNS, answers_rows, boundary_answers_page
from locality_web.voice.sense.models import Finding


@conversation_page(PUBLIC, languages=BOTH)
def boundary_answers(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """What people answered on the options for boundaries: by option, by place, and as whom."""
    if kinds.BOUNDARIES not in kept.kinds:
        raise Http404("This conversation does not ask about boundaries.")
    context = {**pages.frame(request, kept), **boundary_answers_page(kept, request.user)}
    return render(request, "voice/sense_boundaries.html", context)


@conversation_page(PUBLIC)
def boundary_answers_csv(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """What people answered on the options for boundaries, a count in each row, as CSV."""
    found = kept.findings.filter(what=Finding.What.BOUNDARIES).first()
    if found is None:
        raise Http404("What people answered is not published yet.")
    return csv_response(f"{kept.slug}-answers", CSV_COLUMNS, answers_rows(found.says))
