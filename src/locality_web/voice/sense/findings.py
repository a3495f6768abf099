"""Publish once what was found in a conversation: who was heard, and groups of opinion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from locality.foundations import ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import require
from locality_web.voice.conversations.kinds import STATEMENTS
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import place_of
from locality_web.voice.sense.groups import find_groups
from locality_web.voice.sense.heard import find_heard
from locality_web.voice.sense.models import Finding

PERMISSION = "voice.answer"
AFTER = ("being_answered", "answered")
"""States of a conversation in which everything that came in time is on the site."""


@transaction.atomic
def publish_findings(by: Person, conversation: Conversation) -> None:
    """Work out and keep who was heard and which groups of opinion there are; what was published before stays.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: Something can still come in.
    """
    require(by, PERMISSION, place_of(conversation))
    state = Conversation.objects.select_for_update().values_list("state", flat=True).get(pk=conversation.pk)
    if state not in AFTER:
        raise ResultRefused("Something can still come in.", "Begin to answer first: then everything is on the site.")
    known = set(conversation.findings.values_list("what", flat=True))
    ways: dict[str, Callable[[Conversation], dict[str, Any]]] = {Finding.What.HEARD: find_heard}
    if STATEMENTS in conversation.kinds:
        ways[Finding.What.GROUPS] = find_groups
    made = [what for what in ways if what not in known]
    for what in made:
        Finding.objects.create(conversation=conversation, what=what, says=ways[what](conversation))
    if made:
        record_event(
            by,
            "voice.findings_published",
            f"Published who was heard in a conversation: {conversation.title}",
            place=place_of(conversation),
            subject=f"conversation:{conversation.pk}",
            detail={"conversation": conversation.pk, "found": [str(each) for each in made]},
        )
