"""A council's published line is taken down to localities by modelled need, and says so."""

import numpy as np
import pandas as pd

from locality.foundations import FinancialYear
from locality.money.council_split import split_council_lines
from locality.money.fair import ProgrammeWeights, WeightSet
from locality.money.places import LocalityList
from locality.money.settings import ShareSettings
from locality.money.statement import MoneyInputs, state_money

ZONES = ("S01000001", "S01000002")


def _statement():
    weights = WeightSet(
        ZONES, np.array([100.0, 100.0]), {"care": ProgrammeWeights("care", "", {"need": np.array([150.0, 50.0])})}
    )
    services = pd.DataFrame(
        [["Care", "Care", "care", "delegated"]], columns=["service", "heading", "need_programme", "scope"]
    )
    ledger = pd.DataFrame([["Care", "2022/23", "council", 1_000]], columns=["service", "year", "source", "pence"])
    places = LocalityList(("N", "S"), ("North", "South"), dict(zip(ZONES, "NS", strict=True)))
    return state_money(
        MoneyInputs("S37999999", FinancialYear(2022), places, weights, services, ledger), ShareSettings(resamples=0)
    )


def test_a_line_follows_its_programmes_need_and_adds_up_to_the_penny():
    lines = pd.DataFrame(
        [
            ["Residential care", "Argyll & Bute", "2022/23", pd.NA, 1_001, "care"],
            ["Street cleaning", "Argyll & Bute", "2022/23", pd.NA, 1_000, pd.NA],
            ["Residential care", "Fife", "2022/23", pd.NA, 9_999, "care"],
        ],
        columns=["line", "council", "year", "indicator", "pence", "programme"],
    )
    found = split_council_lines(lines, _statement(), "Argyll and Bute")
    assert [line["localities"] for line in found] == [{"N": 751, "S": 250}, {"N": 500, "S": 500}]
    assert [line["council_pence"] for line in found] == [1_001, 1_000]
    assert "is published for the whole council; its split among localities is modelled here" in found[0]["sentence"]


def test_without_draws_there_is_no_interval_of_the_fair_share():
    assert _statement().fair_interval() is None
