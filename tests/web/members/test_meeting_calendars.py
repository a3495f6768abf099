"""Calendar files hold the meetings as they are: name, number of changes, hour by its time zone."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings
from icalendar import Calendar

from factories import meetings_site, site
from locality.members import Pattern
from locality_web.members import meeting_changes as changes
from locality_web.members.meeting_calendar import calendar_of
from locality_web.members.models import Meeting, Member

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def ann(levenmouth):
    return meetings_site.seated(levenmouth, "Ann Reid")


@pytest.fixture
def meeting(planner, levenmouth, ann):
    return meetings_site.planned(planner, levenmouth, "Budget")


def events(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return [each for each in Calendar.from_ical(answer.content).walk("VEVENT")]


def over_the_clock(planner, levenmouth):
    details = meetings_site.details(day=dt.date(2027, 10, 26))
    return changes.plan_meetings(planner, levenmouth, details, changes.Repeat(Pattern("week"), dt.date(2027, 11, 2)))


def test_a_file_read_back_holds_the_same_hours_on_both_sides_of_a_change_of_the_clock(planner, levenmouth):
    made = over_the_clock(planner, levenmouth)
    calendar = Calendar.from_ical(calendar_of(made, name="Meetings", invited=False))

    found = [each.decoded("dtstart") for each in calendar.walk("VEVENT")]
    assert [f"{each:%d %b %H:%M} {each.utcoffset()}" for each in found] == [
        "26 Oct 18:30 1:00:00",
        "02 Nov 18:30 0:00:00",
    ]
    assert [each.astimezone(dt.UTC) for each in found] == [each.starts for each in made]


def test_the_file_carries_the_rules_of_its_time_zone_for_calendars_that_have_none(planner, levenmouth):
    made = over_the_clock(planner, levenmouth)
    (zone,) = Calendar.from_ical(calendar_of(made, name="Meetings", invited=False)).walk("VTIMEZONE")
    rules = zone.to_tz(lookup_tzid=False)

    for each in made:
        local = each.starts.astimezone(LONDON).replace(tzinfo=None)
        assert rules.utcoffset(local) == each.starts.astimezone(LONDON).utcoffset()


def test_a_meeting_keeps_its_name_and_every_change_raises_its_number(client, planner, levenmouth, meeting):
    address = f"/fife/localities/levenmouth/meetings/{meeting.pk}/calendar.ics"
    seen = []

    def see():
        (event,) = events(client.get(address))
        seen.append((str(event["uid"]), int(event["sequence"]), str(event["status"])))

    see()
    changes.call_meeting(planner, levenmouth, meeting)
    see()
    details = changes.details_of(meeting)
    changes.change_meeting(planner, levenmouth, meeting, replace(details, where="Buckhaven"))
    see()
    changes.cancel_meeting(planner, levenmouth, meeting, "Snow.")
    see()

    assert {uid for uid, _, _ in seen} == {meeting.uid}
    assert [(number, status) for _, number, status in seen] == [
        (0, "TENTATIVE"),
        (1, "CONFIRMED"),
        (2, "CONFIRMED"),
        (3, "CANCELLED"),
    ]


def test_only_whoever_is_invited_reads_how_to_join(client, planner, levenmouth, meeting, ann):
    public = events(client.get(f"/fife/localities/levenmouth/meetings/{meeting.pk}/calendar.ics"))[0]
    assert "meet.example.org" not in public["description"]
    assert public["location"] == "Leven library"

    changes.call_meeting(planner, levenmouth, meeting)
    address = ann.told.get().address
    mine = events(client.get(f"{address}calendar.ics"))[0]
    assert "Join online: https://meet.example.org/leven" in mine["description"]
    assert "1. Budget (discussion, 10 minutes)" in mine["description"]


def test_the_feed_of_a_locality_has_its_public_meetings_and_the_partnerships_has_all(client, planner, fife, meeting):
    levenmouth, kirkcaldy = (site.place(fife, name) for name in ("levenmouth", "kirkcaldy"))
    meetings_site.planned(planner, levenmouth, title="Behind closed doors", public=False)
    meetings_site.planned(planner, kirkcaldy, title="Kirkcaldy meets")
    meetings_site.planned(planner, site.place(fife), title="All of Fife meets")

    here = events(client.get("/fife/localities/levenmouth/meetings/meetings.ics"))
    assert [str(each["summary"]) for each in here] == ["Meeting of the group"]
    everywhere = events(client.get("/fife/meetings/meetings.ics"))
    assert {str(each["summary"]) for each in everywhere} == {
        "Meeting of the group",
        "Kirkcaldy meets",
        "All of Fife meets",
    }


@pytest.fixture
def person(fife, ann):
    made = site.person("member", fife, "levenmouth")
    Member.objects.filter(pk=ann.pk).update(person=made)
    return made


def private_address(person):
    text = site.signed_in(person).get("/fife/meetings/my-calendar/").content.decode()
    return text.partition('readonly value="')[2].partition('"')[0].partition("/fife/")[2]


def test_a_members_own_calendar_has_all_their_meetings_with_how_to_join(client, planner, levenmouth, person):
    mine = meetings_site.planned(planner, levenmouth, title="Behind closed doors", public=False)
    changes.call_meeting(planner, levenmouth, mine)
    meetings_site.planned(planner, levenmouth, title="Not called yet")

    found = events(client.get(f"/fife/{private_address(person)}"))
    assert [str(each["summary"]) for each in found] == ["Behind closed doors"]
    assert "Join online: https://meet.example.org/leven" in found[0]["description"]


def test_the_address_of_a_private_calendar_can_be_closed(client, person):
    before = private_address(person)
    assert client.get(f"/fife/{before}").status_code == 200

    site.signed_in(person).post("/fife/meetings/my-calendar/")

    after = private_address(person)
    assert after != before
    assert client.get(f"/fife/{before}").status_code == 404
    assert client.get(f"/fife/{after}")["Cache-Control"] == "private, no-store"


def test_nobody_guesses_the_calendar_of_another(client, person):
    address = private_address(person)
    token = address.split("/")[-2]
    wrong = ("A" if token[0] != "A" else "B") + token[1:]
    assert client.get(f"/fife/{address.replace(token, wrong)}").status_code == 404


def test_one_who_is_not_on_the_register_has_no_calendar(fife):
    text = site.signed_in(site.person("participant", fife)).get("/fife/meetings/my-calendar/").content.decode()
    assert "You are not on the register of Fife" in text


@override_settings(SITE_ADDRESS="https://plans.example.org")
def test_a_calendar_leads_to_the_page_of_the_meeting_on_this_site(meeting):
    (event,) = Calendar.from_ical(calendar_of([meeting], name="x", invited=False)).walk("VEVENT")
    assert str(event["url"]) == f"https://plans.example.org/fife/localities/levenmouth/meetings/{meeting.pk}/"
    assert Meeting.objects.count() == 1
