"""Tell in another language what stands in English: sentences of the library, and those that were kept when they held.

    tell_kept("Not counted: it has 3 supporters; the rules ask for 5.")      {{ one.says|show_kept }}

The texts of a language are the patterns: what an English text has in braces may be anything. The name of a value says
more of it by how it begins: "day" (told with its month), "number" (`number` itself chooses a form), "share" (a
percentage), "letter" (the name of a group), and "say", which is told by the patterns in turn, or the pattern does not
fit. What no pattern knows stays English, and pages say so of it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from django.utils.html import format_html, format_html_join

from locality_web.core.languages import ENGLISH, MONTHS, spoken, tell, tell_count, words_of

_NAME = re.compile(r"\{(\w+)\}")
_DAY = rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}"
_ANY = ".+?"
_KINDS = {"day": _DAY, "number": r"[\d,]+", "share": r"[\d.,]+%", "letter": "[A-Z]+"}
_ENDS = re.compile(r"(?<=[.!?]) ")
_WORD = re.compile(r"[^\W\d_]{2}")
_ENOUGH = 6  # letters; with fewer a pattern fits what it does not mean
_MOST_KNOWN = 5_000  # sentences: those of some hundred results


def tell_kept(text: str) -> str:
    """Give an English text in the language of the page, sentence by sentence; what is not known stays as it is.

    Args:
        text: One sentence or several, as the library or an earlier page wrote them.
    """
    return text if spoken() is ENGLISH else " ".join(said for said, _ in _parts(spoken().code, text))


def show_kept(text: str) -> str:
    """Give the same for a page, which says of what stays English that it is."""
    if spoken() is ENGLISH or not text:
        return text
    parts = ((said if is_told else as_written(said),) for said, is_told in _parts(spoken().code, text))
    return format_html_join(" ", "{}", parts)


def as_written(text: str) -> str:
    """Give a text that somebody wrote in English; a page in another language says so."""
    return text if spoken() is ENGLISH or not text else format_html('<span lang="{}">{}</span>', ENGLISH.tag, text)


@lru_cache(maxsize=_MOST_KNOWN)
def _parts(code: str, text: str) -> tuple[tuple[str, bool], ...]:
    """Give a text told, sentence by sentence as far as each is known, or in one piece."""
    if text not in words_of(code):
        sentences = [(each, _told(code, each)) for each in _ENDS.split(text)]
        if any(said is not None for _, said in sentences):
            return tuple((each if said is None else said, said is not None) for each, said in sentences)
    whole = _told(code, text)
    return ((text, False),) if whole is None else ((whole, True),)


def _told(code: str, text: str, *, within: bool = False) -> str | None:
    if text in words_of(code):
        return tell(text)
    for pattern, english, is_sure in _patterns(code):
        if (is_sure or within) and (found := pattern.fullmatch(text)):
            said = {name: _value(code, name, value) for name, value in found.groupdict().items()}
            if None not in said.values():
                told = _fill(code, english, said)
                return told if within or not text[0].isupper() else told[0].upper() + told[1:]
    return None


def _fill(code: str, english: str, said: dict[str, str | None]) -> str:
    if isinstance(words_of(code)[english], str):
        return tell(english, **said)
    number = int(str(said.pop("number")).replace(",", ""))
    return tell_count(number, english, english, **said)


def _value(code: str, name: str, value: str) -> str | None:
    if name.startswith("day"):
        day, month, year = value.split()
        return f"{day} {tell(month)} {year}"
    if name.startswith("say"):
        return _told(code, value, within=True) if _WORD.search(value) else value
    return value


@cache
def _patterns(code: str) -> list[tuple[re.Pattern[str], str, bool]]:
    """Give the patterns of a language with their English text, those with most words of their own first.

    One is sure when nothing else can be meant: it has words enough of its own, or all its values are of a known kind.
    The others are used for values alone.
    """
    found = [each for each in words_of(code) if _NAME.search(each)]
    found.sort(key=lambda each: -len(_NAME.sub("", each)))
    return [(re.compile(_expression(each), re.DOTALL), each, _is_sure(each)) for each in found]


def _is_sure(english: str) -> bool:
    letters = sum(map(str.isalpha, _NAME.sub("", english)))
    return letters >= _ENOUGH or all(_kind(name) != _ANY or name.startswith("say") for name in _NAME.findall(english))


def _expression(english: str) -> str:
    seen: set[str] = set()
    parts = []
    for at, part in enumerate(_NAME.split(english)):
        if at % 2 == 0:
            parts.append(re.escape(part))
        elif part in seen:
            parts.append(f"(?P={part})")
        else:
            seen.add(part)
            parts.append(f"(?P<{part}>{_kind(part)})")
    return "".join(parts)


def _kind(name: str) -> str:
    return next((kind for start, kind in _KINDS.items() if name.startswith(start)), _ANY)
