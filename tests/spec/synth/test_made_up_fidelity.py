"""Made-up people use care as published facts say that people do."""

import pandas as pd
import pytest

from locality.foundations import FinancialYear
from locality.synth import fidelity, make_partnership
from locality.synth.published import rule


@pytest.fixture(scope="module")
def match(tmp_path_factory) -> pd.DataFrame:
    folder = tmp_path_factory.mktemp("many")
    make_partnership(105_000, 1, FinancialYear(2022), folder)
    return fidelity(folder).set_index("fact")


@pytest.mark.parametrize("fact", rule("published_facts"))
def test_a_published_fact_holds_within_its_tolerance(match, fact):
    row = match.loc[fact]
    assert row["achieved"] == pytest.approx(row["published"], abs=row["tolerance"])
    assert bool(row["holds"])


def test_every_fact_names_its_source(match):
    assert match["source"].str.len().min() > 10
