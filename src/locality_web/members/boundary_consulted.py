"""Decisions of groups by which new localities may be agreed, for the record of their adoption."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from locality_web.core.hooks import Consulted
from locality_web.core.models import Partnership
from locality_web.members.models import GroupDecision

_MOST = 30  # decisions to choose among; a longer list hides the one that is meant


def offers(partnership: Partnership) -> list[Consulted]:
    """Give the decisions that groups of a partnership have taken and announced, the latest first."""
    taken = GroupDecision.objects.filter(
        partnership=partnership, state=GroupDecision.State.TAKEN, announced_at__isnull=False
    )
    return [_offer(each) for each in taken.select_related("locality").order_by("-taken_on", "-pk")[:_MOST]]


def _offer(decision: GroupDecision) -> Consulted:
    on = decision.taken_on or timezone.localdate()
    who = _who(decision)
    return Consulted(
        f"decision:{decision.pk}",
        "decision",
        decision.title,
        f"Taken on {on.day} {on:%B %Y} by {who}",
        on,
        lambda: _record(decision, who),
    )


def _who(decision: GroupDecision) -> str:
    return f"the group of {decision.locality.name}" if decision.locality else "the group of the whole partnership"


def _record(decision: GroupDecision, who: str) -> dict[str, Any]:
    return {
        "title": decision.title,
        "who": who,
        "on": decision.taken_on.isoformat() if decision.taken_on else "",
        "outcome": decision.outcome,
        "address": _address(decision),
    }


def _address(decision: GroupDecision) -> str:
    if decision.locality is None:
        return ""
    return reverse("members:decision", args=[decision.partnership.slug, decision.locality.slug, decision.pk])
