"""Writes the two linkage files of a place, block by block, so that memory does not grow with the number of people."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from locality.foundations import FinancialYear
from locality.synth.care import make_events
from locality.synth.kinds import EVENT_KINDS
from locality.synth.layout import EPISODE, INDIVIDUAL, layout
from locality.synth.linkage import episode_table, individual_table
from locality.synth.people import make_people
from locality.synth.place import Place

# People made at once: large enough for numpy to be fast, small enough for a small machine.
BLOCK = 25_000

Progress = Callable[[int, int], None]
"""Called with the number of people made so far and the number of all."""


@dataclass(frozen=True)
class LinkedFiles:
    """What was written.

    Args:
        episode: The episode file.
        individual: The individual file.
        people: Residents; people without an address come on top.
        rows: Rows of the episode file.
        pence: Cost by activity heading, over every event, linked or not.
        units: Events by activity heading.
        days: Days within the year by activity heading; contacts count nothing.
    """

    episode: Path
    individual: Path
    people: int
    rows: int
    pence: dict[str, int]
    units: dict[str, int]
    days: dict[str, float]


def write_linked_files(
    place: Place, seed: int, year: FinancialYear, out: Path, *, block: int = BLOCK, progress: Progress | None = None
) -> LinkedFiles:
    """Write `slf-episode-<year>.parquet` and `slf-individual-<year>.parquet`.

    Args:
        place: For whom people are made.
        seed: The same seed gives the same people, and with the same block the same bytes.
        year: The financial year.
        out: An existing folder. Nothing stands under the final names before both files are whole.
        block: People made at once.
        progress: Told after every block.

    Returns:
        The files and their totals.
    """
    files = [out / f"slf-episode-{year.code}.parquet", out / f"slf-individual-{year.code}.parquet"]
    begun = [file.with_name(file.name + ".part") for file in files]
    schemas = [layout(EPISODE, year, seed), layout(INDIVIDUAL, year, seed)]
    pence = np.zeros(len(EVENT_KINDS), dtype=np.int64)
    count = np.zeros(len(EVENT_KINDS), dtype=np.int64)
    days = np.zeros(len(EVENT_KINDS))
    done = 0
    with (
        _writer(begun[0], schemas[0]) as episodes,
        _writer(begun[1], schemas[1]) as individuals,
        ThreadPoolExecutor(max_workers=1) as other,
    ):
        waiting = other.submit(int)
        for people in make_people(place, seed, block):
            events = make_events(people, place)
            tables = [make(schema, year, place, people, events) for make, schema in zip(_TABLES, schemas, strict=True)]
            # One block is written while the next is made; never more than one waits.
            waiting.result()
            waiting = other.submit(_write, (episodes, tables[0]), (individuals, tables[1]))
            pence += np.bincount(events.kind, np.maximum(events.pence, 0), len(EVENT_KINDS)).astype(np.int64)
            count += np.bincount(events.kind, minlength=len(EVENT_KINDS))
            days += np.bincount(events.kind, events.days, len(EVENT_KINDS))
            done += int((~people.hidden).sum())
            if progress is not None:
                progress(done, place.people)
        waiting.result()
    for part, file in zip(begun, files, strict=True):
        part.replace(file)
    totals = _whole(_by_activity(pence)), _whole(_by_activity(count)), _by_activity(days)
    return LinkedFiles(files[0], files[1], done, int(count.sum()), *totals)


_TABLES = (episode_table, individual_table)


def _writer(file: Path, schema: pa.Schema) -> pq.ParquetWriter:
    # Identifiers never repeat often enough for a dictionary to pay.
    dictionary = [field.name for field in schema if field.name != "anon_chi"]
    return pq.ParquetWriter(file, schema, compression="zstd", compression_level=1, use_dictionary=dictionary)


def _write(*parts: tuple[pq.ParquetWriter, pa.Table]) -> int:
    for writer, table in parts:
        writer.write_table(table, row_group_size=max(table.num_rows, 1))
    return 0


def _by_activity(amounts: npt.NDArray[np.generic]) -> dict[str, float]:
    summed: dict[str, float] = {}
    for kind, amount in zip(EVENT_KINDS, amounts.tolist(), strict=True):
        if kind.activity:
            summed[kind.activity] = summed.get(kind.activity, 0) + amount
    return summed


def _whole(amounts: dict[str, float]) -> dict[str, int]:
    return {name: int(amount) for name, amount in amounts.items()}
