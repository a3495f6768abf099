"""What people handed in: rankings, scores, divided sums; and how much of it came by which channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from locality.disclosure import Axis, DisclosureRules, suppress
from locality.foundations import Fault, InputRefused, ResultRefused, say_pounds
from locality.voice.priorities.method import PriorityMethod


@dataclass(frozen=True)
class Ranking:
    """One ballot with an order.

    Args:
        channel: By which channel it came: "web", "paper".
        places: Codes by place, the first place first; several in one place are level. Not all need to be ranked.
    """

    channel: str
    places: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Scores:
    """One ballot with scores: its channel, and code and score of each candidate that got one."""

    channel: str
    scores: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class DividedSum:
    """One ballot that divides the sum: its channel, and code and pence of candidates; who is left out gets nothing."""

    channel: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ChannelShare:
    """How many ballots came by a channel, and their share of all; None where the numbers are hidden."""

    channel: str
    ballots: int | None
    share: Fraction | None


Ballot = Ranking | Scores | DividedSum


def channel_shares(ballots: Iterable[Ballot], rules: DisclosureRules) -> tuple[ChannelShare, ...]:
    """Say how many ballots came by each channel, through disclosure control.

    Args:
        ballots: Rankings, scores or divided sums.
        rules: The rules of disclosure in force.

    Returns:
        Channels in order of name. Small numbers are hidden, with as many others as sums make necessary.
    """
    counts = Counter(ballot.channel for ballot in ballots)
    names = sorted(counts)
    if not names:
        return ()
    table = suppress([Axis("channel", tuple(names))], [counts[name] for name in names], rules).published
    return tuple(
        ChannelShare(name, None, None)
        if table.hidden[at]
        else ChannelShare(name, counts[name], None if table.hidden[-1] else Fraction(counts[name], counts.total()))
        for at, name in enumerate(names)
    )


def refuse_faulty(method: PriorityMethod, ballots: Sequence[Ballot]) -> None:
    """Refuse ballots that name what is no candidate, name it twice, or leave the scale or the sum.

    Args:
        method: The method.
        ballots: All ballots, in their order.

    Raises:
        InputRefused: Every fault, with the number of the ballot as its row.
        ResultRefused: There are fewer ballots than the method asks for.
    """
    known = set(method.codes)
    faults = [fault for row, ballot in enumerate(ballots, start=1) for fault in _of_ballot(method, known, row, ballot)]
    if faults:
        raise InputRefused(faults)
    if len(ballots) < method.least_ballots:
        came = "1 ballot" if len(ballots) == 1 else f"{len(ballots)} ballots"
        why = f"with fewer than {method.least_ballots}, single ballots could be read from the result"
        raise ResultRefused(f"Only {came} came in; {why}.", "Keep it open longer, or record a discussion.")


def _of_ballot(method: PriorityMethod, known: set[str], row: int, ballot: Ballot) -> Iterable[Fault]:
    named = _named(ballot)
    strange = [code for code in named if code not in known]
    if strange:
        yield _fault("ballot-unknown", row, f"'{strange[0]}' is no candidate", "Use the codes of the candidates.")
    if len(set(named)) < len(named):
        yield _fault("ballot-twice", row, "a candidate stands there twice", "Count it once.")
    yield from _CHECKS[type(ballot)](method, row, ballot)


def _named(ballot: Ballot) -> list[str]:
    if isinstance(ballot, Ranking):
        return [code for place in ballot.places for code in place]
    return [code for code, _ in (ballot.scores if isinstance(ballot, Scores) else ballot.parts)]


def _of_ranking(method: PriorityMethod, row: int, ballot: Ballot) -> Iterable[Fault]:
    return ()


def _of_scores(method: PriorityMethod, row: int, ballot: Ballot) -> Iterable[Fault]:
    assert isinstance(ballot, Scores)
    outside = [score for _, score in ballot.scores if not method.lowest <= score <= method.highest]
    if outside:
        do = f"Scores go from {method.lowest} to {method.highest}."
        yield _fault("ballot-score", row, f"the score {outside[0]} is not on the scale", do)


def _of_sum(method: PriorityMethod, row: int, ballot: Ballot) -> Iterable[Fault]:
    assert isinstance(ballot, DividedSum)
    total = sum(pence for _, pence in ballot.parts)
    if total != method.sum_pence or any(pence < 0 for _, pence in ballot.parts):
        what = f"the parts add up to {say_pounds(total)} of {say_pounds(method.sum_pence)}, or one is below nought"
        yield _fault("ballot-sum", row, what, "Divide the whole sum, to the penny.")


_CHECKS: dict[type, Callable[[PriorityMethod, int, Ballot], Iterable[Fault]]] = {
    Ranking: _of_ranking,
    Scores: _of_scores,
    DividedSum: _of_sum,
}


def _fault(code: str, row: int, what: str, do: str) -> Fault:
    return Fault(file="ballots", row=row, what=what, do=do, code=code)
