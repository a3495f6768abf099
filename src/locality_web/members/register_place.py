"""Where a register is kept: a locality's group, or that of the whole partnership; what both need."""

from __future__ import annotations

from django.db.models import QuerySet

from locality_web.core.audit import record_event
from locality_web.core.models import Locality, Partnership, Person
from locality_web.core.permissions import Place
from locality_web.members.register_models import Member, Seat


def lock(place: Place) -> None:
    """Let two people who change seats of one partnership at one moment wait for each other."""
    Partnership.objects.select_for_update().get(pk=place.partnership.pk)


def code_of(locality: Locality | None) -> str:
    """Give a locality's code as the library knows it; the whole partnership's group has none."""
    return locality.code if locality else ""


def seats_of(place: Place) -> QuerySet[Seat]:
    """Give the seats of a place's group: the locality's, or those of the whole partnership's own group."""
    return Seat.objects.filter(partnership=place.partnership, locality=place.locality)


def say_group(place: Place) -> str:
    """Name the group of people at a place."""
    return f"the group of {place.name}" if place.locality else f"the group of the whole of {place.name}"


def record_reading(by: Person, place: Place, what: str, member: Member | None = None) -> None:
    """Record that somebody read how people are reached, what they declared, or what they need."""
    subject = f"member:{member.pk}" if member else f"register:{code_of(place.locality) or 'all'}"
    record_event(by, "members.register_read", f"Read {what} in {place.name}", place=place, subject=subject)
