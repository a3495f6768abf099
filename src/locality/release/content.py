"""What an analyst puts into a release, and what comes out of one: plain tables and plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from locality.foundations import InputFile


@dataclass(frozen=True)
class ReleaseTotals:
    """What the tables must add up to, taken from the ledger and not from the tables.

    Args:
        historic_pence: Sum of all historic shares.
        fair_pence: Sum of all fair shares.
        budget_pence: Sum of all budgets, by financial year ("2024/25").
    """

    historic_pence: int
    fair_pence: int
    budget_pence: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Give the totals with plain values."""
        return {
            "historic_pence": int(self.historic_pence),
            "fair_pence": int(self.fair_pence),
            "budget_pence": {year: int(pence) for year, pence in self.budget_pence.items()},
        }


@dataclass(frozen=True)
class ReleaseContent:
    """Everything that goes into a release, before suppression.

    Args:
        partnership_code: The partnership's code; it begins the file's name.
        partnership_name: Its name.
        nation: Its nation.
        year: The financial year of the shares, like "2023/24".
        areas: Declared table `areas`.
        localities: Declared table `localities` of the release (one row for each locality).
        population: Declared table `population`; open data, passes as it is.
        service_users: `locality`, `heading`, `people`: true counts without totals; suppressed on the way out.
            May have no rows when only published aggregates were used.
        shares: Declared table `shares`.
        budget: Declared table `budget`; may have no rows.
        reconciliation: Declared table `reconciliation`; may have no rows.
        totals: What the amounts must add up to.
        summary: The content of summary.json.
        parameters: The settings of the run.
        vintages: What each kind of data describes ("population": "mid-2021").
        inputs: The files that the figures were made of.
        threshold: The partnership's own, stricter threshold of small counts, in people.
        places: Tables of `PLACE_TABLES` by name, from `places_of`; what boundaries are drawn on. May be empty.
    """

    partnership_code: str
    partnership_name: str
    nation: str
    year: str
    areas: pd.DataFrame
    localities: pd.DataFrame
    population: pd.DataFrame
    service_users: pd.DataFrame
    shares: pd.DataFrame
    budget: pd.DataFrame
    reconciliation: pd.DataFrame
    totals: ReleaseTotals
    summary: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    vintages: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[InputFile, ...] = ()
    threshold: int | None = None
    places: Mapping[str, pd.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True)
class ReleaseRecord:
    """What was written; for the analyst's own log, as it says more than the release does.

    Args:
        id: The release's id: give it to the reader by another way, and they can tell the true file.
        path: Where it is.
        bytes: Its size.
        small: How many counts are hidden because they are small.
        further: How many are hidden to protect those.
        few_people: Locality and heading of money that fewer people caused than a cost by zone needs; look at these.
    """

    id: str
    path: Path
    bytes: int
    small: int
    further: int
    few_people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Release:
    """A release that was verified whole.

    Args:
        id: SHA-256 of its canonical release.json without the id.
        day: The day on which it was made.
        about: The whole content of release.json.
        tables: Typed tables by name.
    """

    id: str
    day: dt.date
    about: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]

    @property
    def made_up(self) -> bool:
        """Whether any of its people are made up."""
        return bool(self.about["made_up"])


def release_name(partnership_code: str, day: dt.date) -> str:
    """Name a release's file.

    Args:
        partnership_code: The partnership's code.
        day: The day of the release.

    Returns:
        The file's usual name.

    Example:
        >>> release_name("S37000013", dt.date(2026, 3, 31))
        'S37000013-2026-03-31.release.zip'
    """
    return f"{partnership_code}-{day.isoformat()}.release.zip"
