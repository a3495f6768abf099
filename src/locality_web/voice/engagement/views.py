"""The public pages of engagement: the level with its evidence, and the record in four stages, also as files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from locality_web.core.csv_out import csv_response
from locality_web.core.languages import GAELIC
from locality_web.core.pages import PUBLIC
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import conversation_page
from locality_web.voice.engagement import pages, record_files
from locality_web.voice.engagement.levels import level_of


@conversation_page(PUBLIC, languages=(GAELIC.code,))
def engagement(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """The level of engagement that a conversation reached, with the evidence, and what would lift it."""
    return render(request, "voice/engagement_level.html", pages.level_page(kept, request.user))


@conversation_page(PUBLIC)
def record(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """The record of an engagement in four stages with the National Standards, to print."""
    return render(request, "voice/engagement_record.html", pages.record_page(kept, request.user))


@conversation_page(PUBLIC)
def record_pdf(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """The record of an engagement as a PDF."""
    got = level_of(kept, Memory(kept.partnership))
    answer = HttpResponse(record_files.pdf_of(got), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="engagement-{kept.slug}.pdf"'
    return answer


@conversation_page(PUBLIC)
def record_csv(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """The record of an engagement as rows, to take into another system."""
    rows = record_files.rows_of(pages.record_of(level_of(kept, Memory(kept.partnership))))
    return csv_response(f"engagement-{kept.slug}", record_files.COLUMNS, rows)
