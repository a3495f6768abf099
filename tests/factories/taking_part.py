"""People on a register and what they need, as far as tests of taking part want them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from locality_web.core.models import Locality, Partnership, Person
from locality_web.members.models import AccessNeed, Attendance, Meeting, Member, Organisation, Seat, SeatTerm

LONG_AGO = dt.date(2020, 4, 1)
ADDRESS = "3 Shore Street\nLeven\nKY8 4AA"


def member(partnership: Partnership, name: str = "Mary Muir", *, shown: str = "nothing", **rest: object) -> Member:
    """Somebody without e-mail, reached by post, who wants neither name nor organisation shown unless said."""
    known = {"address": ADDRESS, "notices": "paper", "joined_on": LONG_AGO, **rest}
    return Member.objects.create(partnership=partnership, name=name, shown=shown, **known)


def organisation(partnership: Partnership, name: str = "Leven Carers", kind: str = "third-sector") -> Organisation:
    return Organisation.objects.get_or_create(partnership=partnership, name=name, defaults={"kind": kind})[0]


def seated(
    who: Member, locality: Locality | None, *, group: str = "carers", name: str = "Carers' seat", **seat: object
):
    """Put somebody on a seat of a locality's group, since long ago."""
    place = Seat.objects.create(
        partnership=who.partnership, locality=locality, group=group, name=name, made_on=LONG_AGO, **seat
    )
    return SeatTerm.objects.create(seat=place, member=who, starts=LONG_AGO, chosen="nominated")


def need(of: Member, kind: str = "large-print", detail: str = "", by: Person | None = None) -> AccessNeed:
    long_ago = timezone.now() - dt.timedelta(days=400)
    return AccessNeed.objects.create(member=of, kind=kind, detail=detail, entered_by=by, entered_at=long_ago)


def meeting(
    partnership: Partnership, locality: Locality | None, *, in_days: int = 14, state: str = "called", **rest: object
) -> Meeting:
    """A meeting of a locality's group some days from now, at two o'clock."""
    day = timezone.localdate() + dt.timedelta(days=in_days)
    starts = timezone.make_aware(dt.datetime.combine(day, dt.time(14)))
    return Meeting.objects.create(
        partnership=partnership,
        locality=locality,
        kind="group",
        title="Meeting of the group",
        starts=starts,
        ends=starts + dt.timedelta(hours=2),
        state=state,
        uid=f"meeting-{Meeting.objects.count() + 1}@example.org",
        **rest,
    )


def invited(to: Meeting, *those: Member) -> None:
    for each in those:
        Attendance.objects.create(meeting=to, member=each, invited_at=timezone.now())
