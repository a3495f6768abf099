"""Publish once what was found in a conversation: who was heard, and groups of opinion."""

from __future__ import annotations

from django.db import transaction

from locality.foundations import ResultRefused
from locality_web.core.models import Person
from locality_web.core.permissions import require
from locality_web.voice.conversations.kinds import BOUNDARIES, STATEMENTS
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import place_of
from locality_web.voice.sense.boundary_finding import find_boundary_answers
from locality_web.voice.sense.finding_groups import begin_groups, record_published
from locality_web.voice.sense.heard import find_heard
from locality_web.voice.sense.models import Finding

PERMISSION = "voice.answer"
AFTER = ("being_answered", "answered")
"""States of a conversation in which everything that came in time is on the site."""


@transaction.atomic
def publish_findings(by: Person, conversation: Conversation) -> None:
    """Work out and keep who was heard, and let groups of opinion be worked out; what was published before stays.

    Where people were asked about boundaries, what they answered is kept with who was heard. Groups take long where many
    people voted, so a background job finds and publishes them.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: Something can still come in.
    """
    require(by, PERMISSION, place_of(conversation))
    state = Conversation.objects.select_for_update().values_list("state", flat=True).get(pk=conversation.pk)
    if state not in AFTER:
        raise ResultRefused("Something can still come in.", "Begin to answer first: then everything is on the site.")
    known = set(conversation.findings.values_list("what", flat=True))
    if Finding.What.HEARD not in known:
        Finding.objects.create(conversation=conversation, what=Finding.What.HEARD, says=find_heard(conversation))
        record_published(by, conversation, [Finding.What.HEARD])
    if BOUNDARIES in conversation.kinds and Finding.What.BOUNDARIES not in known:
        says = find_boundary_answers(conversation)
        Finding.objects.create(conversation=conversation, what=Finding.What.BOUNDARIES, says=says)
        record_published(by, conversation, [Finding.What.BOUNDARIES])
    if STATEMENTS in conversation.kinds and Finding.What.GROUPS not in known:
        begin_groups(by, conversation)
