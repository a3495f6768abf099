"""Finds the files that partnership.toml names: in the folder first, then in the data root."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from locality.foundations import Fault, InputRefused

_GLOB = frozenset("*?[")


@dataclass(frozen=True)
class Roots:
    """Where files may stand.

    Args:
        folder: The partnership folder.
        data_root: Public files that several folders share; None when none was given.
    """

    folder: Path
    data_root: Path | None

    def find(self, pattern: str) -> list[tuple[Path, str]]:
        """Find one file, or every file that a glob matches.

        Args:
            pattern: A name or glob relative to either root.

        Returns:
            Each file's path and its name relative to its root, in order of name; the data root is asked only when
            the folder has none.

        Raises:
            InputRefused: There is none.
        """
        for root in self._roots:
            found = _files_in(root, pattern)
            if found:
                return [(path, path.relative_to(root).as_posix()) for path in found]
        raise InputRefused([self._not_found(pattern)])

    @property
    def _roots(self) -> tuple[Path, ...]:
        return (self.folder,) if self.data_root is None else (self.folder, self.data_root)

    def _not_found(self, pattern: str) -> Fault:
        where = "in the folder or in the data root" if self.data_root else "in the folder; no data root was given"
        do = "Correct the name in partnership.toml, put the file there, or give the data root (--data)."
        if _GLOB & set(pattern):
            return Fault(pattern, f"no file matches this pattern {where}", do, "nothing-matches")
        if any((root / pattern).is_dir() for root in self._roots):
            do = f'Name the files in it, like "{pattern}/*.parquet".'
            return Fault(pattern, "it is a folder, not a file", do, "no-such-file")
        return Fault(pattern, f"there is no such file {where}", do, "no-such-file")


def _files_in(root: Path, pattern: str) -> list[Path]:
    # A real name may hold brackets, so the name as it stands goes first.
    if (root / pattern).is_file():
        return [root / pattern]
    if not _GLOB & set(pattern):
        return []
    try:
        return sorted(path for path in root.glob(pattern) if path.is_file())
    except ValueError:  # "**" as a part of a name is not a pattern
        return []
