"""Read influence, both ways: what was said, what other rooms plan and pay, and who said that one led to the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils import timezone

from locality.voice.influence import Answer as Told
from locality.voice.influence import Influence, Link, Ref, State, Thing, join_influence, pairs_on
from locality_web.core.hooks import InfluenceThing, ask_rooms
from locality_web.core.models import Partnership
from locality_web.core.remembered import ANEW, Reader
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.sense.models import InfluenceLink, Theme
from locality_web.voice.sense.way import name_of_theme, parts_said

_OTHERS = ("plans", "money", "areas", "core")
OF_WAY = ("voice", *_OTHERS)
"""The rooms from which everything on the way of views is read."""
_STATES: dict[str, State] = {"waiting": "waiting", "in_progress": "in_progress", "done": "done", "not_done": "not_done"}


@dataclass(frozen=True)
class Way:
    """Everything on the way of a partnership's views.

    Args:
        influence: Things and links, sound and without circles.
        others: What other rooms know, by name.
        conversations: The conversations by key.
        links: The links that people made and that hold, in the order in which they were made.
        loose: Links that people made and of which one end is not there (any more).
        names: Names of localities by their part of an address; "" is the whole partnership.
        talks: Keys of conversations by the names of their themes.
        too_much: Names of things of which links claim more than there is today; their claims are left out.
    """

    influence: Influence
    others: Mapping[str, InfluenceThing]
    conversations: Mapping[int, Conversation]
    links: tuple[InfluenceLink, ...]
    loose: tuple[InfluenceLink, ...]
    too_much: frozenset[str]
    names: Mapping[str, str]
    talks: Mapping[str, int]

    def thing(self, name: str) -> Thing | None:
        """Give a thing by its name; None: it is not known here."""
        refs = (Ref(kind, name) for kind in self.influence.pairs.kinds)
        return next((self.influence.things[ref] for ref in refs if ref in self.influence.things), None)


def whole_way(partnership: Partnership, memory: Reader = ANEW, *, everything: bool = False) -> Way:
    """Give everything on the way of a partnership's views.

    Args:
        partnership: Whose.
        memory: What is remembered; pages that only show hand one in.
        everything: Whether plans are looked at that are not agreed yet: for those who keep influence.
    """
    which = "everything" if everything else "public"
    others = others_read(partnership, memory, everything=everything)
    said = memory.read(("voice.said",), ("voice",), lambda: _said(partnership))
    return memory.read(("voice.way", which), OF_WAY, lambda: _join(said, *others))


def others_of(partnership: Partnership, *, everything: bool) -> dict[str, InfluenceThing]:
    """Give what other rooms know, by name."""
    found = (thing for answer in ask_rooms("influence_things", "things", partnership) for thing in answer)
    return {thing.name: thing for thing in found if thing.public or everything}


Others = tuple[dict[str, InfluenceThing], dict[str, str]]


def others_read(partnership: Partnership, memory: Reader, *, everything: bool = False) -> Others:
    """Give what other rooms know by name, and the names of localities; remembered."""
    which = "everything" if everything else "public"
    return memory.read(("voice.others", which), _OTHERS, lambda: _others(partnership, everything=everything))


def _others(partnership: Partnership, *, everything: bool) -> Others:
    names = {"": "The whole partnership", **dict(partnership.localities.values_list("slug", "name"))}
    return others_of(partnership, everything=everything), names


@dataclass(frozen=True)
class _Said:
    """What this room holds of it."""

    parts: tuple[list[Thing], list[Link], list[Told]]
    conversations: dict[int, Conversation]
    talks: dict[str, int]
    links: list[InfluenceLink]


def _said(partnership: Partnership) -> _Said:
    conversations = list(partnership.conversations.exclude(state="draft").select_related("held_by", "partnership"))
    themes = Theme.objects.filter(conversation__in=conversations).values_list("pk", "conversation")
    return _Said(
        parts_said(conversations),
        {each.pk: each for each in conversations},
        {name_of_theme(pk): talk for pk, talk in themes},
        list(partnership.influence.filter(ended_at__isnull=True).select_related("locality").order_by("id")),
    )


def _join(said: _Said, others: dict[str, InfluenceThing], names: dict[str, str]) -> Way:
    of_views, links, told = said.parts
    things = [*of_views, *(_thing(each) for each in others.values())]
    known = {thing.ref: thing for thing in things}
    holding, loose = _part(said.links, known)
    zone = timezone.get_current_timezone()
    by_people = [as_link(each, zone) for each in holding]
    sound, too_much = _without_too_much([*links, *by_people, *_by_themselves(others, known)], known)
    influence = join_influence(things, sound, told, pairs=pairs_on(timezone.localdate()))
    return Way(influence, others, said.conversations, tuple(holding), tuple(loose), too_much, names, said.talks)


def _thing(other: InfluenceThing) -> Thing:
    return Thing(Ref(other.kind, other.name), other.title, _STATES[other.state], other.why, other.pence)


def _part(kept: Iterable[InfluenceLink], known: Mapping[Ref, Thing]) -> tuple[list[InfluenceLink], list[InfluenceLink]]:
    holding: list[InfluenceLink] = []
    loose: list[InfluenceLink] = []
    for each in kept:
        there = Ref(each.from_kind, each.from_name) in known and Ref(each.to_kind, each.to_name) in known
        (holding if there else loose).append(each)
    return holding, loose


def as_link(link: InfluenceLink, zone: dt.tzinfo | None = None) -> Link:
    """Give a link that somebody made as the library knows it; `zone`: that of its day, looked up once for many."""
    share = None if link.share_of is None or link.pence is not None else Fraction(link.share_of, link.share_in)
    return Link(
        Ref(link.from_kind, link.from_name),
        Ref(link.to_kind, link.to_name),
        link.by_name,
        timezone.localdate(link.at, zone),
        link.why,
        share,
        link.pence,
    )


def _by_themselves(others: Mapping[str, InfluenceThing], known: Mapping[Ref, Thing]) -> list[Link]:
    today = timezone.localdate()
    return [
        Link(Ref(one.kind, one.name), end, "The plan", today, "It stands so in the plan.")
        for one in others.values()
        for name in one.leads_to
        if name in others and (end := Ref(others[name].kind, name)) in known
    ]


def _without_too_much(links: Sequence[Link], known: Mapping[Ref, Thing]) -> tuple[list[Link], frozenset[str]]:
    """Leave out claims that were right when they were made and are more than there is today; the links stay."""
    claimed: dict[Ref, Fraction] = {}
    for link in links:
        pence = known[link.end].pence
        part = link.share or Fraction(0)
        if link.pence is not None:
            part = Fraction(link.pence, pence) if pence else Fraction(2)
        if part:  # most links claim nothing of their own, and adding fractions takes long
            claimed[link.end] = claimed.get(link.end, Fraction(0)) + part
    over = {ref for ref, share in claimed.items() if share > 1}
    sound = [replace(link, share=None, pence=None) if link.end in over else link for link in links]
    return sound, frozenset(ref.id for ref in over)
