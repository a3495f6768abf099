"""What needs somebody today about notices: letters that wait to be printed, and printed ones that are not posted."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from locality_web.core.hooks import Due
from locality_web.core.models import Partnership, Person, RoleHeld
from locality_web.core.roles import all_roles
from locality_web.core.words import count_of
from locality_web.members.notice_models import Notice, PaperBatch
from locality_web.members.register_models import Member

_PERMISSION = "members.paper"


def due_for(person: Person | AnonymousUser, roles: Sequence[RoleHeld]) -> list[Due]:
    """Give what is due about letters to those who print them for a whole partnership."""
    places: dict[int, Partnership] = {
        held.partnership_id: held.partnership
        for held in roles
        if held.locality_id is None and _PERMISSION in all_roles()[held.role].may
    }
    if not places:
        return []
    in_time = Q(until__isnull=True) | Q(until__gt=timezone.now())
    waiting = Notice.objects.filter(
        in_time, partnership__in=places, way=Member.Notices.PAPER, handed_over_at__isnull=True
    )
    of_members = (
        waiting.exclude(member__address="")
        .order_by()
        .values("partnership")
        .annotate(letters=Count("member", distinct=True))
    )
    letters = {each["partnership"]: each["letters"] for each in of_members}
    unposted = set(
        PaperBatch.objects.filter(Q(posted_on__isnull=True), partnership__in=places).values_list(
            "partnership", flat=True
        )
    )
    return [due for key, place in places.items() for due in _due(place, letters.get(key, 0), key in unposted)]


def _due(partnership: Partnership, letters: int, unposted: bool) -> list[Due]:
    address = reverse("members:letters", args=[partnership.slug])
    found = []
    if letters:
        why = "Those who are told by post hear of nothing until their letters are printed and posted."
        found.append(Due(f"Print {count_of(letters, 'letter', 'letters')}", why, address))
    if unposted:
        why = "Say on which day they went to the post; until then they can be printed again."
        found.append(Due("Post the letters that are printed", why, address))
    return found
