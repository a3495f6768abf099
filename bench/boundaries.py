"""How good proposed divisions are, beside public tools in the same run.

Composite J (lower is better), localities outside the bounds, pieces too many, CPU seconds of one core. Compiling is
timed apart: it happens once on a machine. Public tools get the same ground; partitioners get affinity weights
(registrations that two zones share, the same settlement, their border).

    LOCALITY_CASES=... python bench/boundaries.py [--instances ia300,penn343] [--seconds 0.1,1,5] [--peers-seconds 20]
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from factories.grounds import instance
from locality.areas import DesignRules, Ground, measure, propose
from locality.foundations import ResultRefused

INSTANCES = "ia300,penn343,ia1400"
SEEDS = 3
GOALS = {
    ("ia300", 1.0): 0.1268,
    ("penn343", 1.0): 0.1440,
    ("ia1400", 1.0): 0.1775,
    ("ia1400", 5.0): 0.1745,
    ("ia7000", 5.0): 0.186,
    ("ia7000", 30.0): 0.181,
}
Drawn = np.ndarray[Any, np.dtype[np.int32]]


def main() -> None:
    """Print a table for each instance."""
    asked = _arguments()
    folder = Path(os.environ["LOCALITY_CASES"]) / "boundaries" / "instances"
    start = time.process_time()
    propose(*instance(folder, "ia300"), effort=0.05, options=1)
    print(f"The first search took {time.process_time() - start:.1f} CPU s: it compiles, or reads what was compiled.")
    for name in asked.instances.split(","):
        ground, rules = instance(folder, name)
        print(f"\n{name}: {len(ground.zones):,} zones, {rules.number} localities of {rules.least:,} to {rules.most:,}")
        print(f"{'tool':<26} {'CPU s':>7} {'J':>8} {'outside':>8} {'pieces':>7} {'k':>4}  goal")
        for seconds in (float(text) for text in asked.seconds.split(",")):
            for seed in range(asked.seeds):
                goal = GOALS.get((name, seconds))
                _line(ground, rules, f"ours, {seconds:g} s, seed {seed}", partial(_ours, seconds, seed), goal)
        if asked.peers_seconds > 0:
            for tool, draw in _peers(asked.peers_seconds):
                _line(ground, rules, tool, draw)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", default=INSTANCES)
    parser.add_argument("--seconds", default="0.1,1,5")
    parser.add_argument("--peers-seconds", type=float, default=20)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    return parser.parse_args()


def _line(
    ground: Ground,
    rules: DesignRules,
    tool: str,
    draw: Callable[[Ground, DesignRules], Drawn],
    goal: float | None = None,
) -> None:
    start = time.process_time()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            drawn = draw(ground, rules)
    except ResultRefused as refused:
        print(f"{tool:<26} {time.process_time() - start:>7.2f} none found: {refused.reason}")
        return
    except Exception as error:  # a public tool that breaks is a result of the bench, not its end
        print(f"{tool:<26} {time.process_time() - start:>7.2f} failed: {type(error).__name__}: {str(error)[:60]}")
        return
    cpu = time.process_time() - start
    said = measure(ground, drawn, rules)
    outside = sum(not rules.least <= one.people <= rules.most for one in said.localities)
    held = "" if goal is None else f"  {goal:.4f} {'reached' if said.composite < goal + 5e-5 else 'missed'}"
    print(f"{tool:<26} {cpu:>7.2f} {said.composite:>8.4f} {outside:>8} {said.pieces:>7} {said.number:>4}{held}")


def _ours(seconds: float, seed: int, ground: Ground, rules: DesignRules) -> Drawn:
    return propose(ground, rules, effort=seconds, seed=seed, options=1)[0].division


def _peers(seconds: float) -> Iterator[tuple[str, Callable[[Ground, DesignRules], Drawn]]]:
    yield "METIS, affinity", _metis
    yield f"GerryChain bursts, {seconds:g} s", partial(_gerrychain, "bursts", seconds)
    yield f"GerryChain tilted, {seconds:g} s", partial(_gerrychain, "tilted", seconds)


def _affinity(ground: Ground) -> np.ndarray[Any, Any]:
    """Say for each pair of neighbours how much they belong together, as whole numbers from 1."""
    first, second, borders = ground.borders.first, ground.borders.second, ground.borders
    strength = 0.3 * borders.metres / max(1.0, borders.metres.mean())
    strength += (ground.settlement[first] == ground.settlement[second]) & (ground.settlement[first] >= 0)
    if ground.practices is not None:
        shares = ground.practices.patients.toarray().astype(float)
        shares /= np.maximum(1.0, shares.sum(axis=1, keepdims=True))
        strength += 2 * np.minimum(shares[first], shares[second]).sum(axis=1)
    return np.maximum(1, np.rint(100 * strength)).astype(int)


def _metis(ground: Ground, rules: DesignRules) -> Drawn:
    import pymetis  # noqa: PLC0415 - only when its line is printed

    weight = _affinity(ground)
    near: list[list[tuple[int, int]]] = [[] for _ in ground.zones]
    for one, two, pull in zip(ground.borders.first, ground.borders.second, weight, strict=True):
        near[one].append((int(two), int(pull)))
        near[two].append((int(one), int(pull)))
    starts = np.concatenate([[0], np.cumsum([len(row) for row in near])])
    _, parts = pymetis.part_graph(
        rules.number,
        xadj=starts.tolist(),
        adjncy=[other for row in near for other, _ in row],
        eweights=[pull for row in near for _, pull in row],
        vweights=ground.people.tolist(),
        options=pymetis.Options(contig=1, ufactor=300, seed=1),
    )
    return np.array(parts, np.int32)


def _gerrychain(manner: str, seconds: float, ground: Ground, rules: DesignRules) -> Drawn:
    import networkx as nx  # noqa: PLC0415 - as above
    from gerrychain import Graph, Partition, proposals, tree, updaters  # noqa: PLC0415

    plain = nx.Graph()
    plain.add_nodes_from((zone, {"people": int(ground.people[zone])}) for zone in range(len(ground.zones)))
    plain.add_edges_from(zip(ground.borders.first.tolist(), ground.borders.second.tolist(), strict=True))
    graph, ideal = Graph.from_networkx(plain), int(ground.people.sum()) / (rules.number or 1)
    slack = min(ideal - rules.least, rules.most - ideal) / ideal
    count = {"people": updaters.Tally("people", alias="people")}
    luck = np.random.default_rng(1)
    homes = tree.recursive_tree_part(graph, range(rules.number or 1), ideal, "people", slack, node_repeats=1)
    now = Partition(graph, homes, count)
    step = partial(proposals.recom, pop_col="people", pop_target=ideal, epsilon=slack, node_repeats=1)

    def worth(partition: Any) -> tuple[float, Drawn]:
        drawn = np.array([partition.assignment[zone] for zone in range(len(ground.zones))], np.int32)
        return measure(ground, drawn, rules).composite, drawn

    lowest, best = worth(now)
    held, start, burst = now, time.process_time(), 0
    current = lowest
    while time.process_time() - start < seconds:
        after = step(now)
        composite, drawn = worth(after)
        if composite < lowest:
            lowest, best, held = composite, drawn, after
        burst += 1
        if manner == "bursts":
            now = held if burst % 10 == 0 else after
        elif composite <= current or luck.random() < 0.02:
            now, current = after, composite
    return best


if __name__ == "__main__":
    main()
