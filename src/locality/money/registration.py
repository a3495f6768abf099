"""People counted where they are registered with a GP practice instead of where they live."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.foundations import Fault, InputRefused
from locality.money.fair import WeightSet
from locality.money.places import LocalityList

Floats = npt.NDArray[np.float64]


def localities_of_practices(localities: LocalityList, practices: pd.DataFrame) -> LocalityList:
    """Add every practice to the locality in whose zone it stands.

    Args:
        localities: The localities with their zones.
        practices: Declared table `practices`.

    Returns:
        The same localities, knowing practices too.

    Raises:
        InputRefused: No practice has a zone of ours, or a practice with patients has none.
    """
    placed = practices[practices["zone"].isin(list(localities.zones))]
    lost = practices[~practices["practice"].isin(placed["practice"]) & (practices["patients"].fillna(0) > 0)]
    if placed.empty or len(lost):
        named = "no practice has one" if placed.empty else f"practice {lost['practice'].iloc[0]} has none"
        raise InputRefused(
            [
                Fault(
                    "practices",
                    f"counting people where they are registered needs the zone of every practice, and {named}",
                    'Fill in the column zone, or set basis = "residence" under [money].',
                    "practice-without-zone",
                    column="zone",
                    rows=max(len(lost), 1),
                )
            ]
        )
    own = {str(row.practice): localities.zones[str(row.zone)] for row in placed.itertuples(index=False)}
    return replace(localities, zones={**localities.zones, **own})


def weights_by_registration(weights: WeightSet, registrations: pd.DataFrame) -> WeightSet:
    """Move residents and weighted people from zones to the practices with which the zones' people are registered.

    Args:
        weights: Residents and weights by zone.
        registrations: Declared table `registrations`.

    Returns:
        The same by practice; every sum over practices equals the sum over zones.

    Raises:
        InputRefused: A zone with residents has no registered patients.
    """
    inside = registrations[registrations["zone"].isin(list(weights.zones))]
    table = inside.pivot_table(index="zone", columns="practice", values="patients", aggfunc="sum", observed=True)
    parts = table.reindex(list(weights.zones)).astype("float64").fillna(0.0)
    patients = parts.to_numpy()
    lacking = (patients.sum(axis=1) <= 0) & (weights.people > 0)
    if lacking.any():
        raise InputRefused(
            [
                Fault(
                    "registrations",
                    f"zone {np.array(weights.zones)[lacking][0]} has residents but no registered patients",
                    "Add the zone's registrations.",
                    "zone-without-registrations",
                    rows=int(lacking.sum()),
                )
            ]
        )
    move: Floats = np.divide(
        patients, patients.sum(axis=1, keepdims=True), out=np.zeros_like(patients), where=patients > 0
    )
    programmes = {
        name: replace(
            made,
            stages={stage: weighted @ move for stage, weighted in made.stages.items()},
            replicates=None if made.replicates is None else made.replicates @ move,
        )
        for name, made in weights.programmes.items()
    }
    return WeightSet(tuple(str(name) for name in parts.columns), weights.people @ move, programmes)
