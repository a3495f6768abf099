"""The rules of a division from what a partnership sets, and dated stand-ins for what it does not."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from locality.areas.ground import DesignRules, Ground, Weights
from locality.foundations import Fault, InputRefused, load_rule

_ROUNDING = 1e-9


def load_weights(day: dt.date, own: Mapping[str, float] | None = None, *, file: str = "weights") -> Weights:
    """Give what counts how much in the composite.

    Args:
        day: The day whose rule value holds.
        own: The partnership's own weights: practices, communities, border; those of the rule when not given.
        file: Where its own weights stand, for messages.

    Returns:
        Weights that add up to 1.

    Raises:
        InputRefused: Own weights are incomplete, negative, or do not add up to 1.

    Source:
        `rules/boundary_weights.yaml`.
    """
    if own is None:
        return Weights(**load_rule("locality.areas", "boundary_weights").at(day).value)
    wanted = {"practices", "communities", "border"}
    sound = set(own) == wanted and all(math.isfinite(one) and one >= 0 for one in own.values())
    if not sound or abs(sum(own.values()) - 1) > _ROUNDING:
        said = ", ".join(f"{name} {one:g}" for name, one in own.items())
        do = "Give practices, communities and border, each 0 or more, together 1."
        raise InputRefused([Fault(file, f"the weights are {said or 'empty'}", do, "weights-not-one")])
    return Weights(own["practices"], own["communities"], own["border"])


def design_rules(
    ground: Ground,
    day: dt.date,
    *,
    number: int | None = None,
    least: int | None = None,
    most: int | None = None,
    weights: Weights | None = None,
    **further: Any,
) -> DesignRules:
    """Make the rules of a division, with stand-ins for what the partnership has not set.

    Args:
        ground: What it is drawn on.
        day: The day whose rule values hold.
        number: How many localities; None: as many as suit the bounds.
        least: Fewest people of a locality; None: a ratio of the mean.
        most: Most people of a locality; None: a ratio of the mean.
        weights: What counts how much; None: those of the rule.
        further: Further fields of `DesignRules`.

    Returns:
        The rules; the bounds in whole people.

    Raises:
        InputRefused: A number is not positive, least is more than most, neither bounds nor number are given, or a
            wish names a zone that the area does not have.

    Source:
        `rules/locality_size.yaml`, `rules/boundary_weights.yaml`.
    """
    faults = [*_number_faults(number, least, most), *_zone_faults(ground, further)]
    if faults:
        raise InputRefused(faults)
    ratios = load_rule("locality.areas", "locality_size").at(day).value
    mean = int(ground.people.sum()) / number if number else 0.0
    return DesignRules(
        least=math.ceil(mean * ratios["least"]) if least is None else least,
        most=(math.floor(mean * ratios["most"]) if most is None else most),
        weights=weights or load_weights(day),
        number=number,
        **further,
    )


def _number_faults(number: int | None, least: int | None, most: int | None) -> list[Fault]:
    faults = []
    for name, figure in (("number", number), ("least", least), ("most", most)):
        if figure is not None and figure < (0 if name == "least" else 1):
            do = "Give a whole number of people or localities."
            faults.append(Fault("settings", f"{name} is {figure}", do, "size-out-of-range", column=name))
    if least is not None and most is not None and least > most:
        what = f"the least of {least:,} people is more than the most of {most:,}"
        faults.append(Fault("settings", what, "Give a least that is not above the most.", "least-above-most"))
    if number is None and (least is None or most is None):
        what = "neither the number of localities is given nor both the least and the most people of one"
        faults.append(Fault("settings", what, "Give the number, or both bounds.", "size-not-given"))
    return faults


def _zone_faults(ground: Ground, further: Mapping[str, Any]) -> list[Fault]:
    """Name zones in wishes that the area does not have."""
    known, faults = set(ground.zones), []
    for wish in ("together", "apart", "kept"):
        for group in further.get(wish, ()):
            faults += _unknown(wish, group, known)
    return faults + _unknown("seeds", further.get("seeds", ()), known)


def _unknown(wish: str, codes: tuple[str, ...], known: set[str]) -> list[Fault]:
    lost = [code for code in codes if code not in known]
    if not lost:
        return []
    what = f"'{wish}' names {', '.join(lost[:3])}, which is no zone of the area"
    return [Fault("settings", what, "Correct the code.", "zone-outside-partnership", column=wish, rows=len(lost))]
