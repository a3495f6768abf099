"""Pages of meetings ask as many questions for 200 members as for a few."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories import meetings_site, site
from locality_web.members.models import (
    AgendaItem,
    Attendance,
    GroupDecision,
    Meeting,
    MeetingAction,
    Member,
    Seat,
    SeatTerm,
)

HERE = "/fife/localities/levenmouth/meetings/"
MOST = 15
MOST_OF_A_VISITOR = 12
DAY = dt.timedelta(days=1)


def fill(place, members, meetings):
    """A group of so many on seats, each invited to every meeting, with agenda, minutes, decisions and actions."""
    people = Member.objects.bulk_create(
        Member(partnership=place.partnership, name=f"Member {number}", shown="name", organisation=org)
        for number, org in enumerate([meetings_site.organisation(place.partnership)] * members)
    )
    seats = Seat.objects.bulk_create(
        Seat(partnership=place.partnership, locality=place.locality, group="carers", name=f"Seat {number}")
        for number in range(members)
    )
    today = timezone.localdate()
    SeatTerm.objects.bulk_create(
        SeatTerm(seat=seat, member=person, starts=today - 400 * DAY, chosen="elected")
        for seat, person in zip(seats, people, strict=True)
    )
    for number in range(meetings):
        _meeting(place, people, number)


def _meeting(place, people, number):
    starts = timezone.now() + (30 - 7 * number) * DAY
    state = "called" if number < 4 else "minuted"
    made = Meeting.objects.create(
        partnership=place.partnership,
        locality=place.locality,
        kind="group",
        title=f"Meeting {number}",
        starts=starts,
        ends=starts + dt.timedelta(hours=1),
        uid=f"{place.locality}-{number}",
        state=state,
    )
    Attendance.objects.bulk_create(
        Attendance(meeting=made, member=each, state="present", how="online", invited_at=timezone.now())
        for each in people
    )
    for at in range(1, 13):
        decided = GroupDecision.objects.create(
            partnership=place.partnership,
            locality=place.locality,
            title=f"Decision {at}",
            says="x",
            state="taken" if at % 2 else "announced",
            due_on=timezone.localdate(),
        )
        item = AgendaItem.objects.create(
            meeting=made, order=at, title=f"Item {at}", minutes_text="x", presenter=people[0], decision=decided
        )
        MeetingAction.objects.create(
            meeting=made, item=item, says="Do it", member=people[-1], due_on=timezone.localdate()
        )


def count(client, address):
    with CaptureQueriesContext(connection) as kept:
        answer = client.get(address)
    assert answer.status_code == 200, address
    own = ("SAVEPOINT", "RELEASE", "BEGIN")
    asked = [each["sql"] for each in kept if not each["sql"].startswith(own)]
    return len(asked), "\n".join(each[:200] for each in asked)


@pytest.fixture
def big(fife):
    fill(site.place(fife, "levenmouth"), 200, 8)
    fill(site.place(fife), 40, 3)
    return fife


def meeting_in(state):
    return Meeting.objects.filter(state=state, locality__slug="levenmouth").order_by("starts")[0].pk


def test_a_visitor_opens_meetings_with_few_questions(big):
    client = Client()
    one, past = meeting_in("called"), meeting_in("minuted")
    for page in (HERE, "/fife/meetings/", f"{HERE}{one}/", f"{HERE}{past}/", f"{HERE}meetings.ics"):
        asked, said = count(client, page)
        assert asked <= MOST_OF_A_VISITOR, f"{page}: {asked} queries\n{said}"


@pytest.mark.parametrize("role", ["planner", "lead"])
def test_who_keeps_meetings_opens_their_pages_with_few_questions(big, as_role, role):
    client = as_role(role, None if role == "planner" else "levenmouth")
    one, past = meeting_in("called"), meeting_in("minuted")
    item = AgendaItem.objects.filter(meeting=one)[0].pk
    of_one = ("", "change/", "cancel/", "call/", "answer/", "agenda/", "papers/", "attendance/", "minutes/", "publish/")
    pages = [f"{HERE}{one}/{page}" for page in of_one]
    pages += [f"{HERE}{one}/agenda/{item}/", f"{HERE}{one}/minutes/{item}/action/", f"{HERE}{past}/"]
    for page in [*pages, HERE, f"{HERE}new/", f"{HERE}actions/"]:
        asked, said = count(client, page)
        assert asked <= MOST, f"{page}: {asked} queries\n{said}"


def test_the_number_of_questions_does_not_hang_on_the_number_of_people(fife, planner):
    place = site.place(fife, "levenmouth")
    fill(place, 3, 8)
    client = site.signed_in(planner)
    one = meeting_in("called")
    pages = [HERE, f"{HERE}{one}/", f"{HERE}{one}/attendance/", f"{HERE}{one}/call/", f"{HERE}{one}/minutes/"]
    few = [count(client, page)[0] for page in pages]
    new = Member.objects.bulk_create(Member(partnership=fife, name=f"New {number}") for number in range(30))
    Attendance.objects.bulk_create(Attendance(meeting_id=one, member=each, state="present") for each in new)

    assert [count(client, page)[0] for page in pages] == few
