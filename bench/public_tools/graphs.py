"""METIS and GerryChain, which see the ground as a graph."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from scipy import sparse

from locality.areas.exact.model import cut_model
from public_tools.task import Drawn, FloatTable, Task, cluster_shares, quick_composite

# The weights that were used when METIS was first run here, then those drawn by lot: each factor between these ends.
FIRST = {"clusters": 2.0, "practices": 0.0, "settlement": 1.0, "border": 0.3, "uneven": 300.0, "halving": 0.0}
RANGES = {"clusters": (0.5, 8.0), "practices": (0.1, 4.0), "settlement": (0.5, 8.0), "border": (0.03, 2.0)}


def metis(task: Task) -> Iterator[Drawn]:
    """Try weights by lot until the time is over, every second time with clusters and settlements as nodes of their own.

    The weights of two neighbours: patients in common, the same settlement, the length of their border.
    """
    pulls, luck = _pulls(task), np.random.default_rng(1)
    zones = len(task.ground.zones)
    for turn in itertools.count():
        chosen = _by_lot(luck) if turn else FIRST
        if turn % 2:
            first, second, weight, people = _with_nodes(task, luck)
        else:
            first, second, people = task.ground.borders.first, task.ground.borders.second, task.ground.people
            weight = 100 * np.asarray(sum(chosen[name] * pull for name, pull in pulls.items()))
        yield _cut(task, (first, second, weight), people, chosen)[:zones]
        if task.is_over():
            return


def _cut(task: Task, pairs: tuple[Any, Any, Any], people: Any, chosen: dict[str, float]) -> Drawn:
    import pymetis  # noqa: PLC0415 - only where it is run

    first, second, weight = pairs
    table = sparse.csr_matrix((np.maximum(1, np.rint(weight)).astype(int), (first, second)), (len(people),) * 2)
    near = (table + table.T).tocsr()
    # Nodes of clusters would make far zones look joined: METIS is asked for one piece only where there are none.
    one_piece = len(people) == len(task.ground.zones) and not chosen["halving"]
    _, parts = pymetis.part_graph(
        task.number,
        pymetis.CSRAdjacency(near.indptr.tolist(), near.indices.tolist()),
        eweights=near.data.tolist(),
        vweights=people.astype(int).tolist(),
        recursive=bool(chosen["halving"]),
        options=pymetis.Options(contig=int(one_piece), ufactor=int(chosen["uneven"]), seed=1),
    )
    return np.array(parts, np.int32)


def _with_nodes(task: Task, luck: np.random.Generator) -> tuple[Any, Any, FloatTable, FloatTable]:
    """Write J itself as a graph, with a node for each cluster and settlement; borders heavier, so that pieces hold."""
    model, zones = cut_model(task.ground, task.rules), len(task.ground.zones)
    weight = model.weight * luck.uniform(0.9, 1.1, len(model.weight))
    border = model.second < zones
    weight[border] = (weight[border] + 0.1 / len(weight)) * np.exp(luck.uniform(np.log(0.5), np.log(10)))
    weight[model.second >= zones + len(model.clusters)] *= np.exp(luck.uniform(np.log(0.3), np.log(3)))
    return model.first, model.second, 3e6 * weight, model.people


def _pulls(task: Task) -> dict[str, FloatTable]:
    """Say for each pair of neighbours what they have in common, each from 0 to about 1."""
    ground = task.ground
    first, second, metres = ground.borders.first, ground.borders.second, ground.borders.metres
    clusters, practices = cluster_shares(ground), cluster_shares(ground, by_practice=True)
    settled = (ground.settlement[first] == ground.settlement[second]) & (ground.settlement[first] >= 0)
    return {
        "clusters": np.minimum(clusters[first], clusters[second]).sum(axis=1),
        "practices": np.minimum(practices[first], practices[second]).sum(axis=1),
        "settlement": settled.astype(float),
        "border": metres / max(1.0, float(metres.mean())),
    }


def _by_lot(luck: np.random.Generator) -> dict[str, float]:
    chosen = {name: float(np.exp(luck.uniform(*np.log(ends)))) for name, ends in RANGES.items()}
    # METIS knows the upper bound only, and that loosely: how uneven localities may be is a thing to try.
    return {**chosen, "uneven": float(luck.choice([150, 200, 300, 400])), "halving": float(luck.random() < 0.15)}


def gerrychain_bursts(task: Task) -> Iterator[Drawn]:
    """Short bursts of recombination: ten steps each from the best so far."""
    return _optimise(task, lambda optimizer: optimizer.short_bursts(10, 1_000_000))


def gerrychain_tilted(task: Task) -> Iterator[Drawn]:
    """A tilted run of recombination: a worse division is taken one time in fifty."""
    return _optimise(task, lambda optimizer: optimizer.tilted_run(100_000_000, p=0.02))


def _optimise(task: Task, run: Callable[[Any], Iterator[Any]]) -> Iterator[Drawn]:
    import networkx as nx  # noqa: PLC0415 - as above
    from gerrychain import Graph, Partition, constraints, proposals, tree, updaters  # noqa: PLC0415
    from gerrychain.optimization import SingleMetricOptimizer  # noqa: PLC0415

    ground, zones = task.ground, len(task.ground.zones)
    plain = nx.Graph()
    plain.add_nodes_from((zone, {"people": int(ground.people[zone])}) for zone in range(zones))
    plain.add_edges_from(zip(ground.borders.first.tolist(), ground.borders.second.tolist(), strict=True))
    graph, composite = Graph.from_networkx(plain), quick_composite(task)
    slack = min(task.mean - task.rules.least, task.rules.most - task.mean) / task.mean
    chances = {"pop_col": "people", "epsilon": slack, "node_repeats": 0}
    homes = tree.recursive_tree_part(graph, range(task.number), task.mean, rng=1, **chances)
    tally = {"people": updaters.Tally("people", alias="people")}
    start = Partition(graph, homes, tally)
    within = constraints.within_percent_of_ideal_population(start, slack, pop_key="people")

    def drawn(division: Any) -> Drawn:
        return np.fromiter((division.assignment[zone] for zone in range(zones)), np.int32, zones)

    step = partial(proposals.recom, pop_target=task.mean, **chances)
    optimizer = SingleMetricOptimizer(step, [within], start, lambda one: composite(drawn(one)), maximize=False, rng=1)
    lowest = composite(drawn(start))
    yield drawn(start)
    for division in run(optimizer):
        now = composite(drawn(division))
        if now < lowest:
            lowest = now
            yield drawn(division)
        if task.is_over():
            return
