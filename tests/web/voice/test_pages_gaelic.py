"""Every public page of this room is there in Gaelic, and says nothing in English but what people wrote themselves."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.urls import reverse

import locality_web.voice
from factories.page_texts import PageTexts
from factories.voice_addresses import samples
from locality.foundations import load_rule
from locality_web.core.languages import words_of
from locality_web.core.pages import PUBLIC
from locality_web.money.queries import catalogue
from locality_web.voice import urls
from locality_web.voice.conversations.queries import zone_choices
from locality_web.voice.conversations.translating import languages
from locality_web.voice.models import Vote

pytestmark = pytest.mark.django_db

RESIDENTS = {each.name: each for each in urls.urlpatterns if each.callback.declared.permission == PUBLIC}
PAGES = sorted(name for name, each in RESIDENTS.items() if "." not in str(each.pattern))
"""All but files and pictures, which say the same to everybody."""
IN_ENGLISH = {"engagement_record"}
"""The record that planners of engagement print, in the words of the National Standards."""
NAMES = {"Locality", "English", "Gàidhlig", "SHA-256", "JSON", "PDF", "unzip vote-1.zip locality voice choose vote-1"}
_WORDS = re.compile(r"[^\W\d_]{3}")
_HASH = re.compile(r"[0-9a-f]{64}")


TODAY = dt.date(2026, 11, 23)
KEEPERS = {"channel_slip.html", "vote_letters.html"}
"""Pages of keepers, of which a part is printed in a language that is chosen."""
TEMPLATES = sorted((Path(locality_web.voice.__file__).parent / "templates" / "voice").glob("*.html"))
TOLD = [each for each in TEMPLATES if "{% tell " in each.read_text(encoding="utf-8") and each.name not in KEEPERS]
_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")


def literals_of(template: str) -> list[str]:
    """Give the words that stand in a template itself, outside of whatever it marks as written in English."""
    marked = _CODE.sub(lambda code: ' lang="en"' if code[0] == "{% written %}" else "", template)
    return [text for lang, text in PageTexts.of(marked) if lang != "en" and _WORDS.search(text)]


@pytest.mark.parametrize("template", TOLD, ids=lambda each: each.name)
def test_every_word_of_a_residents_template_is_told_or_marked_as_english(template):
    assert literals_of(template.read_text(encoding="utf-8")) == []


def names_of(partnership) -> set[str]:
    """Names that are the same in every language, and titles that people wrote: a page's title cannot mark them."""
    talks = partnership.conversations.all()
    titles = [*(each.title for each in talks), *Vote.objects.values_list("title", flat=True)]
    places = {partnership.name, *partnership.localities.values_list("name", flat=True)}
    places |= {name for _, zones in zone_choices(partnership) for _, name in zones}
    headings = {each.heading for each in catalogue(partnership)}
    return NAMES | places | headings | {*titles, *languages().values()} | {f"{each} – {partnership}" for each in titles}


def english_of(gaelic: str, english: str) -> list[str]:
    """Give what both pages say alike, where the Gaelic one does not mark it as another language."""
    there = {text for _, text in PageTexts.of(english)}
    alike = [text for lang, text in PageTexts.of(gaelic) if lang == "gd" and text in there and _WORDS.search(text)]
    return [text for text in alike if words_of("gd").get(text) != text and not _HASH.fullmatch(text)]


def data_of_the_library() -> list[str]:
    """Give the names and sentences of the library's rules that pages of residents show."""
    methods = load_rule("locality.voice", "priority_methods").at(TODAY).value["kinds"]
    completions = load_rule("locality.voice", "completions").at(TODAY).value
    heard = load_rule("locality.voice", "who_was_heard").at(TODAY).value["dimensions"]
    classes = [one[name] for each in heard for one in each["classes"] for name in ("name", "says")]
    said = [each[name] for each in methods for name in ("name", "says")]
    return [*said, *(f"{each['name']}." for each in completions), *(each["name"] for each in heard), *classes]


def test_what_residents_read_of_the_librarys_rules_is_there_in_gaelic():
    assert [each for each in data_of_the_library() if each not in words_of("gd")] == []


def test_every_public_page_is_declared_in_gaelic():
    assert [
        name for name in PAGES if name not in IN_ENGLISH and "gd" not in RESIDENTS[name].callback.declared.languages
    ] == []


@pytest.mark.parametrize("name", sorted(set(PAGES) - IN_ENGLISH))
def test_a_page_below_gd_speaks_gaelic(name, client, fife):
    carried = samples(fife)[f"voice:{name}"]
    path = reverse(f"voice:{name}", kwargs=carried)
    english, gaelic = client.get(path, follow=True), client.get(f"/gd{path}", follow=True)
    assert gaelic.status_code == english.status_code
    alike = english_of(gaelic.content.decode(), english.content.decode())
    assert [text for text in alike if text not in names_of(fife)] == []
