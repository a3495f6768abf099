"""What those who keep influence see: every theme, priority and line of their place, and what is recorded of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from locality.foundations import say_pounds
from locality.voice.influence import Ref, Thing
from locality_web.core.hooks import InfluenceThing
from locality_web.core.pages import address_at
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory
from locality_web.core.words import count_of
from locality_web.voice.sense.influence_pages import talks_of
from locality_web.voice.sense.influence_queries import Way, whole_way
from locality_web.voice.sense.models import InfluenceLink, Theme

_KINDS = {"priority": "Priorities", "line": "Plan lines", "pounds": "Money", "action": "Actions", "measure": "Measures"}
_SUGGESTED = "The plan says that it is about these"


@dataclass(frozen=True)
class Kept:
    """A thing, what it led to as somebody recorded it, and where more is recorded."""

    thing: Thing
    about: str
    led_to: tuple[tuple[InfluenceLink, str, str], ...]
    address: str


def links_page(place: Place, year: str) -> dict[str, Any]:
    """Every theme, priority and line of a place with what it led to; the newest year unless another is asked for."""
    way = whole_way(place.partnership, Memory(place.partnership), everything=True)
    years = sorted({each.year for each in way.others.values() if each.year}, reverse=True)
    chosen = year if year in years else next(iter(years), "")
    return {
        "years": years,
        "year": chosen,
        "themes": _themes(way, place),
        "parts": [
            (title, [_kept(way, place, thing) for thing in _own(way, place, kind, chosen)])
            for kind, title in _KINDS.items()
            if kind in ("priority", "line")
        ],
        "loose": [each for each in way.loose if each.locality_id == _pk(place)],
        "ended": list(
            place.partnership.influence.filter(ended_at__isnull=False, locality=place.locality).order_by("-ended_at")
        ),
        "here": address_at(place, "voice:links"),
    }


def _pk(place: Place) -> int | None:
    return place.locality.pk if place.locality else None


def _themes(way: Way, place: Place) -> list[Kept]:
    talks = {each.pk: each for each in talks_of(way, place)}
    rows = Theme.objects.filter(conversation__in=list(talks), ended_at__isnull=True).order_by("conversation", "name")
    found = []
    for each in rows:
        thing = way.influence.things.get(Ref("theme", f"theme:{each.pk}"))
        if thing is not None:
            views = sum(link.start.kind == "view" for link in way.influence.before.get(thing.ref, ()))
            found.append(_kept(way, place, thing, f"{talks[each.conversation_id].title}, {count_of(views, 'view')}"))
    return found


def _own(way: Way, place: Place, kind: str, year: str) -> list[Thing]:
    own = place.locality.slug if place.locality else ""
    return [
        thing
        for thing in way.influence.of_kind(kind)
        if (other := way.others[thing.ref.id]).year == year and (not own or other.locality in ("", own))
    ]


def _kept(way: Way, place: Place, thing: Thing, about: str = "") -> Kept:
    links = [each for each in way.links if each.from_name == thing.ref.id]
    things = way.influence.things
    led = tuple(
        (
            each,
            things[Ref(each.to_kind, each.to_name)].words,
            address_at(place, "voice:link_end", each.pk) if each.locality_id == _pk(place) else "",
        )
        for each in links
    )
    return Kept(thing, about, led, address_at(place, "voice:link_new", thing.ref.id))


def ends_for(way: Way, place: Place, start: Thing) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give what something can have led to, in groups: first what the plan itself says it is about, then by kind."""
    pairs = way.influence.pairs.words
    kinds = [kind for kind in _KINDS if (start.ref.kind, kind) in pairs]
    about = set(way.others[start.ref.id].about) if start.ref.id in way.others else set()
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind in kinds:
        for thing in _open(way, place, kind):
            other = way.others[thing.ref.id]
            title = _SUGGESTED if other.name in about else f"{_KINDS[kind]}, {other.year}"
            groups[title].append((other.name, f"{way.names.get(other.locality, '')}: {thing.words}{_more(other)}"))
    first = [(_SUGGESTED, groups.pop(_SUGGESTED))] if _SUGGESTED in groups else []
    return [*first, *sorted(groups.items(), key=lambda pair: pair[0][-7:], reverse=True)]


def _more(other: InfluenceThing) -> str:
    if not other.more_pence:
        return ""
    more = "more" if other.more_pence > 0 else "less"
    return f" ({say_pounds(abs(other.more_pence))} {more} than the year before)"


def _open(way: Way, place: Place, kind: str) -> Iterable[Thing]:
    own = place.locality.slug if place.locality else ""
    for thing in way.influence.of_kind(kind):
        if not own or way.others[thing.ref.id].locality in ("", own):
            yield thing
