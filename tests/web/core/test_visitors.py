"""Public pages are made once for visitors, and anew as soon as anything is recorded."""

from __future__ import annotations

import pytest
from django.db import transaction

from factories import site
from locality_web.core.audit import record_event
from locality_web.core.models import Partnership
from locality_web.core.partnership_settings import change_setting


@pytest.fixture(autouse=True)
def kept(settings, db):
    settings.KEEP_VISITOR_PAGES = True
    with transaction.atomic():
        record_event(None, "tests.begun", "Begun")


def rename(partnership, name: str) -> None:
    """Change a page behind the record's back."""
    Partnership.objects.filter(pk=partnership.pk).update(name=name)


def test_a_visitor_gets_the_page_that_was_made_for_the_visitor_before(client, fife, django_assert_num_queries):
    first = client.get("/fife/services/")

    with django_assert_num_queries(1):
        second = client.get("/fife/services/")

    assert second.content == first.content
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert second.headers["X-Frame-Options"] == "DENY"


def test_as_soon_as_anything_is_recorded_the_page_is_made_anew(client, fife):
    client.get("/fife/services/")
    rename(fife, "The Kingdom of Fife")
    assert "The Kingdom of Fife" not in client.get("/fife/services/").content.decode()

    planner = site.person("planner", fife)
    change_setting(planner, site.place(fife), "plans.comment_days", value=30, reason="So the board decided.")

    assert "The Kingdom of Fife" in client.get("/fife/services/").content.decode()


def test_nobody_who_is_signed_in_gets_a_visitors_page_nor_leaves_one(client, fife, as_role):
    mine = as_role("planner").get("/fife/services/").content
    assert b"Sign out" in mine

    assert b"Sign out" not in client.get("/fife/services/").content
    assert b"Sign out" in as_role("planner").get("/fife/services/").content


def test_a_page_with_a_form_is_made_for_each_visitor_alone(client, fife):
    from django.test import Client

    one, other = Client().get("/fife/verify/").content, Client().get("/fife/verify/").content

    assert b"csrfmiddlewaretoken" in one
    assert one != other


def test_a_page_that_is_not_there_is_not_kept(client, fife):
    assert client.get("/fife/localities/nowhere/").status_code == 404
    assert client.get("/fife/localities/nowhere/").status_code == 404


def test_a_site_that_is_closed_shows_nothing_that_was_kept(client, fife, settings, tmp_path):
    client.get("/fife/services/")
    settings.MAINTENANCE_FILE = tmp_path / "closed.txt"
    settings.MAINTENANCE_FILE.write_text("Until ten o'clock.")

    assert client.get("/fife/services/").status_code == 503
