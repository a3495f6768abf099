"""Draw with one public tool in this process, and keep the first and the best division that it gives.

    python bench/public_tools/run.py TOOL INSTANCES-FOLDER NAME SECONDS FILE

The system ends the process when its CPU seconds are used up; FILE then holds what was drawn until then, if anything.
"""

# ruff: noqa: E402 - where modules lie is settled before they are loaded

from __future__ import annotations

import math
import resource
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "tests")]

from factories.grounds import instance
from locality.areas import measure
from public_tools.graphs import gerrychain_bursts, gerrychain_tilted, metis
from public_tools.regions import pygeoda_tool, spopt_tool
from public_tools.task import Drawn, Task

PYGEODA = ("skater", "redcap", "schc", "azp_greedy", "azp_sa", "azp_tabu", "maxp_greedy", "maxp_tabu")
SPOPT = ("skater", "ward", "kmeans", "azp", "maxp")
_LIBRARIES = {
    "METIS": ("pymetis",),
    "GerryChain": ("networkx", "gerrychain.optimization"),
    "pygeoda": ("pygeoda",),
    "spopt": ("pandas", "libpysal.weights", "spopt.region"),
}
TOOLS: dict[str, Callable[[Task], Iterator[Drawn]]] = {
    "METIS": metis,
    "GerryChain bursts": gerrychain_bursts,
    "GerryChain tilted": gerrychain_tilted,
    **{f"pygeoda {name}": pygeoda_tool(name) for name in PYGEODA},
    **{f"spopt {name}": spopt_tool(name) for name in SPOPT},
}


def draw(tool: str, folder: Path, name: str, *, seconds: float, file: Path) -> None:
    """Draw until the tool or the time is at its end."""
    ground, rules = instance(folder, name)
    measure(ground, np.arange(len(ground.zones), dtype=np.int32) % 2, rules)
    _load(tool)
    begun = time.process_time()
    # Tools that look at the clock stop of themselves; one second more, so that they can say what they have.
    limit = math.ceil(begun + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    lowest, kept = (math.inf, math.inf), {}
    for drawn in TOOLS[tool](Task(ground, rules, begun + seconds)):
        cpu = time.process_time() - begun
        said = measure(ground, drawn, rules)
        outside = sum(not rules.least <= one.people <= rules.most for one in said.localities)
        rank = (outside + said.pieces + abs(said.number - (rules.number or 0)), said.composite)
        if not kept:
            kept = {"first": drawn, "first_cpu": np.array(cpu)}
        if rank < lowest:
            lowest, kept["best"], kept["best_cpu"] = rank, drawn, np.array(cpu)
            _save(file, kept)
    _save(file, {**kept, "used": np.array(time.process_time() - begun)})


def _load(tool: str) -> None:
    """Load the libraries before the clock starts."""
    for module in _LIBRARIES[tool.split(maxsplit=1)[0]]:
        __import__(module)


def _save(file: Path, kept: dict[str, np.ndarray]) -> None:
    """Write aside first: the process may be ended at any moment."""
    aside = file.with_name("aside.npz")
    np.savez(aside, **kept)
    aside.replace(file)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    tool, folder, name, seconds, file = sys.argv[1:]
    draw(tool, Path(folder), name, seconds=float(seconds), file=Path(file))
