"""What every public tool is given, and a quick scorer for those that try thousands of divisions."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from locality.areas import DesignRules, Ground
from locality.areas.exact.model import cut_model

Drawn = npt.NDArray[np.int32]
FloatTable = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Task:
    """A ground to divide, and the moment at which tools that never end of themselves have to stop."""

    ground: Ground
    rules: DesignRules
    ends: float

    @property
    def number(self) -> int:
        assert self.rules.number is not None
        return self.rules.number

    @property
    def mean(self) -> float:
        return float(self.ground.people.sum()) / self.number

    def is_over(self) -> bool:
        return time.process_time() >= self.ends


def cluster_shares(ground: Ground, *, by_practice: bool = False) -> FloatTable:
    """Give each zone's patients by cluster (or by practice) as shares that add up to 1."""
    assert ground.practices is not None
    practices = ground.practices
    patients = practices.patients.astype(float)
    if not by_practice:
        inside = np.flatnonzero(practices.cluster >= 0)
        belongs = (np.ones(len(inside)), (inside, practices.cluster[inside]))
        patients = patients @ sparse.csr_matrix(belongs, (len(practices.codes), len(practices.clusters)))
    table = patients.toarray()
    return np.asarray(table / np.maximum(1.0, table.sum(axis=1, keepdims=True)))


def quick_composite(task: Task) -> Callable[[Drawn], float]:
    """Make a function that gives J in well under a millisecond for each thousand zones."""
    model, zones = cut_model(task.ground, task.rules), len(task.ground.zones)
    extra = model.second >= zones
    ends = (model.first[extra], model.second[extra] - zones)
    held = sparse.csr_matrix((model.weight[extra], ends), (zones, len(model.people) - zones))
    first, second, border = model.first[~extra], model.second[~extra], model.weight[~extra]
    keeps, total = model.keeps[zones:], float(model.weight[extra].sum())
    large = np.flatnonzero(keeps > 1)

    def composite(drawn: Drawn) -> float:
        chosen = sparse.csr_matrix((np.ones(zones), (drawn, np.arange(zones))), (int(drawn.max()) + 1, zones))
        parts = (chosen @ held).toarray()
        kept = float(parts.max(axis=0).sum())
        for node in large:
            kept += float(np.sort(parts[:, node])[::-1][1 : keeps[node]].sum())
        return float(border[drawn[first] != drawn[second]].sum()) + total - kept

    return composite
