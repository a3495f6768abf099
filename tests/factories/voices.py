"""People on a register, with seats and feed-in routes, for tests of decisions and of general practice."""

from __future__ import annotations

import datetime as dt
from itertools import count

from django.utils import timezone

from locality_web.core.models import Locality, Partnership
from locality_web.members.models import FeedRoute, Member, Organisation, Seat, SeatTerm

_numbers = count(1)


def member(of: Partnership, name: str = "", **more) -> Member:
    """Somebody on the register; told by e-mail at once and shown by organisation, unless said otherwise."""
    number = next(_numbers)
    known = {"email": f"member{number}@example.org", "notices": "at_once", "shown": "organisation"}
    organisation = more.pop("organisation", None)
    if isinstance(organisation, str):
        organisation, _ = Organisation.objects.get_or_create(
            partnership=of, name=organisation, defaults={"kind": "pharmacy"}
        )
    return Member.objects.create(
        partnership=of, name=name or f"Member {number}", organisation=organisation, **(known | more)
    )


def seat(of: Partnership, locality: Locality | None, group: str, holder: Member | None = None, **term) -> Seat:
    """A seat, with its holder since a year ago."""
    made = Seat.objects.create(partnership=of, locality=locality, group=group, name=f"Seat of {group}")
    if holder is not None:
        known = {"starts": timezone.localdate() - dt.timedelta(days=365), "chosen": "nominated"}
        SeatTerm.objects.create(seat=made, member=holder, **(known | term))
    return made


def route(of: Partnership, locality: Locality | None, group: str, to: Member, **more) -> FeedRoute:
    """A feed-in route since a year ago."""
    known = {"starts": timezone.localdate() - dt.timedelta(days=365), "through": f"Committee of {group}"}
    return FeedRoute.objects.create(partnership=of, locality=locality, group=group, member=to, **(known | more))
