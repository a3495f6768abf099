"""One scorer for every division, whoever drew it: by the program, from a file, or by hand and not yet complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from locality.areas.change import people_moved
from locality.areas.communities import keep_communities
from locality.areas.containment import Containment, contain
from locality.areas.division_faults import DivisionFault, find_division_faults
from locality.areas.ground import DesignRules, Division, Floats, Ground, Weights
from locality.areas.likeness import balance, variation_within
from locality.areas.pieces import pieces_by_locality
from locality.areas.shape_of_localities import compactness, inner_border, travel_km
from locality.areas.tallies import as_division, locality_count, sum_by_locality


@dataclass(frozen=True)
class LocalityMeasures:
    """The measures of one locality.

    Args:
        number: The locality's number in the division.
        zones: How many zones it has.
        people: How many residents.
        pieces: In how many pieces it lies; 1 is right.
        practice_containment: Of its residents whose practice is in a cluster, the share whose cluster has its main
            locality here. None: not known.
        compactness: 1 for a circle, near 0 for a thread. None: not known.
        travel_km: Mean kilometres of its people from its middle, in a straight line. None: not known.
    """

    number: int
    zones: int
    people: int
    pieces: int
    practice_containment: float | None
    compactness: float | None
    travel_km: float | None


@dataclass(frozen=True)
class Measures:
    """The measures of a division. Shares are from 0 to 1; None: not known.

    Args:
        number: How many localities have a zone.
        smallest: Fewest people of a locality.
        largest: Most people of a locality.
        pieces: Pieces beyond one of each locality, summed; 0 is right.
        practice_containment: Patients whose cluster's main locality is their own, over all whose practice is in one.
        by_practice: Patients whose practice's main locality is their own, over all.
        communities_kept: People in the main part of their settlement, over all people of settlements.
        border_share: Border between localities over all borders between zones.
        border_metres: The same border in metres.
        compactness: Mean over localities; 1 for circles.
        variation_within: Variation of indicators that is left inside localities.
        travel_km: Mean kilometres of people from the middle of their locality, in a straight line.
        balance: How far localities lie apart, by name of the indicator, in standard deviations of zones.
        people_moved: People whose locality is another one than today's. None: today's were not given.
        composite: J, the weighted sum of what is not reached; lower is better. What is not known counts as reached.
        localities: Each locality's own measures, in order of number.
        faults: What keeps the division from being final.
    """

    number: int
    smallest: int
    largest: int
    pieces: int
    practice_containment: float | None
    by_practice: float | None
    communities_kept: float | None
    border_share: float | None
    border_metres: float
    compactness: float | None
    variation_within: float | None
    travel_km: float | None
    balance: dict[str, float]
    people_moved: int | None
    composite: float
    localities: tuple[LocalityMeasures, ...]
    faults: tuple[DivisionFault, ...]

    @property
    def is_valid(self) -> bool:
        """Whether nothing keeps the division from being final."""
        return not self.faults


def measure(
    ground: Ground,
    division: npt.ArrayLike,
    rules: DesignRules,
    *,
    today: Division | None = None,
    names: Sequence[str] | None = None,
) -> Measures:
    """Measure a division.

    Args:
        ground: What it is drawn on.
        division: The locality of every zone, in the order of the ground's zones; -1: in none yet.
        rules: What it must keep to, and what counts how much.
        today: Today's localities, for how many people move.
        names: Names of the localities by number, for its faults.

    Returns:
        Its measures and its faults. They hang on which zones are together, not on the order of zones or the numbers
        of localities. An incomplete or unlawful division is measured too.

    Raises:
        ValueError: The division has not one number for every zone.
    """
    drawn = as_division(ground, division)
    contained = contain(ground, drawn)
    kept = keep_communities(ground, drawn, rules.most)
    metres, border = inner_border(ground, drawn)
    each = _each_locality(ground, drawn, contained)
    there = [one for one in each if one.zones]
    by_cluster = contained.by_cluster if contained else None
    return Measures(
        number=len(there),
        smallest=min((one.people for one in there), default=0),
        largest=max((one.people for one in there), default=0),
        pieces=sum(one.pieces - 1 for one in there),
        practice_containment=by_cluster,
        by_practice=contained.by_practice if contained else None,
        communities_kept=kept,
        border_share=border,
        border_metres=metres,
        compactness=_mean([one.compactness for one in there if one.compactness is not None]),
        variation_within=variation_within(ground, drawn),
        travel_km=_mean_of_people([(one.travel_km, one.people) for one in there if one.travel_km is not None]),
        balance=balance(ground, drawn),
        people_moved=None if today is None else people_moved(ground, today, drawn),
        composite=weigh(by_cluster, kept, border, rules.weights),
        localities=each,
        faults=find_division_faults(ground, drawn, rules, names=names),
    )


def weigh(containment: float | None, kept: float | None, border: float | None, weights: Weights) -> float:
    """Give the composite J.

    Args:
        containment: Practice containment, 0 to 1; None: not known.
        kept: Communities kept whole, 0 to 1; None: there are none.
        border: Inner border share, 0 to 1; None: there is no border.
        weights: What counts how much.

    Returns:
        Weighted sum of what is not reached; 0 is best. What is not known counts as reached, which is the same for
        every division of one ground.
    """
    missed = 1.0 - (1.0 if containment is None else containment)
    parted = 1.0 - (1.0 if kept is None else kept)
    return weights.practices * missed + weights.communities * parted + weights.border * (border or 0.0)


def _each_locality(ground: Ground, division: Division, contained: Containment | None) -> tuple[LocalityMeasures, ...]:
    number = locality_count(division)
    people = sum_by_locality(division, ground.people)
    zones = np.bincount(division[division >= 0], minlength=number)
    pieces = pieces_by_locality(ground, division)
    own = _known(contained.localities if contained else None, number)
    compact = _known(compactness(ground, division), number)
    away = _known(travel_km(ground, division), number)
    return tuple(
        LocalityMeasures(one, int(zones[one]), int(people[one]), int(pieces[one]), own[one], compact[one], away[one])
        for one in range(number)
    )


def _known(figures: Floats | None, number: int) -> list[float | None]:
    if figures is None:
        return [None] * number
    return [None if np.isnan(figure) else float(figure) for figure in figures]


def _mean(figures: list[float]) -> float | None:
    return sum(figures) / len(figures) if figures else None


def _mean_of_people(figures: list[tuple[float, int]]) -> float | None:
    people = sum(count for _, count in figures)
    return sum(figure * count for figure, count in figures) / people if people else None
