"""Column names as they stand in a file's header, made clean."""

from __future__ import annotations

from collections.abc import Iterable

from locality.foundations import Fault, InputRefused


def clean_header(names: Iterable[object], file: str, row: int = 1) -> list[str]:
    """Take byte-order marks and surrounding spaces from column names.

    Args:
        names: The header's cells; an empty one becomes "column 3" after its place.
        file: The file's name for messages.
        row: The header's row number.

    Returns:
        As many names, no two alike.

    Raises:
        InputRefused: A name stands twice, so that nobody can tell which column is meant.
    """
    clean = [str("" if name is None else name).strip("\ufeff \t\r\n\xa0") for name in names]
    clean = [name or f"column {place}" for place, name in enumerate(clean, start=1)]
    twice = sorted({name for name in clean if clean.count(name) > 1})
    if twice:
        what = f"the header has more than one column called {', '.join(twice)}"
        raise InputRefused([Fault(file, what, "Rename or delete the one not meant.", "repeated-column", row=row)])
    return clean
