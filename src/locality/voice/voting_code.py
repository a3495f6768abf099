"""The code on a voting letter: as many signs as on a bank card, the last of which checks the others."""

from __future__ import annotations

from collections.abc import Sequence

from locality.foundations import ResultRefused
from locality.members.paper_code import ALPHABET

SIGNS = 16
"""Own choice of the founders, 2026-11: 15 drawn signs are 61 bits, so that whoever stole the database could not try all
codes in years. People know four groups of four from their bank cards."""
MOST_CODES = len(ALPHABET) ** (SIGNS - 1)
_GROUP = 4
_PRIME = len(ALPHABET)


def voting_code(number: int) -> str:
    """Write a number as the code of a voting letter.

    Args:
        number: From 0 up to, not including, `MOST_CODES`; drawn at random.

    Returns:
        Sixteen signs in four groups, like "CFHJ-KMNP-RTWX-Y34J". No code differs from another in one sign alone, nor by
        two that changed places.

    Raises:
        ValueError: The number is outside its limits. This is a mistake of ours.

    Example:
        >>> voting_code(0), read_voting_code("cccc cccc cccc cccc")
        ('CCCC-CCCC-CCCC-CCCC', 'CCCC-CCCC-CCCC-CCCC')
    """
    if not 0 <= number < MOST_CODES:
        raise ValueError(f"a code is made of a number below {MOST_CODES}")
    values = []
    for _ in range(SIGNS - 1):
        number, rest = divmod(number, _PRIME)
        values.append(rest)
    # As on paper forms: each value has its own weight, and the last brings the sum to a multiple of the prime.
    check = -_weighted(values) * pow(SIGNS, -1, _PRIME) % _PRIME
    return _written("".join(ALPHABET[each] for each in (*values, check)))


def read_voting_code(typed: str) -> str:
    """Read a code as somebody typed it from a letter.

    Args:
        typed: With or without dashes and spaces, in capitals or not.

    Returns:
        The code as it is printed.

    Raises:
        ResultRefused: It cannot be the code of any letter; says what is wrong, without saying the code again.
    """
    bare = "".join(typed.upper().replace("-", " ").split())
    strange = sorted({each for each in bare if each not in ALPHABET})
    if strange:
        said = " and ".join(f"'{each}'" for each in strange[:3])
        raise ResultRefused(f"No voting code has {said} in it.", f"A code is made of {' '.join(ALPHABET)}.")
    if len(bare) != SIGNS:
        raise ResultRefused(
            f"A voting code has {SIGNS} signs; these are {len(bare)}.", "Type it as it stands on the letter."
        )
    if _weighted([ALPHABET.index(each) for each in bare]) % _PRIME:
        raise ResultRefused(
            "This is not a voting code: a sign is wrong, or two changed places.", "Compare each sign with the letter."
        )
    return _written(bare)


def _weighted(values: Sequence[int]) -> int:
    return sum(weight * each for weight, each in enumerate(values, 1))


def _written(bare: str) -> str:
    return "-".join(bare[at : at + _GROUP] for at in range(0, SIGNS, _GROUP))
