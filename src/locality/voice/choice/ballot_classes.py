"""Equal ballots counted together, and the arrays that a count runs on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from locality.voice.choice.election import Ballot, Election
from locality.voice.choice.rules_of_choice import ChoiceRules, lot_of

Whole = npt.NDArray[np.int64]
YesNo = npt.NDArray[np.bool_]

_WORD = 62
"""Bits of a signed 64-bit number that a product or a sum may use."""


class Field(NamedTuple):
    """What a count runs on; candidates and classes of ballots are numbers.

    The supporters of candidate c are `member[start[c]:start[c + 1]]`, their points beside them.
    """

    start: Whole
    member: Whole
    points: Whole
    weight: Whole
    cost: Whole
    rank: Whole
    rival_start: Whole
    rival: Whole
    heading: Whole
    room: Whole
    by_cost: bool
    ties_fit: bool


@dataclass(frozen=True)
class Classes:
    """Ballots of the same choices and the same share, and the candidates that they support.

    Args:
        codes: The candidates, in the order of their numbers.
        field: The arrays.
        share: Each class's share of the sum before any step.
        cap: What all that a class supports would cost: more money than this changes nothing.
        of_ballot: The class of each ballot.
    """

    codes: tuple[str, ...]
    field: Field
    share: tuple[Fraction, ...]
    cap: tuple[int, ...]
    of_ballot: Whole


def classes_of(election: Election, rules: ChoiceRules, codes: Sequence[str]) -> Classes:
    """Put equal ballots together.

    Args:
        election: The vote.
        rules: Its rules.
        codes: The projects that may win, each with a cost above nought.

    Returns:
        Classes whose weights add up to the number of voters.
    """
    number = {code: at for at, code in enumerate(codes)}
    shares = shares_of(election)
    index: dict[tuple[str, tuple[tuple[int, int], ...]], int] = {}
    weight: list[int] = []
    of_ballot = np.empty(len(election.ballots), dtype=np.int64)
    for at, ballot in enumerate(election.ballots):
        key = (ballot.group if election.group_sums else "", _choices(ballot, number))
        found = index.setdefault(key, len(weight))
        if found == len(weight):
            weight.append(0)
        weight[found] += ballot.weight
        of_ballot[at] = found
    cost = [election.by_code[code].cost for code in codes]
    cap = tuple(sum(cost[candidate] for candidate, _ in chosen) for _, chosen in index)
    supporters = _supporters([chosen for _, chosen in index], len(codes))
    field = _field(election, rules, tuple(codes), supporters, np.array(weight, dtype=np.int64))
    return Classes(tuple(codes), field, tuple(shares[group] for group, _ in index), cap, of_ballot)


def shares_of(election: Election) -> dict[str, Fraction]:
    """Give each voter's share of the sum by group, exact; without groups there is one, without a name.

    Args:
        election: The vote.

    Returns:
        Minor units. A group in which nobody voted has no share: nobody spends its money.
    """
    if not election.group_sums:
        return {"": Fraction(election.budget, election.voters)}
    voters: dict[str, int] = {}
    for ballot in election.ballots:
        voters[ballot.group] = voters.get(ballot.group, 0) + ballot.weight
    return {one.group: Fraction(one.amount, voters[one.group]) for one in election.group_sums if one.group in voters}


def _choices(ballot: Ballot, number: dict[str, int]) -> tuple[tuple[int, int], ...]:
    points = ballot.points or (1,) * len(ballot.choices)
    return tuple(
        sorted((number[code], its) for code, its in zip(ballot.choices, points, strict=True) if code in number)
    )


def _supporters(chosen: list[tuple[tuple[int, int], ...]], candidates: int) -> tuple[Whole, Whole, Whole]:
    """Turn classes with their choices into candidates with their classes."""
    by = [(candidate, at, points) for at, one in enumerate(chosen) for candidate, points in one]
    table = np.array(by, dtype=np.int64).reshape(-1, 3)
    table = table[np.argsort(table[:, 0], kind="stable")]
    start = np.zeros(candidates + 1, dtype=np.int64)
    start[1:] = np.cumsum(np.bincount(table[:, 0], minlength=candidates))
    return start, np.ascontiguousarray(table[:, 1]), np.ascontiguousarray(table[:, 2])


def _field(
    election: Election,
    rules: ChoiceRules,
    codes: tuple[str, ...],
    supporters: tuple[Whole, Whole, Whole],
    weight: Whole,
) -> Field:
    start, member, points = supporters
    cost = np.array([election.by_code[code].cost for code in codes], dtype=np.int64)
    rival_start, rival = _rivals(election, codes)
    headings = tuple(name for name, _ in rules.ceilings)
    heading = [_place(headings, election.by_code[code].heading) for code in codes]
    room = np.array([most for _, most in rules.ceilings], dtype=np.int64)
    power = int((weight[member] * points).sum()) if len(member) else 0
    fits = int(cost.max(initial=0)).bit_length() + power.bit_length() <= _WORD
    return Field(
        start,
        member,
        points,
        weight,
        cost,
        tie_ranks(election, rules, codes),
        rival_start,
        rival,
        np.array(heading, dtype=np.int64),
        room,
        rules.utility == "cost",
        fits,
    )


def _place(headings: tuple[str, ...], heading: str) -> int:
    return headings.index(heading) if heading in headings else -1


def _rivals(election: Election, codes: tuple[str, ...]) -> tuple[Whole, Whole]:
    """Give the candidates beside which each cannot stand; it holds in both directions."""
    against = rivals_of(election)
    listed = [[at for at, other in enumerate(codes) if other in against.get(code, ())] for code in codes]
    start = np.cumsum([0, *(len(one) for one in listed)]).astype(np.int64)
    return start, np.array([at for one in listed for at in one], dtype=np.int64)


def rivals_of(election: Election) -> dict[str, set[str]]:
    """Give the projects that exclude each other, said once or twice."""
    against: dict[str, set[str]] = {}
    for project in election.projects:
        for other in project.incompatible:
            against.setdefault(project.code, set()).add(other)
            against.setdefault(other, set()).add(project.code)
    return against


def tie_ranks(election: Election, rules: ChoiceRules, codes: tuple[str, ...]) -> Whole:
    """Say which of two equal candidates goes first: the lower number.

    Args:
        election: The vote.
        rules: They hold the order of ties and the lot.
        codes: The candidates.

    Returns:
        A different number for each, in the order of `codes`.
    """
    drawn = {code: at for at, code in enumerate(lot_of(rules, tuple(election.by_code)))}

    def key(code: str) -> list[int]:
        by = {"cost": election.by_code[code].cost, "votes": -election.votes[code], "lot": drawn[code]}
        return [by[one] for one in rules.tie_order]

    order = sorted(codes, key=key)
    place = {code: at for at, code in enumerate(order)}
    return np.array([place[code] for code in codes], dtype=np.int64)
