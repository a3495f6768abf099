"""What is remembered of person-level files that were checked and added up before, so that nothing is scanned twice.

A cost cube, or a prepared folder, stands for the very files that it was made of. While these are as they were, they
need not be read again: redrawn localities, other weights or another pace of change start from the cube. What the
checks between tables need to know of the people (counts by zone and practice, and by heading) is kept with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from locality.foundations import InputRefused
from locality.sources.locating import Roots
from locality.sources.partnership_file import read_settings
from locality.sources.prepared import is_as_stamped, stamp_of

MEMORY = "made_of.json"
_LAYOUT = 1


@dataclass(frozen=True)
class PeopleFiles:
    """The person-level files that a folder names, and how it reads them.

    Args:
        paths: The files in the order of partnership.toml.
        reading: Readers, options, years and partnership, as one text: with another one the same files say other things.
        money: Settings of `[money]` that decide what a cube of them holds (years and basis), as one text.
    """

    paths: tuple[Path, ...]
    reading: str
    money: str


@dataclass(frozen=True)
class KnownPeople:
    """What a full check of a folder's person-level files found.

    Args:
        summaries: Counts of persons and activity that the checks between tables need, by table.
        hashes: SHA-256 of every file, by its path.
    """

    summaries: Mapping[str, pd.DataFrame]
    hashes: Mapping[str, str]


def people_files(folder: Path, data_root: Path | None) -> PeopleFiles | None:
    """Find the person-level files that a partnership folder names.

    Args:
        folder: The partnership folder.
        data_root: Where files are looked for that the folder does not hold.

    Returns:
        The files; None when there are none, the settings are at fault or a file is missing.
    """
    settings, faults = read_settings(folder)
    entries = [entry for entry in settings.entries if entry.table.person_level]
    if faults or not entries or settings.partnership is None:
        return None
    roots = Roots(folder, data_root)
    try:
        found = [path for entry in entries for pattern in entry.patterns for path, _ in roots.find(pattern)]
    except InputRefused:
        return None
    told = [[entry.table.name, list(entry.patterns), entry.reader_name, dict(entry.options)] for entry in entries]
    years = [str(year) for year in settings.years]
    money = [settings.money.get(name) for name in ("years", "basis")]
    return PeopleFiles(
        tuple(found),
        json.dumps([settings.partnership.code, years, told], sort_keys=True, default=str),
        json.dumps(money, default=str),
    )


def remember(cache: Path, files: PeopleFiles, summaries: Mapping[str, pd.DataFrame], *, money: bool) -> None:
    """Write beside a cube or a preparation what it was made of.

    Args:
        cache: The folder of the cube or preparation.
        files: The person-level files.
        summaries: What the full check counted in them.
        money: Whether it also depends on years and basis of `[money]` (a cube does).
    """
    for name, frame in summaries.items():
        frame.to_parquet(cache / f"{name}_summary.parquet")
    memory = {
        "layout": _LAYOUT,
        "reading": files.reading,
        "money": files.money if money else None,
        "summaries": sorted(summaries),
        "files": [stamp_of(path) for path in files.paths],
    }
    (cache / MEMORY).write_text(json.dumps(memory, indent=1), encoding="utf-8")


def recall(cache: Path, files: PeopleFiles | None, *, money: bool) -> KnownPeople | None:
    """Say what is known of the folder's people, or None when anything that decides it has changed.

    Args:
        cache: The folder of the cube or preparation.
        files: The person-level files as the folder names them now.
        money: Whether it also depends on years and basis of `[money]`.
    """
    if files is None:
        return None
    try:
        memory = json.loads((cache / MEMORY).read_text(encoding="utf-8"))
        if not _is_same(memory, files, files.money if money else None):
            return None
        summaries = {name: pd.read_parquet(cache / f"{name}_summary.parquet") for name in memory["summaries"]}
    except (OSError, ValueError, KeyError):
        return None
    return KnownPeople(summaries, {stamp["file"]: stamp["sha256"] for stamp in memory["files"]})


def _is_same(memory: Mapping[str, object], files: PeopleFiles, money: str | None) -> bool:
    if memory.get("layout") != _LAYOUT or memory["reading"] != files.reading or memory["money"] != money:
        return False
    stamps = memory["files"]
    assert isinstance(stamps, Sequence)
    if [stamp["file"] for stamp in stamps] != [str(path.resolve()) for path in files.paths]:
        return False
    return all(is_as_stamped(path, stamp) for path, stamp in zip(files.paths, stamps, strict=True))
