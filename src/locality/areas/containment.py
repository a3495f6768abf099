"""How far localities follow clusters of GP practices: where the patients of a cluster live."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from locality.areas.ground import Division, Floats, Ground, Ints, Practices
from locality.areas.tallies import cross_sums, locality_count, ratio


@dataclass(frozen=True)
class Containment:
    """Shares of patients who live in the main locality of their cluster, or of their practice.

    Args:
        by_cluster: Of all patients whose practice is in a cluster, those whose cluster's main locality is their own.
            None: nobody is registered with a practice in a cluster.
        by_practice: Of all patients, those whose practice's main locality is their own. None: there are none.
        localities: By locality, of its residents whose practice is in a cluster, those whose cluster has its main
            locality here; NaN where there are none.
    """

    by_cluster: float | None
    by_practice: float | None
    localities: Floats


def patients_by_cluster(practices: Practices, division: Division) -> Floats:
    """Count patients by the locality in which they live and their practice's cluster.

    Args:
        practices: The practices and their registrations.
        division: The locality of every zone; -1: in none.

    Returns:
        Patients, localities x clusters; without those in no locality or whose practice is in no cluster.
    """
    zones, columns, patients = _entries(practices)
    shape = (locality_count(division), len(practices.clusters))
    return cross_sums(division[zones], practices.cluster[columns], patients, shape=shape)


def patients_by_practice(practices: Practices, division: Division) -> Floats:
    """Count patients by the locality in which they live and their practice.

    Args:
        practices: The practices and their registrations.
        division: The locality of every zone; -1: in none.

    Returns:
        Patients, localities x practices; without those in no locality.
    """
    zones, columns, patients = _entries(practices)
    shape = (locality_count(division), len(practices.codes))
    return cross_sums(division[zones], columns, patients, shape=shape)


def main_localities(table: Floats) -> Ints:
    """Give the locality in which most patients of each column live; the first of several equal ones."""
    if not table.size:
        return np.full(table.shape[1], -1, dtype=np.int64)
    return np.where(table.sum(axis=0) > 0, table.argmax(axis=0), -1).astype(np.int64)


def contain(ground: Ground, division: Division) -> Containment | None:
    """Say how far a division follows clusters and practices.

    Args:
        ground: What it is drawn on.
        division: The locality of every zone; -1: in none.

    Returns:
        The shares; None when practices are not known. Patients in no locality count as not contained.
    """
    practices = ground.practices
    if practices is None:
        return None
    zones, columns, patients = _entries(practices)
    cluster, here, number = practices.cluster[columns], division[zones], locality_count(division)
    by_cluster = cross_sums(here, cluster, patients, shape=(number, len(practices.clusters)))
    by_practice = cross_sums(here, columns, patients, shape=(number, len(practices.codes)))
    return Containment(
        ratio(_contained(by_cluster), float(patients[cluster >= 0].sum())),
        ratio(_contained(by_practice), float(patients.sum())),
        _by_locality(by_cluster, number),
    )


def _entries(practices: Practices) -> tuple[Ints, Ints, Floats]:
    """Give zone, practice and patients of every entry of the registrations."""
    table = practices.patients
    zones = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    return zones, table.indices.astype(np.int64), table.data.astype(np.float64)


def _contained(table: Floats) -> float:
    return float(table.max(axis=0).sum()) if table.size else 0.0


def _by_locality(by_cluster: Floats, number: int) -> Floats:
    main = main_localities(by_cluster)
    known = main >= 0
    own = np.bincount(main[known], by_cluster[main[known], np.flatnonzero(known)], number)
    everybody = by_cluster.sum(axis=1)
    found = np.full(number, np.nan)
    np.divide(own, everybody, out=found, where=everybody > 0)
    return found
