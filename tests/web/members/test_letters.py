"""Letters: everything that waits for somebody who is told by post, printed once, with the address on it."""

from __future__ import annotations

import datetime as dt

import pytest

from factories import site
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.members.access_models import AccessNeed
from locality_web.members.notice_changes import mark_posted, print_letters
from locality_web.members.notice_models import Notice, PaperBatch
from locality_web.members.today import due_for
from web.members.notices_by_hand import member, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes(fife):
    return member(fife, "Agnes Bell", "paper")


@pytest.fixture
def batch(fife, levenmouth, planner, agnes):
    tell(levenmouth, [agnes], "meeting:1")
    tell(levenmouth, [agnes], "plan:1", "A plan is open for comments")
    return print_letters(planner, site.place(fife))


def test_one_letter_holds_everything_that_waits_for_one_member(fife, planner, batch):
    page = site.signed_in(planner).get(f"/fife/letters/{batch.pk}/").content.decode()

    assert page.count("<article") == 1
    assert "Agnes Bell<br>1 High Street<br>Leven<br>KY8 4AA" in page
    assert "A meeting is called" in page
    assert "A plan is open for comments" in page


def test_opening_letters_is_recorded_without_a_name(planner, batch):
    site.signed_in(planner).get(f"/fife/letters/{batch.pk}/")

    assert AuditEvent.objects.get(kind="members.letters_read").says == "Opened 1 letter with names and addresses"


def test_a_letter_is_printed_once_even_when_two_print_at_one_time(fife, planner, batch):
    with pytest.raises(ResultRefused, match="No letter waits"):
        print_letters(planner, site.place(fife))
    assert PaperBatch.objects.count() == 1


def test_who_needs_large_print_gets_it(planner, agnes, batch):
    AccessNeed.objects.create(member=agnes, kind="large-print")
    AccessNeed.objects.create(member=agnes, kind="braille")

    page = site.signed_in(planner).get(f"/fife/letters/{batch.pk}/").content.decode()

    assert "letter--large" in page
    assert "Agnes Bell: braille" in page


def test_a_member_without_an_address_is_named_and_waits(fife, levenmouth, planner):
    tell(levenmouth, [member(fife, "Ben Shaw", "paper", address="")])

    page = site.signed_in(planner).get("/fife/letters/").content.decode()

    assert "Ben Shaw" in page
    with pytest.raises(ResultRefused, match="Add the addresses"):
        print_letters(planner, site.place(fife))
    assert Notice.objects.get().handed_over_at is None


def test_posted_letters_are_not_shown_again(fife, planner, batch, today):
    mark_posted(planner, site.place(fife), batch, on=today)

    page = site.signed_in(planner).get(f"/fife/letters/{batch.pk}/").content.decode()
    assert "Agnes Bell" not in page
    with pytest.raises(ResultRefused, match="marked as posted already"):
        mark_posted(planner, site.place(fife), batch, on=today)


@pytest.mark.parametrize("days", [-1, 1])
def test_letters_are_posted_between_their_printing_and_today(fife, planner, batch, today, days):
    with pytest.raises(InputRefused, match="The letters were printed on"):
        mark_posted(planner, site.place(fife), batch, on=today + dt.timedelta(days=days))


def test_only_those_who_may_print_letters(fife, levenmouth, agnes):
    tell(levenmouth, [agnes])

    with pytest.raises(NotAllowed):
        print_letters(site.person("finance", fife), site.place(fife))


def test_letters_that_wait_are_named_on_the_planners_first_page(fife, levenmouth, planner, agnes):
    def letters_due():
        return [due.title for due in due_for(planner, list(planner.roles.all())) if "letter" in due.title]

    tell(levenmouth, [agnes])
    assert letters_due() == ["Print 1 letter"]

    print_letters(planner, site.place(fife))
    assert letters_due() == ["Post the letters that are printed"]
