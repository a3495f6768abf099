"""Read how priorities come about: the method as it was frozen, the ballots, and what may be ranked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.utils import timezone

from locality.voice.priorities import Candidate, FrozenMethod, MethodKind, PriorityMethod, Ranking, Scores, method_kinds
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.members.models import Member, SeatTerm
from locality_web.voice.sense.models import Prioritising, PriorityBallot, Theme

_NOT_HERE = {"dividing"}
"""A divided sum gives amounts and no order; it has conversations of its own."""


def kinds_offered(on: dt.date) -> tuple[tuple[MethodKind, ...], int]:
    """Give the methods that can be chosen for priorities, and the fewest ballots of which a result is given."""
    kinds, least = method_kinds(on)
    return tuple(each for each in kinds if each.code not in _NOT_HERE), least


def choice_at(place: Place, pk: int) -> Prioritising:
    """Give a choice of priorities of a locality.

    Raises:
        Http404: There is none.
    """
    found = Prioritising.objects.filter(locality=place.locality, pk=pk).first()
    if found is None or place.locality is None:
        raise Http404(f"There is no choice of priorities {pk} of {place.name}.")
    found.locality = place.locality
    return found


def themes_open(place: Place) -> list[Theme]:
    """Give the themes that can be ranked in a locality, with how many views were settled in each."""
    assert place.locality is not None
    held = Q(conversation__held_by=place.locality) | Q(conversation__held_by__isnull=True)
    there = Theme.objects.filter(held, conversation__partnership=place.partnership, ended_at__isnull=True)
    asked = Q(conversation__localities__isnull=True) | Q(conversation__localities=place.locality)
    counted = there.filter(asked).annotate(views=Count("codes", filter=Q(codes__reading__settled=True), distinct=True))
    return list(counted.select_related("conversation").order_by("-views", "name").distinct())


def method_of(choice: Prioritising) -> PriorityMethod:
    """Give the method of a choice as the library counts by it."""
    kept: dict[str, Any] = dict(choice.method)
    kept["candidates"] = tuple(Candidate(each["code"], each["name"]) for each in kept.get("candidates", ()))
    kept["lot"] = tuple(kept.get("lot", ()))
    return PriorityMethod(**kept)


def frozen_of(choice: Prioritising) -> FrozenMethod:
    """Give the method as it was frozen, with the hash that was published then."""
    day = timezone.localdate(choice.frozen_at) if choice.frozen_at else timezone.localdate()
    return FrozenMethod(method_of(choice), day, choice.sha256)


def ballots_of(choice: Prioritising, kind: str) -> list[Ranking] | list[Scores]:
    """Give the ballots as the library counts them; nothing tells whose they are."""
    rows: Iterable[PriorityBallot] = choice.ballots.order_by("id")
    if kind == "score":
        return [Scores(row.channel, tuple((str(code), int(score)) for code, score in row.says)) for row in rows]
    return [Ranking(row.channel, tuple(tuple(map(str, level)) for level in row.says)) for row in rows]


def own_ballot(choice: Prioritising, person: Person) -> PriorityBallot | None:
    """Give the ballot that a person cast, or that somebody recorded for the member who they are."""
    return choice.ballots.filter(Q(by=person) | Q(member__person=person)).first()


def member_of(choice: Prioritising, person: Person) -> Member | None:
    """Give whom the register knows as this person here."""
    return Member.objects.filter(partnership=choice.locality.partnership, person=person, erased_at__isnull=True).first()


def group_of(choice: Prioritising) -> list[Member]:
    """Give the members who sit in the locality's group today, in order of name."""
    today = timezone.localdate()
    terms = SeatTerm.objects.filter(seat__locality=choice.locality, starts__lte=today)
    running = terms.filter(Q(ends__isnull=True) | Q(ends__gte=today))
    return list(Member.objects.filter(pk__in=running.values("member"), erased_at__isnull=True).order_by("name"))
