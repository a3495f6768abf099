"""What pages show of influence: who asked for a pound, what nobody asked for, and what nobody answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from locality.voice.influence import AskedLevel, Link, Ref, Thing, find_orphans, who_asked
from locality_web.core.languages import tell
from locality_web.core.languages_kept import as_written
from locality_web.core.models import Partnership
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory
from locality_web.core.tables import Column, Table
from locality_web.core.tables import Link as CellLink
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of
from locality_web.voice.sense.influence_queries import OF_WAY, Way, whole_way

_MOST = 50
_ASKED = {
    "view": "Views",
    "theme": "Themes",
    "priority": "Priorities",
}
_LED = {
    "view": "Views that led to it",
    "theme": "Themes that led to it",
    "priority": "Priorities that led to it",
}


@dataclass(frozen=True)
class Level:
    """Who asked, at one kind of thing: a table of the largest parts, and how many more there are."""

    title: str
    table: Table
    more: int


def asked_address(partnership: Partnership, name: str) -> str:
    """Give the page that says who asked for a sum, by its stable name."""
    return reverse("voice:who_asked", args=[partnership.slug, name])


def addresses_of_themes(way: Way) -> dict[str, str]:
    """Give for each theme, by its name on the way, the page with what was answered to it."""
    return {name: address_of(way.conversations[talk], "answers") for name, talk in way.talks.items()}


def asked_page(place: Place, name: str) -> dict[str, Any]:
    """Who asked for a pound: the way back from a plan's line or money to priorities, themes and views."""
    way = whole_way(place.partnership, Memory(place.partnership))
    thing = way.thing(name)
    if thing is None or thing.ref.kind not in ("line", "pounds") or thing.pence is None:
        raise Http404(f"No agreed plan of {place.partnership} has a sum of the name '{name}'.")
    asked = who_asked(way.influence, thing.ref)
    themes = addresses_of_themes(way)
    # That a line is paid with its own pounds tells nobody anything.
    levels = [each for each in asked.levels if each.shares and each.kind != "line"]
    other = way.others[thing.ref.id]
    last = asked.level("view")
    return {
        "thing": thing,
        "other": other,
        "pence": asked.pence,
        "levels": [_level(each, way, themes) for each in levels],
        "asked_pence": asked.pence - last.nobody_pence,
        "nobody_pence": last.nobody_pence,
        "why": _why(way, thing.ref),
        "all_address": reverse("voice:influence", args=[place.partnership.slug]),
    }


def _level(level: AskedLevel, way: Way, themes: dict[str, str]) -> Level:
    shown = level.shares[:_MOST]
    rows: list[list[Any]] = [[_named(each.thing, way, themes), each.pence] for each in shown]
    if level.nobody_pence:
        rows.append([tell("Nobody, as far as is recorded"), level.nobody_pence])
    title = _ASKED[level.kind]
    columns = [Column(title), Column("Its part of the sum", "pence")]
    return Level(title, Table(_LED[level.kind], columns, rows), len(level.shares) - len(shown))


def _named(thing: Thing, way: Way, themes: dict[str, str]) -> Any:
    address = themes.get(thing.ref.id, "")
    if thing.ref.id in way.others:
        address = way.others[thing.ref.id].address
    words = as_written(thing.words)
    return CellLink(words, address) if address else words


@dataclass(frozen=True)
class Joined:
    """One link as a page tells it: what led to what, who said so, when, why, and its share in words."""

    start: str
    end: str
    who: str
    when: Any
    why: str
    share: str


def joined(link: Link, way: Way) -> Joined:
    """Give a link as a page tells it."""
    words = way.influence.things
    if link.pence is not None:
        share = tell("an amount of its own")
    elif link.share is None:
        share = tell("an equal part")
    else:
        share = f"{float(link.share) * 100:.0f}%"
    return Joined(words[link.start].words, words[link.end].words, link.who, link.when, link.why, share)


def _why(way: Way, ref: Ref) -> list[Joined]:
    """Give every link that people made behind a sum, the nearest first; readings of views are counted, not listed."""
    found: list[Joined] = []
    waiting, seen = [ref], {ref}
    for each in waiting:
        for link in way.influence.before.get(each, ()):
            if link.start.kind != "view" and link.who != "The plan":
                found.append(joined(link, way))
            if link.start not in seen and link.start.kind != "view":
                seen.add(link.start)
                waiting.append(link.start)
    return found


def influence_page(place: Place) -> dict[str, Any]:
    """What people said and what is paid: what leads from one to the other, and what stands alone at either end."""
    memory = Memory(place.partnership)
    return memory.read(("voice.influence_page",), OF_WAY, lambda: _influence(place, memory))


def _influence(place: Place, memory: Memory) -> dict[str, Any]:
    way = whole_way(place.partnership, memory)
    orphans = find_orphans(way.influence)
    themes = addresses_of_themes(way)
    views = way.influence.of_kind("view")
    return {
        "views": len(views),
        "needing": sum(each.needs_answer for each in views),
        "unanswered": len(orphans.views),
        "unanswered_shown": [each.words for each in orphans.views[:_MOST]],
        "idle_themes": [(each.words, themes.get(each.ref.id, "")) for each in orphans.themes[:_MOST]],
        "pounds_pence": orphans.pounds_pence,
        "asked_pence": orphans.pounds_pence - orphans.unasked_pence,
        "unasked_pence": orphans.unasked_pence,
        "priorities": _priorities(way),
        "unasked": _unasked_table(place.partnership, [(one.thing, one.pence) for one in orphans.pounds[:_MOST]], way),
        "unasked_more": len(orphans.pounds[_MOST:]),
        "asked": _asked_table(place.partnership, way, {one.thing.ref: one.pence for one in orphans.pounds}),
    }


def _priorities(way: Way) -> list[tuple[str, str, str, list[str]]]:
    """Give each agreed priority with its place, its page, and the themes that led to it."""
    found = []
    for thing in way.influence.of_kind("priority"):
        other = way.others[thing.ref.id]
        themes = [
            way.influence.things[link.start].words
            for link in way.influence.before.get(thing.ref, ())
            if link.start.kind in ("theme", "view")
        ]
        found.append((thing.words, other.address, f"{way.names.get(other.locality, '')}, {other.year}", themes))
    return [each for each in found if each[3]]


def _rows(partnership: Partnership, those: Iterable[tuple[Thing, int]], way: Way) -> list[list[Any]]:
    names, others = way.names, way.others
    return [
        [
            CellLink(as_written(thing.words), asked_address(partnership, thing.ref.id)),
            names.get(others[thing.ref.id].locality, ""),
            others[thing.ref.id].year,
            pence,
            thing.pence,
        ]
        for thing, pence in those
    ]


def _columns(part: str) -> list[Column]:
    return [Column("Money"), Column("Locality"), Column("Year"), Column(part, "pence"), Column("All of it", "pence")]


def _unasked_table(partnership: Partnership, those: Sequence[tuple[Thing, int]], way: Way) -> Table:
    empty = "There is none: every pound can be followed back to what people said."
    return Table(
        "Pounds that nobody asked for", _columns("Nobody asked for"), _rows(partnership, those, way), empty=empty
    )


def _asked_table(partnership: Partnership, way: Way, unasked: dict[Ref, int]) -> Table:
    money = [one for one in way.influence.of_kind("pounds") if one.pence]
    asked = [(one, (one.pence or 0) - unasked.get(one.ref, 0)) for one in money]
    most = sorted((each for each in asked if each[1]), key=lambda each: -each[1])[:_MOST]
    empty = "Nothing yet: nobody has recorded what views and themes led to."
    return Table("Pounds that people asked for", _columns("Asked for"), _rows(partnership, most, way), empty=empty)


def talks_of(way: Way, place: Place) -> list[Conversation]:
    """Give the conversations whose themes may be linked at a place: its own and the whole partnership's."""
    own = place.locality.pk if place.locality else None
    return [each for each in way.conversations.values() if own is None or each.held_by_id in (own, None)]
