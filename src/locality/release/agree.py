"""What the tables of a release must agree on, checked alike before writing and after reading."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from locality.foundations import load_rule, say_pounds
from locality.release.content import ReleaseTotals

_STEPS = ["step_population_pence", "step_age_sex_pence", "step_need_pence", "step_supply_pence"]


def disagreements(tables: Mapping[str, pd.DataFrame], totals: ReleaseTotals) -> list[str]:
    """Say everything in which tables disagree with each other or with their totals.

    Args:
        tables: Typed tables of a release by name.
        totals: What the amounts must add up to.

    Returns:
        One sentence for each disagreement; none when every penny adds up.
    """
    return [*_money(tables, totals), *_steps(tables["shares"]), *_places(tables), *_fifths(tables)]


def _money(tables: Mapping[str, pd.DataFrame], totals: ReleaseTotals) -> list[str]:
    shares, budget = tables["shares"], tables["budget"]
    sums = {
        "historic shares": (int(shares["historic_pence"].sum()), totals.historic_pence),
        "fair shares": (int(shares["fair_pence"].sum()), totals.fair_pence),
    }
    by_year = {str(year): int(pence) for year, pence in budget.groupby("year")["budget_pence"].sum().items()}
    for year in sorted({*by_year, *totals.budget_pence}):
        sums[f"budgets for {year}"] = (by_year.get(year, 0), totals.budget_pence.get(year, 0))
    return [
        f"the {what} add up to {say_pounds(found)}, not to {say_pounds(total)}"
        for what, (found, total) in sums.items()
        if found != total
    ]


def _steps(shares: pd.DataFrame) -> list[str]:
    whole = shares.dropna(subset=_STEPS)
    distance = whole["fair_pence"] - whole["historic_pence"]
    wrong = int((whole[_STEPS].sum(axis=1) != distance).sum())
    return [f"in {wrong} rows of shares the steps do not add up to fair less historic share"] if wrong else []


def _places(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    localities, zones = set(tables["localities"]["locality"]), set(tables["areas"]["zone"])
    strangers = [
        f"zone {zone} has population but no area" for zone in sorted(set(tables["population"]["zone"]) - zones)
    ]
    strangers += _strange_zones(tables, zones)
    known = {"areas": localities, "shares": localities, "budget": localities, "service_users": localities | {"all"}}
    for name, allowed in known.items():
        found = sorted(set(tables[name]["locality"]) - allowed)
        strangers += [f"table {name} names locality {code}, which is not in localities" for code in found]
    return strangers[:5]


def _strange_zones(tables: Mapping[str, pd.DataFrame], zones: set[str]) -> list[str]:
    """Name zones of the tables about places that the partnership does not have; a practice may stand elsewhere."""
    columns = {
        "zone_neighbours": ("zone_a", "zone_b"),
        "zone_places": ("zone",),
        "practice_zones": ("zone",),
        "indicators": ("zone",),
    }
    return [
        f"table {name} names zone {zone}, which has no area"
        for name, wanted in columns.items()
        if name in tables
        for zone in sorted(set(pd.concat([tables[name][column] for column in wanted])) - zones)
    ]


def _fifths(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Name indices whose fifths are none; the names hold on every day, so the newest are looked at."""
    found = []
    for indicator, index in load_rule("locality.release", "deprivation_indices").values[-1].value.items():
        held = tables["indicators"] if "indicators" in tables else pd.DataFrame({"indicator": [], "value": []})
        own = held[held["indicator"] == indicator]["value"].dropna()
        wrong = int((~own.isin(range(1, 6))).sum())
        if wrong:
            found.append(f"{wrong} zones have a fifth of the {index} that is none of 1 to 5")
    return found
