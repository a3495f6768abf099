"""Nothing typed is lost: a draft while somebody types, and the text back when a session ran out."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from core.form_pages import SAVED
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from factories import site
from locality_web.core import drafts
from locality_web.core.models import Draft

pytestmark = pytest.mark.urls("core.form_pages")
PAGE = "/fife/localities/levenmouth/why/"


@pytest.fixture
def lead(fife):
    SAVED.clear()
    return site.person("lead", fife, "levenmouth")


def keep(browser: Client, page: str = PAGE, **fields: str):
    sent = {"page": page, "fields": {name: [text] for name, text in fields.items()}}
    return browser.post("/drafts/", json.dumps(sent), content_type="application/json")


def text(answer) -> str:
    return answer.content.decode()


def test_a_draft_is_offered_when_the_form_is_opened_again_and_changes_nothing_by_itself(lead):
    browser = site.signed_in(lead)
    assert keep(browser, why="Because of the ferry").status_code == 204

    opened = text(browser.get(PAGE))

    assert "We kept what you typed on" in opened
    assert f'href="{PAGE}?kept=yes">Use it</a>' in opened
    assert "Because of the ferry" not in opened


def test_a_person_who_uses_the_draft_finds_the_text_in_the_form(lead):
    browser = site.signed_in(lead)
    keep(browser, why="Because of the ferry")

    opened = text(browser.get(PAGE + "?kept=yes"))

    assert "Because of the ferry</textarea>" in opened
    assert "It is not saved yet." in opened


def test_a_draft_is_forgotten_once_the_form_is_saved(lead):
    browser = site.signed_in(lead)
    keep(browser, why="Because of the ferry")

    browser.post(PAGE, {"why": "Because of the ferry and the road"})

    assert SAVED[0]["why"] == "Because of the ferry and the road"
    assert not Draft.objects.exists()


def test_a_draft_can_be_thrown_away_without_a_script(lead):
    browser = site.signed_in(lead)
    keep(browser, why="Because of the ferry")

    answer = browser.post("/drafts/throw-away/", {"key": PAGE})

    assert answer.headers["Location"] == PAGE
    assert not Draft.objects.exists()


def test_throwing_away_leads_to_no_other_site(lead):
    answer = site.signed_in(lead).post("/drafts/throw-away/", {"key": "//elsewhere.example/"})

    assert answer.headers["Location"] == "/today/"


def test_a_draft_is_shown_to_nobody_else(lead, fife):
    keep(site.signed_in(lead), why="Because of the ferry")

    other = site.signed_in(site.person("planner", fife))

    assert "We kept" not in text(other.get(PAGE))


def test_passwords_are_never_kept(lead):
    keep(site.signed_in(lead), why="Yes", password="correct horse", csrfmiddlewaretoken="abc")

    assert Draft.objects.get().fields == {"why": ["Yes"]}


@pytest.mark.parametrize("sent", ["", "[]", "{}", '{"page": 1, "fields": {}}', '{"page": "/x/", "fields": {"a": 1}}'])
def test_what_is_no_draft_is_refused(lead, sent):
    assert site.signed_in(lead).post("/drafts/", sent, content_type="application/json").status_code == 400


def test_a_text_that_is_too_long_is_said_to_be_too_long(lead):
    assert keep(site.signed_in(lead), why="x" * 300_001).status_code == 413


def test_drafts_that_nobody_came_back_for_are_removed_after_thirty_days(lead):
    keep(site.signed_in(lead), why="Yes")

    assert drafts.drop_old_drafts(timezone.now() + dt.timedelta(days=29)) == 0
    assert drafts.drop_old_drafts(timezone.now() + dt.timedelta(days=31)) == 1


def test_a_session_that_ran_out_gives_the_text_back_after_sign_in(lead):
    browser = Client()
    refused = browser.post(PAGE, {"why": "Because of the ferry", "password": "correct horse"})
    assert refused.headers["Location"] == f"/accounts/login/?next={PAGE}"

    browser.force_login(lead)
    opened = text(browser.get(PAGE))

    assert "Because of the ferry</textarea>" in opened
    assert "It is in the form now." in opened
    assert "correct horse" not in opened
    assert SAVED == []


def test_the_text_is_given_back_until_it_is_saved(lead):
    browser = Client()
    browser.post(PAGE, {"why": "Because of the ferry"})
    browser.force_login(lead)
    browser.get(PAGE)

    browser.post(PAGE, {"why": "Because of the ferry"})

    assert SAVED[0]["why"] == "Because of the ferry"
    assert "Because of the ferry" not in text(browser.get(PAGE))


def test_files_cannot_be_kept_and_are_named_to_be_chosen_again(lead):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = Client()
    browser.post(PAGE, {"why": "See the file", "file": SimpleUploadedFile("budget.xlsx", b"...")})
    browser.force_login(lead)

    assert "Choose again: budget.xlsx." in text(browser.get(PAGE))


def test_a_form_that_posts_to_an_address_of_its_own_opens_on_the_page_where_it_was_filled_in(lead):
    answer = Client().post(PAGE + "send/", {"why": "Yes"}, headers={"referer": f"http://testserver{PAGE}"})

    assert answer.headers["Location"] == f"/accounts/login/?next={PAGE}"


def test_two_forms_of_one_page_keep_their_texts_apart(rf, lead):
    browser = Client()
    browser.post(PAGE, {"_form": "comment", "why": "A comment"})
    browser.force_login(lead)
    request = rf.get(PAGE)
    request.session, request.user = browser.session, lead

    assert drafts.form_data(request) is None
    assert drafts.form_data(request, "comment")["why"] == "A comment"


def test_nobody_can_fill_the_disk_without_signing_in(fife, monkeypatch):
    monkeypatch.setattr(drafts, "limits", lambda: {"characters": 100, "forms": 3, "minutes": 5, "forms_an_hour": 1})
    first, second = Client(), Client()
    first.post(PAGE, {"why": "Yes"})
    second.post(PAGE, {"why": "Yes"})

    assert "kept_text" in first.session
    assert "kept_text" not in second.session


def run_out(browser: Client) -> None:
    """Let the session of a browser run out; the browser still has its cookie."""
    Session.objects.filter(pk=browser.cookies["sessionid"].value).update(expire_date=timezone.now())


def test_text_of_a_session_that_ran_out_goes_back_to_the_same_person(lead):
    browser = site.signed_in(lead)
    run_out(browser)
    browser.post(PAGE, {"why": "Because of the ferry"})

    browser.force_login(lead)

    assert "Because of the ferry</textarea>" in text(browser.get(PAGE))


def test_the_next_person_at_a_shared_computer_does_not_see_it_and_it_waits_for_its_writer(lead, fife):
    browser = site.signed_in(lead)
    run_out(browser)
    browser.post(PAGE, {"why": "Because of the ferry"})

    browser.force_login(site.person("planner", fife))

    for page in (PAGE, PAGE + "?kept=yes"):
        assert "Because of the ferry" not in text(browser.get(page))
    assert "Because of the ferry</textarea>" in text(site.signed_in(lead).get(PAGE + "?kept=yes"))


def test_text_of_nobody_knows_whom_is_given_to_nobody_after_a_quarter_of_an_hour(lead, monkeypatch):
    browser = Client()
    browser.post(PAGE, {"why": "Because of the ferry"})
    later = timezone.now() + dt.timedelta(minutes=16)
    monkeypatch.setattr(drafts.timezone, "now", lambda: later)

    browser.force_login(lead)

    assert "Because of the ferry" not in text(browser.get(PAGE))


def test_text_that_one_person_claimed_is_not_shown_to_the_next(lead, fife):
    browser = Client()
    browser.post(PAGE, {"why": "Because of the ferry"})
    browser.force_login(lead)
    kept = browser.session["kept_text"]
    other = site.signed_in(site.person("planner", fife))
    session = other.session
    session["kept_text"] = kept
    session.save()

    assert "Because of the ferry" not in text(other.get(PAGE))


def test_one_person_keeps_no_more_drafts_than_the_rule_says(lead, monkeypatch):
    few = {**drafts.limits(), "drafts": 2}
    monkeypatch.setattr(drafts, "limits", lambda: few)
    browser = site.signed_in(lead)
    for number in range(4):
        keep(browser, f"/page/{number}/", why="Yes")

    assert sorted(Draft.objects.values_list("form", flat=True)) == ["/page/2/", "/page/3/"]
