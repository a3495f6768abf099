"""What needs a planner today: localities without a lead, and terms that end soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from locality_web.core.hooks import Due
from locality_web.core.models import Locality, Partnership, Person, RoleHeld
from locality_web.core.partnership_settings import read_setting
from locality_web.core.roles import all_roles
from locality_web.core.words import count_of, join_words
from locality_web.members.models import LeadTerm

_PERMISSION = "members.appoint_lead"
_WHY = "Every locality has a lead who answers for its plan."


def due_for(person: Person | AnonymousUser, roles: Iterable[RoleHeld]) -> list[Due]:
    """Give what is due about leads to those who may appoint them."""
    places: dict[int, Partnership] = {
        held.partnership_id: held.partnership
        for held in roles
        if _PERMISSION in all_roles()[held.role].may and held.locality_id is None
    }
    return [due for partnership in places.values() for due in due_about_leads(partnership, timezone.localdate())]


def due_about_leads(partnership: Partnership, day: dt.date) -> list[Due]:
    """Name localities without a lead, and those whose lead's term ends soon with nobody to follow."""
    ahead = dt.timedelta(days=int(read_setting(partnership, "members.lead_warning_days")))
    still = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    terms = LeadTerm.objects.filter(locality__partnership=partnership, role=LeadTerm.Role.LEAD, ends__gte=day)
    by_locality: dict[int, list[LeadTerm]] = {}
    for term in terms.order_by("starts"):
        by_locality.setdefault(term.locality_id, []).append(term)
    localities = list(partnership.localities.filter(still))
    lacking = [one for one in localities if not by_locality.get(one.pk)]
    shown = [one for one in localities if one not in lacking] if len(lacking) > 1 else localities
    found = [
        due
        for locality in shown
        for due in _due(locality, partnership, by_locality.get(locality.pk, []), (day, day + ahead))
    ]
    return [_lacking(partnership, lacking), *found] if len(lacking) > 1 else found


def _lacking(partnership: Partnership, localities: Sequence[Locality]) -> Due:
    """Name all localities in one line that have no lead and none to come."""
    why = f"{join_words(one.name for one in localities)}. {_WHY}"
    address = reverse("areas:localities", args=[partnership.slug])
    return Due(f"{count_of(len(localities), 'locality', 'localities')} have no lead", why, address, urgent=True)


def _due(
    locality: Locality, partnership: Partnership, terms: list[LeadTerm], days: tuple[dt.date, dt.date]
) -> list[Due]:
    today, soon = days
    address = reverse("members:lead", args=[partnership.slug, locality.slug])
    running = [term for term in terms if term.starts <= today]
    if not running:
        why = _WHY
        if terms:
            why = (
                f"{terms[0].name} begins on {terms[0].starts.day} {terms[0].starts:%B %Y}. Until then nobody leads it."
            )
        return [Due(f"{locality} has no lead", why, address, urgent=not terms)]
    ends = running[0].ends
    if ends <= soon and len(terms) == 1:
        why = f"The term of {running[0].name} ends on {ends.day} {ends:%B %Y}. Extend it, or appoint who follows."
        return [Due(f"The lead's term in {locality} ends soon", why, address, by=ends)]
    return []
