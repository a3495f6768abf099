"""A register, made as the site itself makes it, and samples of its addresses."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from locality_web.core.models import Locality, Partnership
from locality_web.core.permissions import Place
from locality_web.members.models import (
    Approach,
    FeedRoute,
    Interest,
    Member,
    Organisation,
    OwnKind,
    Seat,
    SeatTerm,
)
from locality_web.members.register_people import Details, SeatWanted
from locality_web.members.register_seats import Sitting

DAY = dt.timedelta(days=1)


def details(name: str = "Cy Low", **more: Any) -> Details:
    """Somebody who is reached by post, unless more is said."""
    usual = {"address": "1 High Street\nLeven", "notices": "paper"} if "email" not in more else {"notices": "at_once"}
    return Details(name, **{**usual, **more})


def wanted(
    group: str = "carers", *, starts: dt.date | None = None, ends: dt.date | None = None, **more: Any
) -> SeatWanted:
    """A new seat for a group, from today on unless more is said."""
    return SeatWanted(Sitting(starts or timezone.localdate(), "elected", ends), group=group, **more)


def samples(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """Give the arguments of each address of the register by its name: at the first locality, and at the partnership."""
    locality = partnership.localities.all()[0]
    kind, _ = OwnKind.objects.get_or_create(partnership=partnership, what="group", code="pubs", name="Pubs", why="Yes.")
    body, _ = Organisation.objects.get_or_create(partnership=partnership, name="A body", kind="council")
    at_home = {"partnership": partnership.slug}
    found: dict[str, dict[str, Any]] = {
        **{f"members:{name}": at_home for name in ("coverage", "coverage_csv", "kinds", "organisations")},
        **{f"members:{name}": {**at_home, "kind": kind.pk} for name in ("kind_rename", "kind_retire")},
        **{
            f"members:{name}": {**at_home, "organisation": body.pk}
            for name in ("organisation_edit", "organisation_end")
        },
    }
    for prefix, place in (("", Place(partnership, locality)), ("partnership_", Place(partnership))):
        where = {**at_home, "locality": locality.slug} if place.locality else at_home
        found |= {f"members:{prefix}{name}": {**where, **rest} for name, rest in _of_place(place).items()}
    return found


def _of_place(place: Place) -> dict[str, dict[str, Any]]:
    member, _ = Member.objects.get_or_create(partnership=place.partnership, name=f"Sample of {place.name}")
    own = {"partnership": place.partnership, "locality": place.locality}
    seat, _ = Seat.objects.get_or_create(**own, group="carers", name="Carers")
    term, _ = SeatTerm.objects.get_or_create(
        seat=seat, member=member, chosen="elected", defaults={"starts": dt.date(2020, 4, 1)}
    )
    interest, _ = Interest.objects.get_or_create(member=member, says="Runs a shop.")
    asked, _ = Approach.objects.get_or_create(**own, group="housing", kind="invited", whom="A body")
    route, _ = FeedRoute.objects.get_or_create(
        **own, group="dentistry", through="A committee", member=member, defaults={"starts": dt.date(2020, 4, 1)}
    )
    by_member = ("member", "member_edit", "member_leave", "member_erase", "interest_add")
    bare = ("group", "register", "member_add", "register_import", "seat_add", "approach_add", "route_add")
    return {
        **{name: {} for name in bare},
        **{name: {"form": "csv"} for name in ("register_export", "register_template")},
        **{name: {"member": member.pk} for name in by_member},
        **{name: {"seat": seat.pk} for name in ("seat_appoint", "seat_close")},
        **{name: {"term": term.pk} for name in ("term_extend", "term_end")},
        "interest_end": {"interest": interest.pk},
        "approach": {"approach": asked.pk},
        "route_end": {"route": route.pk},
    }


def many(partnership: Partnership, localities: list[Locality], people: int) -> None:
    """Put a number of people onto the register of each locality, on seats of every group in turn."""
    from locality_web.members.kinds import groups_of

    groups = [each.code for each in groups_of(partnership)]
    body, _ = Organisation.objects.get_or_create(partnership=partnership, name="A big body", kind="council")
    today = timezone.localdate()
    for locality in localities:
        members = Member.objects.bulk_create(
            Member(partnership=partnership, name=f"Person {number} of {locality}", organisation=body, shown="name")
            for number in range(people)
        )
        seats = Seat.objects.bulk_create(
            Seat(partnership=partnership, locality=locality, group=groups[number % len(groups)], name=f"Seat {number}")
            for number in range(people)
        )
        SeatTerm.objects.bulk_create(
            SeatTerm(seat=seat, member=member, starts=today - 100 * DAY, ends=today + number * DAY, chosen="elected")
            for number, (seat, member) in enumerate(zip(seats, members, strict=True), start=1)
        )
