"""What the pages of the register show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from locality_web.core.permissions import Place
from locality_web.core.tables import Column, Link, Table
from locality_web.members.kinds import groups_of, organisation_kinds_of
from locality_web.members.places import address_at
from locality_web.members.practice_models import Liaison
from locality_web.members.register_models import FeedRoute, Interest, Member, Seat, SeatTerm
from locality_web.members.register_queries import members_at

A_PAGE = 100  # own choice of the founders, 2026-11: a locality's group fits, and a page of 100 rows is quick anywhere


@dataclass(frozen=True)
class Asked:
    """What somebody looks for in the register: words, a group, those who are over too, ways to reach people too."""

    words: str = ""
    group: str = ""
    over: bool = False
    contact: bool = False
    page: str = ""

    def address_without_page(self) -> str:
        """Give what an address says of all this, so that a further page can be asked for."""
        said = {"words": self.words, "group": self.group, "over": self.over and "on", "contact": self.contact and "on"}
        return urlencode({name: each for name, each in said.items() if each})


def asked_for(query: QueryDict) -> Asked:
    """Read what is looked for from an address."""
    words, group = (" ".join(query.get(name, "").split()) for name in ("words", "group"))
    return Asked(words, group, "over" in query, "contact" in query, query.get("page", ""))


@dataclass(frozen=True)
class Entry:
    """One row: a member on a seat, or without one."""

    member: Member
    term: SeatTerm | None
    group: str


def register_page(place: Place, asked: Asked) -> dict[str, Any]:
    """Show a place's register: people and their seats, and the seats that are open."""
    names = {each.code: each.name for each in groups_of(place.partnership)}
    terms = _terms(place)
    entries = [each for each in _entries(place, terms, names) if _fits(each, asked)]
    running = _running(terms)
    shown = Paginator(entries, A_PAGE).get_page(asked.page)
    return {
        "asked": asked,
        "groups": names.items(),
        "shown": shown,
        "further": f"{said}&" if (said := asked.address_without_page()) else "",
        "table": _table(place, _with_roles(list(shown), names), contact=asked.contact),
        "count": len({each.member.pk for each in entries}),
        "seats": [
            (seat, names.get(seat.group, seat.group), running.get(seat.pk, [])) for seat in _open_seats(place, names)
        ],
    }


def _terms_at(place: Place) -> QuerySet[SeatTerm]:
    found = SeatTerm.objects.filter(seat__partnership=place.partnership)
    return found.filter(seat__locality=place.locality) if place.locality is not None else found


def _terms(place: Place) -> list[SeatTerm]:
    return list(_terms_at(place).select_related("seat__locality", "member__organisation").order_by("starts", "pk"))


def _entries(place: Place, terms: Sequence[SeatTerm], names: dict[str, str]) -> list[Entry]:
    seated = [Entry(each.member, each, names.get(each.seat.group, each.seat.group)) for each in terms]
    others = members_at(place).exclude(pk__in=_terms_at(place).values("member")).select_related("organisation")
    everyone = [*seated, *(Entry(each, None, "") for each in others)]
    return sorted(everyone, key=lambda each: (str(each.member).casefold(), each.member.pk))


def _with_roles(entries: Sequence[Entry], names: dict[str, str]) -> list[Entry]:
    """Say of those without a seat for what they stand on the register: a practice, or a group that feeds in."""
    seatless = [each.member.pk for each in entries if each.term is None]
    today = timezone.localdate()
    still = Q(ends__isnull=True) | Q(ends__gte=today)
    roles: dict[int, list[str]] = {}
    for liaison in Liaison.objects.filter(still, member__in=seatless).select_related("practice").order_by("pk"):
        roles.setdefault(liaison.member_id, []).append(f"{liaison.practice or liaison.cluster}, as its liaison")
    for route in FeedRoute.objects.filter(still, member__in=seatless).order_by("pk"):
        roles.setdefault(route.member_id, []).append(f"{names.get(route.group, route.group)}, by a feed-in route")
    return [replace(each, group=each.group or "; ".join(roles.get(each.member.pk, ()))) for each in entries]


def _fits(entry: Entry, asked: Asked) -> bool:
    term, member, today = entry.term, entry.member, timezone.localdate()
    is_over = (term is not None and term.ends is not None and term.ends < today) or (
        term is None and member.left_on is not None and member.left_on <= today
    )
    if is_over and not asked.over:
        return False
    if asked.group and (term is None or term.seat.group != asked.group):
        return False
    text = f"{member} {member.organisation or ''} {entry.group} {term.seat.name if term else ''}".casefold()
    return all(word in text for word in asked.words.casefold().split())


def _table(place: Place, entries: Sequence[Entry], *, contact: bool) -> Table:
    heads = ["Name", "Organisation", "Speaks for", "Seat", "From", "To", "How chosen"]
    if place.locality is None:
        heads.insert(3, "Where")
    interests = _interests(entries) if contact else {}
    heads += ["Interests", "How to reach them", "Notices"] if contact else []
    rows = [
        [
            Link(str(each.member), address_at(place, "member", member=each.member.pk))
            if each.member.erased_at is None
            else str(each.member),
            str(each.member.organisation or ""),
            each.group or "nobody: no seat",
            *([_where(each, place)] if place.locality is None else []),
            each.term.seat.name if each.term else "",
            _day(each.term.starts) if each.term else "",
            _until(each.term) if each.term else "",
            each.term.get_chosen_display() if each.term else "",
            *(
                [interests.get(each.member.pk, ""), _reach(each.member), each.member.get_notices_display()]
                if contact
                else []
            ),
        ]
        for each in entries
    ]
    return Table("People on the register", [Column(head) for head in heads], rows, empty="Nobody is found.")


def _interests(entries: Sequence[Entry]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    kept = {each.member.pk for each in entries}
    for each in Interest.objects.filter(member__in=kept, ended_on__isnull=True):
        found.setdefault(each.member_id, []).append(each.says)
    return {pk: "; ".join(says) for pk, says in found.items()}


def _where(entry: Entry, place: Place) -> str:
    if entry.term is None:
        return ""
    return str(entry.term.seat.locality or f"All of {place.partnership}")


def _reach(member: Member) -> str:
    unconfirmed = f"{member.email_to_confirm} (not confirmed)" if member.email_to_confirm else ""
    parts = (member.email, unconfirmed, member.telephone, ", ".join(member.address.splitlines()))
    return "; ".join(part for part in parts if part) or "not known"


def _until(term: SeatTerm) -> str:
    return _day(term.ends) if term.ends else "no end set"


def _open_seats(place: Place, names: dict[str, str]) -> list[Seat]:
    today = timezone.localdate()
    kept = Q(closed_on__isnull=True) | Q(closed_on__gt=today)
    order = {code: number for number, code in enumerate(names)}
    seats = Seat.objects.filter(kept, partnership=place.partnership, locality=place.locality)
    return sorted(seats, key=lambda each: (order.get(each.group, len(order)), each.name))


def _running(terms: Sequence[SeatTerm]) -> dict[int, list[SeatTerm]]:
    """Give the terms that run or are to come, by seat."""
    today = timezone.localdate()
    found: dict[int, list[SeatTerm]] = {}
    for each in terms:
        if each.ends is None or each.ends >= today:
            found.setdefault(each.seat_id, []).append(each)
    return found


def member_page(place: Place, member: Member) -> dict[str, Any]:
    """Show everything that the register holds of one member."""
    names = {each.code: each.name for each in groups_of(place.partnership)}
    kinds = {each.code: each.name for each in organisation_kinds_of(place.partnership)}
    terms = member.terms.select_related("seat__locality").order_by("-starts")
    interests = list(member.interests.all())
    today = timezone.localdate()
    return {
        "member": member,
        "kind": kinds.get(member.organisation.kind, "") if member.organisation else "",
        "terms": [
            {
                "term": each,
                "group": names.get(each.seat.group, each.seat.group),
                "where": each.seat.locality or f"All of {place.partnership}",
                "over": each.ends is not None and each.ends < today,
                "here": each.seat.locality_id == (place.locality.pk if place.locality else None),
            }
            for each in terms
        ],
        "interests": [each for each in interests if each.ended_on is None],
        "interests_over": [each for each in interests if each.ended_on is not None],
        "routes": list(member.feed_routes.select_related("locality")),
    }


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
