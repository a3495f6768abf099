"""Organisations speak for people who do not come themselves: how they asked, what was said, what became of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from factories import site, taking_part
from locality.foundations import ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.members import spoken_changes as changes
from locality_web.members.models import SpokenFor
from locality_web.members.spoken_changes import Brought
from locality_web.members.spoken_views import say_people

HERE = "/fife/localities/levenmouth/spoken-for/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def here(fife):
    return site.place(fife, "levenmouth")


@pytest.fixture
def charity(fife):
    return taking_part.organisation(fife)


def brought(of, **changed):
    today = timezone.localdate()
    said = {
        "organisation": of,
        "whom": "people with dementia",
        "people": 12,
        "how_asked": "At home, with pictures",
        "asked_from": today - 9 * DAY,
        "asked_to": today - 2 * DAY,
        "about": "the plan for 2027/28",
        "says": "More time with the same carer.",
        "named": "Ina Innes",
    }
    return Brought(**{**said, **changed})


def test_what_is_brought_is_recorded_without_names(planner, here, charity):
    kept = changes.bring(planner, here, brought(charity))

    event = AuditEvent.objects.last()
    assert (kept.locality, kept.entered_by) == (here.locality, planner)
    assert event.says == "Recorded what Leven Carers brings on behalf of others"
    assert "Ina" not in event.says + str(event.detail)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"people": 0}, "Nobody was asked"),
        ({"asked_to": dt.date(2020, 1, 1)}, "cannot be"),
        ({"asked_to": dt.date(2999, 1, 1)}, "cannot be"),
    ],
)
def test_nobody_asked_or_days_that_cannot_be_are_refused(planner, here, charity, changed, why):
    with pytest.raises(ResultRefused, match=why):
        changes.bring(planner, here, brought(charity, **changed))
    assert not SpokenFor.objects.exists()


def test_only_those_who_may_record_it_do(fife, here, charity, planner):
    kept = changes.bring(planner, here, brought(charity))
    for nobody in (site.person("member", fife, "levenmouth"), site.person("lead", fife, "kirkcaldy")):
        with pytest.raises(NotAllowed):
            changes.bring(nobody, here, brought(charity))
        with pytest.raises(NotAllowed):
            changes.answer_brought(nobody, here, kept, "Yes.")


def test_what_became_of_it_is_said(planner, here, charity):
    kept = changes.bring(planner, here, brought(charity))
    with pytest.raises(ResultRefused, match="nothing written"):
        changes.answer_brought(planner, here, kept, "")
    changes.answer_brought(planner, here, kept, "It is priority 2.")

    assert SpokenFor.objects.get().answered_on == timezone.localdate()


def test_nothing_is_half_done(planner, here, charity, monkeypatch):
    monkeypatch.setattr(changes, "record_event", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        changes.bring(planner, here, brought(charity))
    assert not SpokenFor.objects.exists()


@pytest.mark.parametrize(
    ("people", "words"),
    [(1, "fewer than 5 people"), (4, "fewer than 5 people"), (5, "5 people"), (1200, "1,200 people")],
)
def test_a_number_that_is_too_small_to_publish_is_not_said(people, words):
    assert say_people(people) == words


def test_everybody_reads_it_without_names_and_without_small_numbers(client, planner, here, charity):
    changes.bring(planner, here, brought(charity, people=3))

    for page in (HERE, "/fife/spoken-for/"):
        text = client.get(page).content.decode()
        assert "More time with the same carer." in text
        assert "It asked fewer than 5 people" in text
        assert "Ina" not in text
        assert "Not answered yet." in text


def test_who_records_it_reads_the_names_and_that_is_recorded(planner, here, charity):
    kept = changes.bring(planner, here, brought(charity))

    text = site.signed_in(planner).get(f"{HERE}{kept.pk}/").content.decode()

    assert "Ina Innes" in text
    assert AuditEvent.objects.last().kind == "members.register_read"


def test_it_is_recorded_and_answered_on_the_site(fife, planner, here, charity):
    meeting = taking_part.meeting(fife, here.locality)
    browser = site.signed_in(planner)
    days = {f"asked_{end}_{part}": said for end in ("from", "to") for part, said in _typed(2).items()}
    said = {"organisation": charity.pk, "whom": "carers", "people": "7", "how_asked": "By telephone", "about": "buses"}
    wrong = browser.post(f"{HERE}add/", {**said, **days, "people": "many", "says": ""}).content.decode()
    browser.post(f"{HERE}add/", {**said, **days, "says": "A later bus.", "meeting": meeting.pk})

    assert "Write a number in figures." in wrong
    kept = SpokenFor.objects.get()
    assert (kept.people, kept.meeting) == (7, meeting)
    text = browser.post(f"{HERE}{kept.pk}/", {"answer": "There is one."}, follow=True).content.decode()
    assert "There is one." in text


def _typed(days_ago):
    day = timezone.localdate() - days_ago * DAY
    return {"day": day.day, "month": day.month, "year": day.year}
