"""A small, sound release of a made-up partnership of two localities, for tests to read and to spoil."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd

from locality.foundations import InputFile
from locality.release import ReleaseContent, ReleaseTotals

DAY = dt.date(2026, 3, 31)
MADE_BY = "locality 0.1.0"
ZONES = ("S01000001", "S01000002", "S01000003")


def sound_content(**changes: object) -> ReleaseContent:
    """Everything of a release, with two small counts of service users; replace parts by name."""
    content = ReleaseContent(
        partnership_code="S37000099",
        partnership_name="Exampleshire",
        nation="Scotland",
        year="2023/24",
        areas=pd.DataFrame({"zone": ZONES, "name": ["One", "Two", None], "locality": ["N", "N", "S"]}),
        localities=pd.DataFrame({"locality": ["N", "S"], "name": ["North", "South"], "population": [30, 12]}),
        population=_population(),
        service_users=_users(),
        shares=_shares(),
        budget=_budget(),
        reconciliation=pd.DataFrame(
            {
                "heading": ["Home care", "Podiatry"],
                "ledger_pence": [1000, 500],
                "found_pence": [900, None],
                "coverage_ratio": [0.9, None],
                "grade_d_ratio": [0.0, 1.0],
            }
        ),
        totals=ReleaseTotals(1500, 1500, {"2024/25": 1600}),
        summary={"localities": [{"code": "N", "historic_pence": 900}]},
        parameters={"pace": "linear", "years": 5},
        vintages={"population": "mid-2021"},
        inputs=(InputFile("ledger", "ledger.csv", "declared", "ab" * 32, 120, made_up=True),),
    )
    return replace(content, **changes)


def _population() -> pd.DataFrame:
    rows = [
        (zone, 2021, sex, age, None if age else 64, people)
        for zone, people in zip(ZONES, (4.0, 3.5, 3.0), strict=True)
        for sex in ("female", "male")
        for age in (0, 65)
    ]
    return pd.DataFrame(rows, columns=["zone", "year", "sex", "age_from", "age_to", "people"])


def _users() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "locality": ["N", "N", "S", "S", "N", "S"],
            "heading": ["Home care", "Podiatry", "Home care", "Podiatry", "Wards", "Wards"],
            "people": [120, 3, 90, 41, 300, 200],
        }
    )


def _shares() -> pd.DataFrame:
    rows = [
        ("N", "Home care", 600, 550, 500, 600, 600 / 550 - 1, "A", -20, -30, 0, 0),
        ("S", "Home care", 400, 450, 400, 500, 400 / 450 - 1, "A", 20, 30, 0, 0),
        ("N", "Podiatry", 300, 290, None, None, 300 / 290 - 1, "D", None, None, None, None),
        ("S", "Podiatry", 200, 210, None, None, 200 / 210 - 1, "D", None, None, None, None),
    ]
    return pd.DataFrame(
        rows,
        columns=[
            "locality",
            "heading",
            "historic_pence",
            "fair_pence",
            "fair_low_pence",
            "fair_high_pence",
            "distance_ratio",
            "grade",
            "step_population_pence",
            "step_age_sex_pence",
            "step_need_pence",
            "step_supply_pence",
        ],
    )


def _budget() -> pd.DataFrame:
    rows = [("N", "Home care", 620), ("S", "Home care", 440), ("N", "Podiatry", 320), ("S", "Podiatry", 220)]
    return pd.DataFrame(rows, columns=["locality", "heading", "budget_pence"]).assign(year="2024/25")
