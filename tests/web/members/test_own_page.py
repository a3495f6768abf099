"""A member's own page: what they need, how they are told and shown, where they sit, meet and act."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from factories import site, taking_part
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.members.models import MeetingAction
from locality_web.members.own_changes import Reach, change_own

OWN = "/fife/taking-part/"
REACH = {"email": "ned@example.org", "telephone": "01592 000000", "address": "1 High Street", "notices": "daily"}


@pytest.fixture
def ned(fife):
    account = site.person(name="Ned Own", email="ned@example.org")
    who = taking_part.member(fife, "Ned Own", person=account, email="ned@example.org")
    taking_part.seated(who, site.locality(fife), name="Patients' seat", group="patients")
    return who


@pytest.fixture
def browser(ned):
    return site.signed_in(ned.person)


def test_it_shows_seats_meetings_and_actions(fife, ned, browser):
    meeting = taking_part.meeting(fife, site.locality(fife))
    taking_part.invited(meeting, ned)
    due = timezone.localdate() - dt.timedelta(days=1)
    MeetingAction.objects.create(meeting=meeting, says="Ask the surgery", member=ned, due_on=due)

    text = browser.get(OWN).content.decode()

    for said in ("Patients&#x27; seat, Levenmouth", "Meeting of the group", "Ask the surgery", "(late)", "By post"):
        assert said in text


def test_somebody_who_is_not_on_the_register_is_told_so(fife):
    text = site.signed_in(site.person()).get(OWN).content.decode()

    assert "You are not on the register" in text
    assert site.signed_in(site.person()).get(f"{OWN}details/").status_code == 302


def test_what_one_needs_is_said_and_taken_away_on_the_site(ned, browser):
    browser.post(f"{OWN}needs/", {"kind": "large-print", "detail": ""})
    need = ned.needs.get()
    assert (need.on_behalf, "Large print" in browser.get(OWN).content.decode()) == (False, True)

    browser.post(f"{OWN}needs/{need.pk}/end/")
    assert "Nothing is noted." in browser.get(OWN).content.decode()


def test_nobody_takes_away_what_somebody_else_needs(fife, ned):
    other = site.person()
    taking_part.member(fife, "Olga", person=other)

    assert site.signed_in(other).post(f"{OWN}needs/{taking_part.need(ned).pk}/end/").status_code == 404


def test_how_one_is_reached_told_and_shown_is_changed_and_recorded_without_what_was_written(ned, browser):
    browser.post(f"{OWN}details/", {**REACH, "shown": "name"})

    ned.refresh_from_db()
    assert (ned.telephone, ned.notices, ned.shown) == ("01592 000000", "daily", "name")
    events = {each.kind: each for each in AuditEvent.objects.filter(kind__startswith="members.")}
    assert set(events) == {"members.own_changed", "members.notices_chosen", "members.shown_chosen"}
    assert events["members.own_changed"].detail == {"changed": ["telephone", "address"]}
    assert not any("High Street" in each.says + str(each.detail) for each in events.values())


@pytest.mark.parametrize("lacks", [{"email": ""}, {"address": "", "notices": "paper"}])
def test_a_way_that_cannot_reach_one_is_refused_and_nothing_is_changed(ned, browser, lacks):
    text = browser.post(f"{OWN}details/", {**REACH, "shown": "name", **lacks}).content.decode()

    assert "and there is no address" in text
    ned.refresh_from_db()
    assert (ned.telephone, ned.shown) == ("", "nothing")


def test_nobody_changes_somebody_elses_entry(fife, ned):
    with pytest.raises(NotAllowed, match="somebody else"):
        change_own(site.person(), site.place(fife), ned, Reach(**REACH, shown="name"))


def test_the_page_asks_a_fixed_number_of_questions(fife, ned, browser, django_assert_max_num_queries):
    for number in range(5):
        meeting = taking_part.meeting(fife, site.locality(fife), in_days=number + 1)
        taking_part.invited(meeting, ned)
        taking_part.need(ned, ["bsl", "language", "transport", "other", "audio"][number])

    with django_assert_max_num_queries(15):
        assert browser.get(OWN).status_code == 200
