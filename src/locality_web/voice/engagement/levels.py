"""Which level of engagement conversations reached: worked out each time from what the site holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from locality.voice.engagement import EngagementReached, Evidence, engagement_levels, level_reached
from locality_web.core.models import Partnership
from locality_web.core.remembered import ANEW, Reader
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.engagement.changes_made import changes_of, links_of
from locality_web.voice.engagement.evidence import Basis, bases_of, evidence_of
from locality_web.voice.engagement.held import Told, hold, told_of


@dataclass(frozen=True)
class Reached:
    """The level that a conversation reached, and what it rests on.

    Args:
        conversation: The conversation.
        evidence: What is known of it.
        found: The level, criterion by criterion.
        bases: Where the evidence of a criterion is from.
    """

    conversation: Conversation
    evidence: Evidence
    found: EngagementReached
    bases: Mapping[str, Basis]


def level_of(conversation: Conversation, memory: Reader = ANEW) -> Reached:
    """Give the level that one conversation reached.

    Args:
        conversation: With its partnership.
        memory: What is remembered; pages that only show hand one in.
    """
    (found,) = levels_of(conversation.partnership, [conversation], memory)
    return found


def levels_of(
    partnership: Partnership, conversations: Iterable[Conversation], memory: Reader = ANEW, *, telling: Reader = ANEW
) -> list[Reached]:
    """Give the levels of several conversations of one partnership; as many queries as for one.

    Args:
        partnership: Whose they are.
        conversations: The conversations.
        memory: What is remembered.
        telling: What is remembered of who was told; telling people writes no event of its own for each of them.
    """
    those = list(conversations)
    keys = ",".join(str(each.pk) for each in those)
    held = memory.read(("voice.engagement", keys), ("voice",), lambda: hold(those))
    links = memory.read(("voice.engagement.links",), ("voice",), lambda: links_of(partnership))
    told = telling.read(("voice.engagement.told", keys), ("voice",), lambda: told_of(those))
    levels = engagement_levels(timezone.localdate())
    found = []
    for each in those:
        own = held[each.pk]
        themes = [pk for pk in own.themes if pk not in own.elsewhere]
        changes = changes_of(each.pk, themes, links, partnership, memory)
        were_told = told.get(each.pk, Told())
        evidence = evidence_of(own, were_told, changes)
        reached = level_reached(evidence, levels)
        found.append(Reached(each, evidence, reached, bases_of(own, were_told, changes)))
    return found
