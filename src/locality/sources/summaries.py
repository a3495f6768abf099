"""What the checks need to know of person-level tables: a few counts, made by the engine in one pass over each."""

from __future__ import annotations

from typing import Any

import pandas as pd


def summarise_persons(persons: Any, connection: Any) -> pd.DataFrame:
    """Count persons by zone and practice.

    Args:
        persons: An Ibis expression with the columns of `persons`.
        connection: Its engine.

    Returns:
        `zone`, `practice` (missing where unknown) and `rows`; nobody's own row.
    """
    counted = persons.group_by(["zone", "practice"]).agg(rows=persons.count())
    return _typed(connection.execute(counted.order_by("zone", "practice")), ("zone", "practice"))


def summarise_activity(activity: Any, connection: Any) -> pd.DataFrame:
    """Add up activity by heading.

    Args:
        activity: An Ibis expression with the columns of `activity`.
        connection: Its engine.

    Returns:
        `heading`, `rows` and `cost_pence`.
    """
    counted = activity.group_by("heading").agg(rows=activity.count(), cost_pence=activity.cost_pence.sum())
    summary = _typed(connection.execute(counted.order_by("heading")), ("heading",))
    return summary.assign(cost_pence=summary["cost_pence"].fillna(0).astype("Int64"))


def _typed(counted: pd.DataFrame, texts: tuple[str, ...]) -> pd.DataFrame:
    return counted.assign(**{name: counted[name].astype("string") for name in texts})
