"""Where options for the boundaries of localities are talked about, for the pages on which they are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import Entry
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.voice.conversations.kinds import SEEN
from locality_web.voice.conversations.models import BoundaryAsked
from locality_web.voice.conversations.places import address_of
from locality_web.voice.sense.findings import AFTER


def entries(place: Place, person: Person | AnonymousUser, options: Iterable[int]) -> list[Entry]:
    """Give the conversations in which people are asked about these options, and the way to ask about those open now.

    Args:
        place: The partnership.
        person: Who looks.
        options: Keys of the options that everybody may read.
    """
    open_ones = sorted(options)
    kept = BoundaryAsked.objects.filter(option__in=open_ones, conversation__state__in=SEEN)
    found = {each.conversation_id: each.conversation for each in kept.select_related("conversation")}
    links = []
    for talk in found.values():
        talk.partnership = place.partnership
        links.append(Entry(f"What people are asked: {talk.title}", address_of(talk, "boundaries")))
        if talk.state in AFTER:
            links.append(Entry(f"What people answered: {talk.title}", address_of(talk, "boundary_answers")))
    if open_ones and may(person, "voice.hold", Place(place.partnership)):
        address = reverse("voice:partnership_new_conversation", args=[place.partnership.slug])
        query = urlencode([("boundaries", key) for key in open_ones])
        links.append(Entry("Ask people which of these options they would choose", f"{address}?{query}", order=10))
    return sorted(links, key=lambda one: one.order)
