"""How long consolidation takes for a partnership as large as any: 9 localities, 80 services, 3 sources.

Prints seconds and the ratio to two floors in the same run: reading the same snapshots with json.loads, and adding up
the same lines in a bare Python sum.

    python bench/plans.py
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from factories.plans import big_partnership, snapshots
from locality.plans import (
    canonical_bytes,
    check_guidance,
    consolidate,
    hash_plan,
    load_checks,
    plan_as_json,
    record_of_plan,
)

GOAL_SECONDS = 1.0
REPEATS = 7


def fastest(work: Callable[[], object]) -> float:
    """Best of several runs, in seconds."""
    best = float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print the figures."""
    place = big_partnership(localities=9, services=80, sources=3)
    year, agreed = place.planning_year(), snapshots(*place.plans)
    texts = [canonical_bytes(plan_as_json(plan)) for plan in place.plans]
    amounts = [line.pence for plan in place.plans for line in plan.lines]
    lines = len(amounts) + sum(len(line.shares) for line in place.joint) + len(place.partnership_lines)
    print(f"9 localities x 80 services x 3 sources: {lines:,} lines, {sum(map(len, texts)) / 1e6:.1f} MB of snapshots")
    read = fastest(lambda: [json.loads(text) for text in texts])
    add = fastest(lambda: sum(amounts))
    print(f"floors: json.loads of the snapshots {read:.4f} s; a bare sum of their lines {add:.6f} s")
    whole = fastest(lambda: consolidate(agreed, place.joint, place.partnership_lines, year=year))
    print(
        f"consolidate: {whole:.3f} s (goal {GOAL_SECONDS:.0f} s), {whole / read:.0f}x json.loads, "
        f"{whole / add:,.0f}x the bare sum; {'met' if whole < GOAL_SECONDS else 'NOT MET'}"
    )
    hashes = fastest(lambda: [hash_plan(plan) for plan in place.plans])
    print(f"  of which hashing the snapshots anew: {hashes:.3f} s")
    checks = load_checks()
    took = fastest(lambda: [check_guidance(record_of_plan(plan, on="2026-11-22"), checks) for plan in place.plans])
    print(f"guidance, {len(checks)} checks on each plan: {took:.3f} s, {took / read:.0f}x json.loads")


if __name__ == "__main__":
    main()
