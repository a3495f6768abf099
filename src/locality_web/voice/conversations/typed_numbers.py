"""Numbers as they come in an address or a form, from whoever sends them."""

from __future__ import annotations

_DIGITS = 18
"""So many digits has a key of the database at most; Python itself refuses to read some thousands of them."""


def read_number(text: str) -> int:
    """Give a whole number above nought; 0: it is none, or larger than any key."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else 0
