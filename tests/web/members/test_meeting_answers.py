"""Whoever is invited answers by the link of the notice or signed in, and may send somebody."""

import datetime as dt

import pytest

from factories import meetings_site, site
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.members.meeting_answers import answer_invitation
from locality_web.members.meeting_attendance import CameSaid, add_walk_in, hold_meeting, note_attendance
from locality_web.members.meeting_changes import call_meeting, cancel_meeting
from locality_web.members.meeting_models import Attendance
from locality_web.members.models import Member, Notice


@pytest.fixture
def ann(levenmouth, fife):
    return meetings_site.seated(levenmouth, "Ann Reid", organisation=meetings_site.organisation(fife))


@pytest.fixture
def meeting(planner, levenmouth, ann):
    made = meetings_site.planned(planner, levenmouth, "Budget", quorum=2)
    call_meeting(planner, levenmouth, made)
    return made


@pytest.fixture
def hers(meeting):
    return Attendance.objects.select_related("meeting__partnership", "member__organisation").get()


def link():
    return Notice.objects.get(key__contains="called").address


def test_the_link_of_the_notice_answers_without_an_account(client, hers):
    answer = client.post(link(), {"answer": "coming", "how": "online"}, follow=True)

    assert "Your answer is kept" in answer.content.decode()
    hers.refresh_from_db()
    assert (hers.state, hers.how) == ("coming", "online")
    assert AuditEvent.objects.last().says == f"Member {hers.member_id} answered an invitation: coming"


def test_a_link_that_was_changed_opens_nothing(client, meeting):
    address = link()
    token = address.split("/")[-2]
    for wrong in (token[:-1], token.replace(".", "x"), f"{token[1:]}", "nothing"):
        assert client.get(address.replace(token, wrong)).status_code == 404


def test_a_link_of_one_partnership_opens_nothing_in_another(client, meeting, argyll):
    assert client.get(link().replace("/fife/", "/argyll-and-bute/")).status_code == 404


def test_the_link_of_somebody_who_was_erased_opens_nothing(client, hers):
    Member.objects.filter(pk=hers.member_id).update(
        erased_at=dt.datetime.now(dt.UTC), name="", email="", notices="none"
    )
    assert client.get(link()).status_code == 404


def test_a_page_behind_a_link_is_kept_by_nobody_on_the_way(client, meeting):
    answer = client.get(link())
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "https://meet.example.org/leven" in answer.content.decode()


def test_who_comes_instead_is_written_onto_the_register_with_the_name_alone(hers):
    answer_invitation(None, hers, "substitute", instead="  Cy   Orr ")

    cy = Member.objects.get(name="Cy Orr")
    assert (hers.state, hers.substitute) == ("apologies", cy)
    assert (cy.notices, cy.shown, cy.organisation) == ("none", "nothing", hers.member.organisation)


def test_somebody_of_the_same_organisation_who_is_known_already_is_not_written_twice(hers, fife):
    cy = meetings_site.member(fife, "Cy Orr", organisation=hers.member.organisation)
    answer_invitation(None, hers, "substitute", instead="cy orr")

    assert hers.substitute == cy


def test_who_changes_the_answer_leaves_no_stranger_on_the_register(hers):
    answer_invitation(None, hers, "substitute", instead="Cy Orr")
    answer_invitation(None, hers, "substitute", instead="Di Low")
    answer_invitation(None, hers, "coming")

    assert list(Member.objects.values_list("name", flat=True)) == ["Ann Reid"]
    assert (hers.state, hers.substitute) == ("coming", None)


def test_an_answer_without_a_name_for_who_comes_is_refused(hers):
    with pytest.raises(InputRefused, match="Nobody is named who comes instead"):
        answer_invitation(None, hers, "substitute")


def test_a_cancelled_meeting_takes_no_answers(planner, levenmouth, hers):
    cancel_meeting(planner, levenmouth, hers.meeting, "Snow.")
    with pytest.raises(ResultRefused, match="This meeting is cancelled"):
        answer_invitation(None, hers, "coming")


def test_one_who_signs_in_answers_on_the_page_of_the_meeting(fife, ann, meeting, hers):
    person = site.person("member", fife, "levenmouth")
    Member.objects.filter(pk=ann.pk).update(person=person)
    browser = site.signed_in(person)

    assert "Say whether you come" in browser.get("/today/").content.decode()
    browser.post(f"/fife/localities/levenmouth/meetings/{meeting.pk}/answer/", {"answer": "apologies"})

    hers.refresh_from_db()
    assert hers.state == "apologies"
    assert "Say whether you come" not in browser.get("/today/").content.decode()


def test_one_who_was_not_invited_has_nothing_to_answer(fife, meeting):
    browser = site.signed_in(site.person("member", fife, "levenmouth"))
    text = browser.get(f"/fife/localities/levenmouth/meetings/{meeting.pk}/answer/").content.decode()
    assert "You were not invited to this meeting" in text


def test_the_quorum_counts_votes_and_who_came_for_somebody(planner, levenmouth, fife, hers):
    meeting = meetings_site.begun(hers.meeting)
    cy = meetings_site.member(fife, "Cy Orr")
    guest = meetings_site.member(fife, "Gil Guest")

    there = note_attendance(planner, levenmouth, meeting, {hers.pk: CameSaid("present", "in_person", cy)})
    assert there.words == "The quorum is not reached: 1 with a vote is present, 2 needed, 1 more to come."

    add_walk_in(planner, levenmouth, meeting, guest)
    assert hold_meeting(planner, levenmouth, meeting).present == 1

    voter = meetings_site.seated(levenmouth, "Vi Voter")
    silent = meetings_site.seated(levenmouth, "Sy Silent", votes=False)
    for each in (voter, silent):
        add_walk_in(planner, levenmouth, meeting, each)
    assert hers.meeting.attendances.count() == 4
    assert note_attendance(planner, levenmouth, meeting, {}).words == (
        "The quorum is reached: 2 with a vote are present, 2 needed."
    )


def test_a_meeting_is_not_held_before_it_begins_or_with_nobody_there(planner, levenmouth, hers):
    with pytest.raises(ResultRefused, match=r"It has begun\. It is written down who was there"):
        hold_meeting(planner, levenmouth, hers.meeting)


def test_the_page_of_attendance_finds_people_by_name_and_says_the_quorum_at_once(planner, levenmouth, fife, hers):
    meetings_site.begun(hers.meeting)
    meetings_site.member(fife, "Cy Orr")
    browser = site.signed_in(planner)
    address = f"/fife/localities/levenmouth/meetings/{hers.meeting_id}/attendance/"
    said = {f"state-{hers.pk}": "present", f"how-{hers.pk}": "telephone"}

    text = browser.post(address, {**said, f"substitute-{hers.pk}": "Nobody Known"}).content.decode()
    assert "is not on the register" in text

    text = browser.post(
        address, {**said, f"substitute-{hers.pk}": "Cy Orr", "hold": "yes"}, follow=True
    ).content.decode()
    assert "It is recorded that the meeting was held." in text
    hers.refresh_from_db()
    assert (hers.how, hers.substitute.name, hers.meeting.state) == ("telephone", "Cy Orr", "held")
