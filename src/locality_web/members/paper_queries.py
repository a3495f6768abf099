"""Read forms on paper, and who takes part without an account."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from locality_web.core.models import Locality
from locality_web.core.permissions import Place
from locality_web.members.access_models import PaperForm
from locality_web.members.register_models import SeatTerm


def seats_without_account(locality: Locality, day: dt.date | None = None) -> list[SeatTerm]:
    """Give the terms on a locality's voting seats whose holders have no account: they agree on paper.

    Args:
        locality: The locality.
        day: The day; None: today.

    Returns:
        One term for each member, in the order of the seats. Somebody with an account answers on the site, by the role
        that they hold there, and is not among them.
    """
    once: dict[int, SeatTerm] = {}
    named = terms_without_account(locality, day).select_related("member__organisation", "seat__locality__partnership")
    for term in named.order_by("seat__name", "seat_id", "id"):
        once.setdefault(term.member_id, term)
    return list(once.values())


def terms_without_account(locality: Locality, day: dt.date | None = None) -> QuerySet[SeatTerm]:
    """Give the same terms as a query; a member with two seats is there twice."""
    when = day or timezone.localdate()
    return SeatTerm.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=when),
        Q(seat__closed_on__isnull=True) | Q(seat__closed_on__gt=when),
        Q(member__left_on__isnull=True) | Q(member__left_on__gt=when),
        starts__lte=when,
        seat__locality=locality,
        seat__votes=True,
        member__person__isnull=True,
        member__erased_at__isnull=True,
    )


def forms_at(place: Place) -> QuerySet[PaperForm]:
    """Give the paper forms of a place, the newest first: of a locality its own, of a partnership all."""
    forms = PaperForm.objects.filter(partnership=place.partnership)
    if place.locality is not None:
        forms = forms.filter(locality=place.locality)
    return forms.select_related("member", "locality", "printed_by", "keyed_by")
