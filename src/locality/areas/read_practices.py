"""Makes practices, clusters and registrations from the declared tables; what is not published is modelled and said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from locality.areas.clusters_model import model_clusters
from locality.areas.ground import Floats, Ints, Practices
from locality.areas.registrations_model import model_registrations
from locality.foundations import load_rule

_NONE = "No practices are known, so nothing is said about them."


@dataclass(frozen=True)
class _Listed:
    """The practices of the table: codes, lists, where they stand, and their clusters and names as far as published."""

    codes: tuple[str, ...]
    lists: Ints
    points: Floats
    clusters: pd.Series
    names: tuple[str, ...]


def read_practices(
    tables: Mapping[str, pd.DataFrame], zones: Sequence[str], *, people: Ints, points: Floats, day: dt.date
) -> tuple[Practices | None, list[str]]:
    """Make the practices of a partnership.

    Args:
        tables: `practices` and `registrations`, where there are any.
        zones: Codes of the zones in order.
        people: Residents of each zone.
        points: Easting and northing of each zone. Shape (zones, 2).
        day: The day whose rule values hold.

    Returns:
        The practices, and what must be said about them. Registrations are those published; where none are, they are
        worked out from distance and list size and marked as modelled. None: nothing is known of practices.
    """
    listed, published = tables.get("practices"), tables.get("registrations")
    if published is not None:
        return _published(listed, published, pd.DataFrame(points, index=list(zones)))
    if listed is None:
        return None, [_NONE]
    found = _listed(listed, pd.DataFrame(points, index=list(zones)))
    patients = model_registrations(people, points, found.lists, found.points, day=day)
    if not patients.sum():
        return None, ["Neither registrations nor the places of practices are known, so nothing is said about them."]
    cluster, names, said = _clusters(found, day)
    notes = [_say_modelled(found, patients, people), *said]
    return Practices(found.codes, cluster, names, patients, found.points, modelled=True, names=found.names), notes


def _published(
    listed: pd.DataFrame | None, registrations: pd.DataFrame, points: pd.DataFrame
) -> tuple[Practices, list[str]]:
    number = pd.Series(range(len(points)), index=points.index)
    places, codes = pd.factorize(registrations["practice"].astype(str), sort=True)
    rows = number.reindex(registrations["zone"]).to_numpy(np.int64)
    patients = registrations["patients"].to_numpy(np.int64)
    table = sparse.csr_matrix((patients, (rows, places)), (len(points), len(codes)))
    # The register may know fewer practices than patients are registered with, and more; it follows the registrations.
    register = pd.DataFrame(columns=["practice"]) if listed is None else listed.drop_duplicates("practice")
    known = register.set_index("practice").reindex(index=codes, columns=["cluster", "name", "zone"])
    cluster, clusters = pd.factorize(known["cluster"].astype("string"), sort=True)
    outside = int((cluster < 0).sum())
    notes = [f"{outside} practices are in no cluster; their patients do not count by cluster."] if outside else []
    made = Practices(
        codes=tuple(codes),
        cluster=cluster.astype(np.int64),
        clusters=tuple(map(str, clusters)),
        patients=table,
        points=points.reindex(known["zone"]).to_numpy(np.float64),
        names=_names(known),
    )
    return made, notes


def _names(register: pd.DataFrame) -> tuple[str, ...]:
    """Give the practices' names; none where the register has none."""
    if "name" not in register or register["name"].isna().all():
        return ()
    return tuple(register["name"].fillna("").astype(str))


def _listed(practices: pd.DataFrame, points: pd.DataFrame) -> _Listed:
    ordered = practices.drop_duplicates("practice").sort_values("practice", ignore_index=True)
    clusters = ordered["cluster"] if "cluster" in ordered else pd.Series(pd.NA, index=ordered.index)
    return _Listed(
        tuple(ordered["practice"].astype(str)),
        ordered["patients"].fillna(0).to_numpy(np.int64),
        points.reindex(ordered["zone"]).to_numpy(np.float64),
        clusters.astype("string"),
        _names(ordered),
    )


def _clusters(found: _Listed, day: dt.date) -> tuple[Ints, tuple[str, ...], list[str]]:
    if found.clusters.notna().any():
        numbers, names = pd.factorize(found.clusters, sort=True)
        return numbers.astype(np.int64), tuple(map(str, names)), []
    size = int(load_rule("locality.areas", "practices_in_cluster").at(day).value)
    cluster = model_clusters(found.points, found.lists, size)
    names = tuple(f"Modelled cluster {number + 1}" for number in range(int(cluster.max(initial=-1)) + 1))
    note = (
        f"Modelled: which practice is in which cluster is not published here. {len(names)} clusters of about {size} "
        "practices were made of neighbours; they are no real ones."
    )
    return cluster, names, [note]


def _say_modelled(found: _Listed, patients: sparse.csr_matrix, people: Ints) -> str:
    listed, living, made = int(found.lists.sum()), int(people.sum()), int(patients.sum())
    nowhere = int(np.isnan(found.points).any(axis=1).sum())
    lost = f" {nowhere} practices whose place is not known are left out." if nowhere else ""
    return (
        "Modelled: where patients of practices live is not published here; it is worked out from distance and list "
        f"size. The lists have {listed:,} patients and the zones {living:,} residents; {made:,} were placed.{lost}"
    )
