"""Conversations in which options for boundaries were consulted on, as the record of an adoption keeps them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from locality_web.core.hooks import Consulted
from locality_web.core.languages import ENGLISH, speaking, tell_day
from locality_web.core.models import Partnership
from locality_web.core.tables import Table
from locality_web.voice.conversations.boundaries import options_asked
from locality_web.voice.conversations.kinds import BOUNDARIES, SEEN
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of
from locality_web.voice.sense.answer_queries import answers_in_force, themes_of
from locality_web.voice.sense.boundary_finding_pages import tables_of
from locality_web.voice.sense.findings import AFTER
from locality_web.voice.sense.models import Finding


def offers(partnership: Partnership) -> list[Consulted]:
    """Give the conversations of a partnership that ask about boundaries, the latest first; no drafts."""
    kept = partnership.conversations.filter(state__in=[each for each in SEEN if each != "withdrawn"])
    found = []
    for talk in kept.prefetch_related("boundaries_asked", "findings"):
        if BOUNDARIES in talk.kinds:
            talk.partnership = partnership
            found.append(_offer(talk))
    return found


def _offer(talk: Conversation) -> Consulted:
    asked = tuple((each.option_id, each.title, each.zones, each.names) for each in options_asked(talk))
    return Consulted(
        f"conversation:{talk.pk}",
        "conversation",
        talk.title,
        f"A conversation from {tell_day(talk.opens_on)} to {tell_day(_last_day(talk))}",
        talk.opens_on,
        lambda: _record(talk),
        asked,
        _waits(talk),
    )


def _last_day(talk: Conversation) -> dt.date:
    """Give the last day on which it took answers; it may have closed early."""
    closed = timezone.localdate(talk.closed_at) if talk.closed_at else talk.closes_on
    return min(closed, talk.closes_on)


def _finding(talk: Conversation) -> dict[str, Any] | None:
    says = [each.says for each in talk.findings.all() if each.what == Finding.What.BOUNDARIES]
    return says[0] if says else None


def _waits(talk: Conversation) -> str:
    if talk.state not in AFTER:
        return "Answers can still come in. Close it, and begin to answer: then what people answered is published."
    return "" if _finding(talk) else "What people answered is not published yet. Publish it first."


def _record(talk: Conversation) -> dict[str, Any]:
    """Give dates, options, published counts, themes and answers; nothing that is not published already."""
    says = _finding(talk) or {"people": None}
    with speaking(ENGLISH.code):
        tables = tables_of(says) if says["people"] is not None else []
        return {
            "title": talk.title,
            "question": talk.question,
            "address": address_of(talk),
            "from": talk.opens_on.isoformat(),
            "to": _last_day(talk).isoformat(),
            "options": [each.title for each in options_asked(talk)],
            "people": says["people"],
            "tables": [_plain(each) for each in tables],
            "themes": [{"name": each.theme.name, "views": each.views} for each in themes_of(talk) if each.views],
            "answers": [
                {"outcome": each.get_outcome_display(), "you_said": each.you_said, "says": each.says}
                for each in answers_in_force(talk)
            ],
            "we_did": talk.we_did,
        }


def _plain(table: Table) -> dict[str, Any]:
    rows = [[str(cell) for cell in row] for row in table.rows]
    return {"title": table.caption, "columns": [each.title for each in table.columns], "rows": rows}
