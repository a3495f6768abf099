"""Writes a release: suppressed, audited, guarded, read back, and only then put in place."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from locality.disclosure import AuditResult, DisclosureRules, SuppressedTable, costs_to_hide, rules_on, suppress_frame
from locality.foundations import Fault, InputRefused, ResultRefused, Table
from locality.release.agree import disagreements
from locality.release.bundle import pack
from locality.release.content import ReleaseContent, ReleaseRecord, release_name
from locality.release.frames import to_parquet, typed
from locality.release.guard import refuse_person_level, refuse_person_level_keys
from locality.release.manifest import MANIFEST, canonical, describe, member_name
from locality.release.read import read_bytes
from locality.release.tables import PLACE_TABLES, RELEASE_TABLES


def write_release(content: ReleaseContent, path: Path, *, day: dt.date, made_by: str) -> ReleaseRecord:
    """Write a release, or refuse and leave whatever stood at `path` untouched.

    Args:
        content: What goes in.
        path: The file to write; a folder gets the file under its usual name.
        day: The day of the release.
        made_by: Name and version of the program.

    Returns:
        What was written. The same content, day and program give the same bytes, with the same Parquet library.

    Raises:
        InputRefused: A table is not as declared; every fault is named.
        ResultRefused: A table, column or key is about single people; amounts do not add up to their totals; or
            the disclosure audit did not pass.
    """
    rules = rules_on(day, threshold=content.threshold)
    refuse_person_level_keys({"summary": content.summary, "parameters": content.parameters}, day)
    made = _prepare(content, rules, day)
    wrong = disagreements(made.tables, content.totals)
    if wrong:
        raise ResultRefused(
            f"The release does not add up: {'; '.join(wrong)}.", "Work out the shares again, then the release."
        )
    held = {table.name: to_parquet(table, made.tables[table.name]) for table in _held(content)}
    rows = {name: len(frame) for name, frame in made.tables.items()}
    about = describe(content, held, rows=rows, rules=rules, audit=made.audit, day=day, made_by=made_by)
    whole = pack({MANIFEST: canonical(about), **{member_name(name): table for name, table in held.items()}})
    target = path / release_name(content.partnership_code, day) if path.is_dir() else path
    read_bytes(whole, target.name)
    _put(whole, target)
    return ReleaseRecord(about["id"], target, len(whole), made.small, made.further, made.few_people)


@dataclass(frozen=True)
class _Prepared:
    tables: dict[str, pd.DataFrame]
    audit: AuditResult
    small: int
    further: int
    few_people: tuple[tuple[str, str], ...]


def _prepare(content: ReleaseContent, rules: DisclosureRules, day: dt.date) -> _Prepared:
    """Check and type every table; suppress the counts of service users."""
    frames = {table.name: getattr(content, table.name) for table in RELEASE_TABLES} | dict(content.places)
    refuse_person_level(_held(content), frames, day)
    suppressed = _suppress(frames["service_users"], rules)
    few = _few_people(frames["service_users"], rules)
    if suppressed is not None:
        frames["service_users"] = suppressed.long()
    tables, faults = {}, list[Fault]()
    for table in _held(content):
        tables[table.name], found = typed(table, frames[table.name], f"table {table.name}")
        faults += found
    if faults:
        raise InputRefused(faults)
    if suppressed is None:
        return _Prepared(tables, AuditResult(0), 0, 0, few)
    return _Prepared(tables, suppressed.audit, suppressed.small, suppressed.further, few)


def _held(content: ReleaseContent) -> list[Table]:
    """Give the tables that this release holds, in the order of the bundle."""
    return [*RELEASE_TABLES, *(table for table in PLACE_TABLES if table.name in content.places)]


def _suppress(users: pd.DataFrame, rules: DisclosureRules) -> SuppressedTable | None:
    return None if users.empty else suppress_frame(users, ["locality", "heading"], rules)


def _few_people(users: pd.DataFrame, rules: DisclosureRules) -> tuple[tuple[str, str], ...]:
    if users.empty:
        return ()
    few = users[costs_to_hide(users["people"], users["people"], rules)]
    return tuple((str(row.locality), str(row.heading)) for row in few.itertuples(index=False))


def _put(content: bytes, target: Path) -> None:
    """Write beside the target, then rename: a reader sees the old file or the new one, never half of one."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".release-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)  # there is none when it was renamed
