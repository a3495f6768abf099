"""Money split by exact fractions: no part is rounded by more than a penny, and the parts add up to the sum."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

# Remainders are compared to this many binary places: finer than any two that differ in a sum people could pay.
_PLACES = 96


def pence_by_share(total: int, shares: Sequence[Fraction]) -> tuple[int, ...]:
    """Split a sum of money by exact fractions of it.

    Args:
        total: Pence to split, not negative.
        shares: One fraction for each part; they add up to 1.

    Returns:
        Whole pence for each part, in the same order. They add up to `total`; each is its exact amount rounded down or
        up; ties go to the earlier part.

    Source:
        Largest remainder (Hamilton) method, in whole numbers throughout.

    Example:
        >>> pence_by_share(100, [Fraction(1, 3)] * 3)
        (34, 33, 33)
    """
    parts = [divmod(share.numerator * total, share.denominator) for share in shares]
    whole = [part for part, _ in parts]
    left = total - sum(whole)
    if left:
        order = [
            (-((rest << _PLACES) // share.denominator), at)
            for at, ((_, rest), share) in enumerate(zip(parts, shares, strict=True))
        ]
        for _, at in sorted(order)[:left]:
            whole[at] += 1
    return tuple(whole)


def asked_and_not(total: int, asked: Fraction) -> tuple[int, int]:
    """Split a sum into what a fraction of it comes to, and the rest.

    Args:
        total: Pence, not negative.
        asked: The fraction.

    Returns:
        Both in whole pence; together the total. A half penny goes to the first.
    """
    first, second = pence_by_share(total, (asked, 1 - asked))
    return first, second
