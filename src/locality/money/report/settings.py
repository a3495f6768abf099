"""Nested settings as a flat table of names and values, written as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from locality.money.report.amounts import MINUS, say_exact, say_percent
from locality.money.report.blocks import Heading, Numbers, PageTable

_CODE = re.compile("[a-z]+(_[a-z0-9]+)+")

# How the names of ratios end or begin in parameters; what none of them fits is written as a plain number.
_RATIO_NAMES = ("ratio", "growth", "tolerance", "under_target", "over_target", "share")


def settings_table(caption: str, settings: Mapping[str, Any], numbers: Numbers) -> PageTable:
    """Make a table of settings; the names of nested ones are joined by an arrow."""
    rows = [(name, say) for name, say in _flat(settings, ())]
    return numbers.table(caption, (Heading("Setting", "text"), Heading("Value", "text")), rows)


def _flat(settings: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name, setting in settings.items():
        path = (*above, humanise(str(name)))
        if isinstance(setting, Mapping) and setting:
            yield from _flat(setting, path)
        else:
            yield " › ".join(path), say_setting(str(name), setting)


def humanise(name: str) -> str:
    """Write a name of code as words.

    Example:
        >>> humanise("max_under_target")
        'Max under target'
    """
    words = name.removesuffix("_pence").removesuffix("_ratio").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def say_setting(name: str, setting: Any) -> str:
    """Write one value: pence as pounds, ratios in per cent, yes or no, lists joined by commas.

    Example:
        >>> say_setting("min_growth", 0.01), say_setting("total_pence", 123), say_setting("supply", True)
        ('1.00%', '£1.23', 'yes')
    """
    match setting:
        case None | "" | []:
            said = "none"
        case bool():
            said = "yes" if setting else "no"
        case int() | float():
            said = _say_number(name, setting)
        case str() if _CODE.fullmatch(setting):
            said = setting.replace("_", " ")
        case Mapping() if not setting:
            said = "none"
        case Mapping():
            said = "; ".join(
                f"{humanise(str(key)).lower()} {say_setting(str(key), each)}" for key, each in setting.items()
            )
        case list() | tuple():
            said = ", ".join(say_setting(name, each) for each in setting)
        case _:
            said = str(setting)
    return said


def _say_number(name: str, number: int | float) -> str:
    if isinstance(number, int):
        return say_exact(number) if name.endswith("_pence") else f"{MINUS if number < 0 else ''}{abs(number)}"
    if name.endswith(_RATIO_NAMES):
        return say_percent(number, places=2)
    return f"{MINUS if number < 0 else ''}{abs(number):g}"
