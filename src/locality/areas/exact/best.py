"""How far a division is from the best possible one."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from locality.areas.division_faults import find_division_faults
from locality.areas.exact.blocks import block_bound
from locality.areas.exact.cone import cone_bound
from locality.areas.exact.labels import label_model
from locality.areas.exact.leaders import leader_program
from locality.areas.exact.model import CutModel, cost, cut_model, slim
from locality.areas.exact.saddle import saddle_bound
from locality.areas.exact.tree import Search, search_tree
from locality.areas.ground import DesignRules, Division, Ground
from locality.foundations import ResultRefused

# Sizes beyond which a way is too slow on two cores; they decide which way is tried, never whether a bound holds.
_TREE_PAIRS = 30_000
_CONE_NODES = 700
_CONE_PART = 0.15
_PATIENTS_PART = 0.25  # From which share of J on patients decide, so that leading clusters say most about it.


@dataclass(frozen=True)
class Bound:
    """What is known about the best possible J.

    Args:
        lower: No division that keeps the rules has a J below this.
        upper: J of the best division known; infinite when none is.
        division: That division; None when none is known.
        proved: Whether the two are as close as was asked for.
        how: In plain words, why the lower one holds.
    """

    lower: float
    upper: float
    division: Division | None
    proved: bool
    how: str


_HOW_TREE = "Every way of placing the clusters' main localities was looked at or ruled out with an exact solver."
_HOW_OPEN = "An exact solver looked at placings of the clusters' main localities until its time was over."
_HOW_LEADERS = (
    "Zones and clusters were shared out among leading clusters, in parts too; the best such shares are never worse."
)
_HOW_CONE = "Divisions were replaced by tables that obey fewer rules; the best such table is never worse."
_HOW_BLOCKS = "The area was cut into parts, what lies between them was left out, and the parts' bounds were added up."
_HOW_NOTHING = "J is never below 0."


def best_possible(
    ground: Ground,
    rules: DesignRules,
    *,
    seconds: float,
    known: Division | None = None,
    within: float = 0.01,
    spent: Callable[[], float] | None = None,
) -> Bound:
    """Bound the composite J of the best division from below, and find that division where the area is small.

    Args:
        ground: What is drawn on.
        rules: What divisions must keep to, and what counts how much.
        seconds: CPU seconds after which to stop. A step that has begun is finished, so it can take somewhat longer.
        known: A good division, for instance a proposed one. It makes the search much shorter.
        within: The gap at which to stop, as a ratio of J.
        spent: Gives the CPU seconds used since the beginning; the process's own when not given.

    Returns:
        A bound whose `lower` always holds, whenever the search stopped.

    Raises:
        ResultRefused: No division can keep the rules, or `known` does not.

    Source:
        docs/understand/how-far-from-the-best.md names the argument behind each kind of bound.
    """
    begun = time.process_time()
    clock = spent or (lambda: time.process_time() - begun)
    settled = _settle_number(ground, rules)
    model = cut_model(ground, settled)
    upper = _cost_of_known(ground, rules, known, model)
    if settled.number is not None and len(model.weight) * settled.number <= _TREE_PAIRS:
        return _bound_small(model, (upper, known), within=within, spent=clock, seconds=seconds)
    lower, how = _bound_large(model, ground, known, (clock, seconds, upper * (1 - within)))
    return _bound(lower, upper, known, within=within, how=how)


def gap(j: float, bound: Bound) -> float:
    """Say how far a J is from the best possible at most.

    Args:
        j: The composite J of a division.
        bound: What is known about the best possible.

    Returns:
        By how much J is above the bound, as a ratio of the bound; infinite when the bound is 0. The distance from the
        best division is never more.
    """
    if j <= bound.lower:
        return 0.0
    return (j - bound.lower) / bound.lower if bound.lower > 0 else math.inf


def say_gap(j: float, bound: Bound) -> str:
    """Write the distance for a page.

    Args:
        j: The composite J of a division.
        bound: What is known about the best possible.

    Returns:
        One sentence or two in plain words.

    Example:
        >>> say_gap(0.13, Bound(0.123, 0.13, None, False, ""))
        'No division can be better than J = 0.1230; this one is 0.1300: at most 5.7% above the best possible.'
    """
    distance = gap(j, bound)
    if bound.lower <= 0 or math.isinf(distance):
        return f"This division has J = {j:.4f}. How far it is from the best possible is not known."
    if distance < 1e-6:
        return f"No division can be better than this one: J = {j:.4f}."
    # Rounded down and up, so that the sentence never promises more than is known.
    low, most = math.floor(bound.lower * 1e4) / 1e4, math.ceil(distance * 1e3) / 10
    best = f"No division can be better than J = {low:.4f}"
    return f"{best}; this one is {j:.4f}: at most {most:.1f}% above the best possible."


def _bound_large(
    model: CutModel, ground: Ground, known: Division | None, until: tuple[Callable[[], float], float, float]
) -> tuple[float, str]:
    """Bound in the way that suits what J is made of and how large the area is; also say why the bound holds."""
    spent, seconds, enough = until
    lean = slim(model, large=False)
    if _is_led(lean):
        return saddle_bound(leader_program(lean), spent=spent, seconds=seconds, enough=enough), _HOW_LEADERS
    if len(lean.people) <= _CONE_NODES:
        return cone_bound(lean, spent=spent, seconds=seconds, enough=enough), _HOW_CONE
    return block_bound(model, ground, known, spent=spent, seconds=seconds), _HOW_BLOCKS


def _is_led(lean: CutModel) -> bool:
    """Whether patients and their clusters decide enough of J for leading clusters to say much about it."""
    patients = float(lean.weight[np.isin(lean.second, lean.clusters)].sum())
    return patients > 0 and patients >= _PATIENTS_PART * float(lean.weight.sum())


def _bound_small(
    model: CutModel, start: tuple[float, Division | None], *, within: float, spent: Callable[[], float], seconds: float
) -> Bound:
    """Bound by leading clusters and by the cone first, which is quick, then by branches with the exact solver."""
    upper, known = start
    lower, how = 0.0, _HOW_NOTHING
    if within > 0 and known is not None:
        enough = upper * (1 - within)
        lean, until = slim(model, large=False), _CONE_PART * seconds
        if _is_led(lean):
            lower, how = saddle_bound(leader_program(lean), spent=spent, seconds=until, enough=enough), _HOW_LEADERS
        table = cone_bound(lean, spent=spent, seconds=until, enough=enough) if lower < enough else 0.0
        if table > lower:
            lower, how = table, _HOW_CONE
        if lower >= enough:
            return _bound(lower, upper, known, within=within, how=how)
    search = Search(label_model(slim(model, large=True)), within, spent, seconds, upper, known)
    search_tree(search)
    if math.isinf(search.lower) and search.lower > 0:
        raise ResultRefused("No division keeps these rules.", "Widen the size bounds, or take back a rule.")
    if search.lower > lower:
        lower, how = search.lower, _HOW_TREE if search.lower >= search.goal else _HOW_OPEN
    return _bound(lower, search.upper, search.division, within=within, how=how)


def _bound(lower: float, upper: float, division: Division | None, *, within: float, how: str) -> Bound:
    """Put a bound together; the solver's own rounding is taken off."""
    sure = max(0.0, lower - 1e-7)
    proved = division is not None and upper - sure <= max(within * upper, 1e-6)
    return Bound(sure, upper, division, proved, how if sure > 0 else _HOW_NOTHING)


def _settle_number(ground: Ground, rules: DesignRules) -> DesignRules:
    """Refuse bounds that no number of localities can meet; settle the number where only one can."""
    people = int(ground.people.sum())
    if rules.islands_alone or rules.kept:
        return rules
    fewest, most = max(1, math.ceil(people / rules.most)), people // max(1, rules.least)
    if rules.number is None:
        return replace(rules, number=fewest) if fewest == most else rules
    if not fewest <= rules.number <= most:
        said = f"{people:,} people in {rules.number} localities of {rules.least:,} to {rules.most:,} people"
        raise ResultRefused(f"No division keeps these rules: {said}.", f"Ask for {fewest} to {most} localities.")
    return rules


def _cost_of_known(ground: Ground, rules: DesignRules, known: Division | None, model: CutModel) -> float:
    if known is None:
        return math.inf
    faults = find_division_faults(ground, known, rules)
    if faults:
        raise ResultRefused(f"The division given does not keep the rules: {faults[0]}", "Give one that does, or none.")
    return cost(model, np.asarray(known))
