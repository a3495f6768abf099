"""The published column names and order of the linkage files, with types for the columns that are left empty."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from locality.foundations import FinancialYear
from locality.synth.published import rows

EPISODE = "episode_columns"
INDIVIDUAL = "individual_columns"

_TYPES = {
    "string": pa.string(),
    "double": pa.float64(),
    "int": pa.int32(),
    "date": pa.date32(),
    "bool": pa.bool_(),
    "time": pa.time32("s"),
    "timestamp": pa.timestamp("us"),
}

MADE_UP = {"locality.made_up": "yes"}
"""What every file of made-up people says about itself, in its key-value metadata."""


def layout(name: str, year: FinancialYear, seed: int) -> pa.Schema:
    """Give one file's schema.

    Args:
        name: `EPISODE` or `INDIVIDUAL`.
        year: The financial year that the file is about.
        seed: The seed that its people came from.
    """
    said = MADE_UP | {"locality.financial_year": str(year), "locality.seed": str(seed)}
    return pa.schema([(row["column"], _TYPES[row["type"]]) for row in rows(name)], metadata=said)


def fill(schema: pa.Schema, length: int, columns: Mapping[str, pa.Array]) -> pa.Table:
    """Lay columns out in the published order; the others are empty, with their type."""
    strange = set(columns) - set(schema.names)
    assert not strange, f"not in the layout: {sorted(strange)}"
    arrays = [
        columns[field.name].cast(field.type) if field.name in columns else pa.nulls(length, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)
