"""One count by equal shares in exact fractions, with all that an explanation needs.

The whole-number bounds of `certain` say which candidates could be next; wherever more than one could, exact fractions
decide. A class's money is a numerator over one of a growing row of common denominators; only those who pay are brought
up to the newest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np

from locality.voice.choice.ballot_classes import Classes, Whole, YesNo
from locality.voice.choice.certain import MAYBE_OUT_OF_REACH, find_front, first_of_known, money_of, take_out
from locality.voice.choice.shares_held import begin, has_room, votes_of

_BITS = 60


@dataclass(frozen=True)
class Bought:
    """One candidate that its supporters bought together.

    Args:
        candidate: Its number.
        price: What those pay for each point who have enough, exact.
        payers: The classes that pay something.
        paid: What each ballot of them pays: numerators over `denominator`.
        denominator: Of all payments.
    """

    candidate: int
    price: Fraction
    payers: tuple[int, ...]
    paid: tuple[int, ...]
    denominator: int


@dataclass(frozen=True)
class Dropped:
    """A candidate that can no longer be bought.

    Args:
        candidate: Its number.
        after: How many candidates had been bought by then.
        money: What its supporters had left together, exact.
        why: `money`, `rival` or `ceiling`.
        by: The winner that excluded it, if its rival did.
    """

    candidate: int
    after: int
    money: Fraction
    why: str
    by: int | None = None


@dataclass(frozen=True)
class Price:
    """An exact price for one point: numerator over (`votes` times the newest denominator)."""

    numerator: int
    votes: int


class ExactCount:
    """A count that begins with each class's money, to be run once."""

    def __init__(self, classes: Classes, money: Sequence[Fraction]):
        self.classes = classes
        self.bought: list[Bought] = []
        self.dropped: list[Dropped] = []
        self._weight = [int(one) for one in classes.field.weight]
        common = lcm(*(one.denominator for one in money)) if money else 1
        self._denominators = [common]
        self._left = [one.numerator * (common // one.denominator) for one in money]
        self._over = [0] * len(money)
        total = sum(w * one for w, one in zip(self._weight, self._left, strict=True)) // common
        self._bits = max(0, _BITS - (total + len(money) + sum(self._weight)).bit_length() - 1)
        poor = np.array([(one << self._bits) // common for one in self._left], dtype=np.int64)
        rich = np.array([-((-one << self._bits) // common) for one in self._left], dtype=np.int64)
        self._state = begin(classes, poor, rich, bits=self._bits)

    def run(self, *, explain: bool = False) -> tuple[int, ...]:
        """Buy one candidate after another until no supporters can buy one; give the winners in order."""
        field, state = self.classes.field, self._state
        standing = {int(c) for c in np.flatnonzero(votes_of(self.classes))} if explain else set()
        if explain:
            self._drop_by(standing, {int(c) for c in np.flatnonzero(~has_room(self.classes))}, None)
            self._drop_poor(standing)
        while found := find_front(field, state, len(self.bought) + 1):
            winner, price = self._choose(abs(found))
            if price is None:
                # The front holds all that are left, and none of them can be paid.
                break
            self._buy(winner, price)
            was = state.alive.copy()
            take_out(field, state, winner)
            if explain:
                standing.discard(winner)
                self._drop_by(standing, {int(c) for c in np.flatnonzero(was & ~state.alive)} - {winner}, winner)
                self._drop_poor(standing)
        return tuple(one.candidate for one in self.bought)

    def left(self, i: int) -> Fraction:
        """Give what a ballot of a class has left, exact."""
        return Fraction(self._left[i], self._denominators[self._over[i]])

    def _choose(self, count: int) -> tuple[int, Price | None]:
        field, state = self.classes.field, self._state
        known = first_of_known(field, state, count)
        candidates = [known] if known >= 0 else [int(c) for c in state.front[:count]]
        best: tuple[Fraction, int, int, Price] | None = None
        for c in candidates:
            price = self._price(c)
            if price is None:
                state.alive[c] = False
                continue
            for_gain = Fraction(price.numerator, price.votes * (int(field.cost[c]) if field.by_cost else 1))
            entry = (for_gain, int(field.rank[c]), c, price)
            best = entry if best is None or entry[:2] < best[:2] else best
        if best is None:
            return -1, None
        return best[2], best[3]

    def _price(self, c: int) -> Price | None:
        """Give the exact price: beginning with those who are certainly short, add whoever cannot pay it in full."""
        field, state = self.classes.field, self._state
        members, points = self._supporters(c)
        money_high = state.rich[members]
        short = money_high <= _times(int(state.low[c]), points, money_high)
        votes = int((field.weight[members] * points)[~short].sum())
        spent = sum(self._weight[i] * self._brought_up(int(i)) for i in members[short])
        cost = int(field.cost[c]) * self._denominators[-1]
        asked = self._perhaps_short(c, members, points, short)
        while votes:
            now = [(i, p) for i, p in asked if self._brought_up(i) * votes <= (cost - spent) * p]
            if not now:
                return Price(cost - spent, votes)
            gone = {i for i, _ in now}
            asked = [(i, p) for i, p in asked if i not in gone]
            spent += sum(self._weight[i] * self._brought_up(i) for i, _ in now)
            votes -= sum(self._weight[i] * p for i, p in now)
        if spent < cost:
            return None
        # All give all that they have: the price is what the richest of them pays.
        most = max(Fraction(self._brought_up(int(i)), int(p)) for i, p in zip(members, points, strict=True))
        return Price(most.numerator, most.denominator)

    def _perhaps_short(self, c: int, members: Whole, points: Whole, short: YesNo) -> list[tuple[int, int]]:
        state = self._state
        open_ones = ~short
        if state.clean[c] != MAYBE_OUT_OF_REACH:
            money = state.poor[members]
            open_ones &= money < _times(int(state.high[c]), points, money)
        return [(int(i), int(p)) for i, p in zip(members[open_ones], points[open_ones], strict=True)]

    def _buy(self, c: int, price: Price) -> None:
        part = gcd(price.numerator, price.votes)
        above, times = price.numerator // part, price.votes // part
        before = self._denominators[-1]
        payers, paid = [], []
        members, points = self._supporters(c)
        for i, p in zip(members.tolist(), points.tolist(), strict=True):
            if self._left[i] == 0:
                continue
            has = self._brought_up(i) * times
            pays = min(has, above * p)
            payers.append(i)
            paid.append(pays)
            self._left[i], self._over[i] = has - pays, len(self._denominators)
        self._denominators.append(before * times)
        self._bound(payers)
        exact = Fraction(above, times * before)
        self.bought.append(Bought(c, exact, tuple(payers), tuple(paid), before * times))

    def _bound(self, payers: list[int]) -> None:
        """Set the whole-number bounds of those who paid anew, as near as they can be."""
        newest = self._denominators[-1]
        for i in payers:
            whole, rest = divmod(self._left[i] << self._bits, newest)
            self._state.poor[i], self._state.rich[i] = whole, whole + (rest > 0)

    def _brought_up(self, i: int) -> int:
        """Give a class's money over the newest denominator."""
        over = self._denominators[self._over[i]]
        newest = self._denominators[-1]
        return self._left[i] if over == newest else self._left[i] * (newest // over)

    def _supporters(self, c: int) -> tuple[Whole, Whole]:
        field = self.classes.field
        inside = slice(field.start[c], field.start[c + 1])
        return field.member[inside], field.points[inside]

    def _money(self, c: int) -> Fraction:
        members, _ = self._supporters(c)
        return Fraction(sum(self._weight[i] * self._brought_up(i) for i in members.tolist()), self._denominators[-1])

    def _drop_poor(self, standing: set[int]) -> None:
        """Note every candidate whose supporters have less together than it costs, in the round in which it happens."""
        field, state = self.classes.field, self._state
        for c in sorted(standing):
            cost = int(field.cost[c])
            if money_of(field, state.poor, c) >= cost << self._bits:
                continue
            money = self._money(c)
            if money < cost:
                self.dropped.append(Dropped(c, len(self.bought), money, "money"))
                standing.discard(c)

    def _drop_by(self, standing: set[int], gone: set[int], winner: int | None) -> None:
        """Note every candidate that a winner takes out of the count."""
        field = self.classes.field
        rivals: set[int] = set()
        if winner is not None:
            rivals = set(field.rival[field.rival_start[winner] : field.rival_start[winner + 1]].tolist())
        for c in sorted(gone & standing):
            why = "rival" if c in rivals else "ceiling"
            by = winner if why == "rival" else None
            self.dropped.append(Dropped(c, len(self.bought), self._money(c), why, by))
            standing.discard(c)


def _times(price: int, points: Whole, money: Whole) -> Whole:
    """Give price times points, or the largest number where that does not fit: the money is far below it then."""
    largest = np.iinfo(np.int64).max
    fits = points <= largest // max(price, 1)
    return np.asarray(np.where(fits, price * np.where(fits, points, 0), largest))
