"""What became of a contribution: plain values for whoever holds its receipt code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from locality.voice.influence import Became, Ref, what_became
from locality_web.core.remembered import ANEW, Reader
from locality_web.voice.conversations.kinds import OPINION_CYCLE, PUBLIC_VIEW
from locality_web.voice.conversations.said import Contribution, Opinion
from locality_web.voice.sense.influence_queries import Way, whole_way
from locality_web.voice.sense.models import Answer, ThemeCode
from locality_web.voice.sense.way import name_of_view


@dataclass(frozen=True)
class Told:
    """An answer: what became of it, what was said, what was done or why not, by whom, when, and to what theme."""

    outcome: str
    you_said: str
    says: str
    to_whom: str
    by: str
    on: dt.date
    theme: str


@dataclass(frozen=True)
class Further:
    """One step on the way of a view: the step in a sentence, and where more is; empty: nowhere."""

    says: str
    address: str


@dataclass(frozen=True)
class ViewBecame:
    """What became of one view.

    Args:
        view: The view's key.
        text: Its own words.
        state: In a word, like "In a theme".
        means: What that state means.
        themes: Names of the themes in which it stands.
        answers: What was told to it and to its themes.
        says: The whole way in a sentence or two; empty: others cannot read the view, so it leads nowhere yet.
        ways: Each way that it took, step by step.
    """

    view: int
    text: str
    state: str
    means: str
    themes: tuple[str, ...]
    answers: tuple[Told, ...]
    says: str
    ways: tuple[tuple[Further, ...], ...]


@dataclass(frozen=True)
class BecameOf:
    """What became of a contribution: each view of it, and what became of the conversation as a whole."""

    views: tuple[ViewBecame, ...]
    we_did: str


def became_of(contribution: Contribution, memory: Reader = ANEW) -> BecameOf:
    """Say what became of a contribution; nobody's other words are in it.

    Args:
        contribution: With its conversation.
        memory: What is remembered; pages that only show hand one in.
    """
    conversation = contribution.conversation
    opinions = list(contribution.opinions.select_related("answer", "replies_to__answer").order_by("id"))
    found = _themes(opinions)
    way = whole_way(conversation.partnership, memory) if conversation.state != "draft" else None
    views = tuple(_view(each, found[each.pk], way) for each in opinions)
    return BecameOf(views, conversation.we_did)


def _themes(opinions: Iterable[Opinion]) -> dict[int, list[ThemeCode]]:
    """Give for each view, by its key, the themes that its settled reading found; one query for all of them."""
    those: dict[int, list[ThemeCode]] = {each.pk: [] for each in opinions}
    codes = ThemeCode.objects.filter(reading__opinion__in=those, reading__settled=True, theme__ended_at__isnull=True)
    for each in codes.select_related("theme__answer", "reading").order_by("theme__name"):
        those[each.reading.opinion_id].append(each)
    return those


def _view(opinion: Opinion, codes: Iterable[ThemeCode], way: Way | None) -> ViewBecame:
    state = OPINION_CYCLE.state(opinion.state)
    is_read = opinion.state in PUBLIC_VIEW
    ref = Ref("view", name_of_view(opinion.pk))
    found = what_became(way.influence, ref.id) if way and is_read and ref in way.influence.things else None
    themes = [each.theme for each in codes] if is_read else []
    # Where a reply has no answer of its own, the answer to what it replies to is its answer too.
    answer = opinion.answer or (opinion.replies_to.answer if opinion.replies_to else None)
    own = [_told(answer, "")] if answer else []
    of_themes = [_told(each.answer, each.name) for each in themes if each.answer]
    return ViewBecame(
        opinion.pk,
        opinion.text,
        state.name,
        state.means,
        tuple(each.name for each in themes),
        tuple(sorted([*own, *of_themes], key=lambda one: one.on)),
        found.words if found else "",
        _ways(found, way) if found and way else (),
    )


def _ways(found: Became, way: Way) -> tuple[tuple[Further, ...], ...]:
    return tuple(
        tuple(Further(step.words, address_in(way, step.thing.ref)) for step in path) for path in found.paths if path
    )


def address_in(way: Way, ref: Ref) -> str:
    """Give where a thing of another room is; empty: it is of this room."""
    other = way.others.get(ref.id)
    return other.address if other else ""


def _told(answer: Answer, theme: str) -> Told:
    return Told(
        answer.get_outcome_display(),
        answer.you_said,
        answer.says,
        answer.to_whom,
        answer.by_name,
        timezone.localdate(answer.at),
        theme,
    )
