"""Pages of taking part ask a fixed number of questions, whether two take part or two hundred in nine localities."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories import site, taking_part
from locality_web.members.access_today import due_for
from locality_web.members.models import AccessNeed, Attendance, Connection, Member, Seat, SeatTerm

NINE = tuple(f"Locality {number}" for number in range(9))
MOST = 15


def fill(partnership, each):
    """Give each locality so many members with a seat, two needs and a connection, and meetings that invite them all."""
    body = taking_part.organisation(partnership)
    for locality in partnership.localities.all():
        those = Member.objects.bulk_create(
            Member(partnership=partnership, name=f"Member {number}", address="x") for number in range(each)
        )
        seats = Seat.objects.bulk_create(
            Seat(partnership=partnership, locality=locality, group="carers", name="Seat", votes=False) for _ in those
        )
        SeatTerm.objects.bulk_create(
            SeatTerm(seat=seat, member=who, starts=taking_part.LONG_AGO, chosen="elected")
            for seat, who in zip(seats, those, strict=True)
        )
        AccessNeed.objects.bulk_create(
            AccessNeed(member=who, kind=kind, entered_at=timezone.now() - dt.timedelta(days=9))
            for who in those
            for kind in ("large-print", "transport")
        )
        for _ in range(3):
            meeting = taking_part.meeting(partnership, locality, in_days=7)
            Attendance.objects.bulk_create(Attendance(meeting=meeting, member=who) for who in those)
        Connection.objects.bulk_create(
            Connection(partnership=partnership, locality=locality, one=who, other_organisation=body, for_what="x")
            for who in those
        )


@pytest.fixture
def large(db):
    made = site.partnership("large", "Large", localities=NINE)
    fill(made, 23)
    return made


@pytest.mark.parametrize(
    "page", ["access/", "access/{meeting}/", "access/{meeting}/papers/", "paper/", "connections/", "spoken-for/"]
)
def test_a_page_of_two_hundred_members_asks_few_questions(large, page):
    locality = large.localities.all()[0]
    client = site.signed_in(site.person("planner", large))
    where = page.format(meeting=locality.meetings.all()[0].pk)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/large/localities/{locality.slug}/{where}").status_code == 200

    # Those that record the reading write it: three more, and the two marks of the transaction.
    assert len([one for one in asked if one["sql"].startswith("SELECT")]) <= MOST, "\n".join(
        one["sql"][:150] for one in asked
    )


def test_what_is_due_about_needs_is_asked_once_for_all_localities(large):
    planner = site.person("planner", large)
    roles = list(planner.roles.select_related("partnership"))
    with CaptureQueriesContext(connection) as asked:
        found = due_for(planner, roles)

    assert len(found) == 27
    assert found[0].why.endswith("46 needs of those who are invited: not arranged yet.")
    assert len(asked) <= 3
