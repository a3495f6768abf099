"""What this part of the room puts onto the pages of places: the ways to priorities and to influence."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import Section
from locality_web.core.models import Person
from locality_web.core.pages import address_at
from locality_web.core.permissions import Place, may
from locality_web.voice.sense.influence_changes import PERMISSION


def section(place: Place, person: Person | AnonymousUser) -> Section:
    """Give the section of a locality's page, or of a partnership's."""
    ways = [("What people said and what is paid", reverse("voice:influence", args=[place.partnership.slug]))]
    if place.locality is not None:
        where = [place.partnership.slug, place.locality.slug]
        ways.insert(0, ("How priorities come about", reverse("voice:priorities", args=where)))
    if may(person, PERMISSION, place):
        ways.append(("Record what led to what", address_at(place, "voice:links")))
    return Section("voice/sense_section.html", {"ways": ways}, order=19)
