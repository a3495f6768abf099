"""What a person-level activity table holds, in counts and sums: what a report says about its gaps."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd


def summarise_activity(activity: Any, persons: Any, con: Any) -> pd.DataFrame:
    """Count records, money and gaps by heading.

    Args:
        activity: Ibis expression with the columns of the declared activity table.
        persons: Ibis expression with the columns of the declared persons table.
        con: Their Ibis connection.

    Returns:
        One row for each heading, in order: heading, records, pence, units, without_cost (records that the publisher
        could not price; their units are kept), without_person (never linked), unknown_person (linked to somebody who
        is not in persons). Every record is counted, and none is about a single person.
    """
    known = persons.select(known=persons["person"])
    person = activity["person"].nullif("")
    joined = activity.mutate(person=person).left_join(known, ibis._.person == known.known)
    missing, unknown = joined.person.isnull(), joined.person.notnull() & joined.known.isnull()
    counted = joined.group_by("heading").agg(
        records=joined.count(),
        pence=joined.cost_pence.sum().cast("decimal(38,0)").cast("int64"),
        units=joined.units.sum(),
        without_cost=ibis.ifelse(joined.cost_pence.isnull(), 1, 0).sum(),
        without_person=ibis.ifelse(missing, 1, 0).sum(),
        unknown_person=ibis.ifelse(unknown, 1, 0).sum(),
    )
    frame: pd.DataFrame = con.to_pyarrow(counted).to_pandas()
    counts = ["records", "pence", "without_cost", "without_person", "unknown_person"]
    frame[counts] = frame[counts].fillna(0).astype("int64")
    return frame.fillna({"units": 0.0}).sort_values("heading", ignore_index=True)
