"""Ask one reader for its tables, as a partnership folder would."""

from pathlib import Path
from typing import Any

import pandas as pd

import locality.sources  # noqa: F401  (fills the register)
from locality.foundations import Fault, FinancialYear, check_frame
from locality.sources.readers import READERS, Asked, Partnership, RawTable


def ask(
    reader: str,
    *files: str,
    root: Path,
    code: str = "S37000032",
    name: str = "Fife",
    folder_year: str = "2022/23",
    **options: Any,
) -> list[RawTable]:
    """Give what a reader makes of files under a root, before the declaration is checked."""
    asked = Asked(
        tuple(root / file for file in files),
        files,
        Partnership(code, name, "Scotland"),
        FinancialYear.parse(folder_year),
        options,
        lambda named: root / named,
    )
    read = READERS[reader].read
    assert read is not None
    return read(asked)


def typed(reader: str, *files: str, root: Path, **options: Any) -> tuple[pd.DataFrame, list[Fault]]:
    """Give a reader's rows in their declared types, and all faults together."""
    frames, faults = [], []
    for raw in ask(reader, *files, root=root, **options):
        frame, found = check_frame(READERS[reader].table, raw.frame, raw.file)
        frames.append(frame)
        faults += [*raw.faults, *found]
    return pd.concat(frames), faults


def write(root: Path, file: str, text: str) -> str:
    """Write a small file as drawn, without the indentation of the test."""
    lines = [line.strip() for line in text.strip().splitlines()]
    (root / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def codes(faults: list[Fault]) -> list[str]:
    """Give the codes of faults in order."""
    return [fault.code for fault in faults]
