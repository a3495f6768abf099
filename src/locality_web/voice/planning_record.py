"""What the guidance checks may know of conversations: further parts of the library's `PlanningRecord`.

A part that has no entry yet is left out, so that the checks say that nothing is recorded and not that nothing was done.
The level of engagement that a conversation reached is not among them: only its aim is kept with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from locality.plans.record import Entry
from locality_web.core.models import Partnership
from locality_web.core.remembered import Reader
from locality_web.voice.conversations.kinds import SEEN
from locality_web.voice.sense.models import Finding, Prioritising
from locality_web.voice.votes.models import Vote


def parts(partnership: Partnership, year: str, memory: Reader) -> dict[str, Any]:
    """Give conversations, comparisons of who was heard, sums decided on, and methods by which priorities were set."""
    return memory.read(("voice.planning_record", year), ("voice",), lambda: {"further": _further(partnership, year)})


def _further(partnership: Partnership, year: str) -> dict[str, tuple[Entry, ...]]:
    found = {**_of_conversations(partnership), "priority_methods": _methods(partnership, year)}
    return {part: entries for part, entries in found.items() if entries}


def _of_conversations(partnership: Partnership) -> dict[str, tuple[Entry, ...]]:
    heard = Finding.objects.filter(conversation=OuterRef("pk"), what=Finding.What.HEARD)
    decided = Vote.objects.filter(conversation=OuterRef("pk"), state=Vote.State.PUBLISHED)
    kept = partnership.conversations.filter(state__in=[each for each in SEEN if each != "withdrawn"])
    rows = list(
        kept.annotate(was_heard=Exists(heard), decided_a_sum=Exists(decided))
        .order_by("pk", "localities__code")
        .values_list("localities__code", "held_by__code", "aims_at", "opens_on", "title", "was_heard", "decided_a_sum")
    )
    return {
        "conversations": _entries(row[:5] for row in rows),
        "heard": _entries(row[:5] for row in rows if row[5]),
        "community_sums": _entries(row[:5] for row in rows if row[6]),
    }


def _entries(rows: Iterable[tuple[Any, ...]]) -> tuple[Entry, ...]:
    return tuple(Entry(asked or held or "", aim, on.isoformat(), title) for asked, held, aim, on, title in rows)


def _methods(partnership: Partnership, year: str) -> tuple[Entry, ...]:
    states = (Prioritising.State.FROZEN, Prioritising.State.DONE)
    kept = Prioritising.objects.filter(locality__partnership=partnership, year=year, state__in=states)
    rows = kept.order_by("pk").values_list("locality__code", "method__kind", "frozen_at", "heading")
    return tuple(
        Entry(code, kind, timezone.localdate(at).isoformat() if at else "", heading) for code, kind, at, heading in rows
    )
