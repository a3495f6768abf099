"""What the checks of the guidance are told of members: numbers and days from every part of the register, no names."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from locality.members import Link, Met, Need
from locality_web.members.membership_record import membership_of
from locality_web.members.models import (
    AccessNeed,
    Arrangement,
    Attendance,
    Connection,
    Meeting,
    Member,
    Notice,
    Organisation,
    Seat,
    SeatTerm,
    SpokenFor,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes(fife, levenmouth, today):
    member = Member.objects.create(partnership=fife, name="Agnes Bell", notices="paper", address="Leven")
    seat = Seat.objects.create(partnership=fife, locality=levenmouth.locality, group="carers", name="Carers")
    SeatTerm.objects.create(seat=seat, member=member, starts=today - dt.timedelta(days=90), chosen="elected")
    return member


@pytest.fixture
def meeting(fife, levenmouth):
    starts = timezone.now() - dt.timedelta(days=3)
    return Meeting.objects.create(
        partnership=fife, locality=levenmouth.locality, kind="group", title="Group", starts=starts,
        ends=starts + dt.timedelta(hours=2), state="held", quorum=4, uid="one",
    )  # fmt: skip


def day_of(meeting):
    return timezone.localtime(meeting.starts).date()


def test_only_those_with_a_vote_on_the_day_count_for_the_quorum(fife, agnes, meeting):
    guest = Member.objects.create(partnership=fife, name="A guest", notices="none")
    for each in (agnes, guest):
        Attendance.objects.create(meeting=meeting, member=each, state="present")

    held = membership_of(fife, ("levenmouth",))

    assert held.meetings == (Met("levenmouth", "group", day_of(meeting), "held", 1, 4),)


def test_a_need_of_somebody_invited_stands_open_until_it_is_arranged(fife, agnes, meeting, today):
    Attendance.objects.create(meeting=meeting, member=agnes, state="coming")
    need = AccessNeed.objects.create(member=agnes, kind="bsl", entered_at=timezone.now() - dt.timedelta(days=30))
    assert membership_of(fife, ()).needs == (Need("levenmouth", "bsl", day_of(meeting), "open"),)

    Arrangement.objects.create(meeting=meeting, need=need, state="arranged", says="Interpreter booked")
    assert [each.state for each in membership_of(fife, ()).needs] == ["arranged"]


def test_a_meeting_that_is_cancelled_arranges_nothing(fife, agnes, meeting):
    Attendance.objects.create(meeting=meeting, member=agnes)
    AccessNeed.objects.create(member=agnes, kind="bsl", entered_at=timezone.now() - dt.timedelta(days=30))
    Meeting.objects.update(state="cancelled")

    assert membership_of(fife, ()).needs == ()


def test_who_is_told_by_post_and_who_was_told(fife, agnes, levenmouth):
    now = timezone.now()
    Notice.objects.create(
        partnership=fife, member=agnes, key="k", subject="s", text="t", way="paper", due_at=now, handed_over_at=now
    )

    held = membership_of(fife, ())

    assert (held.paper, held.told) == ((("levenmouth", 1),), (("levenmouth", 1),))


def test_people_spoken_for_and_connections_are_there_without_names(fife, agnes, levenmouth, today):
    charity = Organisation.objects.create(partnership=fife, name="Lunch club", kind="third-sector")
    SpokenFor.objects.create(
        partnership=fife, locality=levenmouth.locality, organisation=charity, whom="older people", people=14,
        how_asked="At lunch", asked_from=today, asked_to=today, about="Transport", says="No bus after six",
    )  # fmt: skip
    Connection.objects.create(
        partnership=fife, locality=levenmouth.locality, one=agnes, other_organisation=charity, for_what="Lifts",
        made_on=today,
    )  # fmt: skip

    held = membership_of(fife, ())

    assert held.spoken_for == (("levenmouth", 14),)
    assert held.links == (Link("levenmouth", f"m{agnes.pk}", f"o{charity.pk}", today, False),)
    assert "Agnes" not in str(held)
