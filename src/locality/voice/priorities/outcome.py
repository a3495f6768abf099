"""What a count gives: an order with its reasons in words, which anybody can follow and check."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True)
class CountStep:
    """One step of a count.

    Args:
        kind: "fixed" (a comparison counts), "left_out" (it would go against what is fixed), "lot" (two are level,
            and the lot decides), "counted" (points, scores or amounts), or "agreed" (in a discussion).
        words: The step in a sentence.
    """

    kind: Literal["fixed", "left_out", "lot", "counted", "agreed"]
    words: str


@dataclass(frozen=True)
class Placed:
    """A candidate in its place: 1 is first; the figure that decided, if any (points or mean score, exact)."""

    place: int
    code: str
    name: str
    figure: Fraction | None = None


@dataclass(frozen=True)
class PairCount:
    """Two candidates compared: how many ballots put the first higher, the second higher, or said neither."""

    first: str
    second: str
    higher: int
    lower: int
    neither: int


@dataclass(frozen=True)
class PriorityOutcome:
    """The order that came out.

    Args:
        kind: The method's kind.
        sha256: The hash of the method, as it was published when it was frozen.
        ballots: How many ballots were counted; of a discussion, how many people were there.
        order: Every candidate in its place.
        steps: How it came about, in words.
        pairs: Of ranked pairs: every comparison, the clearest first.
        beats_all: Of ranked pairs: the candidate that more ballots put above each other one than below; empty: none.
        lot_decided: Whether another lot could have led to another order.
    """

    kind: str
    sha256: str
    ballots: int
    order: tuple[Placed, ...]
    steps: tuple[CountStep, ...]
    pairs: tuple[PairCount, ...] = ()
    beats_all: str = ""
    lot_decided: bool = False


@dataclass(frozen=True)
class SumPart:
    """A candidate's part of a sum, in pence."""

    code: str
    name: str
    pence: int


@dataclass(frozen=True)
class SumDivided:
    """How a group divides a sum.

    Args:
        sha256: The hash of the method.
        ballots: How many ballots were counted.
        parts: Every candidate's part; they add up to the sum, to the penny.
        steps: How it came about, in words.
    """

    sha256: str
    ballots: int
    parts: tuple[SumPart, ...]
    steps: tuple[CountStep, ...]


def say_exact(number: Fraction) -> str:
    """Write a number with at most two decimals, as people read it.

    Args:
        number: Any exact number.

    Returns:
        A whole number as it is; otherwise rounded to two decimals, halves to even, without idle noughts.

    Example:
        >>> say_exact(Fraction(7, 2))
        '3.5'
    """
    hundredths = round(number * 100)
    whole = f"{hundredths // 100:,}" if hundredths >= 0 else f"-{-hundredths // 100:,}"
    rest = f"{abs(hundredths) % 100:02}".rstrip("0")
    return f"{whole}.{rest}" if rest else whole
