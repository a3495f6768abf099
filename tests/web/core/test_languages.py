"""Pages in Gaelic: their addresses, their words, and that nothing strays from one language to the other."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.urls import get_script_prefix, reverse

import locality_web
from locality_web.core.languages import ENGLISH, GAELIC, path_in, speaking, spoken, tell, tell_count, tell_day, words_of
from locality_web.core.remembered import Memory

SITE = Path(locality_web.__file__).parent
FRAME = sorted((SITE / "core/templates/core/parts").glob("*.html"))
TOLD = re.compile(r"""\{% tell (?:"([^"]+)"|'([^']+)')""")


def test_a_text_is_told_in_the_language_of_the_page_with_its_values():
    assert tell("Contact {partnership}", partnership="Fife") == "Contact Fife"
    with speaking("gd"):
        assert tell("Contact {partnership}", partnership="Fife") == "Cuir fios gu Fife"
        assert tell("Nobody wrote this down") == "Nobody wrote this down"
    assert spoken() is ENGLISH


@pytest.mark.parametrize(("number", "form"), [(1, 0), (11, 0), (2, 1), (12, 1), (3, 2), (19, 2), (20, 3), (0, 3)])
def test_gaelic_counts_in_four_forms(number, form, monkeypatch):
    monkeypatch.setitem(words_of("gd"), "{number} things", ["{number} a", "{number} b", "{number} c", "{number} d"])
    with speaking("gd"):
        assert tell_count(number, "{number} thing", "{number} things") == f"{number} {'abcd'[form]}"
    assert tell_count(1, "{number} thing", "{number} things") == "1 thing"


def test_a_day_has_the_name_of_its_month():
    with speaking("gd"):
        assert tell_day(dt.date(2026, 11, 22)) == "22 an t-Samhain 2026"
    assert tell_day(dt.date(2026, 11, 22)) == "22 November 2026"


def test_addresses_stay_in_the_language_and_come_back():
    with speaking("gd"):
        assert reverse("core:front") == "/gd/"
        with speaking("en"):
            assert reverse("core:front") == "/"
        with speaking("gd"):
            assert reverse("core:front") == "/gd/"
        assert path_in(ENGLISH, "/gd/fife/") == "/fife/"
        assert path_in(GAELIC, "/gd/fife/") == "/gd/fife/"
    assert (get_script_prefix(), path_in(GAELIC, "/fife/")) == ("/", "/gd/fife/")


def test_a_page_that_is_not_there_in_gaelic_is_given_in_english(client, fife):
    answer = client.get("/gd/fife/money/?year=2026-27")
    assert (answer.status_code, answer["Location"]) == (302, "/fife/money/?year=2026-27")
    assert client.get("/gd//evil.example/x/")["Location"] == "/evil.example/x/"
    assert client.post("/gd/accounts/logout/").status_code == 307


def test_what_is_remembered_in_one_language_is_not_shown_in_another(fife):
    assert Memory(fife).read(("words",), ("voice",), lambda: reverse("core:front")) == "/"
    with speaking("gd"):
        assert Memory(fife).read(("words",), ("voice",), lambda: reverse("core:front")) == "/gd/"


@pytest.mark.parametrize("template", FRAME, ids=lambda each: each.name)
def test_every_word_of_the_frame_is_there_in_gaelic(template):
    said = [one or two for one, two in TOLD.findall(template.read_text(encoding="utf-8"))]
    assert [each for each in said if each not in words_of("gd")] == []


def test_the_values_of_a_text_are_the_same_in_gaelic():
    for english, gaelic in words_of("gd").items():
        named = set(re.findall(r"\{(\w+)\}", english))
        for form in [gaelic] if isinstance(gaelic, str) else gaelic:
            assert set(re.findall(r"\{(\w+)\}", form)) == named, english
