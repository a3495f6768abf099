"""Where patients live is published; what the register of practices says besides is taken from it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from locality.areas.ground import Practices
from locality.areas.read_practices import read_practices

ZONES = ("a", "b")
POINTS = np.array([[100.0, 200.0], [300.0, 400.0]])
REGISTRATIONS = pd.DataFrame({"zone": ["a", "b", "b"], "practice": ["P1", "P1", "P2"], "patients": [10, 20, 30]})


def practices(register: pd.DataFrame | None) -> Practices:
    tables = {"registrations": REGISTRATIONS} | ({} if register is None else {"practices": register})
    found, _ = read_practices(tables, ZONES, people=np.array([100, 100]), points=POINTS, day=dt.date(2026, 11, 1))
    assert found is not None
    return found


def test_a_practice_has_its_name_its_cluster_and_the_place_of_its_zone() -> None:
    found = practices(
        pd.DataFrame(
            {
                "practice": ["P2", "P1", "P9"],
                "name": ["Mill Lane", "High Street", "Elsewhere"],
                "cluster": ["North", "South", "South"],
                "zone": ["b", "a", "a"],
                "patients": [30, 30, 5],
            }
        )
    )

    assert (found.codes, found.names) == (("P1", "P2"), ("High Street", "Mill Lane"))
    assert [found.clusters[number] for number in found.cluster] == ["South", "North"]
    assert found.points.tolist() == [[100, 200], [300, 400]]
    assert not found.modelled


def test_what_the_register_leaves_out_stays_unknown() -> None:
    found = practices(pd.DataFrame({"practice": ["P1"], "name": ["High Street"], "zone": [pd.NA], "patients": [30]}))

    assert found.names == ("High Street", "")
    assert np.isnan(found.points).all()
    assert found.cluster.tolist() == [-1, -1]


def test_without_a_register_practices_have_their_codes_alone() -> None:
    found = practices(None)

    assert (found.codes, found.names) == (("P1", "P2"), ())
    assert np.isnan(found.points).all()
