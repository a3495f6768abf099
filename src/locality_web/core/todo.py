"""What needs a person today, gathered from all rooms."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import AnonymousUser

from locality_web.core.hooks import Due, ask_rooms
from locality_web.core.models import Person
from locality_web.core.permissions import roles_held


def due_today(person: Person | AnonymousUser) -> dict[str, Any]:
    """Give what waits for a person, the urgent and the soonest first, and the roles that they hold."""
    roles = roles_held(person)
    due: list[Due] = [each for answer in ask_rooms("today", "due_for", person, roles) for each in answer]
    due.sort(key=lambda each: (not each.urgent, each.by or dt.date.max, each.title))
    return {"due": due, "roles": roles}
