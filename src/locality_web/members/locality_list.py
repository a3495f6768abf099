"""What this room says of each locality in the list of localities: who leads it."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from locality_web.core.hooks import ListColumn
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.members.models import LeadTerm
from locality_web.members.queries import terms_on


def columns(place: Place, person: Person | AnonymousUser) -> list[ListColumn]:
    """Give the lead of each locality today."""
    leads = terms_on().filter(locality__partnership=place.partnership, role=LeadTerm.Role.LEAD)
    return [ListColumn("Led by", {term.locality_id: term.name for term in leads}, "nobody yet", order=10)]
