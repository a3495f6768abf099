"""What this room says of each locality in the list of localities: its newest plan."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import ListColumn
from locality_web.core.models import Locality, Person
from locality_web.core.permissions import Place
from locality_web.core.tables import Link
from locality_web.plans.editor_plan import address_arguments
from locality_web.plans.models import LocalityPlanRecord

_SAID = {"agreed": "agreed", "open_for_comments": "open for comments"}


def columns(place: Place, person: Person | AnonymousUser) -> list[ListColumn]:
    """Give the newest plan of each locality that everybody may know of, with the way to it."""
    newest: dict[int, Link] = {}
    for record in _public(place):
        newest.setdefault(record.locality_id, _link(place, record.locality, record))
    return [ListColumn("Newest plan", newest, "none yet", order=20)]


def _public(place: Place) -> list[LocalityPlanRecord]:
    found = LocalityPlanRecord.objects.filter(locality__partnership=place.partnership, state__in=_SAID)
    return list(found.select_related("locality").defer("fields").order_by("-year", "-edition"))


def _link(place: Place, locality: Locality, record: LocalityPlanRecord) -> Link:
    address = reverse("plans:plan", args=address_arguments(Place(place.partnership, locality), record.year))
    return Link(f"{record.year}: {_SAID[record.state]}", address)
