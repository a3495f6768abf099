"""What people need: said by themselves or for them, arranged by those who call meetings, shown to nobody else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from factories import site, taking_part
from locality.foundations import ResultRefused
from locality_web.core.models import AuditEvent, PartnershipSetting
from locality_web.core.permissions import NotAllowed
from locality_web.members import access_changes as changes
from locality_web.members.access_queries import arrangements_for, copies_for, forms_needed, how_arranged
from locality_web.members.access_today import due_for
from locality_web.members.models import AccessNeed, Arrangement

HERE = "/fife/localities/levenmouth/"


@pytest.fixture
def here(fife):
    return site.place(fife, "levenmouth")


@pytest.fixture
def mary(fife, here):
    """A carer on a seat in Levenmouth, without an account."""
    who = taking_part.member(fife)
    taking_part.seated(who, here.locality)
    return who


@pytest.fixture
def meeting(here, mary):
    """A meeting in two weeks, to which she is invited."""
    held = taking_part.meeting(here.partnership, here.locality)
    taking_part.invited(held, mary)
    return held


@pytest.fixture
def ned(fife, here):
    """Somebody on the register who signs in here."""
    account = site.person(name="Ned Own", email="ned@example.org")
    who = taking_part.member(fife, "Ned Own", person=account, email="ned@example.org")
    taking_part.seated(who, here.locality, name="Patients' seat", group="patients")
    return who


def test_a_need_entered_for_somebody_is_marked_so_and_recorded_without_saying_what_it_is(planner, here, mary):
    need = changes.say_need(planner, here, mary, "large-print", detail="20 point")

    event = AuditEvent.objects.last()
    assert (need.on_behalf, need.entered_by) == (True, planner)
    assert event.says == f"Noted what member {mary.pk} needs to take part"
    assert "large" not in event.says + str(event.detail)


def test_somebody_says_for_themselves_what_they_need(here, ned):
    assert changes.say_need(ned.person, here, ned, "bsl").on_behalf is False


def test_a_need_that_is_there_already_gets_the_new_detail(planner, here, mary):
    changes.say_need(planner, here, mary, "language", detail="Polish")
    changes.say_need(planner, here, mary, "language", detail="Urdu")

    assert [each.detail for each in mary.needs.all()] == ["Urdu"]


def test_nobody_says_what_somebody_else_needs_but_who_keeps_the_register(here, mary, ned):
    with pytest.raises(NotAllowed):
        changes.say_need(ned.person, here, mary, "bsl")
    assert not AccessNeed.objects.exists()


def test_a_kind_of_need_that_is_unknown_is_refused(planner, here, mary):
    with pytest.raises(ResultRefused, match="no kind of need 'gold'"):
        changes.say_need(planner, here, mary, "gold")


def test_a_need_ends_and_is_no_more_asked_of_meetings(planner, here, mary, meeting):
    need = taking_part.need(mary)
    changes.end_need(planner, here, need)

    assert arrangements_for(meeting) == ()
    assert AuditEvent.objects.last().kind == "members.need_ended"


def test_a_meeting_shows_what_each_who_is_invited_needs_and_whether_it_is_arranged(planner, here, mary, meeting):
    print_, step_free = taking_part.need(mary), taking_part.need(mary, "step-free", "no stairs")
    taking_part.need(taking_part.member(here.partnership, "Not Invited"), "bsl")
    changes.mark_arranged(planner, meeting, step_free, state="arranged", says="Room on the ground floor")

    found = arrangements_for(meeting)

    assert [(each.need, each.what, each.state) for each in found] == [
        (print_, "Large print", "open"),
        (step_free, "A room without steps: no stairs", "arranged"),
    ]
    assert how_arranged(found).words == "Arranged: 1 of 2. Still to arrange: 1."


def test_before_a_meeting_is_called_those_on_the_groups_seats_are_looked_at(here, mary):
    taking_part.need(mary)
    planned = taking_part.meeting(here.partnership, here.locality, state="planned")

    assert [each.member for each in arrangements_for(planned)] == [mary]


def test_the_needs_of_somebody_who_comes_for_another_are_arranged_too(here, mary, meeting, ned):
    taking_part.need(ned, "bsl")
    row = meeting.attendances.get()
    row.substitute = ned
    row.save()

    assert [each.member for each in arrangements_for(meeting)] == [ned]


def test_what_could_not_be_arranged_is_said_with_what_is_offered_instead(planner, mary, meeting):
    need = taking_part.need(mary, "bsl")
    with pytest.raises(ResultRefused, match="not said what was arranged"):
        changes.mark_arranged(planner, meeting, need, state="not_possible", says=" ")
    changes.mark_arranged(
        planner, meeting, need, state="not_possible", says="No interpreter; a telephone call after it"
    )

    assert Arrangement.objects.get().state == "not_possible"
    event = AuditEvent.objects.last()
    assert event.says == f"Could not arrange what member {mary.pk} needs at meeting {meeting.pk}"


def test_nothing_is_arranged_for_a_meeting_that_is_cancelled(planner, mary, meeting):
    meeting.state = "cancelled"
    meeting.save()

    with pytest.raises(ResultRefused, match="over or cancelled"):
        changes.mark_arranged(planner, meeting, taking_part.need(mary), state="arranged", says="x")


def test_what_is_half_done_is_undone(planner, mary, meeting, monkeypatch):
    monkeypatch.setattr(changes, "record_event", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        changes.mark_arranged(planner, meeting, taking_part.need(mary), state="arranged", says="x")
    assert not Arrangement.objects.exists()


def test_letters_and_papers_go_out_in_the_form_that_each_needs(mary, ned):
    taking_part.need(mary, "large-print")
    taking_part.need(mary, "transport")

    assert [each.code for each in forms_needed(mary)] == ["large-print"]
    assert copies_for([mary, ned]) == (("Ordinary print", 1), ("Large print", 1))


@pytest.mark.parametrize(("in_days", "state", "told"), [(14, "called", 1), (15, "called", 0), (5, "planned", 0)])
def test_those_who_arrange_are_told_of_needs_that_wait_before_a_called_meeting(
    planner, here, mary, in_days, state, told
):
    soon = taking_part.meeting(here.partnership, here.locality, in_days=in_days, state=state)
    soon.starts = timezone.now() + dt.timedelta(days=in_days) - dt.timedelta(minutes=5)
    soon.save()
    taking_part.invited(soon, mary)
    taking_part.need(mary)

    found = due_for(planner, list(planner.roles.select_related("partnership")))

    assert [due.address for due in found] == [f"{HERE}access/{soon.pk}/"] * told


def test_they_are_not_told_once_it_is_arranged_or_could_not_be(planner, mary, meeting):
    need = taking_part.need(mary)
    roles = list(planner.roles.select_related("partnership"))
    assert next(due.why for due in due_for(planner, roles)).endswith(
        "1 need of those who are invited: not arranged yet."
    )

    changes.mark_arranged(planner, meeting, need, state="not_possible", says="Sent by e-mail instead")
    assert due_for(planner, roles) == []


def test_the_days_of_warning_are_the_partnerships_own_and_leads_hear_of_their_own_locality(fife, mary, meeting):
    taking_part.need(mary)
    lead, other = site.person("lead", fife, "levenmouth"), site.person("lead", fife, "kirkcaldy")
    assert len(due_for(lead, list(lead.roles.select_related("partnership")))) == 1
    assert due_for(other, list(other.roles.select_related("partnership"))) == []

    PartnershipSetting.objects.create(partnership=fife, name="members.access_warning_days", value=3, reason="Enough.")
    assert due_for(lead, list(type(lead).objects.get(pk=lead.pk).roles.select_related("partnership"))) == []


def test_the_page_lists_meetings_and_needs_and_records_that_it_was_read(planner, mary, meeting):
    taking_part.need(mary, "step-free")
    browser = site.signed_in(planner)

    text = browser.get(f"{HERE}access/").content.decode()

    assert "Arranged: 0 of 1. Still to arrange: 1." in text
    assert "Mary Muir" in text
    assert AuditEvent.objects.filter(kind="members.register_read").count() == 1


def test_a_need_is_noted_and_arranged_on_the_site(planner, mary, meeting):
    browser = site.signed_in(planner)
    browser.post(f"{HERE}access/needs/", {"member": mary.pk, "kind": "transport", "detail": "From Buckhaven"})
    need = AccessNeed.objects.get()
    address = f"{HERE}access/{meeting.pk}/needs/{need.pk}/"

    missing = browser.post(address, {"state": "arranged"}).content.decode()
    said = browser.post(address, {"state": "arranged", "says": "A taxi at half past one"}, follow=True).content.decode()

    assert "Write what, or why not and what is offered instead." in missing
    assert "A taxi at half past one" in said
    assert "Arranged: 1 of 1." in said


def test_the_list_for_the_printer_says_who_gets_which_form(planner, mary, ned, meeting):
    taking_part.invited(meeting, ned)
    taking_part.need(mary, "easy-read")

    text = site.signed_in(planner).get(f"{HERE}access/{meeting.pk}/papers/").content.decode()

    assert text.index("Easy read") > 0
    assert "By post" in text
    assert "Ordinary print" in text


def test_a_need_is_taken_away_on_the_site(planner, mary):
    need = taking_part.need(mary)
    site.signed_in(planner).post(f"{HERE}access/needs/{need.pk}/end/")

    need.refresh_from_db()
    assert need.ended_on == timezone.localdate()


def test_pages_of_another_place_have_neither_the_meeting_nor_the_need(planner, mary, meeting):
    need, browser = taking_part.need(mary), site.signed_in(planner)

    assert browser.get(f"/fife/localities/kirkcaldy/access/{meeting.pk}/").status_code == 404
    assert browser.post(f"/fife/access/needs/{need.pk}/end/").status_code == 404
    assert browser.get(f"{HERE}access/{meeting.pk}/needs/{need.pk + 1}/").status_code == 404


def test_a_meetings_own_page_says_how_much_is_arranged_to_those_who_arrange_it_and_names_nobody(
    client, planner, mary, meeting
):
    taking_part.need(mary, "step-free")
    page = f"/fife/localities/levenmouth/meetings/{meeting.pk}/"

    text = site.signed_in(planner).get(page).content.decode()

    assert "Arranged: 0 of 1. Still to arrange: 1." in text
    assert f"{HERE}access/{meeting.pk}/" in text
    assert "Mary Muir" not in text
    assert "Arranged:" not in client.get(page).content.decode()
