"""What is known of places, as far as it may leave: open geography and indices, and registers that were published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import pandas as pd

from locality.foundations import InputFile, load_rule
from locality.release.fifths import deprivation_indices

_COUNTS = {"practices": "practice_lists", "registrations": "practice_zones"}
"""Declared tables that count people, and the release's table of each."""
_OPEN = ("zone_neighbours", "zone_places")


def places_of(
    tables: Mapping[str, pd.DataFrame], inputs: Iterable[InputFile], *, day: dt.date
) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """Choose what of a partnership's places may leave in a release.

    Args:
        tables: Declared tables by name: `zone_neighbours`, `zone_places`, `practices`, `registrations`, `indicators`;
            any may be missing.
        inputs: The files that they were read from; one that counts people leaves only when its publisher is named.
        day: The day whose rule values hold.

    Returns:
        Tables of `PLACE_TABLES` by name; without `zone_neighbours` none but the deprivation fifths of zones, where they
        are known; and what stays behind, each in a sentence.
    """
    if "zone_neighbours" not in tables:
        return _fifths_alone(tables, day), []
    found = {name: tables[name] for name in _OPEN if name in tables}
    notes = []
    files = list(inputs)
    for name, called in _COUNTS.items():
        if name not in tables:
            continue
        if not _is_published(name, files):
            notes.append(
                f"The table {name} stays behind: the folder names no publisher of its file, so it may be an own "
                "register. Name the publisher in partnership.toml if it is published."
            )
            continue
        found[called] = tables[name].rename(columns={"patients": "registered"})
    if "indicators" in tables:
        found["indicators"] = _wanted(tables["indicators"], day)
    return found, notes


def declared_places(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Give the tables of a release about places under their declared names again.

    Args:
        tables: All tables of a release by name.

    Returns:
        `zone_neighbours`, `zone_places`, `practices`, `registrations` and `indicators`, as far as they are there.
    """
    found = {name: tables[name] for name in (*_OPEN, "indicators") if name in tables}
    for name, called in _COUNTS.items():
        if called in tables:
            found[name] = tables[called].rename(columns={"registered": "patients"})
    return found


def _is_published(table: str, files: list[InputFile]) -> bool:
    own = [file for file in files if file.table == table]
    return bool(own) and all(file.publisher.strip() for file in own)


def _fifths_alone(tables: Mapping[str, pd.DataFrame], day: dt.date) -> dict[str, pd.DataFrame]:
    found = _newest(tables["indicators"], deprivation_indices(day)) if "indicators" in tables else pd.DataFrame()
    return {} if found.empty else {"indicators": found}


def _wanted(indicators: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """Keep what boundaries use, and the deprivation fifths by which it is told who was heard."""
    return _newest(
        indicators, (*load_rule("locality.areas", "boundary_indicators").at(day).value, *deprivation_indices(day))
    )


def _newest(indicators: pd.DataFrame, wanted: Iterable[str]) -> pd.DataFrame:
    """Keep the newest values of some indicators; shares and ranks, never counts."""
    kept = indicators[indicators["indicator"].isin(list(wanted))]
    newest = kept.sort_values("period").drop_duplicates(["zone", "indicator"], keep="last")
    return newest[["zone", "indicator", "period", "value"]].reset_index(drop=True)
