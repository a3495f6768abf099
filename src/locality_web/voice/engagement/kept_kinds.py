"""What keepers record of an engagement: only what the site cannot see by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from locality_web.voice.conversations.models import Conversation, Option
from locality_web.voice.votes.models import Project

Asked = Literal["people", "needs", "shaped"]


@dataclass(frozen=True)
class KeptKind:
    """Something that keepers can record.

    Args:
        code: What `EngagementRecord.about` says.
        title: What the page calls it.
        asks: The question of the form.
        help: What to write.
        also: What the form asks besides words and day.
    """

    code: str
    title: str
    asks: str
    help: str = ""
    also: Asked | None = None


_HOW_MANY = "In a few words: a workshop in the village hall."
AFFECTED = KeptKind("affected", "Who must be reached", "Who is affected, and who of them must be reached?")
HOW_REACHED = KeptKind("how_reached", "How they are reached", "How are they reached?", "Where they are already.")
KNOWN = KeptKind("known", "What was known before", "What was known already, and from where?")
RESOURCES = KeptKind("resources", "People, time and money", "Which people, time and money are there for it?")
SUPPORT = KeptKind("support_offered", "Support that is offered", "Which support is offered?", "One kind: large print.")
NEEDS = KeptKind("needs", "Needs that were named", "Which needs were they, and what was done?", also="needs")
HEARD = KeptKind("heard", "A day on which people were heard", "What was it?", _HOW_MANY, "people")
DRAFTED = KeptKind("drafted", "A day on which residents drafted options", "What was it?", _HOW_MANY, "people")
FIXED = KeptKind("options_fixed", "The day on which options were fixed", "Which options were fixed, and by whom?")
OPEN = KeptKind("options_open", "That no option is fixed yet", "How do you know?", "It holds until a day is recorded.")
SHAPED = KeptKind("shaped", "An option that came from views", "How did the views lead to it?", also="shaped")
DECISION = KeptKind("decision", "The day of the decision", "What was decided, and by whom?")
DECIDED = KeptKind("decided", "Residents took part in the decision", "How did they take part?", _HOW_MANY, "people")
REVIEWED = KeptKind("reviewed", "A day on which residents looked back", "What was it?", _HOW_MANY, "people")
LESSONS = KeptKind("lessons", "What was learnt", "What was learnt, and what will be done otherwise?")

KEPT = {
    "Analyse": (AFFECTED, KNOWN),
    "Plan": (HOW_REACHED, RESOURCES, SUPPORT),
    "Do": (HEARD, DRAFTED, NEEDS, FIXED, OPEN, SHAPED, DECISION, DECIDED),
    "Review": (REVIEWED, LESSONS),
}
"""The kinds by the stage of the record to which they belong."""

KINDS = {kind.code: kind for kinds in KEPT.values() for kind in kinds}
SESSIONS = (HEARD.code, DRAFTED.code, DECIDED.code, REVIEWED.code)
"""Kinds that are a day on which residents worked with those who plan."""


def options_of(conversation: Conversation) -> list[str]:
    """Give the titles of the options of a conversation and of its votes, which views can have led to."""
    own = Option.objects.filter(conversation=conversation).values_list("title", flat=True)
    voted = Project.objects.filter(vote__conversation=conversation).exclude(vote__state="draft")
    return list(dict.fromkeys([*own, *voted.order_by("pk").values_list("title", flat=True)]))
