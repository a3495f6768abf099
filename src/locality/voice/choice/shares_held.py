"""What every class of ballots has to spend after so many steps, exact and between whole numbers of a small unit."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from locality.foundations import Fault, InputRefused
from locality.voice.choice.ballot_classes import Classes, Whole, YesNo
from locality.voice.choice.certain import State

_BITS = 60
"""All money together stays under this many bits; rounding and sums have the rest of a 64-bit number."""


class Purse:
    """The money of all classes by steps, and the states that counts begin with.

    Nobody is given more than all that they support would cost. More would change nothing: they can always pay in full.
    """

    def __init__(self, classes: Classes, step: int):
        self.classes = classes
        self.step = step
        self._cap = np.array(classes.cap, dtype=np.float64)
        if float((classes.field.weight * self._cap).sum()) >= 2.0**_BITS:
            do = "Write amounts in a larger unit, with fewer decimals."
            raise InputRefused([Fault("the vote", "its amounts are too large to be counted", do, "vote-too-large")])
        self._whole_cap = np.array(classes.cap, dtype=np.int64)
        self._kinds = sorted(set(classes.share))
        place = {share: at for at, share in enumerate(self._kinds)}
        self._kind = np.array([place[share] for share in classes.share], dtype=np.int64)

    def at(self, steps: int) -> list[Fraction]:
        """Give each class's money, exact and capped."""
        raised = {share: share + steps * self.step for share in self._kinds}
        return [
            min(raised[share], Fraction(cap)) for share, cap in zip(self.classes.share, self.classes.cap, strict=True)
        ]

    def unit_for(self, steps: int) -> int:
        """Give how many bits after the point fit beside all money together."""
        most = np.array([float(share + steps * self.step) for share in self._kinds])[self._kind]
        total = float((self.classes.field.weight * np.minimum(most, self._cap)).sum())
        # One more, for this sum is a floating number.
        return max(0, _BITS - max(1, int(total) + len(self.classes.share)).bit_length() - 1)

    def state(self, lowest: int, highest: int) -> State:
        """Begin a count for all shares from the lowest number of steps to the highest."""
        bits = self.unit_for(highest)
        poor = self._bound([(share + lowest * self.step, False) for share in self._kinds], bits)
        rich = self._bound([(share + highest * self.step, True) for share in self._kinds], bits)
        return begin(self.classes, poor, rich, bits=bits)

    def _bound(self, shares: list[tuple[Fraction, bool]], bits: int) -> Whole:
        known = [scaled(share, bits, up=up) for share, up in shares]
        limit = np.array([(one >> bits) for one in known], dtype=np.int64)[self._kind]
        small = self._whole_cap <= limit
        scaled_cap = np.where(small, self._whole_cap, 0) << bits
        # A share above what anybody could spend may itself not fit into a word.
        fits = np.array([one if one < 2**62 else 0 for one in known], dtype=np.int64)[self._kind]
        return np.asarray(np.where(small, scaled_cap, fits), dtype=np.int64)


def scaled(amount: Fraction, bits: int, *, up: bool) -> int:
    """Give an amount in small units, rounded down or up."""
    above = amount.numerator << bits
    return -((-above) // amount.denominator) if up else above // amount.denominator


def begin(classes: Classes, poor: Whole, rich: Whole, *, bits: int) -> State:
    """Begin a count with the money that classes have at least and at most.

    Args:
        classes: The ballots.
        poor: What each class has at least, in small units.
        rich: What each has at most.
        bits: How many small units make one minor unit, as a power of two.

    Returns:
        A state in which every candidate that has supporters, and room under its heading, stands.
    """
    field = classes.field
    votes = votes_of(classes)
    total = int((field.weight * (rich >> bits)).sum()) + len(rich) + int(field.weight.sum())
    alive = (votes > 0) & (field.cost <= total) & has_room(classes)
    cost = np.where(alive, field.cost, 0) << bits
    some = np.maximum(votes, 1)
    low = cost // some
    return State(
        poor=poor,
        rich=rich,
        cost=cost,
        low=low,
        high=-(-cost // some),
        gain=np.zeros(len(cost)),
        clean=np.zeros(len(cost), dtype=np.int64),
        seen=np.zeros(len(cost), dtype=np.int64),
        alive=alive,
        room=field.room.copy(),
        front=np.zeros(len(cost), dtype=np.int64),
    )


def has_room(classes: Classes) -> YesNo:
    """Say for each candidate whether it fits under its heading's ceiling by itself."""
    field = classes.field
    under = np.where(field.heading >= 0, np.append(field.room, 0)[field.heading], np.iinfo(np.int64).max)
    return np.asarray(field.cost <= under)


def votes_of(classes: Classes) -> Whole:
    """Give the votes (with points: all points) behind each candidate."""
    field = classes.field
    power = field.weight[field.member] * field.points
    candidate = np.repeat(np.arange(len(field.cost)), np.diff(field.start))
    return np.asarray(np.bincount(candidate, weights=power, minlength=len(field.cost)).astype(np.int64))
