"""Rounds of equal shares that are certain for a whole range of shares at once, in 64-bit whole numbers.

Every voter's money is held between two whole numbers of a small unit: `poor` is at most what they have at the lowest
share of the range, `rich` at least what they have at the highest. While the same projects are bought, more money for
everybody never raises a price and never lowers what anybody has left; so both bounds stay bounds for every share of the
range. Sums are exact (the caller chooses the unit so that all money together fits), divisions are rounded outwards.
A round is certain if one candidate is better than all others at its worst and their best, or if all that could be best
are known exactly. Nothing is decided otherwise.

Floating numbers only set aside candidates that are clearly worse: every comparison leaves room for their rounding.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from locality.areas.search.compiled import compiled
from locality.voice.choice.ballot_classes import Field, Whole

CERTAIN, UNCERTAIN = 0, 1
MAYBE_OUT_OF_REACH = -1

_MORE = 1.0 + 2.0**-49
_LESS = 1.0 - 2.0**-49
"""Two conversions to floating numbers and one division are off by less than this."""


class State(NamedTuple):
    """Where a count stands: what changes from round to round.

    Prices (`low`, `high`) are of one point, in small units. `gain` is a price for each unit gained that is at most the
    true one. `clean` is the votes behind a candidate all of whose supporters with money left can pay their part in
    full; else 0, or `MAYBE_OUT_OF_REACH`.
    """

    poor: Whole
    rich: Whole
    cost: Whole
    low: Whole
    high: Whole
    gain: npt.NDArray[np.float64]
    clean: Whole
    seen: Whole
    alive: npt.NDArray[np.bool_]
    room: Whole
    front: Whole


@compiled
def _is_spent(money: int, price: int, points: int) -> bool:
    """Say whether somebody has no more than their part; by division, for a product might not fit."""
    if points == 1:
        return money <= price
    return (money + points - 1) // points <= price


@compiled
def _highest_price(field: Field, state: State, c: int) -> tuple[int, int]:
    """Give a price at which the supporters can certainly pay, and the votes behind it if nobody falls short."""
    price = int(state.high[c])
    while True:
        spent, votes, clean = 0, 0, True
        for j in range(field.start[c], field.start[c + 1]):
            i = field.member[j]
            money, points = state.poor[i], field.points[j]
            if _is_spent(money, price, points):
                spent += field.weight[i] * money
                clean = clean and state.rich[i] == 0
            else:
                votes += field.weight[i] * points
        if votes == 0:
            return (price if spent >= state.cost[c] else -1), 0
        raised = -((spent - state.cost[c]) // votes)
        if raised <= price:
            return price, (votes if clean else 0)
        price = raised


@compiled
def _lowest_price(field: Field, state: State, c: int) -> int:
    """Give a price that is certainly not above the true one; -1: they certainly cannot pay."""
    price = int(state.low[c])
    while True:
        spent, votes = 0, 0
        for j in range(field.start[c], field.start[c + 1]):
            i = field.member[j]
            money, points = state.rich[i], field.points[j]
            if _is_spent(money, price, points):
                spent += field.weight[i] * money
            else:
                votes += field.weight[i] * points
        if votes == 0:
            return price if spent >= state.cost[c] else -1
        raised = (state.cost[c] - spent) // votes
        if raised <= price:
            return price
        price = raised


@compiled
def _look_at(field: Field, state: State, c: int, turn: int) -> float:
    """Price one candidate anew; give the most that its price for each unit gained can be."""
    state.seen[c] = turn
    low = _lowest_price(field, state, c)
    if low < 0:
        state.alive[c] = False
        return np.inf
    state.low[c] = low
    divisor = float(state.cost[c]) if field.by_cost else 1.0
    state.gain[c] = low / divisor * _LESS
    high, clean = _highest_price(field, state, c)
    state.clean[c] = clean if field.ties_fit else 0
    if high < 0:
        # Prices only rise: the last one stays the start of the next look.
        state.clean[c] = MAYBE_OUT_OF_REACH
        return np.inf
    state.high[c] = high
    return float(high / divisor * _MORE)


@compiled
def find_front(field: Field, state: State, turn: int) -> int:
    """Find the candidates that could be the next to be bought; give how many stand in `front`.

    One candidate there is certain to be the best, and to be paid, unless -1 is given: then it may be out of reach.
    """
    best, found = np.inf, 0
    while True:
        c = -1
        for other in range(len(state.cost)):
            if state.alive[other] and state.seen[other] < turn and (c < 0 or state.gain[other] < state.gain[c]):
                c = other
        if c < 0 or state.gain[c] > best:
            break
        most = _look_at(field, state, c, turn)
        if state.alive[c]:
            state.front[found] = c
            found += 1
            best = min(best, most)
    kept = 0
    for at in range(found):
        if state.gain[state.front[at]] <= best:
            state.front[kept] = state.front[at]
            kept += 1
    return -kept if np.isinf(best) else kept


@compiled
def first_of_known(field: Field, state: State, count: int) -> int:
    """Give the best of the front where the gain of each is known exactly, the tie order included; else -1."""
    best = -1
    for at in range(count):
        c = state.front[at]
        if state.clean[c] <= 0:
            return -1
        if best < 0:
            best = c
            continue
        if field.by_cost:
            ahead = state.clean[c] - state.clean[best]
        else:
            ahead = field.cost[best] * state.clean[c] - field.cost[c] * state.clean[best]
        if ahead > 0 or (ahead == 0 and field.rank[c] < field.rank[best]):
            best = c
    return best


@compiled
def take_out(field: Field, state: State, c: int) -> None:
    """Take a winner out of the count, with all that cannot stand beside it or no longer fits under its heading."""
    state.alive[c] = False
    for j in range(field.rival_start[c], field.rival_start[c + 1]):
        state.alive[field.rival[j]] = False
    under = field.heading[c]
    if under >= 0:
        state.room[under] -= field.cost[c]
        for other in range(len(state.cost)):
            if field.heading[other] == under and field.cost[other] > state.room[under]:
                state.alive[other] = False


@compiled
def _pay(field: Field, state: State, c: int) -> None:
    for j in range(field.start[c], field.start[c + 1]):
        i, points = field.member[j], field.points[j]
        for money, price in ((state.poor, state.high[c]), (state.rich, state.low[c])):
            money[i] = 0 if _is_spent(money[i], price, points) else money[i] - price * points


@compiled
def _nearest(field: Field, state: State, count: int) -> int:
    """Give the candidate that seems best, for previews."""
    best = int(state.front[0])
    for at in range(1, count):
        c = state.front[at]
        if state.gain[c] < state.gain[best] or (state.gain[c] == state.gain[best] and field.rank[c] < field.rank[best]):
            best = c
    return best


@compiled
def count_certainly(field: Field, state: State, guess: bool) -> tuple[int, Whole]:
    """Buy one project after another; give whether every round was certain, and the winners in order."""
    picks = np.empty(len(state.cost), dtype=np.int64)
    number = 0
    while True:
        found = find_front(field, state, number + 1)
        if found == 0 or (found < 0 and guess):
            return CERTAIN, picks[:number]
        if found < 0:
            return UNCERTAIN, picks[:number]
        winner = state.front[0] if found == 1 else first_of_known(field, state, found)
        if winner < 0 and guess:
            winner = _nearest(field, state, found)
        if winner < 0:
            return UNCERTAIN, picks[:number]
        picks[number] = winner
        number += 1
        _pay(field, state, winner)
        take_out(field, state, winner)


@compiled
def money_of(field: Field, money: Whole, c: int) -> int:
    """Add up the money of a candidate's supporters."""
    total = 0
    for j in range(field.start[c], field.start[c + 1]):
        i = field.member[j]
        total += field.weight[i] * money[i]
    return total
