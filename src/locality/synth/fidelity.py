"""How well made-up people match what is published about real ones, measured on the files themselves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq

from locality.synth.calibrate import top_share
from locality.synth.published import BANDS, FIFTHS, SEXES, rule, standard_people

Floats = npt.NDArray[np.float64]

_HOSPITAL = ("acute_cost", "gls_cost", "mh_cost", "mat_cost", "op_cost_attend", "ae_cost")
_READ = (
    "gender",
    "age",
    "datazone2011",
    "simd2020v2_sc_quintile",
    "deceased",
    "cij_el",
    "cij_non_el",
    "acute_non_el_inpatient_episodes",
    "hc_episodes",
    "health_net_cost",
    "pis_cost",
    *_HOSPITAL,
)


def fidelity(folder: Path) -> pd.DataFrame:
    """Compare the individual file of a folder of made-up people with the published facts.

    Args:
        folder: Where `slf-individual-*.parquet` is; exactly one such file.

    Returns:
        One row per fact: fact, says, published, achieved, tolerance, holds, target (whether the national rates were
        found from it) and source. People without an address are left out, because the facts are about residents.
    """
    (file,) = folder.glob("slf-individual-*.parquet")
    flags = list(rule("long_term_conditions")["weights"])
    people = pq.read_table(file, columns=[*_READ, *flags]).to_pandas()
    people = people[people["datazone2011"].notna()].reset_index(drop=True)
    achieved = _concentration(people) | _admissions(people) | _gradients(people)
    conditions = people[flags].sum(axis=1)
    achieved |= {
        "one_condition": float((conditions >= 1).mean()),
        "two_conditions": float((conditions >= 2).mean()),
        "home_care": float((people["hc_episodes"] > 0).mean()),
    }
    return _compare(achieved)


def _compare(achieved: dict[str, float]) -> pd.DataFrame:
    rows = []
    for fact, terms in rule("published_facts").items():
        apart = abs(achieved[fact] - terms["published"])
        row = {"fact": fact, "says": terms["says"], "published": terms["published"], "achieved": achieved[fact]}
        row |= {"tolerance": terms["tolerance"], "holds": apart <= terms["tolerance"]}
        rows.append(row | {"target": terms["target"], "source": terms["source"]})
    return pd.DataFrame(rows)


def _concentration(people: pd.DataFrame) -> dict[str, float]:
    cost = people[[*_HOSPITAL, "pis_cost"]].sum(axis=1).to_numpy(dtype=np.float64)
    adult = people.loc[people["age"] >= 16, "health_net_cost"].to_numpy(dtype=np.float64)
    return {"top_5_percent_cost": top_share(cost, 0.05), "top_2_4_percent_cost_16": top_share(adult, 0.024)}


def _admissions(people: pd.DataFrame) -> dict[str, float]:
    admitted = people["cij_el"] + people["cij_non_el"]
    emergency = people["acute_non_el_inpatient_episodes"] > 0
    some = admitted[admitted > 0]
    return {
        "any_admission": float((admitted > 0).mean()),
        "one_admission": float((some == 1).mean()),
        "two_admissions": float((some == 2).mean()),
        "three_admissions": float((some >= 3).mean()),
        "any_emergency": float(emergency.mean()),
        "emergency_or_death": float((emergency | people["deceased"]).mean()),
    }


def _gradients(people: pd.DataFrame) -> dict[str, float]:
    admitted = (people["cij_el"] + people["cij_non_el"]).to_numpy(dtype=np.float64)
    cost = people["health_net_cost"].to_numpy(dtype=np.float64)
    return {"admission_gradient": _gradient(people, admitted), "cost_gradient": _gradient(people, cost)}


def _gradient(people: pd.DataFrame, amount: Floats) -> float:
    """Divide the most deprived fifth's mean by the least's, both weighted to the standard population's ages."""
    band = np.minimum(people["age"].to_numpy(dtype=np.int64) // 5, BANDS - 1)
    sex = (people["gender"] == 1).to_numpy(dtype=np.int64)
    fifth = people["simd2020v2_sc_quintile"].to_numpy(dtype=np.int64) - 1
    slot = (sex * BANDS + band) * FIFTHS + fifth
    size = len(SEXES) * BANDS * FIFTHS
    count = np.bincount(slot, minlength=size).reshape(-1, FIFTHS)
    total = np.bincount(slot, amount, size).reshape(-1, FIFTHS)
    # Ages at which one of the fifths has nobody say nothing about a difference.
    both = (count[:, 0] > 0) & (count[:, -1] > 0)
    weight = standard_people().sum(axis=2).reshape(-1)[both]
    mean = total[both] / np.maximum(count[both], 1)
    return float((mean[:, 0] * weight).sum() / (mean[:, -1] * weight).sum())
