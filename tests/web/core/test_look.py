"""The frame of every page: a partnership's own colour, its menu, and pages that speak of the site itself."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from factories import site
from locality_web.core.hooks import Entry
from locality_web.core.look import accent_css, contrast, readable_on
from locality_web.core.models import Partnership
from locality_web.core.templatetags.locality import current_in


def test_a_partnership_has_its_colour_in_a_stylesheet_of_its_own(client, fife):
    Partnership.objects.filter(pk=fife.pk).update(accent="#7a0045")
    said = client.get("/fife/look.css")
    assert said["Content-Type"] == "text/css; charset=utf-8"
    assert said.content.decode() == ":root { --accent: #7a0045; --on-accent: #ffffff; }\n"
    assert said["Cache-Control"] == "public, max-age=86400"
    assert "Vary" not in said or "Cookie" not in said["Vary"]


@pytest.mark.parametrize("colour", ["red;} body{display:none", "#fff", "", "#12345g", "url(x)", "#0065bd\n"])
def test_what_is_no_colour_gives_the_sites_own(colour):
    assert accent_css(colour) == ":root { --accent: #00437a; --on-accent: #ffffff; }\n"


@pytest.mark.parametrize(("colour", "text"), [("#00437a", "#ffffff"), ("#ffd400", "#000000"), ("#ffffff", "#000000")])
def test_words_on_the_colour_are_light_or_dark_whichever_is_readable(colour, text):
    assert readable_on(colour) == text


@pytest.mark.parametrize("grey", range(256))
def test_words_are_readable_on_every_grey(grey):
    colour = f"#{grey:02x}{grey:02x}{grey:02x}"
    assert contrast(readable_on(colour), colour) >= 4.5


def test_black_on_white_has_the_greatest_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


@pytest.mark.parametrize(
    ("address", "path", "here"),
    [
        ("/fife/money/", "/fife/money/", "page"),
        ("/fife/money/", "/fife/money/shares/", "true"),
        ("/fife/", "/fife/money/", ""),
        ("/fife/", "/fife/", "page"),
        ("/fife/money/", "/fife/plans/", ""),
    ],
)
def test_the_menu_says_where_the_reader_is(address, path, here):
    assert current_in(address, path) == here


def test_the_menu_is_there_for_phones_and_for_desks(client, fife, monkeypatch):
    entries = [[Entry("Money", "/fife/money/", 20), Entry("<b>", "/fife/x/", 10)]]
    monkeypatch.setattr("locality_web.core.context.ask_rooms", lambda *asked: iter(entries))
    page = client.get("/fife/").content.decode()
    assert page.count('<a href="/fife/money/">Money</a>') == 2
    assert page.index("&lt;b&gt;") < page.index(">Money<")
    assert "<b>" not in page


def test_a_made_up_partnership_says_so_on_its_pages(client, fife):
    assert "its figures are made up" in client.get("/fife/").content.decode()
    Partnership.objects.update(made_up=False)
    assert "made up" not in client.get("/fife/").content.decode()


def test_every_page_leads_to_the_accessibility_statement_and_to_sign_in(client, db):
    page = client.get("/").content.decode()
    assert 'href="/accessibility/"' in page
    assert 'href="/accounts/login/"' in page
    assert 'href="#main"' in page


def test_somebody_signed_in_sees_their_name_and_can_sign_out(fife):
    page = site.signed_in(site.person("planner", fife, name="Ann Example")).get("/").content.decode()
    assert "Ann Example" in page
    assert 'action="/accounts/logout/"' in page
    assert "Sign in</a>" not in page


def test_the_accessibility_statement_names_whom_to_tell(client, fife):
    assert "has given an address" in client.get("/accessibility/").content.decode()
    Partnership.objects.update(contact="plan@example.org")
    assert "mailto:plan@example.org" in client.get("/accessibility/").content.decode()


def test_search_engines_are_told_the_public_pages(client, db, monkeypatch):
    import datetime as dt

    monkeypatch.setattr(
        "locality_web.core.public_pages.ask_rooms", lambda *asked: iter([[("/fife/?a=1&b=2", dt.date(2026, 11, 22))]])
    )
    said = client.get("/sitemap.xml")
    tree = ElementTree.fromstring(said.content)
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    assert [each.text for each in tree.findall("s:url/s:loc", names)] == [
        "http://testserver/",
        "http://testserver/accessibility/",
        "http://testserver/fife/?a=1&b=2",
    ]
    assert [each.text for each in tree.findall("s:url/s:lastmod", names)] == ["2026-11-22"]
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.urls("factories.look_page")
def test_a_page_with_every_part_asks_the_database_little(client, fife, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        assert client.get("/fife/look/").status_code == 200


@pytest.mark.urls("factories.look_page")
def test_every_id_of_a_page_is_there_once(client, fife):
    page = client.post("/fife/look/", {}).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted({each for each in ids if ids.count(each) > 1}) == []
    named = re.findall(r'(?:aria-labelledby|aria-describedby|for)="([^"]+)"', page)
    assert {each for names in named for each in names.split()} <= set(ids)
