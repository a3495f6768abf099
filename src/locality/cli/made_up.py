"""Makes up the people of a folder that declares made-up files which are not there yet."""

from __future__ import annotations

from pathlib import Path


def make_missing_people(folder: Path, data: Path | None) -> None:
    """Write the made-up people's files that partnership.toml names, where they are missing.

    Args:
        folder: The partnership folder.
        data: The data root.
    """
