"""Everything that a database holds, row by row, and the chains of equal values and references that lead through it."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from django.apps import apps
from django.db import connection

Row = tuple[str, dict[str, Any]]
_WORD = re.compile(r"[\w][\w-]{3,}")
_LARGE = 1_000_000
"""Numbers from here on are nobody's place in a list: two rows that share one have to do with each other."""


def rows() -> list[Row]:
    """Every row of every table of the database, also of those without a model."""
    found: list[Row] = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            found += [(table, dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    return found


def texts(value: Any) -> Iterator[str]:
    """Every text in a value: also within JSON, and what is packed as sessions and the cache pack it."""
    if isinstance(value, bytes | memoryview):
        yield bytes(value).decode("latin-1")
    elif isinstance(value, str):
        yield value
        for part in value.split(":"):
            try:
                yield base64.b64decode(part + "=" * (-len(part) % 4), validate=True).decode("latin-1")
            except ValueError:
                continue
    elif value is not None:
        yield str(value)


def telling(value: Any) -> Iterator[str]:
    """What of a value could join its row to another one: words, large numbers, moments."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        if value >= _LARGE:
            yield str(value)
    elif isinstance(value, dt.datetime):
        yield value.isoformat()
    elif isinstance(value, dict | list):
        yield from telling(json.dumps(value))
    else:
        yield from (word.casefold() for word in _WORD.findall(str(value)))


def references() -> dict[tuple[str, str], str]:
    """Table and column of every reference, and the table that it leads to."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if field.is_relation and field.remote_field is not None:
                found[(model._meta.db_table, field.column)] = field.remote_field.model._meta.db_table
    return found


def ways(held: Iterable[Row], start: str, end: str, steps: int) -> tuple[list[Any], list[Any], list[np.ndarray]]:
    """Count the ways from each row of one table to each of another, over chains of up to so many steps.

    Returns:
        Keys of the rows of both tables, and for each number of steps a matrix of counts.
    """
    those = list(held)
    leads = references()
    nodes: dict[Any, int] = {}
    pairs: set[tuple[int, int]] = set()

    def node(name: Any) -> int:
        return nodes.setdefault(name, len(nodes))

    for table, row in those:
        here = node((table, row.get("id", json.dumps(row, default=str))))
        for column, value in row.items():
            if (table, column) in leads:
                if value is not None:
                    pairs.add((here, node((leads[(table, column)], value))))
            elif column != "id" or isinstance(value, int):
                pairs |= {(here, node(("says", word))) for word in telling(value)}
    one = np.zeros((len(nodes), len(nodes)))
    for first, second in pairs:
        one[first, second] = one[second, first] = 1
    starts = [name for name in nodes if name[0] == start]
    ends = [name for name in nodes if name[0] == end]
    walks, counts = np.eye(len(nodes))[[nodes[name] for name in starts]], []
    for _ in range(steps):
        walks = walks @ one
        counts.append(walks[:, [nodes[name] for name in ends]])
    return [name[1] for name in starts], [name[1] for name in ends], counts


def who_stands_out(held: Iterable[Row], start: str, end: str, steps: int = 5) -> list[str]:
    """Name every pair of a person and a row at which that person's ways differ from those of the others."""
    people, targets, counts = ways(held, start, end, steps)
    found = []
    for number, matrix in enumerate(counts, 1):
        for at, target in enumerate(targets):
            column = matrix[:, at]
            usual = np.median(column)
            found += [f"{people[who]} to {target} in {number} steps" for who in np.flatnonzero(column != usual)]
    return found
