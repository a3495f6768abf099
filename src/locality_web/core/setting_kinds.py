"""What rooms declare in their `settings.yaml`: kinds of values, their limits, and how people read them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from locality.foundations import Fault

_PACKAGE = "locality_web"


@dataclass(frozen=True)
class Declared:
    """One value that is left to the partnership.

    Args:
        name: Room and name, like "plans.quorum_share".
        says: What it is, in words.
        kind: One of `KINDS`.
        default: The value of a partnership that has not set its own.
        source: Who says so.
        unit: What is counted, like "days".
        minimum: The least value.
        maximum: The greatest value.
        choices: For `choice` and `choices`: each value with its words.
    """

    name: str
    says: str
    kind: str
    default: Any
    source: str
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: dict[str, str] = field(default_factory=dict)


@cache
def all_settings() -> dict[str, Declared]:
    """Give what every room declares, by room and name."""
    found = {}
    for folder in sorted(Path(str(resources.files(_PACKAGE))).iterdir()):
        path = folder / "settings.yaml"
        if path.is_file():
            for name, about in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
                found[f"{folder.name}.{name}"] = _declare(f"{folder.name}.{name}", about)
    return found


def _declare(name: str, about: dict[str, Any]) -> Declared:
    declared = Declared(name, **about)
    wrong = [fault.what for fault in faults_in(declared, declared.default)]
    if declared.kind not in KINDS or not declared.says or not declared.source or wrong:
        raise ValueError(f"settings.yaml: '{name}' needs says, a known kind, a source and a sound default. {wrong}")
    return declared


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return _is_whole(value) or (isinstance(value, float) and math.isfinite(value))


KINDS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "whole_number": (_is_whole, "a whole number"),
    "number": (_is_number, "a number"),
    "share": (_is_number, "a percentage"),
    "yes_no": (lambda value: isinstance(value, bool), "yes or no"),
    "text": (lambda value: isinstance(value, str), "a text"),
    "choice": (lambda value: isinstance(value, str), "one of the choices"),
    "choices": (lambda value: isinstance(value, list), "some of the choices"),
}
"""Each kind: whether a value is of it, and what it is called."""


def faults_in(declared: Declared, value: Any) -> list[Fault]:
    """Name what is wrong with a value; nothing when it may be used."""
    fits, called = KINDS[declared.kind]
    if not fits(value):
        return [_fault(declared, f"This is not {called}", f"Write {called}.")]
    if declared.choices:
        chosen = value if isinstance(value, list) else [value]
        strange = [each for each in chosen if each not in declared.choices]
        allowed = ", ".join(declared.choices.values())
        return [_fault(declared, f"“{each}” is not one of the choices", f"Choose from: {allowed}.") for each in strange]
    return _outside(declared, value) if _is_number(value) else []


def _outside(declared: Declared, value: float) -> list[Fault]:
    least, most = declared.minimum, declared.maximum
    if least is not None and value < least:
        limit = say_value(declared, least)
        return [_fault(declared, f"{say_value(declared, value)} is less than {limit}", f"Write {limit} or more.")]
    if most is not None and value > most:
        limit = say_value(declared, most)
        return [_fault(declared, f"{say_value(declared, value)} is more than {limit}", f"Write {limit} or less.")]
    return []


def _fault(declared: Declared, what: str, do: str) -> Fault:
    return Fault(file=declared.name, what=what, do=do, code="setting-value", column="value")


def say_value(declared: Declared, value: Any) -> str:
    """Write a value as people read it, with its unit."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(declared.choices.get(each, str(each)) for each in value) or "none"
    if declared.kind == "share":
        return f"{value * 100:g}%"
    said = f"{value:,}" if _is_number(value) else declared.choices.get(value, str(value))
    unit = declared.unit.removesuffix("s") if value == 1 and declared.unit.endswith("s") else declared.unit
    return f"{said} {unit}".strip()
