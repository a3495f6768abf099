"""Whatever happens in whatever order, every notice that was due by mail arrives exactly once, and no other does."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail as outbox
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import site
from locality_web.core import jobs
from locality_web.core.models import Job
from locality_web.members import notice_changes
from locality_web.members.notice_models import Notice
from locality_web.members.notices import Telling, notify
from locality_web.members.register_models import Member

WAYS = ("at_once", "daily", "weekly", "paper", "none")
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("tell"), st.integers(0, 4)),  # a cause, which may come again
        st.tuples(st.just("choose"), st.tuples(st.integers(0, 2), st.sampled_from(WAYS))),
        st.tuples(st.just("work"), st.booleans()),  # a worker does one job; or dies in the middle of it
        st.tuples(st.just("a day passes"), st.none()),
    ),
    max_size=25,
)


class Killed(BaseException):
    """The worker is gone: nothing of its transaction happened."""


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ways=st.tuples(*[st.sampled_from(WAYS)] * 3), events=EVENTS)
def test_every_notice_by_mail_arrives_once(db, ways, events):
    with transaction.atomic():
        outbox.outbox = []
        _live_through(ways, events)
        transaction.set_rollback(True)


def _live_through(ways, events):
    fife = site.partnership()
    people = [
        Member.objects.create(
            partnership=fife, name=f"Member {number}", email=f"m{number}@example.org", address="Leven", notices=way
        )
        for number, way in enumerate(ways)
    ]
    for what, how in events:
        if what == "tell":
            notify(site.place(fife), people, Telling(f"cause:{how}", f"Cause {how}", f"Cause number {how}."))
        elif what == "choose":
            notice_changes.choose_notices(None, people[how[0]], how[1])
        elif what == "work":
            _work(dies=how)
        else:
            _pass(dt.timedelta(days=8))
    _pass(dt.timedelta(days=8))
    while jobs.work_once() is not None:
        pass

    arrived = sorted(
        (each.to[0], cause)
        for each in outbox.outbox
        for cause in range(5)
        for _ in range(each.body.count(f"Cause number {cause}."))
    )
    handed = Notice.objects.exclude(way="paper").select_related("member")
    assert arrived == sorted((each.member.email, int(each.key[-1])) for each in handed)
    assert all(each.handed_over_at for each in handed)
    assert len(arrived) == len(set(arrived))


def _work(*, dies: bool) -> None:
    if not dies:
        jobs.work_once()
        return
    found = Job.objects.filter(state="waiting", run_after__lte=timezone.now(), kind="members.hand_over").first()
    if found is None:
        return
    try:
        with transaction.atomic():
            notice_changes.hand_over_mail(found.partnership)
            raise Killed
    except Killed:
        pass


def _pass(time: dt.timedelta) -> None:
    for each in Notice.objects.filter(handed_over_at=None):
        Notice.objects.filter(pk=each.pk).update(due_at=each.due_at - time)
    for each in Job.objects.filter(state="waiting"):
        Job.objects.filter(pk=each.pk).update(run_after=each.run_after - time)
