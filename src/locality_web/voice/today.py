"""What of conversations needs somebody today: each part of the room says its own."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser

from locality_web.core.hooks import Due
from locality_web.core.models import Person, RoleHeld
from locality_web.core.remembered import Memory
from locality_web.voice.conversations import conversation_today
from locality_web.voice.informed import informed_today
from locality_web.voice.sense import answer_today
from locality_web.voice.votes import vote_today

_FROM = ("voice", "areas", "core")
_PARTS = (
    conversation_today,
    answer_today,
    informed_today,
    vote_today,
)


def due_for(person: Person | AnonymousUser, roles: Sequence[RoleHeld]) -> list[Due]:
    """Give what is due in this room, part by part; remembered for whoever works in one partnership."""
    places = {held.partnership_id: held.partnership for held in roles}
    if len(places) != 1:
        return _due(person, roles)
    (partnership,) = places.values()
    held = ",".join(str(each.pk) for each in roles)
    return Memory(partnership).read(("voice.today", str(person.pk), held), _FROM, lambda: _due(person, roles))


def _due(person: Person | AnonymousUser, roles: Sequence[RoleHeld]) -> list[Due]:
    return [due for part in _PARTS for due in part.due_for(person, roles)]
