"""What core has for people today: background jobs that failed."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.urls import reverse

from locality_web.core.hooks import Due
from locality_web.core.models import Job, RoleHeld
from locality_web.core.permissions import Place, may
from locality_web.core.words import count_of


def due_for(person: Any, roles: list[RoleHeld]) -> list[Due]:
    """Give one thing for each partnership in which jobs failed and this person may run them again."""
    places = {held.partnership_id: Place(held.partnership) for held in roles}
    mine = {key: place for key, place in places.items() if may(person, "core.jobs", place)}
    if not mine:
        return []
    failed = Job.objects.filter(partnership__in=mine, state=Job.State.FAILED).order_by().values("partnership")
    return [
        Due(
            f"Look at {count_of(each['failed'], 'background job')} that failed",
            f"In {mine[each['partnership']].name}: they wait until somebody runs them again.",
            reverse("core:jobs", args=[mine[each["partnership"]].partnership.slug]),
        )
        for each in failed.annotate(failed=Count("id"))
    ]
