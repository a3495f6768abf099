"""Long tables of a summary's figures, one row for each locality and heading, for spreadsheets and other programs."""

from __future__ import annotations

from typing import Any

import pandas as pd

_SHARES = (
    "historic_pence",
    "historic_low_pence",
    "historic_high_pence",
    "fair_pence",
    "fair_low_pence",
    "fair_high_pence",
    "distance_pence",
)


def shares_table(summary: dict[str, Any]) -> pd.DataFrame:
    """Give shares by locality and heading.

    Args:
        summary: As in `summary.json`.

    Returns:
        locality, name, heading, the amounts in pence, distance_ratio and grade; intervals that cannot be known are
        empty.
    """
    rows = [
        {
            "locality": locality["code"],
            "name": locality["name"],
            "heading": line["heading"],
            **{key: line[key] for key in _SHARES},
            "distance_ratio": line["distance_ratio"],
            "grade": line["grade"],
        }
        for locality in summary["localities"]
        for line in locality["headings"]
    ]
    return pd.DataFrame(rows).astype(dict.fromkeys(_SHARES, "Int64") | {"distance_ratio": "Float64"})


def budget_table(summary: dict[str, Any]) -> pd.DataFrame:
    """Give the budget by locality and heading.

    Args:
        summary: As in `summary.json`, with a budget.

    Returns:
        year, locality, name, heading, historic_pence, budget_pence, change_pence.
    """
    rows = [
        {
            "year": summary["budget_year"],
            "locality": locality["code"],
            "name": locality["name"],
            "heading": line["heading"],
            "historic_pence": line["historic_pence"],
            "budget_pence": line["budget_pence"],
            "change_pence": line["budget_pence"] - line["historic_pence"],
        }
        for locality in summary["localities"]
        for line in locality["headings"]
    ]
    return pd.DataFrame(rows)
