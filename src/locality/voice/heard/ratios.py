"""Whether a class of people took part more or less than it lives here, with an interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Representation:
    """The share of a class among those who said, over its share among residents.

    Args:
        ratio: 1: as many as live here; below 1: fewer.
        low: The interval's lower end.
        high: Its upper end.
        of_those_who_said: The share among those who said.
        of_residents: The share among residents.
    """

    ratio: float
    low: float
    high: float
    of_those_who_said: float
    of_residents: float

    @property
    def is_under(self) -> bool:
        """Whether fewer took part than chance would explain."""
        return self.high < 1

    @property
    def is_over(self) -> bool:
        """Whether more took part than chance would explain."""
        return self.low > 1


def wilson_interval(count: int, of: int, *, confidence: float) -> tuple[float, float]:
    """Give the range in which a share could as well lie.

    Args:
        count: How many have the property.
        of: Out of how many, at least 1.
        confidence: How sure, like 0.95.

    Returns:
        Lower and upper end, from 0 to 1.

    Source:
        Wilson (1927), without continuity correction.

    Example:
        >>> [round(end, 4) for end in wilson_interval(81, 263, confidence=0.95)]
        [0.2553, 0.3662]
    """
    sure = NormalDist().inv_cdf((1 + confidence) / 2)
    share = count / of
    middle = (share + sure**2 / (2 * of)) / (1 + sure**2 / of)
    half = sure * sqrt(share * (1 - share) / of + sure**2 / (4 * of**2)) / (1 + sure**2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def compare_shares(count: int, of: int, residents: tuple[int, int], *, confidence: float) -> Representation | None:
    """Hold the share of a class among those who said against its share among residents.

    Args:
        count: People of the class who took part.
        of: People who said which class they are in.
        residents: Residents of the class, and all residents.
        confidence: How sure the interval is.

    Returns:
        The ratio with its interval; None where nobody said or nobody of the class lives here.
    """
    own, everybody = residents
    if not of or not own or not everybody:
        return None
    low, high = wilson_interval(count, of, confidence=confidence)
    expected = own / everybody
    return Representation(count / of / expected, low / expected, high / expected, count / of, expected)
