"""The pages of decisions: everybody reads them, a profession answers without an account, nothing leaks."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from factories import site, voices
from locality_web.members.decision_changes import Wanted, announce_decision, prepare_decision
from locality_web.members.models import AgendaItem, GroupDecision, Meeting, Notice, ProfessionAsked
from locality_web.members.practice_changes import answer_for
from locality_web.members.practice_today import due_for

DAY = dt.timedelta(days=1)
HERE = "/fife/localities/levenmouth/decisions/"


@pytest.fixture(autouse=True)
def nothing_counted(db):
    cache.clear()


@pytest.fixture
def pharmacist(fife):
    found = voices.member(fife, "Phil Pharmacist", organisation="Leven Pharmacy", email="phil@example.org")
    voices.route(fife, None, "pharmacy", found)
    return found


@pytest.fixture
def prepared(planner, levenmouth, today, pharmacist):
    wanted = Wanted("Move the clinic", "From Leven to Methil.", today + 30 * DAY, ("pharmacy", "dentistry"))
    return prepare_decision(planner, levenmouth, wanted)


@pytest.fixture
def link(planner, levenmouth, prepared):
    """The link of the pharmacist, once the decision is announced."""
    announce_decision(planner, levenmouth, prepared)
    return Notice.objects.get().address


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_decision_that_nobody_was_told_of_is_seen_by_those_who_keep_it_alone(planner, prepared):
    assert "Move the clinic" not in text(Client().get(HERE))
    assert Client().get(f"{HERE}{prepared.pk}/").status_code == 404
    assert "Move the clinic" in text(site.signed_in(planner).get(HERE))


def test_everybody_reads_the_answers_with_names_as_their_owners_want_and_what_is_amiss(link, prepared):
    answer_for(ProfessionAsked.objects.get(), "Keep Saturdays.")

    for page in (Client().get(HERE), Client().get(f"{HERE}{prepared.pk}/")):
        assert "Keep Saturdays." in text(page)
        assert "Leven Pharmacy" in text(page)
        assert "Phil" not in text(page)
        assert "Dentists: not told, for they have neither a seat nor a feed-in route." in text(page)
        assert "No reason is written down yet; it cannot be taken without one." in text(page)


def test_a_profession_answers_without_an_account_and_later_reads_what_became_of_it(link, planner, prepared, today):
    visitor = Client()
    visitor.post(link, {"answer": "Keep Saturdays."})
    visitor.post(link, {"answer": "Keep Saturdays, please."})
    assert "Keep Saturdays, please." in text(visitor.get(link))

    asked = ProfessionAsked.objects.get()
    typed = {
        "outcome": "It moves.",
        "taken_on": str(today),
        f"became_{asked.pk}": "They stay.",
        "short_notice": "Lease.",
    }
    answer = site.signed_in(planner).post(f"{HERE}{prepared.pk}/take/", typed)

    assert answer.headers["Location"] == f"{HERE}{prepared.pk}/"
    page = text(visitor.get(link))
    assert "It moves." in page
    assert "They stay." in page
    assert "<textarea" not in page
    visitor.post(link, {"answer": "Too late"})
    assert ProfessionAsked.objects.get().answer == "Keep Saturdays, please."


def test_the_page_of_a_link_says_nothing_of_whose_it_is_and_is_kept_by_nobody(link):
    answer = Client().get(link)

    assert "Phil" not in text(answer)
    assert "phil@example.org" not in text(answer)
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("same-origin", "private, no-store")


def test_a_forged_a_foreign_and_an_old_link_open_nothing(link, argyll, pharmacist, prepared):
    token = link.split("/")[3]
    forged = f"/fife/answer/{token[:-1]}{'a' if token[-1] != 'a' else 'b'}/"
    for address in (forged, f"/argyll-and-bute/answer/{token}/"):
        answer = Client().get(address)
        assert answer.status_code == 410
        assert "Move the clinic" not in text(answer)

    long_ago = timezone.localdate() - 181 * DAY
    GroupDecision.objects.update(state="taken", taken_on=long_ago)
    assert "This link has run out." in text(Client().get(link))


def test_the_link_of_somebody_who_left_opens_nothing(link, pharmacist):
    pharmacist.left_on = timezone.localdate()
    pharmacist.save()

    answer = Client().post(link, {"answer": "x"})

    assert answer.status_code == 410
    assert "no longer takes part" in text(answer)
    assert ProfessionAsked.objects.get().answer == ""


def test_an_empty_answer_is_refused_in_words_and_tries_are_counted(link):
    assert "Write your answer." in text(Client().post(link, {"answer": " "}))
    assert [Client().post(link, {"answer": "x"}).status_code for _ in range(30)][-1] == 429


def test_a_planner_prepares_changes_announces_and_widens_a_decision_on_its_pages(planner, fife, today):
    client = site.signed_in(planner)
    typed = {"title": "A", "says": "B", "due_on": str(today + 40 * DAY), "professions": ["housing"]}
    made = client.post(f"{HERE}add/", typed).headers["Location"]
    client.post(f"{made}change/", {**typed, "title": "A better title"})

    page = text(client.get(f"{made}announce/"))
    assert "Nobody can be told for: <strong>Housing</strong>" in page
    said = text(client.post(f"{made}announce/", {"short_notice": ""}, follow=True))
    assert "0 members were told. Nobody could be told for: Housing. Name a feed-in route" in said

    voices.route(fife, None, "housing", voices.member(fife))
    widened = {"due_on": str(today + 40 * DAY), "professions": ["housing"], "short_notice": ""}
    said = text(client.post(f"{made}change/", widened, follow=True))
    assert "1 more member was told; their notice period begins today." in said
    assert "A better title" in said
    assert "Without the notice period" not in said


def test_a_decision_is_withdrawn_on_its_page(planner, link, prepared):
    client = site.signed_in(planner)
    assert "Write why it is withdrawn." in text(client.post(f"{HERE}{prepared.pk}/withdraw/", {"reason": ""}))
    client.post(f"{HERE}{prepared.pk}/withdraw/", {"reason": "No money."})

    assert "No money." in text(Client().get(link))
    assert "No money." in text(Client().get(f"{HERE}{prepared.pk}/"))


def test_after_an_answer_changed_the_page_shows_it_and_takes_the_decision_the_next_time(planner, link, prepared, today):
    asked = ProfessionAsked.objects.get()
    answer_for(asked, "One")
    client, address = site.signed_in(planner), f"{HERE}{prepared.pk}/take/"
    seen = re.search(r'name="seen_at" value="([^"]+)"', text(client.get(address)))[1]
    answer_for(asked, "Two")
    typed = {"outcome": "Yes", "taken_on": str(today), f"became_{asked.pk}": "Done", "short_notice": "Lease."}

    first = text(client.post(address, {**typed, "seen_at": seen}))
    again = re.search(r'name="seen_at" value="([^"]+)"', first)[1]
    client.post(address, {**typed, "seen_at": again})

    assert "Pharmacists changed the answer after you opened this page" in first
    assert "They wrote: Two" in first
    assert GroupDecision.objects.get().state == "taken"


#    state        due in days | what is due today
TODAY = [
    ("prepared", 60, []),
    ("prepared", 40, ["Announce the decision: Move the clinic"]),
    ("prepared", 20, ["Not announced in time: Move the clinic"]),
    ("announced", 20, []),
    ("announced", 0, ["Decision due: Move the clinic"]),
    ("taken", -3, []),
]


@pytest.mark.parametrize(("state", "days", "titles"), TODAY)
def test_who_keeps_decisions_is_told_what_waits(planner, prepared, today, state, days, titles):
    GroupDecision.objects.update(state=state, due_on=today + days * DAY)
    assert [due.title for due in due_for(planner, planner.roles.all())] == titles


def test_the_whole_partnership_has_decisions_of_its_own(planner, fife, today):
    client = site.signed_in(planner)
    typed = {"title": "One formulary", "says": "B", "due_on": str(today + 40 * DAY)}
    made = client.post("/fife/decisions/add/", typed).headers["Location"]
    client.post(f"{made}announce/", {})

    assert made.startswith("/fife/decisions/")
    assert "One formulary" in text(Client().get("/fife/decisions/"))
    assert "One formulary" not in text(Client().get(HERE))


def test_the_agenda_of_a_meeting_names_a_decision_without_the_notice_period(planner, fife, levenmouth, prepared, today):
    start = timezone.now() + 30 * DAY
    meeting = Meeting.objects.create(
        partnership=fife, locality=levenmouth.locality, kind="group", title="Group", starts=start, ends=start, uid="u",
        state="called",
    )  # fmt: skip
    AgendaItem.objects.create(meeting=meeting, order=1, title="The clinic", decision=prepared)
    address = f"/fife/localities/levenmouth/meetings/{meeting.pk}/"

    assert "Not announced yet. The professions that it affects have to be told by" in text(Client().get(address))
    announce_decision(planner, levenmouth, prepared)
    assert "Dentists: not told, for they have neither a seat nor a feed-in route." in text(Client().get(address))
