"""Turns long identifiers and names into small whole numbers, once, so that sums can address arrays directly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from locality.foundations import Fault, InputRefused

Whole = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint64]

# Small enough that what is made of a batch stays well below what the sums need.
_BATCH_ROWS = 250_000
_NO_CODE = -1


def stream(con: Any, sql: str) -> Iterator[pa.RecordBatch]:
    """Run SQL on DuckDB and give its rows in pieces."""
    yield from con.raw_sql(sql).to_arrow_reader(_BATCH_ROWS)


@dataclass
class Names:
    """Numbers for names, in the order in which they are first met.

    Args:
        codes: The number of each name.
    """

    codes: dict[str, int] = field(default_factory=dict)

    def encode(self, column: pa.Array) -> Small:
        """Give the number of each cell; -1 where it is empty."""
        encoded = column.dictionary_encode()
        known = [self.codes.setdefault(name, len(self.codes)) for name in encoded.dictionary.to_pylist()]
        lookup = np.array([*known, _NO_CODE], dtype=np.int32)
        places: Small = lookup[encoded.indices.fill_null(len(known)).to_numpy(zero_copy_only=False)]
        return places

    def in_order(self, *, first: Sequence[str] = ()) -> tuple[list[str], Small]:
        """Give the names in order of the alphabet and, for each old number, the new one; -1 becomes 0 if `first`.

        Args:
            first: Names that come before all others, whether met or not.
        """
        names = [*first, *sorted(set(self.codes) - set(first))]
        place = {name: at for at, name in enumerate(names)}
        moved = np.array([*(place[name] for name in self.codes), 0 if first else _NO_CODE], dtype=np.int32)
        return names, moved


class PersonNumbers:
    """Finds a person's number from the 64-bit hash of the identifier.

    Hashes of an engine are evenly spread, so the first bits say nearly where in the sorted list a hash stands: one or
    two looks find it, where a search by halves would need more than twenty.

    Two identifiers of one partnership share a hash with a chance of about one in a million for a whole nation; it is
    then reported as a repeated person, never added up wrongly.

    Args:
        hashes: Of all persons.
        numbers: Their numbers.
    """

    def __init__(self, hashes: Hashes, numbers: Small) -> None:
        order = np.argsort(hashes).astype(np.int32)
        self._hashes = hashes[order]
        self._numbers = numbers[order]
        del order
        repeated = int(np.count_nonzero(self._hashes[1:] == self._hashes[:-1]))
        if repeated:
            what = "persons stand there more than once"
            do = "Keep one row for each; if they differ, find out which is right."
            raise InputRefused([Fault("persons", what, do, "repeated-person", column="person", rows=repeated)])
        bits = max(1, len(hashes).bit_length() - 1)
        self._shift = np.uint64(64 - bits)
        counts = np.bincount((self._hashes >> self._shift).view(np.int64), minlength=1 << bits)
        self._start = np.zeros(len(counts) + 1, dtype=np.int32)
        np.cumsum(counts, out=self._start[1:])

    def find(self, hashes: Hashes) -> Small:
        """Give the number of each person; -1 for a person who is not known."""
        found = np.full(len(hashes), _NO_CODE, dtype=np.int32)
        bucket = (hashes >> self._shift).view(np.int64)
        at, end = self._start[bucket], self._start[bucket + 1]
        rows = np.flatnonzero(at < end)
        at, end, wanted = at[rows], end[rows], hashes[rows]
        while rows.size:
            same = self._hashes[at] == wanted
            found[rows[same]] = self._numbers[at[same]]
            at += 1
            more = ~same & (at < end)
            rows, at, end, wanted = rows[more], at[more], end[more], wanted[more]
        return found
