"""A partnership with as many people, seats, meetings and papers as a site may ever hold, made in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from django.utils import timezone

from factories import register_site
from locality_web.core.models import Locality, Partnership
from locality_web.members.models import (
    AccessNeed,
    Attendance,
    Connection,
    GroupDecision,
    Liaison,
    Meeting,
    Member,
    Notice,
    Practice,
    ProfessionAsked,
)

DAY = dt.timedelta(days=1)
MEETINGS, PRACTICES, DECISIONS, PAIRS, NEEDS = 8, 20, 12, 40, 50
"""For each locality: half of the meetings are over; everybody on a seat was invited to each of them."""


def gather(of: Partnership, people: int, *, busy: bool = False) -> None:
    """Put so many people on seats of each locality, with its meetings; `busy`: with all other work of the room too."""
    localities = list(of.localities.all())
    register_site.many(of, localities, people)
    Meeting.objects.bulk_create(_meeting(of, each, number) for each in localities for number in range(MEETINGS))
    if not busy:
        return
    for locality in localities:
        members = list(Member.objects.filter(terms__seat__locality=locality).order_by("pk"))
        _invite(locality, members)
        _practices(of, locality, members)
        _decisions(of, locality, members)
        _connections(of, locality, members)
        AccessNeed.objects.bulk_create(AccessNeed(member=each, kind="large-print") for each in members[:NEEDS])
        Notice.objects.bulk_create(
            Notice(partnership=of, member=each, key=f"{locality}-{each.pk}", subject="A meeting", text="Come.",
                   way=Member.Notices.PAPER, due_at=timezone.now())
            for each in members[:NEEDS]
        )  # fmt: skip


def _meeting(of: Partnership, locality: Locality, number: int) -> Meeting:
    starts = timezone.now() + (14 + 28 * (number - MEETINGS // 2)) * DAY
    state = "called" if starts > timezone.now() else "minuted"
    return Meeting(
        partnership=of, locality=locality, kind="group", title=f"Meeting {number}", starts=starts,
        ends=starts + dt.timedelta(hours=1), uid=f"{of.slug}-{locality.slug}-{number}", state=state,
    )  # fmt: skip


def _invite(locality: Locality, members: Sequence[Member]) -> None:
    now = timezone.now()
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, member=each, state="present", how="online", invited_at=now)
        for meeting in locality.meetings.all()
        for each in members
    )


def _practices(of: Partnership, locality: Locality, members: Sequence[Member]) -> None:
    made = Practice.objects.bulk_create(
        Practice(partnership=of, locality=locality, code=f"{locality.slug}-{number}", name=f"Practice {number}")
        for number in range(PRACTICES)
    )
    Liaison.objects.bulk_create(
        Liaison(partnership=of, practice=practice, member=member, starts=timezone.localdate() - DAY, named_by="planner")
        for practice, member in zip(made[: PRACTICES // 2], members, strict=False)
    )


def _decisions(of: Partnership, locality: Locality, members: Sequence[Member]) -> None:
    now, today = timezone.now(), timezone.localdate()
    made = GroupDecision.objects.bulk_create(
        GroupDecision(
            partnership=of, locality=locality, title=f"Decision {number}", says="What is to be decided.",
            due_on=today + (number - DECISIONS // 2) * DAY, state="announced", announced_at=now,
            professions=["pharmacy"],
        )
        for number in range(DECISIONS)
    )  # fmt: skip
    ProfessionAsked.objects.bulk_create(
        ProfessionAsked(decision=decision, group="pharmacy", member=each, token_hash=f"{decision.pk}-{each.pk}")
        for decision in made
        for each in members[:5]
    )


def _connections(of: Partnership, locality: Locality, members: Sequence[Member]) -> None:
    Connection.objects.bulk_create(
        Connection(partnership=of, locality=locality, one=one, other=other, for_what="A lunch club.")
        for one, other in pairwise(members[: PAIRS + 1])
    )
