"""What a partnership decides about its localities itself: the `[areas]` part of `partnership.toml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from locality.foundations import Fault, InputRefused

_WEIGHTS = ("practices", "communities", "border")


@dataclass(frozen=True)
class AreaSettings:
    """A partnership's own thresholds; none is a constant of the program.

    Args:
        number: How many localities; left out: any number.
        least: Fewest people of a locality; left out: 0.6 times the mean.
        most: Most people of a locality; left out: 1.45 times the mean.
        weights: What counts how much in J, like `{ practices = 0.5, communities = 0.3, border = 0.2 }`; together 1.
        indicators: Indicators in which zones of a locality should be alike; left out: deprivation, age and remoteness.
        islands_alone: Whether a part of the area that nothing joins to the rest may be a locality below `least`.
        within_councils: Whether no locality may cross a council border.
    """

    number: int | None = None
    least: int | None = None
    most: int | None = None
    weights: Mapping[str, float] | None = None
    indicators: tuple[str, ...] = ()
    islands_alone: bool = False
    within_councils: bool = False


def read_area_settings(raw: Mapping[str, Any], file: str = "partnership.toml") -> AreaSettings:
    """Read `[areas]`, naming every fault at once.

    Args:
        raw: The part as TOML gave it.
        file: The file's name for messages.

    Returns:
        The settings; what is absent keeps its default.

    Raises:
        InputRefused: A setting is unknown or of the wrong kind.
    """
    faults = []
    for key, found in raw.items():
        if key not in _KINDS:
            known = ", ".join(entry.name for entry in fields(AreaSettings))
            faults.append(Fault(file, f"areas.{key}: there is no such setting", f"Use: {known}.", "area-setting"))
        elif not _KINDS[key][0](found):
            what = f"areas.{key}: it cannot be {found!r}"
            faults.append(Fault(file, what, f"Write it like: {key} = {_KINDS[key][1]}.", "area-setting"))
    if faults:
        raise InputRefused(faults)
    plain: dict[str, Any] = {key: tuple(found) if key == "indicators" else found for key, found in raw.items()}
    return AreaSettings(**plain)


def _is_count(found: Any) -> bool:
    return type(found) is int and found > 0


def _is_people(found: Any) -> bool:
    return type(found) is int and found >= 0


def _is_words(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(word, str) for word in found)


def _are_weights(found: Any) -> bool:
    return (
        isinstance(found, Mapping)
        and set(found) == set(_WEIGHTS)
        and all(type(weight) in (int, float) for weight in found.values())
    )


def _is_yes_no(found: Any) -> bool:
    return isinstance(found, bool)


_KINDS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "number": (_is_count, "5"),
    "least": (_is_people, "20000"),
    "most": (_is_count, "60000"),
    "weights": (_are_weights, "{ practices = 0.45, communities = 0.35, border = 0.20 }"),
    "indicators": (_is_words, '["simd_rank"]'),
    "islands_alone": (_is_yes_no, "true"),
    "within_councils": (_is_yes_no, "true"),
}
"""What each setting may be, and how it is written."""
