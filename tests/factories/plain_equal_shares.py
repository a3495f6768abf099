"""Equal shares as the papers define them, in fractions and step by step: slow, short and easy to check by eye."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from locality.voice.choice import ChoiceRules, Election
from locality.voice.choice.rules_of_choice import lot_of


@dataclass
class Plain:
    winners: list[str]
    left: list[Fraction]
    steps: int


def plain_equal_shares(election: Election, rules: ChoiceRules) -> Plain:
    """Count at 0, 1, 2 ... steps, each from the beginning."""
    steps, last = 0, None
    while True:
        found, wanting = _count(election, rules, steps)
        if sum(election.by_code[code].cost for code in found.winners) > election.budget:
            assert last is not None
            return last
        if rules.completion == "none" or not wanting:
            return found
        last, steps = found, steps + 1


def _shares(election: Election) -> list[Fraction]:
    sums = {one.group: one.amount for one in election.group_sums} or {"": election.budget}
    in_group = [ballot.group if election.group_sums else "" for ballot in election.ballots]
    voters = {
        group: sum(b.weight for b, its in zip(election.ballots, in_group, strict=True) if its == group)
        for group in sums
    }
    return [Fraction(sums[its], voters[its]) for its in in_group]


def _count(election: Election, rules: ChoiceRules, steps: int) -> tuple[Plain, bool]:
    money = [share + steps * (rules.step or 0) for share in _shares(election)]
    room = dict(rules.ceilings)
    lot = lot_of(rules, tuple(election.by_code))
    open_ones = {project.code for project in election.projects if election.supporters[project.code]}
    rivals = {p.code: set(p.incompatible) for p in election.projects}
    winners: list[str] = []
    while True:
        for code in sorted(open_ones):
            project = election.by_code[code]
            against = any(code in rivals[won] or won in rivals[code] for won in winners)
            if against or project.cost > room.get(project.heading, project.cost):
                open_ones.discard(code)
        best = None
        for code in open_ones:
            rho = _price(election, money, code)
            if rho is None:
                continue
            cost = election.by_code[code].cost
            gain = rho / cost if rules.utility == "cost" else rho
            key = (
                gain,
                *({"cost": cost, "votes": -election.votes[code], "lot": lot.index(code)}[w] for w in rules.tie_order),
            )
            best = min(best, (key, code, rho)) if best else (key, code, rho)
        if best is None:
            return Plain(winners, money, steps), bool(open_ones)
        _, code, rho = best
        for at, ballot in enumerate(election.ballots):
            if code in ballot.choices:
                money[at] -= min(money[at], rho * _points(ballot, code))
        winners.append(code)
        open_ones.discard(code)
        project = election.by_code[code]
        if project.heading in room:
            room[project.heading] -= project.cost


def _points(ballot, code) -> int:
    return ballot.points[ballot.choices.index(code)] if ballot.points else 1


def _price(election: Election, money: list[Fraction], code: str) -> Fraction | None:
    """Find the lowest price of a point at which the supporters together pay the cost."""
    payers = sorted(
        (money[at] / _points(ballot, code), _points(ballot, code), ballot.weight)
        for at, ballot in enumerate(election.ballots)
        if code in ballot.choices
    )
    rest = Fraction(election.by_code[code].cost)
    votes = sum(points * weight for _, points, weight in payers)
    for most, points, weight in payers:
        if rest <= most * votes:
            return rest / votes
        rest -= most * points * weight
        votes -= points * weight
    return None
