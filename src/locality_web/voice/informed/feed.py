"""News as pages and feeds show it: what was written and what happened since, each once; and Atom (RFC 4287)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from django.urls import reverse
from django.utils import timezone

from locality_web.areas.queries import localities
from locality_web.core.languages import path_in, spoken, tell
from locality_web.core.languages_kept import tell_kept
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory
from locality_web.core.site_address import full_address
from locality_web.voice.informed.circles import circle_of
from locality_web.voice.informed.digests import about
from locality_web.voice.informed.matching import About, Chosen, is_for, localities_by_zone
from locality_web.voice.informed.models import SubscriptionNews
from locality_web.voice.informed.news import News, happened

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_SPACE = "http://www.w3.org/2005/Atom"
_MOST = 200  # pieces of news that are looked at: some two years of a busy partnership


@dataclass(frozen=True)
class Entry:
    """A piece of news as pages and feeds show it."""

    key: str
    title: str
    says: str
    address: str
    at: dt.datetime


def chosen_of(place: Place, asked: Mapping[str, str]) -> Chosen:
    """Read what somebody wants to hear of from an address; what is not known there is left out."""
    slug, talk = asked.get("locality", ""), asked.get("conversation", "")
    locality = localities(place.partnership).filter(slug=slug).first() if slug else None
    conversation = place.partnership.conversations.filter(slug=talk).first() if talk else None
    return Chosen(
        locality.pk if locality else None,
        conversation.pk if conversation else None,
        asked.get("heading", ""),
        asked.get("zone", ""),
        circle_of(asked.get("at", ""), asked.get("around", "")),
    )


def entries_for(place: Place, chosen: Chosen, memory: Memory | None = None) -> list[Entry]:
    """Give the news that somebody wants to hear of, the newest first."""
    partnership = place.partnership
    memory = memory or Memory(partnership)
    zones = localities_by_zone(partnership) if chosen.is_of_a_place else {}
    kept = list(partnership.news.prefetch_related("localities")[:_MOST])
    known = {each.key for each in kept}
    found = [_kept(each) for each in kept if is_for(chosen, about(each), zones)]
    new = [each for each in happened(partnership, memory)[:_MOST] if each.key not in known]
    found += [_new(each) for each in new if is_for(chosen, _about(each), zones)]
    return sorted(found, key=lambda entry: (entry.at, entry.key), reverse=True)


def _kept(each: SubscriptionNews) -> Entry:
    return Entry(each.key, each.title, each.says, path_in(spoken(), each.address), each.at)


def _new(each: News) -> Entry:
    return Entry(each.key, each.title, each.says, path_in(spoken(), each.address), each.at)


def _about(each: News) -> About:
    conversation = each.conversation.pk if each.conversation else None
    return About(frozenset(one.pk for one in each.localities), conversation, each.headings, each.zones)


def atom_of(place: Place, entries: Sequence[Entry], *, address: str) -> bytes:
    """Write news as an Atom feed.

    Args:
        place: Whose news.
        entries: What happened, the newest first.
        address: The feed's own address on this site.

    Returns:
        XML in UTF-8; ids of entries stay the same for good.
    """
    slug = place.partnership.slug
    feed = Element("feed", {"xmlns": _SPACE, "xml:lang": spoken().tag})
    _text(feed, "id", full_address(address))
    _text(feed, "title", tell("News of {partnership}", partnership=place.partnership))
    _text(feed, "updated", _moment(entries[0].at if entries else _empty_since()))
    author = SubElement(feed, "author")
    _text(author, "name", str(place.partnership))
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": full_address(address)})
    page = full_address(reverse("voice:keep_informed", args=[slug]))
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page})
    for each in entries:
        entry = SubElement(feed, "entry")
        _text(entry, "id", full_address(f"/{slug}/news.atom#{each.key}"))
        _text(entry, "title", tell_kept(each.title))
        _text(entry, "updated", _moment(each.at))
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": full_address(each.address)})
        _text(entry, "summary", tell_kept(each.says))
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _text(parent: Element, name: str, text: str) -> None:
    # What XML cannot carry, like control characters, would break the whole feed.
    SubElement(parent, name).text = "".join(each for each in text if each in "\t\n" or each >= " ")


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _empty_since() -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time()))
