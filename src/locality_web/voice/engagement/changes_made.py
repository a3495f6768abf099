"""What changed in plans because of a conversation: what its themes and views led to, of what everybody may know."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from locality_web.core.hooks import InfluenceThing
from locality_web.core.models import Partnership
from locality_web.core.remembered import Reader
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.sense.influence_queries import others_read
from locality_web.voice.sense.models import InfluenceLink
from locality_web.voice.sense.way import name_of_theme

_CHANGES = ("priority", "line", "action")
"""Kinds of thing that a plan holds; the pounds of a line are named with it."""
_HAPPENS = ("in_progress", "done")


@dataclass(frozen=True)
class Changed:
    """Something in a plan that can be followed back to a conversation.

    Args:
        title: What it is called.
        kind: priority, line or action.
        themes: Keys of the themes that led to it.
        views: How many single views led to it without a theme.
        on: The last day on which somebody recorded a step of the way to it.
    """

    title: str
    kind: str
    themes: frozenset[int]
    views: int
    on: dt.date


@dataclass(frozen=True)
class Links:
    """What people recorded of what led to what, ready to be walked.

    Args:
        after: The links that start at a thing, by its name.
        views: The key of its conversation, by the name of each view that a link starts at and everybody can read.
    """

    after: Mapping[str, tuple[InfluenceLink, ...]]
    views: Mapping[str, int]


def links_of(partnership: Partnership) -> Links:
    """Give the links of a partnership that hold; two queries at most."""
    after: dict[str, list[InfluenceLink]] = defaultdict(list)
    for link in partnership.influence.filter(ended_at__isnull=True).order_by("id"):
        after[link.from_name].append(link)
    keys = [int(name.partition(":")[2]) for name in after if name.startswith("view:")]
    shown = Opinion.objects.filter(pk__in=keys, state__in=PUBLIC_VIEW) if keys else Opinion.objects.none()
    views = {f"view:{pk}": talk for pk, talk in shown.values_list("pk", "conversation")}
    return Links({name: tuple(those) for name, those in after.items()}, views)


def changes_of(
    conversation: int, themes: Collection[int], links: Links, partnership: Partnership, memory: Reader
) -> tuple[Changed, ...]:
    """Give what changed because of a conversation.

    Args:
        conversation: Its key.
        themes: Keys of its themes that hold views.
        links: From `links_of`.
        partnership: Whose it is.
        memory: What is remembered.

    Returns:
        Priorities, lines and actions that everybody may know and that go on or are done, each once.
    """
    starts = {name_of_theme(pk): pk for pk in themes if name_of_theme(pk) in links.after}
    views = [name for name, talk in links.views.items() if talk == conversation]
    if not starts and not views:
        return ()
    others, _ = others_read(partnership, memory)
    found: dict[str, Changed] = {}
    for name, theme in starts.items():
        _add(found, _reached(name, links, others), others, themes=frozenset({theme}))
    for name in views:
        _add(found, _reached(name, links, others), others, views=1)
    return tuple(found.values())


def _reached(start: str, links: Links, others: Mapping[str, InfluenceThing]) -> dict[str, dt.date]:
    """Give everything to which a thing led, and the last day on which a step of the way to it was recorded."""
    found: dict[str, dt.date] = {}
    waiting: list[tuple[str, dt.date]] = [(start, dt.date.min)]
    while waiting:
        name, since = waiting.pop()
        steps = [(link.to_name, max(since, timezone.localdate(link.at))) for link in links.after.get(name, ())]
        by_itself = others[name].leads_to if name in others else ()
        for end, on in [*steps, *((each, since) for each in by_itself)]:
            if end not in found:
                found[end] = on
                waiting.append((end, on))
    return found


def _add(
    found: dict[str, Changed],
    reached: Mapping[str, dt.date],
    others: Mapping[str, InfluenceThing],
    *,
    themes: frozenset[int] = frozenset(),
    views: int = 0,
) -> None:
    for name, on in reached.items():
        other = others.get(name)
        if other is None or other.kind not in _CHANGES or other.state not in _HAPPENS:
            continue
        was = found.get(name, Changed(other.title, other.kind, frozenset(), 0, on))
        found[name] = Changed(was.title, was.kind, was.themes | themes, was.views + views, max(was.on, on))


def titles_of(changes: Iterable[Changed], most: int) -> tuple[str, ...]:
    """Give the titles of changes, each once; of many the first ones, and how many more there are."""
    titles = list(dict.fromkeys(each.title for each in changes))
    return (*titles[:most], f"and {len(titles) - most} more") if len(titles) > most else tuple(titles)
