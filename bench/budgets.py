"""How long a budget takes: the pace of change for 10,000 areas, and what a redrawn result costs.

Prints milliseconds and the ratio to a floor in the same run: reading every number once and writing one (a numpy
multiply and sum over the same arrays).

    python bench/budgets.py
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from locality.foundations import round_table, round_to_total, split_pence
from locality.money.pace import PaceRules, allocate_within_rules
from locality.money.spread import spread_to_headings

AREAS = 10_000
REPEATS = 30
GOAL_MS = 10.0


def fastest(work: Callable[[], object]) -> float:
    """Best of several runs, in milliseconds."""
    best = float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def main() -> None:
    """Print the figures."""
    draw = np.random.default_rng(1)
    current = np.rint(draw.gamma(2.0, 5e8, AREAS))
    share = current * draw.uniform(0.85, 1.15, AREAS)
    share /= share.sum()
    total = float(round(current.sum() * 1.03))
    floor = fastest(lambda: float((current * share).sum()))
    print(f"floor: one multiply and sum over {AREAS:,} areas: {floor:.3f} ms")
    rules = {
        "no cash loss": PaceRules(min_growth=0.0),
        "floor and cap": PaceRules(min_growth=0.01, max_growth=0.08),
        "floor, cap and 16% under target": PaceRules(min_growth=0.0, max_growth=0.5, max_under_target=0.16),
    }
    for name, rule in rules.items():
        took = fastest(lambda rule=rule: allocate_within_rules(current, share, total, rule))
        print(
            f"budget for {AREAS:,} areas, {name}: {took:.2f} ms, {took / floor:.0f}x the floor (goal {GOAL_MS:.0f} ms)"
        )
    amounts = allocate_within_rules(current, share, total, rules["no cash loss"]).amounts
    took = fastest(lambda: round_to_total(amounts, int(total)))
    print(f"rounding them to whole pence: {took:.2f} ms, {took / floor:.0f}x the floor")
    spread(draw)


def spread(draw: np.random.Generator) -> None:
    """Print what spreading to headings and controlled rounding take for the largest partnership."""
    start = draw.gamma(0.8, 5e8, (9, 80))
    total = round(start.sum() * 1.02)
    rows = split_pence(total, start.sum(axis=1) * draw.uniform(0.97, 1.03, 9))
    columns = split_pence(total, start.sum(axis=0))
    floor = fastest(lambda: start.sum(axis=0))
    took = fastest(lambda: spread_to_headings(start, rows, columns))
    print(f"9 localities x 80 headings spread and rounded: {took:.1f} ms, {took / floor:.0f}x one sum over the table")
    fitted = start * (total / start.sum())
    own_rows, own_columns = split_pence(total, fitted.sum(axis=1)), split_pence(total, fitted.sum(axis=0))
    took = fastest(lambda: round_table(fitted, own_rows, own_columns))
    print(f"controlled rounding alone: {took:.1f} ms, {took / floor:.0f}x one sum over the table")


if __name__ == "__main__":
    main()
