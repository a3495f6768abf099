"""Words and numbers as pages write them; one place, so that charts, tables and templates agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from locality.foundations import say_pounds

Unit = Literal["pounds", "people", "number", "percent", "change"]
_MILLION, _THOUSAND = 1_000_000, 1_000


def join_words(words: Iterable[str], last: str = "and") -> str:
    """Write a list as people say it: "a, b and c".

    Example:
        >>> join_words(["day", "month", "year"])
        'day, month and year'
    """
    each = list(words)
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} {last} {each[-1]}" if each else ""


def count_of(number: int, one: str, many: str = "") -> str:
    """Write a number with its word: "1 locality", "4 localities".

    Example:
        >>> count_of(1, "locality", "localities"), count_of(2000, "person", "people")
        ('1 locality', '2,000 people')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short_pounds(pence: float) -> str:
    """Write an amount in three or four figures, for charts: £12.3m, £450k, £87.

    Example:
        >>> short_pounds(1_234_567_890), short_pounds(-45_000_000), short_pounds(8_700)
        ('£12.3m', '−£450k', '£87')
    """
    pounds = abs(pence) / 100
    sign = "−" if pence < 0 else ""
    if pounds >= 999_500:
        return f"{sign}£{_figures(pounds / _MILLION)}m"
    if pounds >= 9_999.5:
        return f"{sign}£{pounds / _THOUSAND:,.0f}k"
    return f"{sign if round(pounds) else ''}£{pounds:,.0f}"


def _figures(millions: float) -> str:
    return f"{millions:,.0f}" if millions >= 999.5 else f"{millions:.2f}" if millions < 9.995 else f"{millions:.1f}"


def say(amount: float | None, unit: Unit) -> str:
    """Write a figure in full: pounds (given in pence), people, a plain number, a percentage or a change in it."""
    return "not known" if amount is None else _FULL[unit](amount)


def say_short(amount: float | None, unit: Unit) -> str:
    """Write a figure for a chart, where there is little room."""
    if amount is None:
        return "not known"
    return short_pounds(amount) if unit == "pounds" else _FULL[unit](amount)


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _plain(amount: float) -> str:
    return _minus(f"{amount:,.1f}".removesuffix(".0"))


_FULL: dict[Unit, Callable[[float], str]] = {
    "pounds": lambda pence: _minus(say_pounds(round(pence), whole=True)),
    "people": lambda people: _minus(f"{people:,.0f}"),
    "number": _plain,
    "percent": lambda ratio: _minus(f"{ratio * 100:.1f}%"),
    "change": lambda ratio: _minus(f"{ratio * 100:+.1f}%") if round(ratio, 3) else "0.0%",
}
