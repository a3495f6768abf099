"""Small pieces of sentences that several rules say."""

from __future__ import annotations

from collections.abc import Sequence

_NAMED = 5
"""How many things a sentence names before it says "and others"; the figures have all of them."""


def listed(names: Sequence[str]) -> str:
    """Name some things in a sentence, at most a handful."""
    shown = list(names[:_NAMED])
    if len(names) > _NAMED:
        return f"{', '.join(shown)} and {len(names) - _NAMED} others"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def counted(number: int, one: str, many: str = "") -> str:
    """Say how many: "1 zone", "3 zones", "no zones"."""
    if number == 1:
        return f"1 {one}"
    return f"{number or 'no'} {many or one + 's'}" if number < 1000 else f"{number:,} {many or one + 's'}"


def sentence(text: str) -> str:
    """Begin with a capital letter and end with a full stop."""
    return f"{text[:1].upper()}{text[1:]}."
