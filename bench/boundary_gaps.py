"""How far from the best possible: J, a bound that always holds, the gap between them and the CPU seconds for both.

    python bench/boundary_gaps.py --cases FOLDER
    python bench/boundary_gaps.py --cases FOLDER --only s40,s60 --seconds 300

FOLDER holds the published instances. A division to start from is proposed first; with --divisions it is read from
NAME.npy in that folder. The CPU seconds are those of this process; it works with one thread. All areas together take
about a quarter of an hour.
"""

# ruff: noqa: E402 - the number of threads is settled before the libraries are loaded

from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from factories.grounds import instance
from locality.areas.exact import best_possible, gap
from locality.areas.ground import DesignRules, Division, Ground
from locality.areas.propose import propose

EFFORT = 30.0
SECONDS = {
    "s40": 300,
    "s60": 300,
    "s100": 900,
    "ia300": 120,
    "penn343": 120,
    "fife494": 120,
    "ia1400": 120,
    "ia7000": 120,
}


def propose_one(ground: Ground, rules: DesignRules) -> Division:
    """The division with the lowest J that is proposed after thirty CPU seconds."""
    return propose(ground, rules, effort=EFFORT, options=1)[0].division


def start_from(folder: Path | None, name: str, drawn: tuple[Ground, DesignRules]) -> Division:
    file = folder / f"{name}.npy" if folder else None
    if file and file.exists():
        return np.load(file).astype(np.int32)
    return propose_one(*drawn)


def show(name: str, seconds: float, places: tuple[Path, Path | None]) -> None:
    cases, divisions = places
    ground, rules = instance(cases / "boundaries" / "instances", name)
    known = start_from(divisions, name, (ground, rules))
    begun = time.process_time()
    bound = best_possible(ground, rules, seconds=seconds, known=known)
    used = time.process_time() - begun
    apart = gap(bound.upper, bound)
    print(
        f"{name:<9}{len(ground.zones):>6}{rules.number:>5}{bound.upper:>9.4f}{bound.lower:>9.4f}{100 * apart:>7.1f}%"
        f"{used:>8.0f}  {'proved' if bound.proved else 'open':<7} {bound.how}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--divisions", type=Path)
    parser.add_argument("--only", default=",".join(SECONDS))
    parser.add_argument("--seconds", type=float)
    asked = parser.parse_args()
    print(f"{'area':<9}{'zones':>6}{'k':>5}{'J':>9}{'bound':>9}{'gap':>8}{'CPU s':>8}")
    for name in asked.only.split(","):
        show(name, asked.seconds or SECONDS[name], (asked.cases, asked.divisions))


if __name__ == "__main__":
    main()
