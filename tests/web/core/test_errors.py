"""When something goes wrong: plain words, what to do next, nothing typed lost, nobody named in the log."""

from __future__ import annotations

import pytest
from core.form_pages import SAVED
from django.db import OperationalError
from django.test import Client

from factories import site
from locality_web.core.incidents import say_without_values
from locality_web.core.refusals_database import AWAY, BUSY, say_database_trouble

pytestmark = [pytest.mark.urls("core.form_pages"), pytest.mark.django_db]
PAGE = "/fife/localities/levenmouth/why/"
OWN = {"origin": "http://testserver"}


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_refused_page_says_why_and_who_may(fife, as_role):
    answer = as_role("finance").get(PAGE)

    assert answer.status_code == 403
    assert "<h1>You may not open this page</h1>" in text(answer)
    assert "Ask the partnership&#x27;s administrator" in text(answer)


def test_a_missing_page_says_what_is_missing(browser):
    answer = browser.get("/atlantis/localities/levenmouth/why/")

    assert answer.status_code == 404
    assert "There is no locality at the address &#x27;atlantis/localities/levenmouth&#x27;." in text(answer)


def test_an_address_that_nobody_knows_shows_nothing_of_the_program(browser):
    answer = browser.get("/no/such/page/")

    assert answer.status_code == 404
    assert "Check the address, or start from the front page." in text(answer)
    assert "tried" not in text(answer)


def test_an_address_that_only_takes_forms_says_so(fife, as_role):
    answer = as_role("planner").get(PAGE + "send/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "This address is for sending a form" in text(answer)


def test_too_many_fields_are_refused_in_words(browser, fife, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    answer = browser.post(PAGE, {f"field{number}": "x" for number in range(5)})

    assert answer.status_code == 400
    assert "What was sent is too large" in text(answer)


def test_a_mistake_of_ours_gives_a_reference_that_is_in_the_log_and_names_nobody(browser, caplog):
    answer = browser.post("/test/broken/", {"why": "Because of the ferry"}, headers=OWN)

    assert answer.status_code == 500
    reference = text(answer).partition("reference: <strong>")[2][:9]
    log = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("locality_web"))
    assert f"Incident {reference} at POST test/broken/" in log
    assert "builtins.ValueError" in log
    assert "form_pages.py" in log
    for private in ("ann@example.org", "something private", "Because of the ferry"):
        assert private not in log


def test_a_mistake_of_ours_gives_back_what_was_typed(browser):
    answer = text(browser.post("/test/broken/", {"why": "Because of the <b>ferry", "password": "correct"}, headers=OWN))

    assert "Because of the &lt;b&gt;ferry</textarea>" in answer
    assert 'action="/test/broken/"' in answer
    assert "correct" not in answer


def test_the_page_of_mistakes_asks_the_database_nothing(client, django_assert_num_queries):
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        assert client.get("/test/broken/").status_code == 500


def test_when_not_even_a_template_can_be_read_bare_words_remain(browser, monkeypatch):
    monkeypatch.setattr("locality_web.core.refusals.render_to_string", lambda *given: 1 / 0)

    answer = browser.get("/test/broken/")

    assert answer.status_code == 500
    assert "Nothing that was saved before is lost." in text(answer)


def test_a_busy_database_asks_to_try_again_and_gives_back_what_was_typed(browser):
    answer = browser.post("/test/busy/", {"why": "Because of the ferry"}, headers=OWN)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "The site is very busy" in text(answer)
    assert "Because of the ferry</textarea>" in text(answer)


def test_a_database_that_is_away_says_so_with_a_reference(browser):
    answer = browser.get("/test/away/")

    assert answer.status_code == 503
    assert "The site cannot reach its database" in text(answer)
    assert "reference: <strong>" in text(answer)


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("database is locked", BUSY),
        ("database table is locked: core_job", BUSY),
        ("unable to open database file", AWAY),
        ("database or disk is full", AWAY),
        ("attempt to write a readonly database", AWAY),
        ("connection failed: Connection refused", AWAY),
        ("no such table: core_person", ""),
    ],
)
def test_a_database_in_trouble_is_told_from_a_mistake_of_ours(said, trouble):
    assert say_database_trouble(OperationalError(said)) == trouble


def test_the_log_names_the_first_cause_without_its_words():
    try:
        try:
            raise KeyError("ann@example.org")
        except KeyError as first:
            raise ValueError("secret") from first
    except ValueError as error:
        said = say_without_values(error)

    assert "builtins.ValueError" in said
    assert "caused by builtins.KeyError" in said
    assert "secret" not in said
    assert "ann@" not in said


def test_a_form_that_has_run_out_shows_what_was_typed_and_can_be_sent_again(fife):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(site.person("lead", fife, "levenmouth"))
    SAVED.clear()

    refused = strict.post(PAGE, {"why": "Because of the ferry", "csrfmiddlewaretoken": "old"}, headers=OWN)
    assert refused.status_code == 403
    assert "This form has run out" in text(refused)
    assert "Because of the ferry</textarea>" in text(refused)

    token = text(refused).partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert strict.post(PAGE, {"why": "Because of the ferry", "csrfmiddlewaretoken": token}).status_code == 302
    assert SAVED[0]["why"] == "Because of the ferry"


def test_a_form_from_another_site_can_be_copied_but_not_sent_again(fife):
    strict = Client(enforce_csrf_checks=True)

    refused = strict.post(PAGE, {"why": "Give me money"}, headers={"origin": "https://elsewhere.example"})

    assert "We do not know where this form came from" in text(refused)
    assert "Send again" not in text(refused)


def test_a_site_that_is_closed_says_until_when_and_still_shows_its_sign_of_life(browser, settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance.txt"
    settings.MAINTENANCE_FILE.write_text("We are back at 15:00.")

    answer = browser.get("/")

    assert answer.status_code == 503
    assert "We are back at 15:00." in text(answer)
    assert browser.get("/health/").status_code == 200
