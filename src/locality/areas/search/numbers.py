"""How many localities each part of the area shall have, and the arithmetic of bounds that cannot be met."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from locality.areas.ground import DesignRules, Ground, Ints
from locality.areas.search.scope import Scope
from locality.foundations import ResultRefused

_NAMED = 3
_TOO_MANY = 10**9


@dataclass(frozen=True)
class Numbers:
    """How many localities each part may have, and shall have; kept localities are not among them.

    Args:
        fewest: Fewest that can hold its people.
        most: Most that its people can fill.
        number: How many it shall have at first.
        floor: Fewest people of a locality there: 0 for an island that stands alone.
    """

    fewest: Ints
    most: Ints
    number: Ints
    floor: Ints


def spread_number(ground: Ground, rules: DesignRules, scope: Scope) -> Numbers:
    """Say how many localities each part of the area gets.

    Args:
        ground: What is drawn on.
        rules: Bounds, number and wishes.
        scope: What may move.

    Returns:
        Numbers that add up, with the kept localities, to the number asked for.

    Raises:
        ResultRefused: No division can meet the rules; all reasons, with the arithmetic.
    """
    alone = (scope.people < rules.least) & _is_whole_part(ground, scope) if rules.islands_alone else scope.people < 0
    units = np.bincount(scope.part, minlength=len(scope.people))
    seeds = np.bincount(scope.part, scope.seeds, len(scope.people)).astype(np.int64)
    fewest = np.maximum(np.maximum(-(-scope.people // rules.most), 1), seeds)
    most = np.minimum(scope.people // rules.least if rules.least > 0 else _TOO_MANY, units)
    most = np.where(alone, 1, most)
    reasons = [*_wish_reasons(ground, rules, scope), *_part_reasons(rules, scope, fewest, most)]
    reasons += _number_reasons(rules, scope, fewest, most, whole=not reasons)
    if reasons:
        raise ResultRefused(
            " ".join(reasons), "Change the bounds or the number, declare a crossing, or take a wish back."
        )
    middle = (rules.least + rules.most) / 2
    wanted = None if rules.number is None else rules.number - scope.kept
    return Numbers(
        fewest, most, _apportion(scope.people, fewest, most, middle, wanted), np.where(alone, 0, rules.least)
    )


def _apportion(people: Ints, fewest: Ints, most: Ints, middle: float, wanted: int | None) -> Ints:
    if wanted is None:
        return np.clip(np.rint(people / middle).astype(np.int64), fewest, most)
    number = fewest.copy()
    for _ in range(wanted - int(number.sum())):
        claim = np.where(number < most, people / (number + 0.5), -1.0)
        number[int(claim.argmax())] += 1
    return number


def _is_whole_part(ground: Ground, scope: Scope) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Say which parts nothing joins to the rest, and not only a kept locality or a council border parts them."""
    first, second = ground.borders.first, ground.borders.second
    part = np.where(scope.unit >= 0, scope.part[scope.unit], -1) if scope.units else np.full(len(ground.zones), -1)
    whole = np.ones(len(scope.people), np.bool_)
    for one, two in ((part[first], part[second]), (part[second], part[first])):
        whole[one[(one >= 0) & (one != two)]] = False
    return whole


def _part_reasons(rules: DesignRules, scope: Scope, fewest: Ints, most: Ints) -> list[str]:
    reasons = []
    several = len(scope.people) > 1
    for part in np.flatnonzero(fewest > most):
        people = int(scope.people[part])
        where = f"A part of the area that nothing joins to the rest has {people:,} people." if several else ""
        where = where or f"The area has {people:,} people to divide."
        if people < rules.least:
            reasons.append(f"{where} That is {rules.least - people:,} fewer than the least of {rules.least:,}.")
            continue
        low, high = people // max(1, rules.least), -(-people // rules.most)
        if low < high:
            reasons.append(
                f"{where} {_localities(low, 'holds', 'hold')} at most {low} x {rules.most:,} = {low * rules.most:,}; "
                f"{low + 1} need at least {low + 1} x {rules.least:,} = {(low + 1) * rules.least:,}."
            )
        else:
            reasons.append(
                f"{where} It can have at most {_localities(int(most[part]))}, and {int(fewest[part])} are needed."
            )
    return reasons


def _number_reasons(rules: DesignRules, scope: Scope, fewest: Ints, most: Ints, *, whole: bool) -> list[str]:
    if rules.number is None:
        return []
    number, people = rules.number - scope.kept, int(scope.people.sum())
    reasons = []
    kept = f" beside {scope.kept} that are kept" if scope.kept else ""
    if number * rules.most < people:
        reasons.append(
            f"{people:,} people do not fit: {_localities(number)}{kept} x at most {rules.most:,} = "
            f"{number * rules.most:,}."
        )
    if number * rules.least > people and not rules.islands_alone:
        reasons.append(
            f"{people:,} people are too few: {_localities(number)}{kept} x at least {rules.least:,} = "
            f"{number * rules.least:,}."
        )
    if not reasons and whole and not fewest.sum() <= number <= most.sum():
        reasons.append(
            f"{_localities(number)}{kept} {'is' if number == 1 else 'are'} asked for; the {len(fewest)} parts of the "
            f"area can have {int(fewest.sum()):,} to {int(most.sum()):,} in all."
        )
    return reasons


def _wish_reasons(ground: Ground, rules: DesignRules, scope: Scope) -> list[str]:
    number = {code: place for place, code in enumerate(ground.zones)}
    return [
        *_large_reasons(ground, rules, scope),
        *_kept_reasons(ground, rules, number),
        *(f"No way leads between {_codes(group)}, which are to stay together." for group in scope.lost),
        *_together_reasons(rules, scope, number),
    ]


def _large_reasons(ground: Ground, rules: DesignRules, scope: Scope) -> list[str]:
    """Name zones, and zones that stay together, with more people than a locality may have."""
    free = scope.unit >= 0
    people = np.bincount(scope.unit[free], ground.people[free], scope.units)
    reasons = []
    for unit in np.flatnonzero(people > rules.most):
        zones = [ground.zones[place] for place in np.flatnonzero(scope.unit == unit)]
        what = f"Zone {zones[0]} has" if len(zones) == 1 else f"{_codes(zones)}, which are to stay together, have"
        reasons.append(f"{what} {int(people[unit]):,} people, more than the most of {rules.most:,}.")
    return reasons


def _kept_reasons(ground: Ground, rules: DesignRules, number: dict[str, int]) -> list[str]:
    reasons = []
    seen: dict[str, int] = {}
    for place, group in enumerate(rules.kept):
        people = int(ground.people[[number[code] for code in group]].sum())
        if not rules.least <= people <= rules.most and not (rules.islands_alone and people < rules.least):
            reasons.append(
                f"The kept locality of {_codes(group)} has {people:,} people, outside {rules.least:,} to "
                f"{rules.most:,}."
            )
        twice = [code for code in group if seen.setdefault(code, place) != place]
        if twice:
            reasons.append(f"{_codes(twice)} is in two kept localities.")
        seeds = [code for code in group if code in rules.seeds]
        if len(seeds) > 1:
            reasons.append(f"The seeds {_codes(seeds)} are in one kept locality.")
        for pair in rules.apart:
            if pair[0] in group and pair[1] in group:
                reasons.append(f"{_codes(pair)} are to be apart and are in one kept locality.")
    return reasons


def _together_reasons(rules: DesignRules, scope: Scope, number: dict[str, int]) -> list[str]:
    unit = {code: int(scope.unit[place]) for code, place in number.items()}
    kept = {code: int(scope.kept_home[place]) for code, place in number.items()}
    reasons = []
    for group in rules.together:
        if len({kept[code] for code in group}) > 1:
            reasons.append(f"{_codes(group)} are to stay together, but not all are in the same kept locality.")
    for pair in rules.apart:
        if unit[pair[0]] >= 0 and unit[pair[0]] == unit[pair[1]]:
            reasons.append(f"{_codes(pair)} are to be both apart and together.")
    for one in np.flatnonzero(scope.seeds > 1):
        seeds = [code for code in rules.seeds if unit[code] == one]
        reasons.append(f"The seeds {_codes(seeds)} are to stay together.")
    if rules.number is not None and len(rules.seeds) > rules.number:
        reasons.append(f"There are {len(rules.seeds)} seeds for {_localities(rules.number)}.")
    return reasons


def _codes(codes: tuple[str, ...] | list[str]) -> str:
    named = list(codes[:_NAMED])
    more = len(codes) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _localities(number: int, one: str = "", several: str = "") -> str:
    """Write a number of localities, with the form of the verb that goes with it."""
    noun, verb = ("locality", one) if number == 1 else ("localities", several)
    return f"{number:,} {noun} {verb}".rstrip()
