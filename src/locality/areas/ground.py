"""What boundaries are drawn on: zones with their people, borders, communities and practices, as arrays.

Everything about boundaries - measuring, proposing, the practices - works on one `Ground`, in which zones are numbered
0, 1, 2 ... in the order of their codes. A division is an array with the number of a locality for every zone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Borders:
    """Pairs of zones that touch, or between which a crossing is declared; each pair once.

    Args:
        first: Number of one zone of each pair.
        second: Number of the other one.
        metres: Length of the shared border; 0 for a crossing.
        crossing: Whether the pair is a declared crossing (bridge, ferry, tunnel) and no border over land.
    """

    first: Ints
    second: Ints
    metres: Floats
    crossing: Flags


@dataclass(frozen=True)
class Practices:
    """General practices, the clusters in which they work, and where their patients live.

    Args:
        codes: Code of each practice.
        cluster: Number of each practice's cluster (in England, its primary care network); -1: it is in none.
        clusters: Name of each cluster.
        patients: Registered patients, zones x practices; whole numbers.
        points: Easting and northing of each practice in metres; NaN where it is not known. Shape (practices, 2).
        modelled: Whether the registrations are worked out from distance and list size, and not published.
        names: Name of each practice, "" where it is not known; empty: none is known.
    """

    codes: tuple[str, ...]
    cluster: Ints
    clusters: tuple[str, ...]
    patients: sparse.csr_matrix
    points: Floats
    modelled: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ground:
    """All that boundaries are drawn on.

    Args:
        zones: Code of each zone, in ascending order.
        names: Name of each zone.
        people: Residents of each zone.
        settlement: Number of each zone's settlement; -1: it is in none.
        settlements: Name of each settlement.
        points: Easting and northing of a point inside each zone, in metres. Shape (zones, 2).
        borders: Which zones touch.
        practices: Practices and registrations; None: not known.
        indicators: Values of each zone, standardised over the area (mean 0, standard deviation 1). Shape (zones, n).
        indicator_names: Name of each indicator.
        area: Square metres of each zone; None: not known.
        perimeter: Metres round each zone; None: not known.
        council: Number of each zone's council; None: not known.
    """

    zones: tuple[str, ...]
    names: tuple[str, ...]
    people: Ints
    settlement: Ints
    settlements: tuple[str, ...]
    points: Floats
    borders: Borders
    practices: Practices | None = None
    indicators: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    indicator_names: tuple[str, ...] = ()
    area: Floats | None = None
    perimeter: Floats | None = None
    council: Ints | None = None


@dataclass(frozen=True)
class Weights:
    """What counts how much in the composite J; the parts add up to 1. Lower J is better.

    Args:
        practices: Weight of (1 - practice containment).
        communities: Weight of (1 - communities kept whole).
        border: Weight of the inner border share.
    """

    practices: float
    communities: float
    border: float


@dataclass(frozen=True)
class DesignRules:
    """What a division must keep to.

    Args:
        least: Fewest people of a locality.
        most: Most people of a locality; also the size beyond which a settlement cannot be kept whole.
        number: How many localities; None: as many as suit the bounds best.
        weights: What counts how much.
        together: Groups of zone codes of which each stays in one locality.
        apart: Pairs of zone codes that may not be in one locality.
        kept: Localities that stay as they are: groups of zone codes.
        seeds: Zone codes of which each is in a locality of its own.
        within_councils: Whether no locality may cross a council border.
        islands_alone: Whether a piece of the area that nothing joins to the rest may be a locality below `least`.
    """

    least: int
    most: int
    weights: Weights
    number: int | None = None
    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    kept: tuple[tuple[str, ...], ...] = ()
    seeds: tuple[str, ...] = ()
    within_councils: bool = False
    islands_alone: bool = False


Division = npt.NDArray[np.int32]
"""The number of a locality for every zone, 0, 1, 2 ... without a gap."""
