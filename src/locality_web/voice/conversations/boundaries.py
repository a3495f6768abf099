"""Options for the boundaries of localities in a conversation: what people are asked, as it was when it was opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from locality.foundations import ResultRefused
from locality_web.areas.boundary_ground import ground_of, in_force
from locality_web.areas.boundary_words import PutOption, tell_options, zone_names
from locality_web.areas.models import BoundaryOption
from locality_web.core.languages import tell
from locality_web.core.remembered import Memory
from locality_web.voice.conversations.kinds import BOUNDARIES
from locality_web.voice.conversations.models import BoundaryAsked, Conversation

NONE_OF_THEM = 0
"""In place of an option's key: somebody would choose none of them, and says so."""


def keep_what_is_asked(conversation: Conversation) -> None:
    """Keep the options as they are while a conversation is opened; runs inside the caller's transaction.

    Raises:
        ResultRefused: There is none, or one of them is not open to everybody (any more).
    """
    if BOUNDARIES not in conversation.kinds:
        return
    options = list(conversation.boundary_options.order_by("pk"))
    closed = [each.name for each in options if not each.is_public]
    if closed or not options:
        what = f"Not everybody may read “{closed[0]}”." if closed else "It asks about no option for boundaries."
        raise ResultRefused(what, "Open the options for consultation first.")
    BoundaryAsked.objects.bulk_create(_as_they_are(conversation, options))


def options_asked(conversation: Conversation) -> list[BoundaryAsked]:
    """Give the options that people choose among: as they were when it was opened; of a draft, as they are now."""
    if BOUNDARIES not in conversation.kinds:
        return []
    if conversation.state != "draft":
        return list(conversation.boundaries_asked.all())
    return _as_they_are(conversation, conversation.boundary_options.order_by("pk"))


def _as_they_are(conversation: Conversation, options: Iterable[BoundaryOption]) -> list[BoundaryAsked]:
    return [
        BoundaryAsked(
            conversation=conversation,
            option=each,
            title=each.name,
            zones=each.zones,
            names=each.names,
            measures=each.measures,
        )
        for each in options
    ]


def as_put(asked: BoundaryAsked) -> PutOption:
    """Give an option in the form in which it is told."""
    return PutOption(str(asked.option_id or f"asked-{asked.pk}"), asked.title, asked.zones, asked.names, asked.measures)


def boundaries_page(conversation: Conversation) -> dict[str, Any]:
    """Give the options of a conversation in words and on maps, each in the same order as the others."""
    memory = Memory(conversation.partnership)
    options = [as_put(each) for each in options_asked(conversation)]
    return {"told_options": tell_options(conversation.partnership, options, memory)}


def zone_columns(conversation: Conversation) -> tuple[list[str], list[list[str]]]:
    """Give every neighbourhood with its locality of today and in each option, as a file has it."""
    memory = Memory(conversation.partnership)
    options, today = options_asked(conversation), in_force(conversation.partnership, memory)
    names = zone_names(conversation.partnership, ground_of(conversation.partnership, memory))
    zones = sorted({*today.zones, *(zone for each in options for zone in each.zones)})
    columns = [tell("Code"), tell("Neighbourhood"), tell("Locality today"), *(each.title for each in options)]
    rows = [
        [
            zone,
            names.get(zone, zone),
            today.names.get(today.zones.get(zone, ""), ""),
            *(each.names.get(each.zones.get(zone, ""), "") for each in options),
        ]
        for zone in zones
    ]
    return columns, rows
