"""Who is told of a matter: those who sit in a locality's group today, or in any group of the partnership."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from locality_web.core.permissions import Place
from locality_web.members.register_models import Member, SeatTerm


def seated(place: Place) -> list[Member]:
    """Give the members who sit in a place's group today, each once; at the partnership, in its own group."""
    return _sitting(_running(place).filter(seat__locality=place.locality))


def seated_anywhere(place: Place) -> list[Member]:
    """Give the members who sit in any group of a partnership today, each once."""
    return _sitting(_running(place))


def _running(place: Place) -> QuerySet[SeatTerm]:
    today = timezone.localdate()
    still = Q(ends__isnull=True) | Q(ends__gte=today)
    return SeatTerm.objects.filter(still, seat__partnership=place.partnership, starts__lte=today)


def _sitting(terms: QuerySet[SeatTerm]) -> list[Member]:
    return list(Member.objects.filter(pk__in=terms.values("member"), erased_at__isnull=True))
