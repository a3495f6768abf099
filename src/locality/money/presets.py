"""Presets of the pace of change: rules with a name, a date and a source, read from this room's rule files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from locality.foundations import Fault, InputRefused, load_rule, rules_in
from locality.money.pace import PaceRules

_PREFIX = "pace_"


@dataclass(frozen=True)
class Pace:
    """A pace of change that can be applied year after year.

    Args:
        name: As given on the command line; "own" for rules set by hand.
        method: 'bounds', 'shortfall', 'linear' or 'half_life'.
        rules: The bounds, for the method 'bounds'.
        years: Years over which a linear path closes the gap, or in which it halves.
        parity_tolerance: Distance from target, as a ratio, within which a locality counts as at target.
        says: The rule in a sentence.
        source: Who says so.
    """

    name: str
    method: str
    rules: PaceRules
    years: int
    parity_tolerance: float
    says: str
    source: str


def preset_names() -> tuple[str, ...]:
    """Give the names of all presets, in order."""
    rules = [rule for rule in rules_in("locality.money") if rule.id.startswith(_PREFIX)]
    return tuple(sorted(str(rule.values[-1].value["name"]) for rule in rules))


def load_pace(name: str, day: dt.date, *, inflation: float = 0.0) -> Pace:
    """Read a preset as it stands on a day.

    Args:
        name: One of `preset_names`.
        day: The day on which it is used.
        inflation: Growth that keeps pace with prices, for presets that promise real terms.

    Returns:
        The pace.

    Raises:
        InputRefused: There is no such preset.
    """
    tolerance = float(load_rule("locality.money", "parity_tolerance").at(day).value)
    for rule in rules_in("locality.money"):
        if not rule.id.startswith(_PREFIX) or rule.values[-1].value["name"] != name:
            continue
        found = rule.at(day)
        return Pace(
            name=name,
            method=found.value["method"],
            rules=_bounds(found.value, inflation),
            years=int(found.value.get("years", 0)),
            parity_tolerance=float(found.value.get("parity_tolerance", tolerance)),
            says=rule.description,
            source=found.source,
        )
    raise InputRefused(
        [
            Fault(
                "--preset",
                f"there is no preset '{name}'",
                f"Use one of: {', '.join(preset_names())}.",
                "unknown-preset",
            )
        ]
    )


def _bounds(value: Mapping[str, object], inflation: float) -> PaceRules:
    def number(key: str) -> float | None:
        found = value.get(key)
        return inflation if found == "inflation" else None if found is None else float(str(found))

    return PaceRules(number("min_growth"), number("max_growth"), number("max_under_target"))


def adjust_pace(
    pace: Pace,
    *,
    min_growth: float | None = None,
    max_growth: float | None = None,
    max_under_target: float | None = None,
    years: int | None = None,
    parity_tolerance: float | None = None,
) -> Pace:
    """Set a partnership's own values over those of a preset; what is None stays.

    Args:
        pace: The preset.
        min_growth: Least growth, as a ratio.
        max_growth: Most growth, as a ratio.
        max_under_target: Most under target, as a ratio of it.
        years: Years of a linear path or of one halving.
        parity_tolerance: Distance within which a locality counts as at target, as a ratio.

    Returns:
        The pace with these values; its source says that the user changed it.

    Raises:
        InputRefused: A value is given that the preset's method does not use, or that lies outside its range.
    """
    own = {"min_growth": min_growth, "max_growth": max_growth, "max_under_target": max_under_target}
    given = {key: value for key, value in own.items() if value is not None}
    faults = _misfits(pace, given, years, parity_tolerance)
    if faults:
        raise InputRefused(faults)
    rules = replace(pace.rules, **given)
    changed = given or years is not None
    return replace(
        pace,
        rules=rules,
        years=pace.years if years is None else years,
        parity_tolerance=pace.parity_tolerance if parity_tolerance is None else parity_tolerance,
        source=f"{pace.source} Changed by the user." if changed else pace.source,
    )


def _misfits(pace: Pace, given: Mapping[str, float], years: int | None, tolerance: float | None) -> list[Fault]:
    faults = []
    for key, amount in given.items():
        option = "--" + key.replace("_", "-")
        if pace.method != "bounds":
            what = f"the preset '{pace.name}' does not use it"
            faults.append(Fault(option, what, "Leave it out, or choose another preset.", "option-not-used"))
        elif key == "max_under_target" and not 0 <= amount <= 1:
            faults.append(Fault(option, f"{amount:g} is not between 0 and 1", "Write 0.05 for 5%.", "option-range"))
        elif not amount >= -1:  # so that a value that is no number is refused too
            faults.append(
                Fault(option, f"{amount:g} would take away more than there is", "Write -0.02 for -2%.", "option-range")
            )
    if years is not None and (pace.method not in ("linear", "half_life") or years < 1):
        do = "Use it with the presets linear or half-life, and one year or more."
        faults.append(Fault("--over-years", f"{years} does not fit the preset '{pace.name}'", do, "option-not-used"))
    if tolerance is not None and not 0 <= tolerance < 1:
        faults.append(
            Fault("--tolerance", f"{tolerance:g} is not between 0 and 1", "Write 0.01 for 1%.", "option-range")
        )
    return faults
