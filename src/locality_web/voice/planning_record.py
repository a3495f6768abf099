"""What the guidance checks may know of conversations: further parts of the library's `PlanningRecord`.

A part that has no entry yet is left out, so that the checks say that nothing is recorded and not that nothing was done.
A conversation stands in `conversations` with the level of engagement at which it aims, and in `engagement` with the one
that it reached, or "none".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from locality.plans.record import Entry
from locality_web.core.models import Partnership
from locality_web.core.remembered import Reader
from locality_web.voice.conversations.kinds import SEEN
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.engagement.levels import levels_of
from locality_web.voice.sense.models import Finding, Prioritising
from locality_web.voice.votes.models import Vote

_LEVELS_FROM = ("voice", "plans", "money", "areas", "core")
"""Rooms from which a level of engagement is read: what changed in plans belongs to it."""


def parts(partnership: Partnership, year: str, memory: Reader) -> dict[str, Any]:
    """Give conversations, comparisons of who was heard, sums decided on, and methods by which priorities were set."""
    said = memory.read(("voice.planning_record", year), ("voice",), lambda: _further(partnership, year))
    levels = memory.read(("voice.planning_record.levels",), _LEVELS_FROM, lambda: _levels(partnership, memory))
    return {"further": {**said, "engagement": levels} if levels else said}


def _further(partnership: Partnership, year: str) -> dict[str, tuple[Entry, ...]]:
    found = {**_of_conversations(partnership), "priority_methods": _methods(partnership, year)}
    return {part: entries for part, entries in found.items() if entries}


def _of_conversations(partnership: Partnership) -> dict[str, tuple[Entry, ...]]:
    heard = Finding.objects.filter(conversation=OuterRef("pk"), what=Finding.What.HEARD)
    decided = Vote.objects.filter(conversation=OuterRef("pk"), state=Vote.State.PUBLISHED)
    rows = list(
        _kept(partnership)
        .annotate(was_heard=Exists(heard), decided_a_sum=Exists(decided))
        .order_by("pk", "localities__code")
        .values_list("localities__code", "held_by__code", "aims_at", "opens_on", "title", "was_heard", "decided_a_sum")
    )
    return {
        "conversations": _entries(row[:5] for row in rows),
        "heard": _entries(row[:5] for row in rows if row[5]),
        "community_sums": _entries(row[:5] for row in rows if row[6]),
    }


def _kept(partnership: Partnership) -> QuerySet[Conversation]:
    return Conversation.objects.filter(
        partnership=partnership, state__in=[each for each in SEEN if each != "withdrawn"]
    )


def _levels(partnership: Partnership, memory: Reader) -> tuple[Entry, ...]:
    """Give the level that each conversation reached and why, in each locality that it asks."""
    kept = _kept(partnership).select_related("held_by").prefetch_related("localities").order_by("pk")
    those = memory.read(("voice.planning_record.talks",), ("voice",), lambda: list(kept))
    for each in those:
        each.partnership = partnership
    found = []
    for got in levels_of(partnership, those, memory, telling=memory):
        talk, reached = got.conversation, got.found.reached
        codes = [each.code for each in talk.localities.all()] or [talk.held_by.code if talk.held_by else ""]
        kind = reached.code if reached else "none"
        says = f"{talk.title}. {got.found.words}"
        found += [Entry(code, kind, talk.opens_on.isoformat(), says) for code in codes]
    return tuple(found)


def _entries(rows: Iterable[tuple[Any, ...]]) -> tuple[Entry, ...]:
    return tuple(Entry(asked or held or "", aim, on.isoformat(), title) for asked, held, aim, on, title in rows)


def _methods(partnership: Partnership, year: str) -> tuple[Entry, ...]:
    states = (Prioritising.State.FROZEN, Prioritising.State.DONE)
    kept = Prioritising.objects.filter(locality__partnership=partnership, year=year, state__in=states)
    rows = kept.order_by("pk").values_list("locality__code", "method__kind", "frozen_at", "heading")
    return tuple(
        Entry(code, kind, timezone.localdate(at).isoformat() if at else "", heading) for code, kind, at, heading in rows
    )
