"""Search a small drawn ground once, so that the search is compiled before somebody asks for options.

Compiling takes some forty seconds of one core on a machine where it was never done; what comes of it is kept on disk,
for all processes. Where it is there, reading it takes a second.
"""

from __future__ import annotations

import numpy as np
from django.utils import timezone
from scipy import sparse

from locality.areas.design import design_rules
from locality.areas.ground import Borders, Ground, Practices
from locality.areas.propose import propose

_SIDE, _LOCALITIES = 6, 3
_EFFORT = 0.01


def search_once() -> None:
    """Search, from a start too, and keep nothing."""
    ground = small_ground()
    rules = design_rules(ground, timezone.localdate(), number=_LOCALITIES)
    start = np.arange(_SIDE * _SIDE, dtype=np.int32) // (_SIDE * _SIDE // _LOCALITIES)
    propose(ground, rules, effort=_EFFORT, start=start)


def small_ground() -> Ground:
    """Draw a square of zones with two settlements and a practice in each."""
    count = _SIDE * _SIDE
    zones = np.arange(count, dtype=np.int64)
    first = np.concatenate([zones[zones % _SIDE < _SIDE - 1], zones[: count - _SIDE]])
    second = np.concatenate([zones[zones % _SIDE < _SIDE - 1] + 1, zones[_SIDE:]])
    codes = tuple(f"zone {number:02}" for number in range(count))
    half = (zones >= count // 2).astype(np.int64)
    patients = np.zeros((count, 2), dtype=np.int64)
    patients[zones, half] = 100
    return Ground(
        zones=codes,
        names=codes,
        people=np.full(count, 100, dtype=np.int64),
        settlement=half,
        settlements=("north", "south"),
        points=np.column_stack([zones % _SIDE, -(zones // _SIDE)]).astype(np.float64) * 1000,
        borders=Borders(first, second, np.full(len(first), 1000.0), np.zeros(len(first), dtype=np.bool_)),
        practices=Practices(
            codes=("1", "2"),
            cluster=np.arange(2),
            clusters=("one", "two"),
            patients=sparse.csr_matrix(patients),
            points=np.zeros((2, 2)),
        ),
    )
