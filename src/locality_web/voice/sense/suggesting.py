"""Themes that the program suggests for a view: shown as suggestions, never ticked, never a reading.

What is suggested rests on settled readings alone, so that nobody learns from it what another reader has just found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.utils import timezone

from locality.voice.themes import Copies, find_copies, likeness_rules, suggest_themes
from locality_web.core.remembered import Memory
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.sense.way import codes_that_count

Suggested = Mapping[int, Mapping[int, tuple[str, ...]]]
"""For each view the themes that are suggested, each with the words of the view on which that rests."""


def suggested_in(conversation: Conversation) -> Suggested:
    """Give what is suggested for the views of a conversation that nobody settled; remembered until anything changes."""
    memory = Memory(conversation.partnership)
    name = ("voice.suggested", str(conversation.pk))
    return memory.read(name, ("voice",), lambda: _suggest(conversation))


def _suggest(conversation: Conversation) -> Suggested:
    coded: dict[int, list[int]] = defaultdict(list)
    for theme, view in codes_that_count([conversation]).values_list("theme_id", "reading__opinion_id"):
        coded[theme].append(view)
    if not coded:
        return {}
    found: dict[int, dict[int, tuple[str, ...]]] = defaultdict(dict)
    rules = likeness_rules(timezone.localdate())
    for each in suggest_themes(_texts(conversation), coded, rules):  # type: ignore[arg-type]  # keys are whole numbers
        found[int(str(each.view))][int(str(each.theme))] = each.words
    return found


def suggested_for(opinion: Opinion) -> Mapping[int, tuple[str, ...]]:
    """Give the themes that the program suggests for a view, each with the words on which that rests."""
    return suggested_in(opinion.conversation).get(opinion.pk, {})


def copies_in(conversation: Conversation) -> tuple[Copies, ...]:
    """Give views that are the same or nearly so, like letters of a campaign; every one of them counts."""
    rules = likeness_rules(timezone.localdate())
    return find_copies(_texts(conversation), rules)  # type: ignore[arg-type]  # keys are whole numbers


def _texts(conversation: Conversation) -> dict[int, str]:
    return dict(conversation.opinions.filter(state__in=PUBLIC_VIEW).values_list("pk", "text"))
