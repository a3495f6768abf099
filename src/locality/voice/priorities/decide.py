"""Counts by the method that was frozen, and by no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from locality.foundations import Fault, InputRefused, ResultRefused, say_day
from locality.voice.priorities.ballots import Ballot, DividedSum, Ranking, Scores, refuse_faulty
from locality.voice.priorities.method import FrozenMethod, PriorityMethod, refuse_changed
from locality.voice.priorities.outcome import CountStep, Placed, PriorityOutcome, SumDivided, SumPart
from locality.voice.priorities.points import Figures, average_scores, borda_points, divide_sum
from locality.voice.priorities.ranked_pairs import count_pairs, fix_pairs


@dataclass(frozen=True)
class Discussion:
    """What a group agreed by talking.

    Args:
        on: The day.
        present: How many were there.
        order: Codes of all candidates, the first first.
        words: What was said for it.
        objections: Who objected and why, in words that may be published.
    """

    on: dt.date
    present: int
    order: tuple[str, ...]
    words: str
    objections: tuple[str, ...] = ()


def rank_priorities(frozen: FrozenMethod, ballots: Sequence[Ranking] | Sequence[Scores]) -> PriorityOutcome:
    """Bring priorities into an order by ballots.

    Args:
        frozen: The method, of the kind ranked_pairs, borda or score.
        ballots: Rankings for the first two, scores for the third.

    Returns:
        The order with every step in words. Neither the order of ballots nor that of candidates changes it; where two
        are level, the lot that was drawn before decides.

    Raises:
        InputRefused: Every faulty ballot.
        ResultRefused: The method was changed, is of another kind, or too few ballots came in.
    """
    method = refuse_changed(frozen)
    count = _COUNTS.get(method.kind)
    wanted = Scores if method.kind == "score" else Ranking
    if count is None or not all(isinstance(ballot, wanted) for ballot in ballots):
        raise _other_kind(method)
    refuse_faulty(method, ballots)
    outcome = count(method, ballots)
    turned = count(replace(method, lot=method.lot[::-1]), ballots)
    decided = [each.code for each in outcome.order] != [each.code for each in turned.order]
    return replace(outcome, sha256=frozen.sha256, lot_decided=decided)


def record_discussion(frozen: FrozenMethod, discussion: Discussion) -> PriorityOutcome:
    """Record the order that a group agreed by talking.

    Args:
        frozen: The method, of the kind discussion.
        discussion: What was agreed.

    Returns:
        The order as it was agreed.

    Raises:
        InputRefused: The order does not name every candidate once, or what was said for it lacks.
        ResultRefused: The method was changed, or is of another kind.
    """
    method = refuse_changed(frozen)
    if method.kind != "discussion":
        raise _other_kind(method)
    if sorted(discussion.order) != sorted(method.codes) or not discussion.words.strip():
        what = "the order does not name every candidate once, or what was said for it lacks"
        raise InputRefused(
            [Fault("discussion", what, "Write down the whole order and the reasons.", "discussion-order")]
        )
    on = say_day(discussion.on.isoformat())
    said = [CountStep("agreed", f"Agreed on {on} by {discussion.present} people: {discussion.words.strip()}")]
    said += [CountStep("agreed", f"Objection: {each.strip()}") for each in discussion.objections]
    order = tuple(Placed(at, code, _name(method, code)) for at, code in enumerate(discussion.order, start=1))
    return PriorityOutcome(method.kind, frozen.sha256, discussion.present, order, tuple(said))


def divide_together(frozen: FrozenMethod, ballots: Sequence[DividedSum]) -> SumDivided:
    """Divide a sum as a group wants it.

    Args:
        frozen: The method, of the kind dividing.
        ballots: The ballots; each divides the whole sum.

    Returns:
        Each candidate's part; the parts add up to the sum, to the penny.

    Raises:
        InputRefused: Every faulty ballot.
        ResultRefused: The method was changed, is of another kind, too few ballots came in, or every middle amount is
            nought.
    """
    method = refuse_changed(frozen)
    if method.kind != "dividing":
        raise _other_kind(method)
    refuse_faulty(method, ballots)
    pence, steps = divide_sum(method, ballots)
    parts = tuple(SumPart(each.code, each.name, pence[each.code]) for each in method.candidates)
    return SumDivided(frozen.sha256, len(ballots), parts, tuple(steps))


def _by_pairs(method: PriorityMethod, ballots: Sequence[Ballot]) -> PriorityOutcome:
    rankings = [ballot for ballot in ballots if isinstance(ballot, Ranking)]
    fixed = fix_pairs(method, count_pairs(method, rankings), len(rankings))
    order = tuple(Placed(at, code, _name(method, code)) for at, code in enumerate(fixed.order, start=1))
    return PriorityOutcome(
        method.kind, "", len(ballots), order, fixed.steps, pairs=fixed.pairs, beats_all=fixed.beats_all
    )


def _by_borda(method: PriorityMethod, ballots: Sequence[Ballot]) -> PriorityOutcome:
    figures, steps = borda_points(method, [ballot for ballot in ballots if isinstance(ballot, Ranking)])
    return _by_figures(method, figures, steps, len(ballots))


def _by_scores(method: PriorityMethod, ballots: Sequence[Ballot]) -> PriorityOutcome:
    figures, steps = average_scores(method, [ballot for ballot in ballots if isinstance(ballot, Scores)])
    return _by_figures(method, figures, steps, len(ballots))


_COUNTS: dict[str, Callable[[PriorityMethod, Sequence[Ballot]], PriorityOutcome]] = {
    "ranked_pairs": _by_pairs,
    "borda": _by_borda,
    "score": _by_scores,
}


def _by_figures(method: PriorityMethod, figures: Figures, steps: list[CountStep], ballots: int) -> PriorityOutcome:
    codes = sorted(method.codes, key=lambda code: (*(-figure for figure in figures[code]), method.drawn(code)))
    order = tuple(Placed(at, code, _name(method, code), figures[code][0]) for at, code in enumerate(codes, start=1))
    said = {code: step for code, step in zip(method.codes, steps, strict=True)}
    level = [
        CountStep("lot", f"{method.name(one)} and {method.name(two)} are level: the lot puts {method.name(one)} first.")
        for one, two in pairwise(codes)
        if figures[one] == figures[two]
    ]
    return PriorityOutcome(method.kind, "", ballots, order, (*(said[code] for code in codes), *level))


def _name(method: PriorityMethod, code: str) -> str:
    return next(each.name for each in method.candidates if each.code == code)


def _other_kind(method: PriorityMethod) -> ResultRefused:
    return ResultRefused(
        f"The method that was frozen is '{method.kind}'; what was handed in is not of that kind.",
        "Count what people handed in by the method that they were told of.",
    )
