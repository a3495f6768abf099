"""What needs a person today, gathered from all rooms."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import AnonymousUser

from locality_web.core.hooks import Due, ask_rooms
from locality_web.core.models import Person, RoleHeld
from locality_web.core.permissions import roles_held
from locality_web.core.roles import all_roles
from locality_web.core.set_up import still_to_set_up


def due_today(person: Person | AnonymousUser) -> dict[str, Any]:
    """Give what waits for a person, the urgent and the soonest first, and the roles that they hold."""
    roles = roles_held(person)
    due: list[Due] = [each for answer in ask_rooms("today", "due_for", person, roles) for each in answer]
    due.sort(key=lambda each: (not each.urgent, each.by or dt.date.max, each.title))
    return {"due": due, "roles": [_say(held) for held in roles], "setting_up": still_to_set_up(person, roles)}


def _say(held: RoleHeld) -> dict[str, str]:
    """Say what somebody is and where, with the way there and what the role is for."""
    role = all_roles()[held.role]
    locality = held.locality
    address = f"/{held.partnership.slug}/" + (f"localities/{locality.slug}/" if locality else "")
    return {"title": role.title, "where": str(locality or held.partnership), "address": address, "says": role.says}
