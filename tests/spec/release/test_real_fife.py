"""A release about the real Fife: open population passes untouched, counts of service users do not."""

import numpy as np
import pandas as pd
import pytest

from factories.release import DAY, MADE_BY, sound_content
from locality.release import ReleaseTotals, read_release, write_release

pytestmark = pytest.mark.data
HEADINGS = ("Home care", "Podiatry", "Wards")


@pytest.fixture(scope="module")
def areas(data_root):
    """Zones of Fife with their locality, from the published lookup."""
    lookup = pd.read_csv(data_root / "hscp_locality" / "dz11_locality_best_available.csv", dtype=str)
    fife = lookup[lookup["HSCPName"] == "Fife"]
    return pd.DataFrame({"zone": fife["DataZone"], "name": fife["DataZoneName"], "locality": fife["Locality"]})


@pytest.fixture(scope="module")
def population(data_root, areas):
    """Published residents of Fife by zone, sex and five-year age band."""
    wide = pd.read_parquet(data_root / "population_dz11" / "sape2021_dz11_single_year.parquet")
    long = wide[wide["DataZone"].isin(areas["zone"])].melt(["DataZone", "sex"], [f"age_{age}" for age in range(91)])
    band = long["variable"].str[4:].astype(int) // 5 * 5
    keys = [long["DataZone"].rename("zone"), long["sex"].map({"F": "female", "M": "male"}), band.rename("age_from")]
    counted = long.groupby(keys)["value"].sum().rename("people").reset_index()
    age_to = (counted["age_from"] + 4).astype("Int64").mask(counted["age_from"] == 90)
    return counted.assign(year=2021, age_to=age_to)


def test_small_counts_of_residents_pass_as_open_data_and_those_of_service_users_do_not(tmp_path, areas, population):
    residents = population.merge(areas, on="zone").groupby("locality")["people"].sum()
    draw = np.random.default_rng(7)
    users = pd.DataFrame(
        [(place, heading, int(draw.integers(1, 60))) for place in residents.index for heading in HEADINGS],
        columns=["locality", "heading", "people"],
    )
    content = sound_content(
        areas=areas,
        localities=pd.DataFrame({"locality": residents.index, "name": residents.index, "population": residents.values}),
        population=population,
        service_users=users,
        shares=pd.DataFrame(
            {"locality": residents.index, "heading": "Wards", "historic_pence": 100, "fair_pence": 100, "grade": "D"}
        ).reindex(columns=sound_content().shares.columns),
        budget=sound_content().budget[:0],
        totals=ReleaseTotals(100 * len(residents), 100 * len(residents)),
        threshold=9,
    )
    release = read_release(write_release(content, tmp_path, day=DAY, made_by=MADE_BY).path)
    assert len(residents) == 7
    assert release.tables["population"]["people"].sum() == residents.sum()
    assert release.tables["population"]["people"].between(1, 4).sum() > 500
    shown = release.tables["service_users"]["people"].dropna()
    assert not shown.between(1, 9).any()
    assert release.about["disclosure"]["open_tables"]["population"]
