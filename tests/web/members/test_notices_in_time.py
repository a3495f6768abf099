"""What is told of a meeting comes before it begins: a digest that is too late is not waited for, no letter printed."""

import datetime as dt

import pytest
from django.utils import timezone

from factories import meetings_site, site
from locality.foundations import ResultRefused
from locality_web.core.jobs import work_once
from locality_web.core.models import PartnershipSetting
from locality_web.members.meeting_telling import tell_invited
from locality_web.members.models import Notice
from locality_web.members.notice_changes import choose_notices, hand_over_mail, print_letters
from locality_web.members.notice_today import due_for
from web.members.notices_by_hand import member, tell

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def waiting():
    return Notice.objects.filter(handed_over_at__isnull=True)


def test_a_digest_that_would_come_after_the_meeting_is_not_waited_for(fife, levenmouth):
    weekly = member(fife, "Ann Reid", "weekly")
    now = timezone.now()

    tell(levenmouth, [weekly], "meeting:1:called", until=now + HOUR)
    tell(levenmouth, [weekly], "meeting:2:called", until=now + dt.timedelta(days=30))

    due = dict(waiting().values_list("key", "due_at"))
    assert due["meeting:1:called"] <= timezone.now()
    assert due["meeting:2:called"] > now + HOUR
    assert hand_over_mail(fife) == 1


def test_who_changes_to_a_digest_that_would_come_too_late_hears_of_the_meeting_at_once(fife, levenmouth):
    someone = member(fife, "Ann Reid", "paper", email="ann@example.org")
    tell(levenmouth, [someone], "meeting:1:called", until=timezone.now() + HOUR)

    choose_notices(None, someone, "weekly")

    assert hand_over_mail(fife) == 1
    assert work_once() is not None


def test_an_invitation_to_a_meeting_that_has_begun_is_not_printed_and_the_page_says_so(planner, fife, levenmouth):
    bo = member(fife, "Bo Hay", "paper")
    tell(levenmouth, [bo], "meeting:1:called", until=timezone.now() + HOUR)
    waiting().update(until=timezone.now() - HOUR)

    page = site.signed_in(planner).get("/fife/letters/").content.decode()
    assert "1 member heard of no meeting by post: letters were not printed before it began." in page
    assert "No letter waits for somebody whose address is known." in page
    assert not due_for(planner, list(planner.roles.select_related("partnership", "locality")))
    with pytest.raises(ResultRefused):
        print_letters(planner, levenmouth)

    tell(levenmouth, [bo], "plan:1:agreed")
    assert [each.key for each in print_letters(planner, levenmouth).notices.all()] == ["plan:1:agreed"]
    assert "heard of no meeting" not in site.signed_in(planner).get("/fife/letters/").content.decode()


def test_what_is_told_of_a_meeting_is_of_use_until_it_begins(planner, fife, levenmouth):
    meeting = meetings_site.planned(planner, levenmouth)
    tell_invited(meeting, [member(fife, "Ann Reid")])
    assert Notice.objects.get().until == meeting.starts


def test_a_letter_says_where_to_answer_by_post_and_by_telephone(planner, fife, levenmouth):
    for name, said in (("return_address", "Freepost LOCALITY; Leven"), ("telephone", "01592 000 000")):
        PartnershipSetting.objects.create(partnership=fife, name=f"members.{name}", value=said, reason="As agreed.")
    tell(levenmouth, [member(fife, "Bo Hay", "paper")])
    batch = print_letters(planner, levenmouth)

    page = site.signed_in(planner).get(f"/fife/letters/{batch.pk}/").content.decode()
    assert "Freepost LOCALITY<br>Leven" in page
    assert "Ring us: 01592 000 000." in page
