"""How good proposed divisions are, beside public tools in the same run: spopt, pygeoda, GerryChain, METIS.

Composite J (lower is better), localities outside the bounds, pieces too many, number of localities, CPU seconds of one
core. Compiling is timed apart: it happens once on a machine. Every public tool is run in a process of its own, and the
system ends it when its CPU seconds are used up. It gets the same ground and all the time for its best: partitioners
many affinity weights, the others many features and floors (see `public_tools`). "plain" is its first setting, which is
that of the published run, or near it.

    LOCALITY_CASES=... python bench/boundaries.py            one real place, 5 s for each tool: under three minutes
    LOCALITY_CASES=... python bench/boundaries.py --long     five places, 120 s for each tool: about two hours
    ... [--instances ia300,fife494] [--seconds 120] [--efforts 0.1,1,5] [--seeds 3] [--tools METIS,spopt]
"""

# ruff: noqa: E402 - the number of threads is settled before the libraries are loaded

from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from factories.grounds import instance
from locality.areas import DesignRules, Ground, measure, propose
from locality.foundations import ResultRefused
from public_tools.names import PUBLISHED

SHORT, LONG = ("penn343", 5.0), ("ia300,penn343,fife494,ia1400,ia7000", 120.0)
GOALS = {
    ("ia300", 1.0): 0.1268,
    ("penn343", 1.0): 0.1440,
    ("ia1400", 1.0): 0.1775,
    ("ia1400", 5.0): 0.1745,
    ("ia7000", 5.0): 0.186,
    ("ia7000", 30.0): 0.181,
}
RUN = Path(__file__).parent / "public_tools" / "run.py"


@dataclass(frozen=True)
class Place:
    """An instance, where it was read from, and what public tools reached on it in published runs."""

    name: str
    folder: Path
    ground: Ground
    rules: DesignRules
    published: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """What one tool reached."""

    tool: str
    cpu: float
    composite: float
    kept: bool


def main() -> None:
    """Print a table for each place."""
    asked = _arguments()
    folder = Path(os.environ["LOCALITY_CASES"]) / "boundaries"
    start = time.process_time()
    propose(*instance(folder / "instances", "ia300"), effort=0.05, options=1)
    print(f"The first search took {time.process_time() - start:.1f} CPU s: it compiles, or reads what was compiled.")
    for name in asked.instances.split(","):
        place = _place(folder, name)
        rules = place.rules
        print(
            f"\n{name}: {len(place.ground.zones):,} zones, {rules.number} localities of {rules.least:,} to "
            f"{rules.most:,}; {asked.seconds:g} CPU s for each public tool"
        )
        print(f"{'tool':<34} {'CPU s':>7} {'J':>8} {'outside':>8} {'pieces':>7} {'k':>4}  published run, or aim")
        ours = list(_our_lines(place, asked))
        theirs = [line for tool in _chosen(asked.tools) for line in _tool_lines(place, tool, asked.seconds)]
        _say_lowest(ours, theirs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true", help="all places, 120 CPU seconds for each tool")
    parser.add_argument("--instances", help="names of places, with commas")
    parser.add_argument("--seconds", type=float, help="CPU seconds for each public tool")
    parser.add_argument("--efforts", default="0.1,1,5", help="CPU seconds for ours")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--tools", default="", help="beginnings of tools' names; none: all")
    asked = parser.parse_args()
    instances, seconds = LONG if asked.long else SHORT
    asked.instances = asked.instances or instances
    asked.seconds = asked.seconds or seconds
    return asked


def _place(folder: Path, name: str) -> Place:
    ground, rules = instance(folder / "instances", name)
    runs = json.loads((folder / "peers.json").read_text(encoding="utf-8"))
    published: dict[str, dict[str, Any]] = {}
    for tool, method in PUBLISHED.items():
        found = [run for run in runs if run["inst"] == name and run["method"].startswith(method) and run["J"]]
        if found:
            published[tool] = min(found, key=lambda run: run["J"])
    return Place(name, folder / "instances", ground, rules, published)


def _chosen(beginnings: str) -> list[str]:
    return [tool for tool in PUBLISHED if tool.startswith(tuple(beginnings.split(",")))]


def _our_lines(place: Place, asked: argparse.Namespace) -> Iterator[Line]:
    for effort in (float(text) for text in asked.efforts.split(",")):
        for seed in range(asked.seeds):
            tool, start = f"ours, {effort:g} s, seed {seed}", time.process_time()
            try:
                drawn = propose(place.ground, place.rules, effort=effort, seed=seed, options=1)[0].division
            except ResultRefused as refused:
                print(f"{tool:<34} {time.process_time() - start:>7.2f} none found: {refused.reason}")
                continue
            yield _show(place, tool, (time.process_time() - start, drawn), _say_aim(place.name, effort))


def _say_aim(name: str, effort: float) -> str:
    aim = GOALS.get((name, effort))
    return "" if aim is None else f"aim {aim:.4f}"


def _tool_lines(place: Place, tool: str, seconds: float) -> Iterator[Line]:
    """Run a public tool and print the first of what it drew and the best."""
    said = _say_published(place, tool)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "drawn.npz"
        task = [tool, str(place.folder), place.name, str(seconds), str(file)]
        ended = subprocess.run([sys.executable, str(RUN), *task], capture_output=True, text=True, check=False)
        if not file.exists():
            cut = ended.returncode == -signal.SIGXCPU
            why = f"no answer in {seconds:g} s" if cut else f"failed: {ended.stderr.strip()[-70:]!r}"
            print(f"{tool:<34} {seconds:>7.2f} {why}  {said}", flush=True)
            return
        kept = dict(np.load(file))
    if not tool.startswith("GerryChain"):
        yield _show(place, f"{tool}, plain", (float(kept["first_cpu"]), kept["first"]), said)
        said = ""
    cpu = float(kept.get("used", seconds))
    yield _show(place, f"{tool}, at its best", (cpu, kept["best"]), said)


def _show(place: Place, tool: str, drawn: tuple[float, np.ndarray[Any, Any]], end: str) -> Line:
    cpu, division = drawn
    said, rules = measure(place.ground, division, place.rules), place.rules
    outside = sum(not rules.least <= one.people <= rules.most for one in said.localities)
    print(
        f"{tool:<34} {cpu:>7.2f} {said.composite:>8.4f} {outside:>8} {said.pieces:>7} {said.number:>4}",
        end=f"  {end}\n" if end else "\n",
        flush=True,
    )
    return Line(tool, cpu, said.composite, outside == 0 and said.pieces == 0 and said.number == rules.number)


def _say_published(place: Place, tool: str) -> str:
    run = place.published.get(tool)
    if run is None:
        return "none published"
    faults = [f"{run[key]} {word}" for key, word in (("viol", "outside"), ("pieces", "pieces")) if run[key]]
    faults += [f"k {run['k']}"] if run["k"] != place.rules.number else []
    return ", ".join([f"{run['J']:.4f}", f"{run['cpu']:.2g} s" if run["cpu"] < 10 else f"{run['cpu']:.0f} s", *faults])


def _say_lowest(ours: list[Line], theirs: list[Line]) -> None:
    for whose, lines in (("Ours", ours), ("Public tools", theirs)):
        right = [line for line in lines if line.kept]
        if right:
            best = min(right, key=lambda line: line.composite)
            print(f"{whose}: {best.composite:.4f} is the lowest that keeps the rules ({best.tool}, {best.cpu:.1f} s).")
        elif lines:
            print(f"{whose}: nothing that keeps the rules.")


if __name__ == "__main__":
    main()
