"""What this room puts into the menu: the conversations."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import Entry
from locality_web.core.models import Person
from locality_web.core.permissions import Place


def entries(place: Place, person: Person | AnonymousUser) -> list[Entry]:
    """Give the link to the conversations of a partnership."""
    return [Entry("Conversations", reverse("voice:conversations", args=[place.partnership.slug]), order=12)]
