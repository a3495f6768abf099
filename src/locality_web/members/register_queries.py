"""Read the register: who may be seen where, the terms of all seats, and which groups have a voice."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from locality.members import RegisterKinds, Route, Seen, Term, Voice, cover, cover_all
from locality_web.core.models import Locality, Partnership
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.remembered import ANEW, Reader
from locality_web.members.kinds import groups_of, organisation_kinds_of
from locality_web.members.practice_models import Liaison
from locality_web.members.register_models import FeedRoute, Member, Seat, SeatTerm
from locality_web.members.register_place import code_of

_FROM = ("members",)


def membership_terms(partnership: Partnership, memory: Reader = ANEW) -> tuple[Term, ...]:
    """Give all terms of a partnership's seats, and the seats that nobody was ever on, as the library knows them."""

    def read() -> tuple[Term, ...]:
        seats = partnership.seats.order_by("pk").values_list(
            *("pk", "locality__code", "group", "closed_on", "terms__member", "terms__starts", "terms__ends")
        )
        return tuple(
            Term(pk, code or "", group, member, starts, ends, closed)
            for pk, code, group, closed, member, starts, ends in seats
        )

    return memory.read(("members.terms",), _FROM, read)


def membership_routes(partnership: Partnership, memory: Reader = ANEW) -> tuple[Route, ...]:
    """Give all feed-in routes of a partnership as the library knows them."""

    def read() -> tuple[Route, ...]:
        routes = partnership.feed_routes.values_list("locality__code", "group", "starts", "ends")
        return tuple(Route(code or "", group, starts, ends) for code, group, starts, ends in routes)

    return memory.read(("members.routes",), _FROM, read)


def seen(partnership: Partnership, memory: Reader = ANEW) -> Seen:
    """Give what coverage is seen from, as of today."""
    return Seen(
        groups_of(partnership, memory),
        membership_terms(partnership, memory),
        membership_routes(partnership, memory),
        timezone.localdate(),
        int(read_setting(partnership, "members.seat_warning_days")),
    )


def coverage_of(place: Place, memory: Reader = ANEW) -> tuple[Voice, ...]:
    """Say which groups have a voice in a locality's group, or in the whole partnership's."""
    return cover(seen(place.partnership, memory), code_of(place.locality))


def coverage_of_all(partnership: Partnership, memory: Reader = ANEW) -> dict[str, tuple[Voice, ...]]:
    """Say which groups have a voice in each locality of today, by its code."""
    codes = [each.code for each in localities_today(partnership)]
    return cover_all(seen(partnership, memory), codes)


def localities_today(partnership: Partnership) -> QuerySet[Locality]:
    """Give the localities that there are today."""
    return partnership.localities.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=timezone.localdate()))


def members_at(place: Place) -> QuerySet[Member]:
    """Give the members who belong to a place: who sits or sat there, liaisons of its practices, and whom routes name.

    At the partnership: everybody. Those who were erased stand nowhere.
    """
    found = Member.objects.filter(partnership=place.partnership, erased_at__isnull=True)
    if place.locality is None:
        return found
    here = (
        Q(pk__in=SeatTerm.objects.filter(seat__locality=place.locality).values("member"))
        | Q(pk__in=FeedRoute.objects.filter(locality=place.locality).values("member"))
        | Q(pk__in=Liaison.objects.filter(practice__locality=place.locality).values("member"))
    )
    return found.filter(here)


def is_elsewhere(place: Place, member: Member) -> bool:
    """Say whether a member still sits, or is a contact, outside a locality; at the partnership nothing is outside."""
    if place.locality is None:
        return False
    today = timezone.localdate()
    still = Q(ends__isnull=True) | Q(ends__gte=today)
    elsewhere = ~Q(seat__locality=place.locality) | Q(seat__locality__isnull=True)
    if member.terms.filter(still).filter(elsewhere).exists():
        return True
    routes = member.feed_routes.filter(still).exclude(locality=place.locality).exists()
    return routes or member.liaisons.filter(still).exclude(practice__locality=place.locality).exists()


def seats_with_terms(place: Place) -> list[Seat]:
    """Give the open seats of a place with their terms and holders, in the order of the groups; two queries."""
    today = timezone.localdate()
    order = {each.code: number for number, each in enumerate(groups_of(place.partnership))}
    found = Seat.objects.filter(partnership=place.partnership, locality=place.locality)
    kept = found.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today)).prefetch_related("terms__member")
    return sorted(kept, key=lambda each: (order.get(each.group, len(order)), each.name, each.pk))


def register_kinds(place: Place) -> RegisterKinds:
    """Give the words that a file of a place's register may use."""
    localities = {each.code: each.name for each in localities_today(place.partnership)}
    return RegisterKinds(
        groups_of(place.partnership),
        organisation_kinds_of(place.partnership),
        {**localities, "": place.partnership.name},
        here=code_of(place.locality) if place.locality else None,
    )
