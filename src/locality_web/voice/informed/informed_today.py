"""What of telling residents needs somebody today: letters to print and to post."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.urls import reverse

from locality_web.core.hooks import Due
from locality_web.core.models import Partnership, Person, RoleHeld
from locality_web.core.roles import all_roles
from locality_web.core.words import count_of
from locality_web.voice.channels.letters import PERMISSION
from locality_web.voice.channels.models import Letter, LetterBatch


def due_for(person: Person | AnonymousUser, roles: Sequence[RoleHeld]) -> list[Due]:
    """Give the letters that wait for those who print them for a whole partnership."""
    places: dict[int, Partnership] = {
        held.partnership_id: held.partnership
        for held in roles
        if held.locality_id is None and PERMISSION in all_roles()[held.role].may
    }
    if not places:
        return []
    waiting = Letter.objects.filter(partnership__in=places, batch__isnull=True).order_by().values("partnership")
    letters = {each["partnership"]: each["all"] for each in waiting.annotate(all=Count("pk"))}
    printed = LetterBatch.objects.filter(partnership__in=places, posted_on__isnull=True)
    unposted = set(printed.values_list("partnership", flat=True))
    return [due for key, place in places.items() for due in _due(place, letters.get(key, 0), key in unposted)]


def _due(partnership: Partnership, letters: int, unposted: bool) -> list[Due]:
    address, found = reverse("voice:letters", args=[partnership.slug]), []
    if letters:
        why = "Residents who chose post hear of nothing until their letters are printed and posted."
        found.append(Due(f"Print {count_of(letters, 'letter')} to residents", why, address))
    if unposted:
        why = "Say on which day they went to the post; until then they can be printed again."
        found.append(Due("Post the letters to residents that are printed", why, address))
    return found
