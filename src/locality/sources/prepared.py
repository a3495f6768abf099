"""Prepares a folder's person-level rows once: what each person cost by heading and year, under small numbers.

Identifiers are hashed and then forgotten: what is kept holds a running number for each person. It is still about
single persons and stays in the analyst's environment.

The rows are never held in memory. They are dealt out to files by ranges of persons; each range is then small enough
to be added up in arrays that are addressed directly.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from locality.foundations import FinancialYear, hash_file
from locality.money.cube_expressions import activity_records, age_band
from locality.sources.engines import forget_cached
from locality.sources.interning import Hashes, Names, PersonNumbers, Small, stream

LAYOUT = 1
"""Raised when what is written here changes, so that older preparations are made anew."""

SUMMARY = "prepared.json"
PEOPLE = "people.parquet"

# Persons in one range: with some twenty headings and years its arrays take about 50 MB.
_PERSONS_IN_RANGE = 100_000
_MOST_RANGES = 200

# A multiplier that spreads running numbers over 64 bits (2^64 divided by the golden ratio), so that records without a
# person are dealt out evenly too.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)

# Whole pence are summed as floating numbers, which are exact up to here: about 90 million million pounds.
_EXACT_UP_TO = 2**53

# Numbers of places below this fit into two bytes.
_MOST_SMALL = 2**15

_ROW = np.dtype([("who", "<u8"), ("slot", "<i2"), ("pence", "<i8"), ("units", "<f8")])


def prepare(
    activity: Any,
    persons: Any,
    *,
    con: Any,
    years: tuple[FinancialYear, ...],
    folder: Path,
    inputs: Sequence[Path] = (),
) -> None:
    """Write what each person cost by heading and year, replacing an earlier preparation.

    Args:
        activity: Ibis expression with the columns of the declared activity table.
        persons: Ibis expression with the columns of the declared persons table, each person once.
        con: Their Ibis connection, which must be DuckDB's.
        years: Financial years to prepare.
        folder: Where to write; it appears only when it is complete.
        inputs: Every file that the result depends on, partnership.toml among them.

    Raises:
        InputRefused: A person stands in persons more than once.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".preparing-") as name:
        unfinished = Path(name) / folder.name
        unfinished.mkdir()
        people = _intern_people(persons, con, unfinished)
        slots = _deal_out(activity, people, con=con, years=years, folder=unfinished)
        summary = {
            "layout": LAYOUT,
            "years": [str(year) for year in years],
            "persons": people.number,
            "zones": people.zones,
            "practices": people.practices,
            "sexes": people.sexes,
            "headings": slots,
            "inputs": [stamp_of(path) for path in inputs],
        }
        (unfinished / SUMMARY).write_text(json.dumps(summary, indent=1), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.rename(folder)


def is_current(folder: Path, *, inputs: Sequence[Path], years: Sequence[FinancialYear]) -> bool:
    """Say whether a preparation was made from these very inputs and covers the years.

    A file whose size and time of change are as they were is taken to be the same; else its hash decides.
    """
    try:
        summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if summary["layout"] != LAYOUT or not {str(year) for year in years} <= set(summary["years"]):
        return False
    stamps = summary["inputs"]
    if [stamp["file"] for stamp in stamps] != [str(path.resolve()) for path in inputs]:
        return False
    return all(is_as_stamped(path, stamp) for path, stamp in zip(inputs, stamps, strict=True))


def stamp_of(path: Path) -> dict[str, Any]:
    """Describe a file so that a change of it is seen: place, size, time of change, hash."""
    seen = path.stat()
    return {
        "file": str(path.resolve()),
        "bytes": seen.st_size,
        "changed": seen.st_mtime_ns,
        "sha256": hash_file(path),
    }


def is_as_stamped(path: Path, stamp: dict[str, Any]) -> bool:
    """Whether a file is as it was; where its time has changed, its hash decides."""
    if not path.is_file() or path.stat().st_size != stamp["bytes"]:
        return False
    unchanged: bool = path.stat().st_mtime_ns == stamp["changed"]
    return unchanged or hash_file(path) == stamp["sha256"]


@dataclass(frozen=True)
class _People:
    """Persons in order of zone: how many, how their numbers are found, and the names behind the small numbers."""

    number: int
    numbers: PersonNumbers
    zones: list[str]
    practices: list[str]
    sexes: list[str]


def _intern_people(persons: Any, con: Any, folder: Path) -> _People:
    """Number persons in order of zone, sex and age, so that neighbours in the sums are neighbours in memory."""
    hashes, columns, lists = _read_people(persons, con)
    forget_cached(con)
    order = _order_of_people(columns)
    table = pa.table({name: column[order] for name, column in columns.items()})
    pq.write_table(table, folder / PEOPLE, compression="zstd")
    del table
    columns.clear()
    numbers = np.empty(len(order), dtype=np.int32)
    numbers[order] = np.arange(len(order), dtype=np.int32)
    return _People(len(order), PersonNumbers(hashes, numbers), *lists)


def _read_people(
    persons: Any, con: Any
) -> tuple[Hashes, dict[str, npt.NDArray[np.signedinteger]], tuple[list[str], list[str], list[str]]]:
    """Give the hash of each person, what is known of each as small numbers, and the names behind the numbers."""
    names = {"zone": Names(), "practice": Names(), "sex": Names()}
    hashes: list[Any] = []
    pieces: dict[str, list[Any]] = {"zone": [], "practice": [], "sex": [], "age_from": []}
    cells = persons.select("person", "zone", "practice", "sex", age_from=age_band(persons["age"]))
    for batch in stream(con, f"SELECT hash(person) AS who, * EXCLUDE (person) FROM ({con.compile(cells)})"):
        # Copied, for a view would keep the whole batch with its texts in memory.
        hashes.append(batch["who"].to_numpy().copy())
        for name, known in names.items():
            pieces[name].append(known.encode(batch[name]).astype(np.int8 if name == "sex" else np.int32))
        pieces["age_from"].append(batch["age_from"].fill_null(-1).to_numpy().astype(np.int8))
    columns = {"age_from": _joined(pieces["age_from"], np.int8)}
    lists = []
    for name, known in names.items():
        in_order, moved = known.in_order(first=() if name == "sex" else ("",))
        small = np.int8 if name == "sex" else np.int16 if len(in_order) < _MOST_SMALL else np.int32
        columns[name] = moved.astype(small)[_joined(pieces[name], small)]
        lists.append(in_order)
    return _joined(hashes, np.uint64), columns, (lists[0], lists[1], lists[2])


def _order_of_people(columns: dict[str, npt.NDArray[np.signedinteger]]) -> Small:
    cell = columns["zone"].astype(np.int32) * 4 + columns["sex"] + 1
    order: Small = np.argsort(cell * 128 + columns["age_from"], kind="stable").astype(np.int32)
    return order


def _joined(pieces: list[Any], kind: Any) -> Any:
    whole = np.concatenate(pieces) if pieces else np.empty(0, dtype=kind)
    pieces.clear()
    return whole


def _deal_out(activity: Any, people: _People, *, con: Any, years: tuple[FinancialYear, ...], folder: Path) -> list[str]:
    """Deal the records out to ranges of persons, add each range up, and give the headings in order."""
    ranges = min(_MOST_RANGES, max(1, -(-people.number // _PERSONS_IN_RANGE)))
    size = max(1, -(-people.number // ranges))
    headings = Names()
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".dealing-") as name:
        dealt = Path(name)
        with ExitStack() as open_files:
            known = [open_files.enter_context((dealt / f"known-{at}").open("wb")) for at in range(ranges)]
            loose = [open_files.enter_context((dealt / f"loose-{at}").open("wb")) for at in range(ranges)]
            without_person = 0
            for batch in stream(con, _records_sql(activity, con, years)):
                rows, linked = _packed(batch, headings, len(years), without_person)
                without_person += len(rows) - int(linked.sum())
                numbers = np.where(linked, people.numbers.find(rows["who"]), -1)
                is_known = numbers >= 0
                ours, others = rows[is_known], rows[~is_known]
                ours["who"] = numbers[is_known]
                _append(known, ours, (ours["who"] // np.uint64(size)).astype(np.uint8))
                _append(loose, others, _range_of_hash(others["who"], ranges))
        names, moved = headings.in_order()
        next_number = people.number
        for at in range(ranges):
            _add_up(dealt / f"known-{at}", folder / f"known-{at:03}.parquet", moved, len(years), first=at * size)
            next_number = _add_up(
                dealt / f"loose-{at}", folder / f"loose-{at:03}.parquet", moved, len(years), renumber_from=next_number
            )
    return names


def _records_sql(activity: Any, con: Any, years: tuple[FinancialYear, ...]) -> str:
    """Give hashed person, heading, number of the year, pence and units of the records of the years."""
    numbered = " ".join(f"WHEN '{year}' THEN {at}" for at, year in enumerate(years))
    return (
        f"SELECT hash(person) AS who, person IS NOT NULL AS linked, heading, CAST(CASE year {numbered} END AS TINYINT) "
        f"AS year, coalesce(pence, 0) AS pence, coalesce(units, 0) AS units "
        f"FROM ({con.compile(activity_records(activity, years))})"
    )


def _packed(
    batch: pa.RecordBatch, headings: Names, years: int, without_person: int
) -> tuple[npt.NDArray[np.void], npt.NDArray[np.bool_]]:
    """Pack a batch into rows; records without a person get hashes of their own."""
    rows = np.empty(batch.num_rows, dtype=_ROW)
    linked = batch["linked"].to_numpy(zero_copy_only=False)
    rows["who"] = batch["who"].to_numpy()
    unlinked = np.flatnonzero(~linked)
    rows["who"][unlinked] = (np.arange(1, len(unlinked) + 1) + without_person).astype(np.uint64) * _SPREAD
    rows["slot"] = headings.encode(batch["heading"]) * years + batch["year"].to_numpy()
    rows["pence"] = batch["pence"].to_numpy()
    rows["units"] = batch["units"].to_numpy()
    return rows, linked


def _range_of_hash(hashes: Hashes, ranges: int) -> npt.NDArray[np.uint8]:
    return ((hashes >> np.uint64(32)) * np.uint64(ranges) >> np.uint64(32)).astype(np.uint8)


def _append(files: list[Any], rows: npt.NDArray[np.void], target: npt.NDArray[np.uint8]) -> None:
    """Write each row to the file of its range."""
    order = np.argsort(target, kind="stable")
    rows = rows[order]
    border = np.concatenate([[0], np.cumsum(np.bincount(target, minlength=len(files)))])
    for file, start, end in zip(files, border[:-1], border[1:], strict=True):
        if end > start:
            file.write(rows[start:end].data)


def _add_up(
    dealt: Path, out: Path, moved: Small, years: int, *, first: int = 0, renumber_from: int | None = None
) -> int:
    """Add up one range by person, heading and year; give the number after its last person."""
    rows = np.fromfile(dealt, dtype=_ROW)
    dealt.unlink()
    if not len(rows):
        return renumber_from or 0
    if renumber_from is None:
        local = rows["who"].astype(np.int64) - first
    else:
        first = renumber_from
        local = np.unique(rows["who"], return_inverse=True)[1]
    slots = (len(moved) - 1) * years
    slot = moved[rows["slot"] // years].astype(np.int64) * years + rows["slot"] % years
    key = local * slots + slot
    count = np.bincount(key)
    hit = np.flatnonzero(count)
    assert np.abs(rows["pence"]).sum() < _EXACT_UP_TO, "more pence in one range than can be added up exactly"
    table = pa.table(
        {
            "person": (first + hit // slots).astype(np.int32),
            "slot": (hit % slots).astype(np.int16),
            "pence": np.bincount(key, weights=rows["pence"])[hit].astype(np.int64),
            "units": np.bincount(key, weights=rows["units"])[hit],
        }
    )
    pq.write_table(table, out, compression="zstd", use_dictionary=["slot", "units"])
    return int(table["person"][-1].as_py()) + 1
