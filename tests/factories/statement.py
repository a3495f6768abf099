"""A partnership of four zones and two localities, small enough to work out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pandas as pd

from locality.foundations import FinancialYear
from locality.money.cube import CostCube
from locality.money.places import LocalityList
from locality.money.settings import ShareSettings
from locality.money.statement import MoneyInputs, MoneyStatement, state_money
from locality.money.weights import MadeWeights, WeightTables, make_weights

DAY = dt.date(2026, 4, 1)
YEAR = FinancialYear(2022)
BEFORE = FinancialYear(2021)
ZONES = tuple(f"S0100000{number}" for number in range(1, 5))
LOCALITIES = LocalityList(("n", "s"), ("North", "South"), dict(zip(ZONES, "nnss", strict=True)))
#           young, old
PEOPLE = ((90, 10), (100, 0), (50, 50), (100, 100))
WEIGHTS = {"age_sex": (100, 80, 120, 200), "need": (110, 90, 110, 190), "supply": (120, 100, 100, 180)}


def table(columns: str, *rows: tuple[Any, ...]) -> pd.DataFrame:
    """Draw a table; a word is text, a number a number, None a gap."""
    return pd.DataFrame(rows, columns=columns.split()).convert_dtypes()


def population(year: int = 2022, people: tuple[tuple[int, int], ...] = PEOPLE) -> pd.DataFrame:
    """Women under 65 and of 65 and over in each zone."""
    rows = [
        (zone, year, "female", low, high, float(count))
        for zone, counts in zip(ZONES, people, strict=True)
        for (low, high), count in zip(((0, 64), (65, None)), counts, strict=True)
    ]
    return table("zone year sex age_from age_to people", *rows)


def services(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """Draw the table `services`; a row is service, heading, programme, scope, split_by, activity."""
    drawn = table("service heading need_programme scope split_by activity", *rows)
    return drawn.assign(in_plan=True).astype({"need_programme": "string", "split_by": "string", "activity": "string"})


def ledger(amounts: dict[str, int], year: str = "2022/23", source: str = "council") -> pd.DataFrame:
    """Draw the table `ledger`: pence by service."""
    return table("service year source pence", *((name, year, source, pence) for name, pence in amounts.items()))


def fair_weights(programme: str = "acute", stages: tuple[str, ...] = ("age_sex", "need", "supply")) -> pd.DataFrame:
    """Draw the table `fair_weights` without ages."""
    rows = [
        (zone, "all", 0, None, programme, stage, float(weighted))
        for stage in stages
        for zone, weighted in zip(ZONES, WEIGHTS[stage], strict=True)
    ]
    drawn = table("zone sex age_from age_to programme stage weighted_people", *rows)
    return drawn.astype({"age_to": "Int64"})


def cube(*rows: tuple[str, str, str, int], kind: str = "zone") -> CostCube:
    """Draw a cost cube; a row is place, heading, year and pence, of one woman of 65."""
    cells = pd.DataFrame(
        [(*row[:3], "female", 65, row[3], float(row[3]) ** 2, 1.0, 1) for row in rows],
        columns=["place", "heading", "year", "sex", "age_from", "pence", "pence_squared", "units", "people"],
    )
    totals = cells.groupby(["place", "year"])["pence_squared"].sum().reset_index()
    return CostCube(cells, totals, kind)


def weights(
    tables: dict[str, pd.DataFrame] | None = None, settings: ShareSettings | None = None, **given: Any
) -> MadeWeights:
    """Make weights of the four zones from these tables."""
    known = {"population": population(), **(tables or {})}
    known.setdefault("services", services(("Hospital", "Hospital", "acute", "delegated", None, None)))
    chosen: dict[str, Any] = {"zones": ZONES, "cube": None, "years": (YEAR,), "on": DAY, **given}
    return make_weights(WeightTables(tables=known, **chosen), settings or ShareSettings(resamples=20))


def state(settings: ShareSettings | None = None, *, made: MadeWeights | None = None, **changes: Any) -> MoneyStatement:
    """State the money of the four zones; tables are changed by name."""
    chosen = settings or ShareSettings(resamples=20)
    rows = changes.pop("services", services(("Hospital", "Hospital", "acute", "delegated", None, "Acute")))
    inputs = MoneyInputs(
        partnership="ours",
        year=YEAR,
        localities=LOCALITIES,
        weights=(made or weights({"fair_weights": fair_weights(), "services": rows}, chosen)).weights,
        services=rows,
        ledger=ledger({"Hospital": 100_000}),
        cube=cube((ZONES[0], "Acute", "2022/23", 30_000), (ZONES[2], "Acute", "2022/23", 60_000)),
    )
    return state_money(replace(inputs, **changes), chosen)
