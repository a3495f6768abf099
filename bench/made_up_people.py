"""How long made-up people take, and how much memory, for growing numbers of them.

Each size runs in a process of its own. Ratios are to the smallest size: time should grow in proportion to people,
memory should not grow.

    python bench/made_up_people.py [people ...]
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from locality.foundations import FinancialYear
from locality.synth import make_partnership

SIZES = (100_000, 300_000, 1_000_000)


def one(people: int) -> None:
    """Make up people in this process and print wall seconds, CPU seconds and peak megabytes."""
    with tempfile.TemporaryDirectory() as out:
        start, before = time.perf_counter(), os.times()
        make_partnership(people, 1, FinancialYear(2022), Path(out))
        after = os.times()
    cpu = after.user + after.system - before.user - before.system
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.perf_counter() - start, cpu, peak)


def main(sizes: tuple[int, ...]) -> None:
    """Print a line for each size."""
    first: tuple[int, float, float] | None = None
    print(f"{'people':>10} {'wall s':>7} {'CPU s':>7} {'peak MB':>8}  per person, to the smallest    memory")
    for people in sizes:
        told = subprocess.run(
            [sys.executable, __file__, "--one", str(people)], capture_output=True, text=True, check=True
        )
        wall, cpu, peak = (float(part) for part in told.stdout.split())
        first = first or (people, cpu, peak)
        per_person = (cpu / people) / (first[1] / first[0])
        print(f"{people:>10,} {wall:>7.1f} {cpu:>7.1f} {peak:>8.0f}  {per_person:>28.2f}x {peak / first[2]:>8.2f}x")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
    else:
        main(tuple(int(text) for text in sys.argv[1:]) or SIZES)
