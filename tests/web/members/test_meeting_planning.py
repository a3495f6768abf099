"""Meetings are planned, changed, cancelled and called; whoever is invited hears of each change once."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from factories import meetings_site, site
from locality.foundations import InputRefused, ResultRefused
from locality.members import Pattern
from locality_web.core import jobs
from locality_web.core.models import AuditEvent, Job, PartnershipSetting
from locality_web.core.permissions import NotAllowed
from locality_web.members import meeting_changes as changes
from locality_web.members.meeting_models import Meeting
from locality_web.members.meeting_telling import REMIND, remind
from locality_web.members.models import AccessNeed, LeadTerm, Liaison, Notice, Practice

LONDON = ZoneInfo("Europe/London")
DAY = dt.timedelta(days=1)


@pytest.fixture
def ann(levenmouth):
    return meetings_site.seated(levenmouth, "Ann Reid")


@pytest.fixture
def meeting(planner, levenmouth, ann):
    return meetings_site.planned(planner, levenmouth, "Budget")


def told(key=""):
    return [(each.member.name, each.subject) for each in Notice.objects.filter(key__contains=key).order_by("id")]


def series(planner, levenmouth, count=4):
    details = meetings_site.details(day=dt.date(2027, 10, 12))
    repeat = changes.Repeat(Pattern("week"), dt.date(2027, 10, 12) + (count - 1) * 7 * DAY)
    return changes.plan_meetings(planner, levenmouth, details, repeat)


def local(meetings):
    return [f"{each.starts.astimezone(LONDON):%a %d %b %H:%M}" for each in meetings]


def test_a_series_keeps_its_local_time_when_the_clocks_change(planner, levenmouth):
    made = series(planner, levenmouth)

    assert local(made) == ["Tue 12 Oct 18:30", "Tue 19 Oct 18:30", "Tue 26 Oct 18:30", "Tue 02 Nov 18:30"]
    assert [f"{each.starts.astimezone(dt.UTC):%H:%M}" for each in made] == ["17:30", "17:30", "17:30", "18:30"]
    assert len({each.uid for each in made}) == 4
    assert AuditEvent.objects.last().says == "Planned 4 meetings, the first on 2027-10-12: Meeting of the group"


def test_the_rest_of_a_series_moves_to_another_weekday_over_the_change_of_the_clock(planner, levenmouth):
    made = series(planner, levenmouth)
    details = changes.details_of(made[1])
    wednesday = replace(details, day=dt.date(2027, 10, 20), time=dt.time(19))

    changes.change_meeting(planner, levenmouth, made[1], wednesday, rest=True)

    kept = Meeting.objects.order_by("starts")
    assert local(kept) == ["Tue 12 Oct 18:30", "Wed 20 Oct 19:00", "Wed 27 Oct 19:00", "Wed 03 Nov 19:00"]
    assert [each.sequence for each in kept] == [0, 1, 1, 1]
    assert kept[1].series.rule == "FREQ=WEEKLY;BYDAY=WE"


def test_one_meeting_changes_alone(planner, levenmouth):
    made = series(planner, levenmouth)
    changes.change_meeting(planner, levenmouth, made[1], replace(changes.details_of(made[1]), time=dt.time(10)))

    assert local(Meeting.objects.order_by("starts"))[1:3] == ["Tue 19 Oct 10:00", "Tue 26 Oct 18:30"]


def test_a_change_that_no_calendar_shows_raises_no_number_and_tells_nobody(planner, levenmouth, meeting):
    changes.call_meeting(planner, levenmouth, meeting)
    before = meeting.sequence
    changes.change_meeting(planner, levenmouth, meeting, replace(changes.details_of(meeting), quorum=7))

    assert (meeting.quorum, meeting.sequence, told("changed")) == (7, before, [])


def test_everybody_on_a_seat_of_the_locality_is_invited_once(planner, levenmouth, fife, meeting):
    meetings_site.seated(levenmouth, "Bo Hay", notices="none")
    meetings_site.seated(site.place(fife, "kirkcaldy"), "Kit Orr")

    assert changes.call_meeting(planner, levenmouth, meeting) == 2
    assert changes.call_meeting(planner, levenmouth, meeting) == 0

    day = meeting.starts.astimezone(LONDON)
    assert told() == [("Ann Reid", f"Invitation: Meeting of the group, {day:%-d %B %Y}")]
    assert sorted(each.member.name for each in meeting.attendances.all()) == ["Ann Reid", "Bo Hay"]
    text = Notice.objects.get().text
    assert "1. Budget (discussion, 10 minutes)" in text
    assert "Join online: https://meet.example.org/leven" in text


def test_a_notice_of_a_meeting_says_nothing_personal_in_its_subject(planner, levenmouth, meeting):
    changes.call_meeting(planner, levenmouth, meeting)
    assert "Ann" not in Notice.objects.get().subject


def test_who_takes_a_seat_later_is_invited_later(planner, levenmouth, meeting):
    changes.call_meeting(planner, levenmouth, meeting)
    meetings_site.seated(levenmouth, "Cy Orr")

    assert changes.call_meeting(planner, levenmouth, meeting) == 1
    assert [name for name, _ in told()] == ["Ann Reid", "Cy Orr"]


def test_a_meeting_of_general_practice_invites_liaisons_and_the_lead(planner, levenmouth, fife, today):
    practice = Practice.objects.create(
        partnership=fife, code="21001", name="Leven Surgery", cluster="Leven", locality=levenmouth.locality
    )
    by_practice, by_cluster = (meetings_site.member(fife, name) for name in ("Pam Low", "Cal Roy"))
    Liaison.objects.create(
        partnership=fife, practice=practice, member=by_practice, starts=today - DAY, named_by="planner"
    )
    Liaison.objects.create(partnership=fife, cluster="Leven", member=by_cluster, starts=today - DAY, named_by="planner")
    Liaison.objects.create(
        partnership=fife, cluster="Cupar", member=meetings_site.member(fife, "Far"), starts=today, named_by="planner"
    )
    lead = site.person("lead", fife, "levenmouth")
    meetings_site.member(fife, "Lou Lead", person=lead)
    LeadTerm.objects.create(
        locality=levenmouth.locality, role="lead", name="Lou", person=lead, starts=today, ends=today + 400 * DAY
    )
    made = meetings_site.planned(planner, levenmouth, kind="general-practice")

    changes.call_meeting(planner, levenmouth, made)

    assert [each.member.name for each in made.attendances.order_by("member__name")] == [
        "Cal Roy",
        "Lou Lead",
        "Pam Low",
    ]


def test_the_group_of_the_whole_partnership_meets_too(planner, fife):
    whole = site.place(fife)
    meetings_site.seated(whole, "Una Whole")
    made = meetings_site.planned(planner, whole)

    assert changes.call_meeting(planner, whole, made) == 1
    assert Notice.objects.get().address.startswith("/fife/meetings/answer/")


def test_with_nobody_to_invite_a_meeting_is_not_called(planner, levenmouth):
    with pytest.raises(ResultRefused, match="There is somebody to invite"):
        changes.call_meeting(planner, levenmouth, meetings_site.planned(planner, levenmouth))


def test_a_meeting_that_has_begun_is_not_called(planner, levenmouth, meeting):
    with pytest.raises(ResultRefused, match="It has not begun yet"):
        changes.call_meeting(planner, levenmouth, meetings_site.begun(meeting))


def test_each_change_is_told_once_to_whoever_was_invited(planner, levenmouth, meeting):
    changes.call_meeting(planner, levenmouth, meeting)
    for place in ("Leven hall", "Buckhaven hall"):
        changes.change_meeting(planner, levenmouth, meeting, replace(changes.details_of(meeting), where=place))

    assert [name for name, _ in told("changed")] == ["Ann Reid", "Ann Reid"]
    assert "Where: Buckhaven hall" in Notice.objects.last().text
    assert meeting.sequence == 3


def test_a_cancelled_meeting_says_why_to_whoever_was_invited(planner, levenmouth, meeting):
    changes.call_meeting(planner, levenmouth, meeting)
    changes.cancel_meeting(planner, levenmouth, meeting, "The library is closed.")

    assert meeting.state == "cancelled"
    assert "Why: The library is closed." in Notice.objects.last().text
    with pytest.raises(InputRefused):
        changes.change_meeting(planner, levenmouth, meeting, meetings_site.details())


def test_the_rest_of_a_series_is_cancelled_and_what_was_before_stays(planner, levenmouth):
    made = series(planner, levenmouth)
    changes.cancel_meeting(planner, levenmouth, made[2], "No money.", rest=True)

    assert [each.state for each in Meeting.objects.order_by("starts")] == [
        "planned",
        "planned",
        "cancelled",
        "cancelled",
    ]


def test_a_cancelling_without_a_reason_is_refused_and_nothing_changes(planner, levenmouth, meeting):
    with pytest.raises(ResultRefused, match="A reason is written down"):
        changes.cancel_meeting(planner, levenmouth, meeting, " ")
    meeting.refresh_from_db()
    assert meeting.state == "planned"


def test_only_who_may_meet_there_plans_meetings(fife, levenmouth):
    for role, where in (("member", "levenmouth"), ("lead", "kirkcaldy")):
        with pytest.raises(NotAllowed):
            changes.plan_meetings(site.person(role, fife, where), levenmouth, meetings_site.details())
    assert changes.plan_meetings(site.person("lead", fife, "levenmouth"), levenmouth, meetings_site.details())


def test_what_goes_wrong_half_way_leaves_nothing_behind(planner, levenmouth, meeting, monkeypatch):
    monkeypatch.setattr(changes, "record_event", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        changes.call_meeting(planner, levenmouth, meeting)

    assert not Notice.objects.exists()
    assert not Job.objects.filter(kind=REMIND).exists()
    assert Meeting.objects.get(pk=meeting.pk).state == "planned"


def reminders():
    return list(Job.objects.filter(kind=REMIND).order_by("id"))


def test_everybody_who_is_invited_is_reminded_once_so_many_days_before(planner, levenmouth, meeting):
    changes.call_meeting(planner, levenmouth, meeting)
    (job,) = reminders()

    assert job.run_after == meeting.starts - 3 * DAY
    assert remind(job) == f"Reminded 1 person of the meeting of {meeting.starts.astimezone(LONDON).date()}."
    assert remind(job) == f"Reminded 0 people of the meeting of {meeting.starts.astimezone(LONDON).date()}."
    assert [name for name, _ in told("reminder")] == ["Ann Reid"]


def test_who_sent_apologies_is_not_reminded(planner, levenmouth, meeting):
    changes.call_meeting(planner, levenmouth, meeting)
    meeting.attendances.update(state="apologies")

    remind(reminders()[0])
    assert told("reminder") == []


def test_a_meeting_that_was_moved_is_reminded_of_at_its_new_time_alone(planner, levenmouth, meeting):
    changes.call_meeting(planner, levenmouth, meeting)
    details = changes.details_of(meeting)
    changes.change_meeting(planner, levenmouth, meeting, replace(details, day=details.day + 7 * DAY))
    old, new = reminders()

    assert remind(old) == "The meeting was moved, cancelled or held; nobody was reminded."
    assert remind(new).startswith("Reminded 1 person")


def test_a_partnership_may_want_no_reminders(planner, levenmouth, fife, meeting):
    PartnershipSetting.objects.create(
        partnership=fife, name="members.meeting_reminder_days", value=0, reason="Too many letters."
    )
    fresh = site.place(type(fife).objects.get(pk=fife.pk), "levenmouth")
    changes.call_meeting(planner, fresh, Meeting.objects.select_related("partnership", "locality").get())

    assert reminders() == []


def test_the_background_worker_knows_the_reminder():
    assert jobs.kind_named(REMIND).says == "Remind those who are invited to a meeting, some days before."


def test_the_page_says_how_much_of_what_people_need_is_arranged_and_whose_it_is_stands_elsewhere(
    client, planner, levenmouth, meeting, ann
):
    AccessNeed.objects.create(member=ann, kind="bsl", entered_at=timezone.now() - DAY)
    address = f"/fife/localities/levenmouth/meetings/{meeting.pk}/"
    text = site.signed_in(planner).get(address).content.decode()

    assert "Still to arrange: 1." in text
    assert f"/fife/localities/levenmouth/access/{meeting.pk}/" in text
    assert "British Sign Language interpreter: still to be arranged" in text
    assert "Ann Reid" not in text
    assert "arrange" not in client.get(address).content.decode()


def test_it_is_a_meeting_in_time(meeting):
    assert meeting.ends - meeting.starts == dt.timedelta(minutes=90)
    assert meeting.starts > timezone.now()
