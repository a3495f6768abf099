"""Notices: one for each member and cause, by the means that each of them chose, and never two."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.db import transaction
from django.db.transaction import TransactionManagementError

from factories import site
from locality.foundations import InputRefused
from locality_web.core import jobs
from locality_web.core.jobs_loop import work_off
from locality_web.core.models import AuditEvent, Job
from locality_web.members.notice_changes import choose_notices, forget_notices
from locality_web.members.notice_models import Notice
from locality_web.members.notice_times import due_at
from locality_web.members.notices import Telling, notify
from web.members.notices_by_hand import member, tell

pytestmark = pytest.mark.django_db
UK = ZoneInfo("Europe/London")


def let_days_pass(days: int) -> None:
    """Move what is due forward, as if the days had passed."""
    past = dt.timedelta(days=days)
    for each in Notice.objects.filter(handed_over_at=None):
        Notice.objects.filter(pk=each.pk).update(due_at=each.due_at - past)
    for each in Job.objects.filter(state="waiting"):
        Job.objects.filter(pk=each.pk).update(run_after=each.run_after - past)


def test_a_member_who_wants_mail_at_once_gets_one_mail_for_each_notice(fife, levenmouth):
    ann = member(fife, "Ann Reid")

    tell(levenmouth, [ann])
    tell(levenmouth, [ann], "plan:leven:2026/27:open", "A plan is open for comments")
    work_off()

    assert [each.subject for each in outbox.outbox] == ["A meeting is called", "A plan is open for comments"]
    assert outbox.outbox[0].to == ["ann.reid@example.org"]
    assert outbox.outbox[0].body.startswith("Dear Ann Reid,\n\nThe group meets on Tuesday.")
    assert "http://127.0.0.1:8000/fife/\n" in outbox.outbox[0].body


def test_nobody_is_told_of_one_cause_twice(fife, levenmouth):
    ann, ben = member(fife, "Ann Reid"), member(fife, "Ben Shaw")

    assert tell(levenmouth, [ann]) == 1
    assert tell(levenmouth, [ann, ben]) == 1
    work_off()

    assert sorted(each.to[0] for each in outbox.outbox) == ["ann.reid@example.org", "ben.shaw@example.org"]


def test_a_daily_digest_gathers_what_is_due_into_one_mail(fife, levenmouth):
    ann = member(fife, "Ann Reid", "daily")
    tell(levenmouth, [ann], "meeting:1")
    tell(levenmouth, [ann], "meeting:2", "A meeting is cancelled")
    work_off()
    assert outbox.outbox == []

    let_days_pass(1)
    work_off()

    assert [each.subject for each in outbox.outbox] == ["2 notices from Fife"]
    assert "A MEETING IS CALLED" in outbox.outbox[0].body
    assert "A MEETING IS CANCELLED" in outbox.outbox[0].body
    let_days_pass(1)
    work_off()
    assert len(outbox.outbox) == 1


@pytest.mark.parametrize(
    ("way", "caused", "due"),
    [
        ("at_once", dt.datetime(2026, 11, 22, 19, 0, tzinfo=UK), dt.datetime(2026, 11, 22, 19, 0, tzinfo=UK)),
        ("daily", dt.datetime(2026, 11, 22, 19, 0, tzinfo=UK), dt.datetime(2026, 11, 23, 7, 0, tzinfo=UK)),
        ("daily", dt.datetime(2026, 11, 23, 6, 59, tzinfo=UK), dt.datetime(2026, 11, 23, 7, 0, tzinfo=UK)),
        ("weekly", dt.datetime(2026, 11, 23, 6, 59, tzinfo=UK), dt.datetime(2026, 11, 23, 7, 0, tzinfo=UK)),
        ("weekly", dt.datetime(2026, 11, 23, 8, 0, tzinfo=UK), dt.datetime(2026, 11, 30, 7, 0, tzinfo=UK)),
        # The clock goes back on Sunday 25 October: seven o'clock stays seven o'clock.
        ("daily", dt.datetime(2026, 10, 24, 19, 0, tzinfo=UK), dt.datetime(2026, 10, 25, 7, 0, tzinfo=UK)),
        ("paper", dt.datetime(2026, 11, 22, 19, 0, tzinfo=UK), dt.datetime(2026, 11, 22, 19, 0, tzinfo=UK)),
    ],
    ids=["at-once", "daily-evening", "daily-early", "weekly-monday-early", "weekly-monday-late", "clock", "paper"],
)
def test_when_a_notice_is_due(way, caused, due):
    assert due_at(way, caused) == due


def test_who_left_or_wants_no_notices_is_passed_over(fife, levenmouth, today):
    ann = member(fife, "Ann Reid", "none")
    ben = member(fife, "Ben Shaw", left_on=today)

    assert tell(levenmouth, [ann, ben]) == 0


def test_who_chose_mail_without_an_address_is_told_by_post(fife, levenmouth):
    ann = member(fife, "Ann Reid", email="")

    tell(levenmouth, [ann])

    assert Notice.objects.get().way == "paper"


def test_a_notice_must_be_written_with_its_cause(fife, levenmouth, transactional_db):
    with pytest.raises(TransactionManagementError):
        notify(levenmouth, [member(fife, "Ann Reid")], Telling("k", "s", "t"))


def test_when_its_cause_is_undone_no_notice_is_left(fife, levenmouth):
    ann = member(fife, "Ann Reid")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify(levenmouth, [ann], Telling("k", "s", "t"))
        raise ZeroDivisionError

    assert (Notice.objects.count(), Job.objects.count()) == (0, 0)


def test_another_choice_holds_for_what_was_not_sent_yet(fife, levenmouth, planner):
    ann = member(fife, "Ann Reid", "weekly")
    tell(levenmouth, [ann])

    choose_notices(planner, ann, "at_once")
    work_off()

    assert [each.subject for each in outbox.outbox] == ["A meeting is called"]
    says = AuditEvent.objects.get(kind="members.notices_chosen").says
    assert says == f"Set how member {ann.pk} is told: by e-mail, each at once"


def test_who_chooses_no_notices_gets_none_of_those_that_wait(fife, levenmouth, planner):
    ann = member(fife, "Ann Reid", "weekly")
    tell(levenmouth, [ann])

    choose_notices(planner, ann, "none")
    let_days_pass(9)
    work_off()

    assert (outbox.outbox, Notice.objects.count()) == ([], 0)


@pytest.mark.parametrize(("way", "lacks"), [("daily", "e-mail"), ("paper", "postal")])
def test_a_choice_that_cannot_reach_the_member_is_refused(fife, planner, way, lacks):
    ann = member(fife, "Ann Reid", "none", email="", address="")

    with pytest.raises(InputRefused, match=f"No {lacks} address is known"):
        choose_notices(planner, ann, way)


def test_links_and_mails_are_forgotten_once_they_are_gone(fife, levenmouth):
    tell(levenmouth, [member(fife, "Ann Reid")], address="/fife/answer/secret/")
    work_off()

    assert Notice.objects.get().address == ""
    assert "secret" not in str(list(Job.objects.values_list("arguments", "says")))


def test_a_mail_says_nothing_personal_in_its_subject_and_how_to_stop(fife, levenmouth):
    tell(levenmouth, [member(fife, "Ann Reid")])
    work_off()

    sent = outbox.outbox[0]
    assert "Ann" not in sent.subject
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert address in sent.body


def test_who_is_erased_is_told_nothing_more(fife, levenmouth):
    ann = member(fife, "Ann Reid", "weekly")
    tell(levenmouth, [ann])

    forget_notices(ann)

    assert Notice.objects.count() == 0


def test_a_hand_over_that_fails_leaves_every_notice_for_the_next(fife, levenmouth, monkeypatch):
    tell(levenmouth, [member(fife, "Ann Reid"), member(fife, "Ben Shaw")])
    calls = []

    def breaks_on_the_second(*said, **more):
        calls.append(said)
        if len(calls) == 2:
            raise OSError("the disk is full")
        return Job.objects.create(kind="core.mail", arguments={}, state="done")

    monkeypatch.setattr("locality_web.members.notice_changes.send_text", breaks_on_the_second)
    jobs.work_once()

    assert Notice.objects.filter(handed_over_at=None).count() == 2
    assert not Job.objects.filter(kind="core.mail").exists()


# By the link at the end of a notice


@pytest.fixture
def link(fife, levenmouth):
    tell(levenmouth, [member(fife, "Ann Reid", address="1 High Street")])
    work_off()
    address = outbox.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    return address.removeprefix("http://127.0.0.1:8000")


def test_by_the_link_notices_are_stopped_without_an_account(client, link, fife):
    assert "How you want to be told" in client.get(link).content.decode()
    assert fife.members.get().notices == "at_once"

    client.post(link, {"notices": "none"})

    assert fife.members.get().notices == "none"


def test_a_mail_program_stops_notices_with_one_press(fife, link):
    from django.test import Client

    said = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})

    assert (said.status_code, fife.members.get().notices) == (200, "none")


def test_a_link_of_another_partnership_or_a_forged_one_changes_nothing(client, link, fife):
    site.partnership("angus", "Angus", ("North",))

    for wrong in (link.replace("/fife/", "/angus/"), link[:-3] + "AB/"):
        assert client.post(wrong, {"notices": "none"}).status_code == 404
    assert fife.members.get().notices == "at_once"
    assert "Ann" not in client.get(link.replace("/fife/", "/angus/")).content.decode()
