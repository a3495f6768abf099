"""What this room says of each locality in the list of localities: who leads it, and how many groups have no voice."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from locality_web.core.hooks import ListColumn
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.core.tables import Link
from locality_web.members.people_now import PeopleNow
from locality_web.members.places import address_at


def columns(place: Place, person: Person | AnonymousUser) -> list[ListColumn]:
    """Give the lead of each locality today, and the groups without a voice with the way to them."""
    now = PeopleNow(place.partnership)
    today = timezone.localdate()
    localities = now.localities
    there = {each.code: each for each in localities if each.ended_on is None or each.ended_on > today}
    leads = {each.pk: now.leads(each.code)["lead"] for each in localities}
    gaps = {
        there[code].pk: Link(str(gaps), address_at(Place(place.partnership, there[code]), "group"))
        for code, gaps in now.gaps(there).items()
    }
    return [
        ListColumn("Led by", {pk: lead.name for pk, lead in leads.items() if lead}, "nobody yet", order=10),
        ListColumn("Groups without a voice", gaps, "", order=15),
    ]
