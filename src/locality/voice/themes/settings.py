"""The dated values by which agreement is put into words, and texts are shown as alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from locality.foundations import load_rule

ROOM = "locality.voice"


@dataclass(frozen=True)
class AgreementRules:
    """From which figure on which words hold; see the rules `reader_agreement` and `theme_agreement`.

    Args:
        readers: Alpha, the word and what to do, the highest first.
        themes: Kappa and the word, the highest first.
        views: The fewest views that somebody read into a theme for anything to be said of it.
    """

    readers: tuple[tuple[float, str, str], ...]
    themes: tuple[tuple[float, str], ...]
    views: int


@dataclass(frozen=True)
class LikenessRules:
    """From when on texts are shown as alike; see the rule `text_likeness`.

    Args:
        suggest: The least likeness for a suggestion, from 0 to 1.
        copy: The least share of common runs of three words of views that are nearly the same.
        words: The fewest words of such views.
        term: By how many standard errors a key term is more common in a theme.
        views: In how many views of the theme it stands at least.
    """

    suggest: float
    copy: float
    words: int
    term: float
    views: int


def agreement_rules(day: dt.date) -> AgreementRules:
    """Give the words for agreement in force on a day.

    Args:
        day: The day.

    Returns:
        The rules.
    """
    readers = load_rule(ROOM, "reader_agreement").at(day).value
    themes = load_rule(ROOM, "theme_agreement").at(day).value
    return AgreementRules(
        tuple((float(one["from"]), str(one["called"]), str(one["do"])) for one in readers),
        tuple((float(one["from"]), str(one["called"])) for one in themes["bands"]),
        int(themes["views"]),
    )


def likeness_rules(day: dt.date) -> LikenessRules:
    """Give the values for likeness of texts in force on a day.

    Args:
        day: The day.

    Returns:
        The rules.
    """
    return LikenessRules(**load_rule(ROOM, "text_likeness").at(day).value)
