"""The code on a paper form: characters that nobody takes for one another, the last of which checks the others."""

from __future__ import annotations

from locality.foundations import ResultRefused

# No vowels, so that a code is never a word; none of 0 O Q D, 1 I L, 2 Z, 5 S, 8 B, 6 G, U V, which are taken for one
# another in handwriting. What remains are 17, a prime: then a sum of values, each times its own weight, misses no
# single wrong character and no two that changed places.
ALPHABET = "CFHJKMNPRTWXY3479"
_PRIME = len(ALPHABET)
_DRAWN = 7  # characters besides the check character
MOST_CODES = _PRIME**_DRAWN
_HALF = 4


def code_of_number(number: int) -> str:
    """Write a number as the code of a paper form.

    Args:
        number: From 0 up to, not including, `MOST_CODES`; drawn at random, so that nobody can guess another's code.

    Returns:
        Eight characters with a dash in the middle, like "CFHJ-KMNJ". No code differs from another in one character
        alone, nor by two characters that changed places.

    Raises:
        ValueError: The number is outside its limits. This is a mistake of ours.
    """
    if not 0 <= number < MOST_CODES:
        raise ValueError(f"a code is made of a number below {MOST_CODES}")
    values = []
    for _ in range(_DRAWN):
        number, rest = divmod(number, _PRIME)
        values.append(rest)
    # The check character has the last weight; its value brings the weighted sum to a multiple of the prime.
    weight = len(values) + 1
    check = -_weighted(values) * pow(weight, -1, _PRIME) % _PRIME
    return _written("".join(ALPHABET[each] for each in [*values, check]))


def read_code(typed: str) -> str:
    """Read a code as somebody typed it from a form.

    Args:
        typed: With or without the dash, with spaces, in capitals or not.

    Returns:
        The code as it is printed.

    Raises:
        ResultRefused: It cannot be the code of any form; says which character is wrong, where that is known.
    """
    bare = "".join(typed.upper().replace("-", " ").split())
    strange = sorted({each for each in bare if each not in ALPHABET})
    if strange:
        said = " and ".join(f"'{each}'" for each in strange)
        raise ResultRefused(f"No code has {said} in it.", f"A code is made of {' '.join(ALPHABET)}.")
    if len(bare) != _DRAWN + 1:
        raise ResultRefused(
            f"A code has {_DRAWN + 1} characters; these are {len(bare)}.", "Type it as it stands on the form."
        )
    if _weighted([ALPHABET.index(each) for each in bare]) % _PRIME:
        raise ResultRefused(
            "This is not the code of a form: a character is wrong, or two changed places.",
            "Compare each character with the form.",
        )
    return _written(bare)


def _weighted(values: list[int]) -> int:
    return sum(weight * each for weight, each in enumerate(values, 1))


def _written(bare: str) -> str:
    return f"{bare[:_HALF]}-{bare[_HALF:]}"
