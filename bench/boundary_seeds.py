"""How good proposed divisions are whatever the seed: the worst, the middle and the best composite of several seeds.

Lower is better. CPU seconds are those of `propose` alone, with everything compiled. Aims are what a research prototype
reached on the same ground.

    LOCALITY_CASES=... python bench/boundary_seeds.py [--instances ia300,ia1400] [--seeds 20] [--first-seed 100]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from factories.grounds import instance
from locality.areas import propose

# Place, effort in CPU seconds, aim, and what share of the seeds asked for is run: long searches take a while.
RUNS = (
    ("ia300", 0.1, None, 1.0),
    ("ia300", 1.0, 0.1268, 1.0),
    ("penn343", 1.0, 0.1440, 1.0),
    ("fife494", 1.0, None, 0.25),
    ("ia1400", 1.0, 0.1775, 1.0),
    ("ia1400", 5.0, 0.1745, 0.3),
    ("ia7000", 5.0, 0.186, 0.1),
    ("ia7000", 30.0, 0.181, 0.05),
)
HALF_A_DIGIT = 5e-5


def main() -> None:
    """Print a line for each place and effort."""
    asked = _arguments()
    folder = Path(os.environ["LOCALITY_CASES"]) / "boundaries" / "instances"
    propose(*instance(folder, "s40"), effort=0.05, options=1)
    print(f"{'place':<8} {'effort':>6} {'seeds':>5} {'worst':>7} {'middle':>7} {'best':>7} {'CPU s':>11} {'aim':>7}")
    for name, effort, aim, share in RUNS:
        if asked.instances and name not in asked.instances.split(","):
            continue
        _line(folder, name, effort, aim, range(asked.first_seed, asked.first_seed + max(1, round(asked.seeds * share))))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", default="")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=100)
    return parser.parse_args()


def _line(folder: Path, name: str, effort: float, aim: float | None, seeds: range) -> None:
    ground, rules = instance(folder, name)
    propose(ground, rules, effort=0.01, options=1)
    found, spent = [], []
    for seed in seeds:
        start = time.process_time()
        option = propose(ground, rules, seed=seed, effort=effort, options=1)[0]
        spent.append(time.process_time() - start)
        found.append(option.measures.composite)
    middle, cpu = statistics.median(found), f"{min(spent):.2f}-{max(spent):.2f}"
    reached = (
        ""
        if aim is None
        else f"{aim:>7.4f} reached by {sum(one < aim + HALF_A_DIGIT for one in found)} of {len(found)}"
    )
    figures = f"{max(found):>7.4f} {middle:>7.4f} {min(found):>7.4f} {cpu:>11} {reached}"
    print(f"{name:<8} {effort:>6g} {len(found):>5} {figures}", flush=True)


if __name__ == "__main__":
    main()
