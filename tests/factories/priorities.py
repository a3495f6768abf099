"""Draws ballots: "42 M > N > C > K" is 42 ballots, "A = B > C" puts two in one place, "A" ranks one of them only."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

from locality.voice.priorities import Candidate, FrozenMethod, PriorityMethod, Ranking, freeze_method

BEFORE = dt.date(2026, 3, 1)


def ballots(lines: str, channel: str = "web") -> list[Ranking]:
    drawn = []
    for line in lines.strip().splitlines():
        number, order = line.strip().split(" ", 1)
        places = tuple(tuple(code.strip() for code in place.split("=")) for place in order.split(">"))
        drawn += [Ranking(channel, places)] * int(number)
    return drawn


def method(codes: str, kind: str = "ranked_pairs", **settings: object) -> FrozenMethod:
    """Freeze a method over candidates of one letter each, whose lot is their order unless said otherwise."""
    candidates = tuple(Candidate(code, code) for code in codes)
    return freeze_method(PriorityMethod(kind, candidates, **{"lot": tuple(codes), **settings}), on=BEFORE)


def order_of(outcome) -> str:
    return "".join(each.code for each in outcome.order)


def all_orders(codes: str) -> list[tuple[str, ...]]:
    return list(permutations(codes))
