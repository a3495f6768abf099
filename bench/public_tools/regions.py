"""pygeoda and spopt, which join zones that are alike in given features.

Each is first run as published: on the five indicators, with the lower size bound where the tool takes one. Then on
features that say more about J - the share of a zone's patients in each cluster, where it lies, where its settlement
lies - and with higher lower bounds, which is the only way to keep these tools from localities that are too large. The
best counts.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from public_tools.task import Drawn, FloatTable, Task, cluster_shares

FLOORS = (0.7, 0.8, 0.9)  # Shares of the mean size of a locality.
SEEDS = (1, 2, 3)
Setting = tuple[FloatTable, float, int]
"""Features of each zone, fewest people of a locality, seed."""


def settings(task: Task) -> Iterator[Setting]:
    """Give the setting that was published first, then all others."""
    ground, least = task.ground, float(task.rules.least)
    place = (ground.points - ground.points.mean(axis=0)) / ground.points.std()
    # Two zones that are quite alike are no neighbours to spopt's Skater: so none are.
    patients = cluster_shares(ground) + np.random.default_rng(1).normal(0, 1e-6, (len(place), 1))
    patients /= max(1e-9, float(np.linalg.norm(patients - patients.mean(axis=0), axis=1).mean()))
    home = _middle_of_settlement(task, place)
    features = [ground.indicators, patients, np.hstack([patients, home]), np.hstack([patients, place / 2]), place]
    floors = [least, *(max(least, share * task.mean) for share in FLOORS)]
    for seed, floor, table in itertools.product(SEEDS, floors, features):
        yield table, floor, seed


def _middle_of_settlement(task: Task, place: FloatTable) -> FloatTable:
    """Give the middle of each zone's settlement; its own place where it has none or one larger than a locality."""
    settlement, people = task.ground.settlement, task.ground.people
    middle = place.copy()
    for number in range(len(task.ground.settlements)):
        inside = settlement == number
        if inside.any() and people[inside].sum() <= task.rules.most:
            middle[inside] = place[inside].mean(axis=0) + 1e-3 * place[inside]
    return middle


def pygeoda_tool(name: str) -> Callable[[Task], Iterator[Drawn]]:
    """Make a function that draws with one of pygeoda's methods."""

    def draw(task: Task) -> Iterator[Drawn]:
        near = _pygeoda_neighbours(task)
        for setting in settings(task):
            yield np.array(_pygeoda(name, task, near, setting)["Clusters"], np.int32) - 1

    return draw


def _pygeoda(name: str, task: Task, near: Any, setting: Setting) -> Any:
    import pygeoda  # noqa: PLC0415 - only where it is run

    table, floor, seed = setting
    asked: dict[str, Any] = {
        "bound_variable": [float(count) for count in task.ground.people],
        "min_bound": floor,
        "scale_method": "raw",
        "random_seed": seed,
    }
    columns, number, method = [column.tolist() for column in table.T], task.number, getattr(pygeoda, name)
    if name.startswith("maxp"):
        return method(near, columns, cpu_threads=1, **asked)
    if name.startswith("azp"):
        more = {"azp_greedy": {"inits": 5}, "azp_sa": {}, "azp_tabu": {"tabu_length": 10}}[name]
        return method(number, near, columns, **more, **asked)
    linkage = {"skater": (), "redcap": ("fullorder-wardlinkage",), "schc": ("ward",)}[name]
    threads = {} if name == "schc" else {"cpu_threads": 1}
    return method(number, near, columns, *linkage, **threads, **asked)


def _pygeoda_neighbours(task: Task) -> Any:
    from pygeoda.weights import read_gal  # noqa: PLC0415 - as above

    near = _neighbours(task)
    lines = [f"0 {len(near)} zones zone"]
    for zone, others in near.items():
        lines += [f"{zone} {len(others)}", " ".join(map(str, others))]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "neighbours.gal"
        file.write_text("\n".join(lines) + "\n", encoding="ascii")
        return read_gal(str(file), [str(zone) for zone in near])


def spopt_tool(name: str) -> Callable[[Task], Iterator[Drawn]]:
    """Make a function that draws with one of spopt's methods."""

    def draw(task: Task) -> Iterator[Drawn]:
        from libpysal.weights import W  # noqa: PLC0415 - as above

        near = W(_neighbours(task), silence_warnings=True)
        for setting in settings(task):
            np.random.seed(setting[2])  # spopt draws from this one
            model = _spopt(name, task, near, setting)
            model.solve()
            yield np.unique(model.labels_, return_inverse=True)[1].astype(np.int32)

    return draw


def _spopt(name: str, task: Task, near: Any, setting: Setting) -> Any:
    import pandas as pd  # noqa: PLC0415 - as above
    from spopt import region  # noqa: PLC0415

    table, floor, seed = setting
    names = [f"feature {place}" for place in range(table.shape[1])]
    frame = pd.DataFrame(table, columns=names).assign(people=task.ground.people)
    if name == "kmeans":
        return region.RegionKMeansHeuristic(table, task.number, near, seed=seed)
    if name == "azp":
        return region.AZP(frame, near, names, task.number, random_state=seed)
    if name == "maxp":
        return region.MaxPHeuristic(frame, near, names, "people", floor)
    if name == "ward":
        return region.WardSpatial(frame, near, names, task.number)
    # Skater counts zones, not people.
    return region.Skater(frame, near, names, task.number, floor=int(0.9 * floor / task.ground.people.mean()))


def _neighbours(task: Task) -> dict[int, list[int]]:
    near: dict[int, list[int]] = {zone: [] for zone in range(len(task.ground.zones))}
    for one, two in zip(task.ground.borders.first.tolist(), task.ground.borders.second.tolist(), strict=True):
        near[one].append(two)
        near[two].append(one)
    return near
