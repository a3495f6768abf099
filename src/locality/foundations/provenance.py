"""Where a figure came from: the file, its hash, its reader, its publisher and vintage."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class InputFile:
    """One file that a result was made of.

    Args:
        table: The declared table that the file fills.
        file: Its name relative to the partnership folder or the data root (never a path of one machine).
        reader: The reader that knew its layout.
        sha256: Hash of the file's bytes.
        bytes: Its size.
        publisher: Who publishes it, where the reader knows.
        vintage: What it describes (a year, an edition), where the reader knows.
        made_up: True when the file says that its people are made up.
    """

    table: str
    file: str
    reader: str
    sha256: str
    bytes: int
    publisher: str = ""
    vintage: str = ""
    made_up: bool = False

    def as_json(self) -> dict[str, object]:
        """Give the record with plain values, for `summary.json` and the release."""
        return asdict(self)


def hash_file(path: Path) -> str:
    """Give the SHA-256 of a file, read in pieces.

    Args:
        path: The file.

    Returns:
        64 hexadecimal digits.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
