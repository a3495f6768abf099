"""What happens to a plan is told to those who plan it, by the means they chose."""

from __future__ import annotations

import pytest
from django.utils import timezone

from factories import plans_site, site
from locality_web.members.models import Member, Notice, Seat, SeatTerm
from locality_web.plans.steps import take_step

pytestmark = pytest.mark.django_db


def sits(fife, name: str, locality: str = "levenmouth") -> Member:
    member = Member.objects.create(partnership=fife, name=name, notices="paper", address="1 High Street")
    seat = Seat.objects.create(partnership=fife, locality=site.locality(fife, locality), group="carers", name="Carers")
    SeatTerm.objects.create(seat=seat, member=member, starts=timezone.localdate(), chosen="elected")
    return member


def test_the_group_is_told_when_its_plan_is_open_put_to_it_and_agreed(fife):
    agnes = sits(fife, "Agnes Bell")
    sits(fife, "Elsewhere", "kirkcaldy")

    plans_site.agreed(fife)

    assert [(each.member, each.subject) for each in Notice.objects.order_by("id")] == [
        (agnes, "Levenmouth's plan for 2026/27 is open for comments"),
        (agnes, "Levenmouth's plan for 2026/27 is put to the group"),
        (agnes, "Levenmouth's plan for 2026/27 is agreed"),
    ]


def test_each_notice_says_where_to_look_and_that_paper_counts_the_same(fife):
    sits(fife, "Agnes Bell")

    plans_site.with_group(fife)

    told = Notice.objects.get(subject__contains="put to the group")
    assert told.address == "/fife/localities/levenmouth/plans/2026-27/group/"
    assert "on paper or by telephone: it counts the same" in told.text


def test_a_plan_that_is_taken_back_and_opened_again_is_told_again(fife):
    sits(fife, "Agnes Bell")
    record = plans_site.written(fife)
    lead = plans_site.holder(fife, "lead", "levenmouth")

    for to, reason in (("open_for_comments", ""), ("draft", "A line was missing."), ("open_for_comments", "")):
        record = take_step(lead, record, to, reason=reason)

    assert Notice.objects.filter(subject__contains="open for comments").count() == 2
