"""Agenda, minutes, decisions, actions and publishing: what a meeting dealt with, and what everybody may read of it."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from factories import meetings_site, site
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.members import meeting_agenda as agenda
from locality_web.members import meeting_minutes as minutes
from locality_web.members import meeting_papers as papers
from locality_web.members.agenda_matters import matters
from locality_web.members.meeting_attendance import add_walk_in, hold_meeting
from locality_web.members.meeting_changes import call_meeting
from locality_web.members.meeting_decisions import decide_item
from locality_web.members.models import GroupDecision, MeetingAction, Member, ProfessionAsked

DAY = dt.timedelta(days=1)
HERE = "/fife/localities/levenmouth/meetings/"


@pytest.fixture
def ann(levenmouth, fife):
    charity = meetings_site.organisation(fife)
    return meetings_site.seated(levenmouth, "Ann Reid", organisation=charity, shown=Member.Shown.NAME)


@pytest.fixture
def meeting(planner, levenmouth, ann):
    return meetings_site.planned(planner, levenmouth, "Welcome", "Budget", "Transport")


@pytest.fixture
def held(planner, levenmouth, meeting, ann):
    meetings_site.begun(meeting)
    add_walk_in(planner, levenmouth, meeting, ann)
    hold_meeting(planner, levenmouth, meeting)
    return meeting


def titles(meeting):
    return [each.title for each in meeting.items.order_by("order")]


def item(meeting, title):
    return meeting.items.get(title=title)


def decision(place, **more):
    today = timezone.localdate()
    said = {"title": "Open on Saturdays", "says": "Open.", "state": "announced", "due_on": today + 10 * DAY, **more}
    return GroupDecision.objects.create(partnership=place.partnership, locality=place.locality, **said)


def test_the_agenda_is_built_from_what_is_open(planner, levenmouth, meeting, ann, today):
    one = decision(levenmouth)
    MeetingAction.objects.create(meeting=meeting, says="Ask the bus company", member=ann, due_on=today)
    taken = decision(levenmouth, title="Close the desk", state="taken")
    ProfessionAsked.objects.create(decision=taken, group="pharmacy", member=ann, token_hash="a", answer="We object.")

    found = {each.name: (each.title, each.purpose) for each in matters(levenmouth)}
    action = MeetingAction.objects.get()
    assert found == {
        f"decision:{one.pk}": ("Open on Saturdays", "decision"),
        f"answers:{taken.pk}": ("Answers of professions: Close the desk", "discussion"),
        f"action:{action.pk}": ("Ask the bus company", "information"),
    }

    assert agenda.take_matters(planner, levenmouth, meeting, list(found)) == 3
    assert agenda.take_matters(planner, levenmouth, meeting, list(found)) == 0
    assert item(meeting, "Open on Saturdays").decision == one
    assert {each.name for each in agenda.matters_left(levenmouth, meeting.items.all())}.isdisjoint(found)


def test_open_matters_of_one_locality_are_not_those_of_another(fife, levenmouth):
    decision(levenmouth)
    assert matters(site.place(fife, "kirkcaldy")) == []
    assert matters(site.place(fife)) == []


@pytest.mark.parametrize(
    ("numbers", "order"),
    [
        ({"Transport": 1}, ["Transport", "Welcome", "Budget"]),
        ({"Welcome": 3}, ["Budget", "Transport", "Welcome"]),
        ({"Welcome": 2}, ["Budget", "Welcome", "Transport"]),
        ({"Welcome": 2, "Budget": 1}, ["Budget", "Welcome", "Transport"]),
        ({"Welcome": 99}, ["Budget", "Transport", "Welcome"]),
        ({}, ["Welcome", "Budget", "Transport"]),
    ],
)
def test_a_number_beside_an_item_gives_it_its_place(planner, levenmouth, meeting, numbers, order):
    agenda.order_items(planner, levenmouth, meeting, {item(meeting, name).pk: each for name, each in numbers.items()})

    assert titles(meeting) == order
    assert [each.order for each in meeting.items.order_by("order")] == [1, 2, 3]


def test_a_button_moves_an_item_by_one_place(planner, levenmouth, meeting):
    browser = site.signed_in(planner)
    address = f"{HERE}{meeting.pk}/agenda/"
    browser.post(address, {"move": f"up-{item(meeting, 'Transport').pk}"})
    assert titles(meeting) == ["Welcome", "Transport", "Budget"]
    browser.post(address, {"move": f"down-{item(meeting, 'Welcome').pk}"})
    assert titles(meeting) == ["Transport", "Welcome", "Budget"]


def test_an_item_that_was_dealt_with_stays_on_the_agenda(planner, levenmouth, meeting):
    minutes.write_minutes(planner, levenmouth, item(meeting, "Budget"), "Agreed.", base_version=0)
    with pytest.raises(ResultRefused, match="has minutes or actions"):
        agenda.remove_item(planner, levenmouth, item(meeting, "Budget"))
    agenda.remove_item(planner, levenmouth, item(meeting, "Welcome"))
    assert titles(meeting) == ["Budget", "Transport"]


def test_a_second_writer_of_an_item_gets_both_texts_and_nothing_is_written_over(planner, levenmouth, meeting):
    budget = item(meeting, "Budget")
    first = minutes.write_minutes(planner, levenmouth, budget, "One text.", base_version=0)
    second = minutes.write_minutes(planner, levenmouth, budget, "Another text.", base_version=0)

    assert (first.version, first.is_saved, second.is_saved) == (1, True, False)
    assert second.text == "One text.\n\n--- Somebody else wrote meanwhile ---\n\nAnother text."
    budget.refresh_from_db()
    assert budget.minutes_text == "One text."
    assert minutes.write_minutes(planner, levenmouth, budget, second.text, base_version=1).is_saved


def test_a_second_writer_without_scripts_finds_both_texts_in_the_field(planner, meeting):
    browser, budget = site.signed_in(planner), item(meeting, "Budget")
    address = f"{HERE}{meeting.pk}/minutes/"
    for text in ("One text.", "Another text."):
        answer = browser.post(address, {"item": budget.pk, "version": "0", "text": text})
    page = answer.content.decode()
    assert "Both texts stand in the field now." in page
    assert "One text." in page
    assert "Another text." in page
    assert 'name="version" value="1"' in page


def test_the_same_text_sent_twice_by_a_bad_connection_is_saved_once(planner, levenmouth, meeting):
    budget = item(meeting, "Budget")
    for _ in range(2):
        assert minutes.write_minutes(planner, levenmouth, budget, "A text.", base_version=0).is_saved
    budget.refresh_from_db()
    assert (budget.minutes_text, budget.minutes_version) == ("A text.", 1)


def test_a_draft_of_minutes_is_offered_again(planner, meeting):
    browser, budget = site.signed_in(planner), item(meeting, "Budget")
    address = f"{HERE}{meeting.pk}/minutes/"
    draft = {"page": address, "form": f"item-{budget.pk}", "fields": {"text": ["Half a sent"], "version": ["0"]}}
    browser.post("/drafts/", draft, content_type="application/json")

    assert "We kept what you typed" in browser.get(address).content.decode()
    assert "Half a sent</textarea>" in browser.get(f"{address}?kept=item-{budget.pk}").content.decode()


def test_a_decision_of_the_meeting_becomes_a_record_with_its_item(planner, levenmouth, held):
    made = decide_item(planner, levenmouth, item(held, "Budget"), "Agreed as put.")

    assert (made.state, made.outcome, made.meeting, made.taken_on) == (
        "taken",
        "Agreed as put.",
        held,
        timezone.localtime(held.starts).date(),
    )
    assert item(held, "Budget").decision == made


def test_a_decision_that_professions_were_told_of_is_taken_as_its_own_page_takes_it(planner, levenmouth, held):
    one = decision(levenmouth, announced_at=timezone.now())
    budget = item(held, "Budget")
    budget.decision = one
    budget.save()

    assert decide_item(planner, levenmouth, budget, "Open from May.").pk == one.pk
    one.refresh_from_db()
    assert (one.state, one.outcome, one.meeting) == ("taken", "Open from May.", held)


def test_an_action_is_due_on_the_today_page_of_whoever_does_it_and_is_done_there(planner, levenmouth, fife, held, ann):
    person = site.person("member", fife, "levenmouth")
    Member.objects.filter(pk=ann.pk).update(person=person)
    today = timezone.localdate()
    made = minutes.agree_action(
        planner, levenmouth, item(held, "Transport"), says="Ask the bus company", member=ann, due_on=today
    )
    browser = site.signed_in(person)

    page = browser.get("/today/").content.decode()
    assert "Do what a meeting asked you: Ask the bus company" in page
    assert "Publish the minutes" not in page, "that is for those who write minutes"
    assert "Publish the minutes" in site.signed_in(planner).get("/today/").content.decode()
    browser.post(f"{HERE}actions/{made.pk}/", {"came_of": "A later bus from May."})
    made.refresh_from_db()
    assert (made.done_on, made.came_of) == (today, "A later bus from May.")
    assert "Ask the bus company" not in browser.get("/today/").content.decode()
    assert "A later bus from May." in browser.get(f"{HERE}actions/").content.decode()
    assert "Ask" not in AuditEvent.objects.last().says


def test_an_action_of_another_is_closed_by_nobody_else(planner, levenmouth, fife, held, ann):
    made = minutes.agree_action(
        planner, levenmouth, item(held, "Budget"), says="x", member=ann, due_on=timezone.localdate()
    )
    with pytest.raises(NotAllowed):
        minutes.close_action(site.person("member", fife, "levenmouth"), levenmouth, made, came_of="Done")
    with pytest.raises(InputRefused, match="Nothing is written"):
        minutes.close_action(planner, levenmouth, made, came_of=" ")


def published(planner, levenmouth, held):
    for title, text in (
        ("Welcome", "Ann was in the chair."),
        ("Budget", "A neighbour is ill."),
        ("Transport", "Late."),
    ):
        minutes.write_minutes(planner, levenmouth, item(held, title), text, base_version=0)
    minutes.withhold_minutes(planner, levenmouth, item(held, "Budget"), "It tells of somebody's health.")
    minutes.publish_minutes(planner, levenmouth, held)


def test_minutes_are_published_once_every_item_has_its_own(planner, levenmouth, held):
    with pytest.raises(ResultRefused, match="Every item that was dealt with has its minutes"):
        minutes.publish_minutes(planner, levenmouth, held)
    published(planner, levenmouth, held)
    assert held.state == "minuted"
    assert AuditEvent.objects.last().says.endswith("1 parts withheld")


def test_everybody_reads_published_minutes_and_that_a_part_is_withheld(client, planner, levenmouth, held):
    before = client.get(f"{HERE}{held.pk}/").content.decode()
    published(planner, levenmouth, held)
    after = client.get(f"{HERE}{held.pk}/").content.decode()

    assert "Ann was in the chair." not in before
    assert "Ann was in the chair." in after
    assert "Ann Reid, Carers&#x27; centre" in after
    assert "A neighbour is ill." not in after
    assert "It tells of somebody&#x27;s health." in after


@pytest.mark.parametrize(
    ("shown", "stands"),
    [("name", "Ann Reid, Carers&#x27; centre"), ("organisation", "Carers&#x27; centre"), ("nothing", "<li>Carers")],
)
def test_names_in_public_minutes_are_as_each_member_wishes(client, planner, levenmouth, held, ann, shown, stands):
    published(planner, levenmouth, held)
    Member.objects.filter(pk=ann.pk).update(shown=shown)
    text = client.get(f"{HERE}{held.pk}/").content.decode()

    assert stands in text
    assert ("Ann Reid" in text) == (shown == "name")


def test_an_erased_member_stands_in_old_minutes_without_a_name(client, planner, levenmouth, held, ann):
    published(planner, levenmouth, held)
    Member.objects.filter(pk=ann.pk).update(name="", email="", notices="none", erased_at=timezone.now())
    text = client.get(f"{HERE}{held.pk}/").content.decode()

    assert "A former member" in text
    assert "Ann Reid" not in text


def test_members_of_the_group_read_minutes_before_they_are_published_and_others_do_not(planner, levenmouth, fife, held):
    minutes.write_minutes(planner, levenmouth, item(held, "Budget"), "A neighbour is ill.", base_version=0)
    own, other = (site.signed_in(site.person("member", fife, where)) for where in ("levenmouth", "kirkcaldy"))

    assert "A neighbour is ill." in own.get(f"{HERE}{held.pk}/").content.decode()
    assert "A neighbour is ill." not in other.get(f"{HERE}{held.pk}/").content.decode()


def test_published_minutes_are_corrected_only_after_they_are_taken_back_with_a_reason(planner, levenmouth, held):
    published(planner, levenmouth, held)
    with pytest.raises(ResultRefused, match="The minutes are published"):
        minutes.write_minutes(planner, levenmouth, item(held, "Budget"), "New", base_version=1)
    with pytest.raises(ResultRefused, match="A reason is written down"):
        minutes.take_back_minutes(planner, levenmouth, held, "")
    minutes.take_back_minutes(planner, levenmouth, held, "A name was wrong.")
    assert minutes.write_minutes(planner, levenmouth, item(held, "Budget"), "New", base_version=1).is_saved


def test_a_meeting_that_is_not_public_is_seen_by_its_group_alone(client, planner, levenmouth, fife):
    made = meetings_site.planned(planner, levenmouth, title="Behind closed doors", public=False)
    own = site.signed_in(site.person("member", fife, "levenmouth"))

    for address in (f"{HERE}{made.pk}/", f"{HERE}{made.pk}/calendar.ics"):
        assert client.get(address).status_code == 302
        assert own.get(address).status_code == 200
    assert "Behind closed doors" not in client.get(HERE).content.decode()
    assert "Behind closed doors" in own.get(HERE).content.decode()


def test_who_is_invited_to_a_meeting_that_is_not_public_sees_it_without_any_role(planner, levenmouth, ann):
    made = meetings_site.planned(planner, levenmouth, title="Behind closed doors", public=False)
    person = site.person()
    browser = site.signed_in(person)
    assert browser.get(f"{HERE}{made.pk}/").status_code == 403

    Member.objects.filter(pk=ann.pk).update(person=person)
    call_meeting(planner, levenmouth, made)
    assert "https://meet.example.org/leven" in browser.get(f"{HERE}{made.pk}/").content.decode()


def test_the_page_of_the_partnership_has_the_next_public_meeting_of_each_locality(client, planner, fife, meeting):
    kirkcaldy = site.place(fife, "kirkcaldy")
    meetings_site.planned(planner, kirkcaldy, title="Kirkcaldy meets")
    meetings_site.planned(planner, kirkcaldy, title="Kirkcaldy meets again", day=timezone.localdate() + 40 * DAY)
    meetings_site.planned(planner, site.place(fife, "dunfermline"), title="Behind closed doors", public=False)
    text = client.get("/fife/meetings/").content.decode()

    assert ("Kirkcaldy, " in text, "Levenmouth, " in text) == (True, True)
    assert "Kirkcaldy meets again" not in text
    assert "Behind closed doors" not in text


def send(browser, meeting, name="budget.pdf", content=b"%PDF", **more):
    file = SimpleUploadedFile(name, content)
    return browser.post(f"{HERE}{meeting.pk}/papers/", {"file": file, **more}, follow=True).content.decode()


def test_a_paper_is_read_by_everybody_unless_it_is_withheld_with_a_reason(client, planner, fife, meeting):
    browser = site.signed_in(planner)
    assert "“budget.pdf” is added." in send(browser, meeting)
    send(browser, meeting, "costs.pdf", withheld_why="It names a supplier.")
    open_one, withheld = meeting.papers.order_by("id")
    text = client.get(f"{HERE}{meeting.pk}/").content.decode()

    assert "budget.pdf" in text
    assert "costs.pdf" not in text
    assert "One paper is not published. It names a supplier." in text
    answer = client.get(f"{HERE}{meeting.pk}/papers/{open_one.pk}/")
    assert (answer.content, answer["Content-Type"]) == (b"%PDF", "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(f"{HERE}{meeting.pk}/papers/{withheld.pk}/").status_code == 302
    assert (
        site.signed_in(site.person("member", fife, "kirkcaldy"))
        .get(f"{HERE}{meeting.pk}/papers/{withheld.pk}/")
        .status_code
        == 403
    )
    member = site.signed_in(site.person("member", fife, "levenmouth"))
    assert member.get(f"{HERE}{meeting.pk}/papers/{withheld.pk}/").content == b"%PDF"


def test_a_paper_of_another_kind_or_without_content_is_refused(planner, levenmouth, meeting):
    browser = site.signed_in(planner)
    assert "is not a file of the right kind" in send(browser, meeting, "page.html", b"<script>")
    with pytest.raises(InputRefused, match="is empty"):
        papers.add_paper(planner, levenmouth, meeting, papers.PaperSent("a.pdf", b""))
    assert not meeting.papers.exists()


def test_what_goes_wrong_while_publishing_leaves_the_minutes_unpublished(planner, levenmouth, held, monkeypatch):
    for each in held.items.all():
        minutes.write_minutes(planner, levenmouth, item(held, each.title), "x", base_version=0)
    monkeypatch.setattr(minutes, "record_event", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        minutes.publish_minutes(planner, levenmouth, held)
    held.refresh_from_db()
    assert held.state == "held"


def test_the_lead_of_another_locality_writes_no_minutes_here(fife, levenmouth, held):
    with pytest.raises(NotAllowed):
        minutes.write_minutes(
            site.person("lead", fife, "kirkcaldy"), levenmouth, item(held, "Budget"), "x", base_version=0
        )
