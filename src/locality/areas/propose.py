"""Propose good divisions, and better one that somebody changed by hand.

The search is compiled code; it is imported only when something is searched, so that commands start quickly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from locality.areas.change import match_localities, people_moved
from locality.areas.ground import DesignRules, Division, Flags, Ground, Weights
from locality.areas.measures import Measures, measure
from locality.foundations import ResultRefused, load_rule

if TYPE_CHECKING:
    from locality.areas.search.draft import Draft
    from locality.areas.search.numbers import Numbers
    from locality.areas.search.problem import Problem

STEPS_PER_SECOND = 4_000_000
"""Steps of the search that one core made in a CPU second when `bench/boundary_seeds.py` was last run. Effort is counted
in steps, so that the same input gives the same answer on a fast machine and on a slow one."""

_FIRST_SHARE, _START_SHARE = 0.55, 0.1
_TURNS = 3  # how often bettering begins anew when it did not keep what is held
_DAY = dt.date(2026, 11, 1)

Stop = Callable[[], bool]


@dataclass(frozen=True)
class Option:
    """A proposed division.

    Args:
        division: The locality of every zone, numbered 0, 1, 2 ... without a gap.
        best_at: What it is better at than the other options, in words.
        measures: Its measures; `measures.composite` is J.
        moved_ratio: Share of people whose locality differs from that of the start, after the best matching. None:
            no start was given.
    """

    division: Division
    best_at: tuple[str, ...]
    measures: Measures
    moved_ratio: float | None = None


def propose(
    ground: Ground,
    rules: DesignRules,
    *,
    seed: int = 0,
    effort: float = 4.0,
    options: int = 4,
    start: Division | None = None,
    stop: Stop | None = None,
) -> tuple[Option, ...]:
    """Propose good divisions that differ from each other.

    Args:
        ground: Zones with people, borders, settlements and practices.
        rules: Bounds in people, number of localities, weights and wishes.
        seed: Start of the random numbers; the same input and seed give the same answer on every machine.
        effort: How long to search, in CPU seconds of the machine on which steps were last measured.
        options: Most options wanted; 1 puts all effort into the lowest composite.
        start: Today's division, or one proposed earlier: what is close to it is tried too, localities keep its
            numbers where they can, and each option says what share of people it moves.
        stop: Asked now and then; when it says yes, what was found until then is given. Gives up sameness.

    Returns:
        Options, the lowest composite first. In each, every zone is in one locality, each locality is in one piece over
        borders and crossings, keeps the bounds, the number and the wishes. Any two differ by at least the distance of
        `rules/boundary_options.yaml`, save the one that is close to the start.

    Raises:
        ResultRefused: No division can meet the rules (with the arithmetic, all reasons at once), or none was found.

    Source:
        `rules/boundary_options.yaml`.
    """
    said = load_rule("locality.areas", "boundary_options").at(_DAY).value
    steps, goes_on = int(effort * STEPS_PER_SECOND), stop or _never
    lanes = [rules.weights, *_leaning(rules.weights, said["lean"])] if options > 1 else [rules.weights]
    found: list[tuple[bool, Division]] = []
    for lane, weights in enumerate(lanes):
        share = 1.0 if len(lanes) == 1 else _FIRST_SHARE if lane == 0 else (1 - _FIRST_SHARE) / (len(lanes) - 1)
        drafts = _search(ground, replace(rules, weights=weights), seed + lane, int(steps * share), goes_on)
        found += [(place == 0, drawn) for place, drawn in enumerate(_valid(drafts)) if options > 1 or place == 0]
        if goes_on():
            break
    near = None if start is None else _near_start(ground, rules, start, seed, int(steps * _START_SHARE))
    if near is not None:
        found.append((True, near))
    if not found:
        raise ResultRefused(
            "No division was found that keeps all bounds and wishes, though counting does not rule one out.",
            "Search longer, widen the bounds, or take a wish back.",
        )
    chosen = _choose(ground, rules, found, options, said["distance"])
    if near is not None and options > 1 and not any(np.array_equal(near, one) for one in chosen):
        chosen = [*chosen[: options - 1], near]
    return _describe(ground, rules, chosen, start)


def improve(
    ground: Ground,
    rules: DesignRules,
    division: Division,
    *,
    hold: Sequence[str] = (),
    seed: int = 0,
    effort: float = 0.1,
) -> Option:
    """Better a division that somebody drew or changed, staying close to it.

    Args:
        ground: What it is drawn on.
        rules: What it must keep to; its number gives way to that of the division.
        division: The locality of every zone; -1: in none yet. It may miss bounds and lie in pieces.
        hold: Codes of zones that stay where they were put.
        seed: Start of the random numbers.
        effort: How long to search, in CPU seconds as in `propose`.

    Returns:
        A valid division, with the share of people that it moves. A valid division never comes back worse.

    Raises:
        ResultRefused: The rules cannot be met with this number of localities, or no way to meet them was found.
    """
    drawn = np.asarray(division, dtype=np.int32)
    still = np.isin(np.array(ground.zones), list(hold))
    rules = replace(rules, number=len(np.unique(drawn[drawn >= 0])))
    for turn in range(_TURNS):
        better = _better(ground, rules, drawn, still, seed + turn, int(effort * STEPS_PER_SECOND))
        # Two localities may have changed places around a held zone: that moves everybody but the zone.
        if better is not None and np.array_equal(_numbered_as(ground, drawn, better)[still], drawn[still]):
            break
    else:
        if measure(ground, drawn, rules).faults:
            raise ResultRefused(
                "No division close to this one was found that keeps all bounds and wishes.",
                "Hold fewer zones, or have new divisions proposed.",
            )
        better = drawn
    return _describe(ground, rules, [better], drawn)[0]


def _never() -> bool:
    return False


def _leaning(weights: Weights, lean: float) -> list[Weights]:
    """Make each part that counts at all heavier in turn."""
    parts = {"practices": weights.practices, "communities": weights.communities, "border": weights.border}
    leaning = []
    for name, weight in parts.items():
        if weight > 0:
            raised = {**parts, name: weight * lean}
            total = sum(raised.values())
            leaning.append(Weights(**{part: value / total for part, value in raised.items()}))
    return leaning


def _prepare(ground: Ground, rules: DesignRules, still: Flags | None = None) -> tuple[Problem, Numbers]:
    from locality.areas.search.numbers import spread_number  # noqa: PLC0415 - compiled code
    from locality.areas.search.problem import make_problem  # noqa: PLC0415 - compiled code
    from locality.areas.search.scope import make_scope  # noqa: PLC0415 - compiled code

    known = set(ground.zones)
    wished = {code for group in (*rules.together, *rules.apart, *rules.kept, rules.seeds) for code in group}
    if wished - known:
        raise ResultRefused(
            f"The wishes name zones that the area does not have: {', '.join(sorted(wished - known))}.",
            "Correct the codes.",
        )
    scope = make_scope(ground, rules)
    numbers = spread_number(ground, rules, scope)
    return make_problem(ground, rules, scope, still), numbers


def _search(ground: Ground, rules: DesignRules, seed: int, steps: int, stop: Stop) -> list[Draft]:
    from locality.areas.search.run import search  # noqa: PLC0415 - compiled code

    return search(*_prepare(ground, rules), seed=seed, steps=steps, stop=stop)


def _valid(drafts: list[Draft]) -> list[Division]:
    """Give the divisions of drafts that miss no bound."""
    return [_division(draft) for draft in drafts if draft.rank[0] == 0]


def _division(draft: Draft) -> Division:
    scope = draft.problem.scope
    drawn = scope.kept_home.copy()
    drawn[scope.unit >= 0] = draft.home[scope.unit[scope.unit >= 0]]
    return _renumber(drawn.astype(np.int32))


def _renumber(division: Division) -> Division:
    """Number localities in the order of their first zones, so that numbers do not hang on the search."""
    _, first, numbered = np.unique(division, return_index=True, return_inverse=True)
    return first.argsort().argsort()[numbered].astype(np.int32)


def _near_start(ground: Ground, rules: DesignRules, start: Division, seed: int, steps: int) -> Division | None:
    number = len(np.unique(start[start >= 0]))
    if rules.number is not None and rules.number != number:
        return None
    try:
        return _better(ground, replace(rules, number=number), start, None, seed, steps)
    except ResultRefused:
        # The start's own number may be out of the question; the other options then stand alone.
        return None


def _better(
    ground: Ground, rules: DesignRules, division: Division, still: Flags | None, seed: int, steps: int
) -> Division | None:
    from locality.areas.search.redraw import draft_from  # noqa: PLC0415 - compiled code
    from locality.areas.search.run import better  # noqa: PLC0415 - compiled code

    problem, numbers = _prepare(ground, rules, still)
    draft = draft_from(ground, problem, numbers, division, seed=seed)
    better(draft, steps, may_shift=still is None)
    return _division(draft) if draft.rank[0] == 0 and len(draft.part) - 1 == rules.number else None


def _choose(
    ground: Ground, rules: DesignRules, found: list[tuple[bool, Division]], options: int, distance: float
) -> list[Division]:
    """Choose options that lie apart: the best of all, then those that sought one measure, then others."""
    scored = [(measure(ground, drawn, rules).composite, not leads, place) for place, (leads, drawn) in enumerate(found)]
    best = min(scored)
    rest = sorted((one for one in scored if one != best), key=lambda one: (one[1], one[0], one[2]))
    people = max(1, int(ground.people.sum()))
    chosen: list[tuple[float, Division]] = []
    for composite, _, place in [best, *rest]:
        drawn = found[place][1]
        if all(people_moved(ground, other, drawn) >= distance * people for _, other in chosen):
            chosen.append((composite, drawn))
        if len(chosen) == options:
            break
    return [drawn for _, drawn in sorted(chosen, key=lambda one: one[0])]


def _describe(ground: Ground, rules: DesignRules, chosen: list[Division], start: Division | None) -> tuple[Option, ...]:
    people = max(1, int(ground.people.sum()))
    measured = [measure(ground, drawn, rules, today=start) for drawn in chosen]
    moved = [None if one.people_moved is None else one.people_moved / people for one in measured]
    described = []
    for place, drawn in enumerate(chosen):
        numbered = drawn if start is None else _numbered_as(ground, start, drawn)
        measures = measured[place] if start is None else measure(ground, numbered, rules, today=start)
        described.append(Option(numbered, _best_at(place, measured, moved), measures, moved[place]))
    return tuple(sorted(described, key=lambda option: option.measures.composite))


def _numbered_as(ground: Ground, start: Division, division: Division) -> Division:
    """Give localities the numbers of those whose places they take; new ones get the numbers that are left."""
    match = match_localities(ground, start, division)
    free = iter(number for number in range(len(match)) if number not in set(match.tolist()))
    taken = [int(one) if 0 <= one < len(match) else -1 for one in match]
    return np.array([one if one >= 0 else next(free) for one in taken], np.int32)[division]


def _best_at(place: int, measured: list[Measures], moved: list[float | None]) -> tuple[str, ...]:
    """Say in words what an option is better at than all others."""
    if len(measured) == 1:
        return ("the lowest composite found",)
    columns: list[tuple[str, list[float | None], float]] = [
        ("the lowest composite", [one.composite for one in measured], 1),
        ("most patients in the main locality of their cluster", [one.practice_containment for one in measured], -1),
        ("most people in one locality with their settlement", [one.communities_kept for one in measured], -1),
        ("the shortest borders between localities", [one.border_share for one in measured], 1),
        ("the most even sizes", [one.largest / max(1, one.smallest) for one in measured], 1),
        ("fewest people moved from the start", moved, 1),
    ]
    words = [name for name, figures, sign in columns if _leads(place, figures, sign)]
    return tuple(words) or ("a different division of nearly the same worth",)


def _leads(place: int, figures: list[float | None], sign: float) -> bool:
    own = figures[place]
    others = [figure for at, figure in enumerate(figures) if at != place and figure is not None]
    return own is not None and all(sign * own < sign * other for other in others)
