"""In which language a page speaks: English, or Gaelic for the pages that residents use.

    tell("Open until {day}", day=tell_day(closes_on))          {% tell "Have your say" %}

English is written in code and templates. What it is in Gaelic stands as data beside each room, in files
`words/gd/<any name>.yaml`: the English text, and the Gaelic one. What has none stays English. A page has its Gaelic
address below `/gd/`, and is declared so: `page(PUBLIC, languages=("gd",))`; see `languages_middleware`. What the
library writes, or was kept in English, is told by `languages_kept`. Headings of tables, and the words of forms that
are declared in English, are told where they are shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml
from django.apps import apps
from django.urls import get_script_prefix, set_script_prefix


@dataclass(frozen=True)
class Language:
    """A language that pages speak.

    Args:
        code: Its short name, as it stands in addresses.
        tag: What the page's `lang` says.
        name: What it is called by those who speak it.
    """

    code: str
    tag: str
    name: str


ENGLISH = Language("en", "en-GB", "English")
GAELIC = Language("gd", "gd", "Gàidhlig")
LANGUAGES = {each.code: each for each in (ENGLISH, GAELIC)}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_spoken: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def spoken() -> Language:
    """Give the language of the page that is being made."""
    return _spoken.get()


@contextmanager
def speaking(code: str) -> Iterator[Language]:
    """Let pages, mails and letters that are made within speak a language; one that is not known is English.

    Addresses that are given within (`reverse`, `{% url %}`) are those of the language's pages.
    """
    language = LANGUAGES.get(code, ENGLISH)
    before, prefix = _spoken.set(language), get_script_prefix()
    bare = prefix.removesuffix(f"{_part_before(before)}/") if _part_before(before) else prefix
    set_script_prefix(bare if language is ENGLISH else f"{bare}{language.code}/")
    try:
        yield language
    finally:
        set_script_prefix(prefix)
        _spoken.reset(before)


def _part_before(token: Token[Language]) -> str:
    """Give the part of addresses of the language that was spoken before; English has none."""
    was = ENGLISH if token.old_value is Token.MISSING else token.old_value
    return "" if was is ENGLISH else was.code


def path_in(language: Language, path: str) -> str:
    """Give the address of the same page in a language; the page itself may speak any of them."""
    bare = path.removeprefix(f"/{spoken().code}") if spoken() is not ENGLISH else path
    return bare if language is ENGLISH else f"/{language.code}{bare}"


def tell(text: str, /, **values: Any) -> str:
    """Give a text in the language of the page, with its values filled in.

    Args:
        text: In English, with names in braces for values.
        values: What is filled in.
    """
    found = text if spoken() is ENGLISH else words_of(spoken().code).get(text, text)
    said = found if isinstance(found, str) else found[-1]
    return said.format(**values) if values else said


def tell_count(number: int, one: str, many: str, /, **values: Any) -> str:
    """Write a number with its word: `tell_count(3, "{number} view", "{number} views")`.

    Gaelic has four forms: for 1 and 11, for 2 and 12, for 3 to 10 and 13 to 19, and for all others. They stand as a
    list beside the English text for many. Further values are filled in as by `tell`.
    """
    said = {**values, "number": f"{number:,}"}
    found = None if spoken() is ENGLISH else words_of(spoken().code).get(many)
    if found is None:
        return (one if number == 1 else many).format(**said)
    return (found if isinstance(found, str) else found[_form_of(number)]).format(**said)


def _form_of(number: int) -> int:
    if number in (1, 11):
        return 0
    if number in (2, 12):
        return 1
    return 2 if 3 <= number <= 10 or 13 <= number <= 19 else 3


def tell_day(day: dt.date | None) -> str:
    """Write a day: 22 November 2026."""
    return "" if day is None else f"{day.day} {tell(MONTHS[day.month - 1])} {day.year}"


@cache
def words_of(code: str) -> dict[str, str | list[str]]:
    """Give the texts of all rooms in a language, by what they are in English."""
    found: dict[str, str | list[str]] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("locality_web."):
            folder = resources.files(app.name) / "words" / code
            files = sorted((each for each in folder.iterdir()), key=lambda each: each.name) if folder.is_dir() else []
            for file in files:
                if file.name.endswith(".yaml"):
                    found |= yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return found
