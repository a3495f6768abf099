"""Count a vote by equal shares, and say what became of each project and each ballot's share."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from locality.voice.choice.ballot_classes import Classes, classes_of, shares_of
from locality.voice.choice.election import Election
from locality.voice.choice.exact_count import Bought, Dropped, ExactCount
from locality.voice.choice.outcome import Outcome, Payment, ProjectOutcome
from locality.voice.choice.rules_of_choice import ChoiceRules, completion_of, step_of
from locality.voice.choice.shares_held import Purse
from locality.voice.choice.steps import Raised, raise_shares


def count_shares(election: Election, rules: ChoiceRules, codes: tuple[str, ...]) -> Outcome:
    """Count a vote by equal shares.

    Args:
        election: The vote.
        rules: Its rules.
        codes: The projects that may win.

    Returns:
        The outcome of the count alone, its projects those that were counted: what is free, and what is filled in
        afterwards, is for `choose`.
    """
    classes = classes_of(election, rules, codes)
    raised = raised_shares(election, rules, classes)
    purse = Purse(classes, step_of(election, rules))
    count = ExactCount(classes, purse.at(raised.steps))
    count.run(explain=True)
    more = raised.steps * step_of(election, rules)
    held = [share + more for share in classes.share]
    # What somebody has above all that they could spend was left out of the count.
    left = [
        count.left(i) + one - capped for i, (one, capped) in enumerate(zip(held, purse.at(raised.steps), strict=True))
    ]
    return Outcome(
        rule=rules.rule,
        projects=tuple(_counted(election, classes, count)),
        budget=election.budget,
        steps=raised.steps,
        ended=raised.ended,
        share=tuple((group, share + more) for group, share in sorted(shares_of(election).items())),
        class_of_ballot=tuple(classes.of_ballot.tolist()),
        paid=tuple(one - rest for one, rest in zip(held, left, strict=True)),
        left=tuple(left),
        payments=tuple(_payments(classes, one) for one in count.bought),
    )


def raised_shares(election: Election, rules: ChoiceRules, classes: Classes, *, guess: bool = False) -> Raised:
    """Find how far shares are raised under the rules' completion, and who wins there.

    Args:
        election: The vote.
        rules: Its rules.
        classes: Its ballots.
        guess: For previews: decide near ties by their bounds.

    Returns:
        The steps and the winners.
    """
    purse = Purse(classes, step_of(election, rules))
    if completion_of(rules)["steps"]:
        full = rules.completion == "add1-exhaustive"
        return raise_shares(classes, purse, election.budget, stop_when_full=full, guess=guess)
    return Raised(0, (), "as-is")


def _counted(election: Election, classes: Classes, count: ExactCount) -> Iterator[ProjectOutcome]:
    for order, one in enumerate(count.bought, start=1):
        yield _won(election, classes, one, order)
    for gone in count.dropped:
        yield _lost(classes, gone)


def _won(election: Election, classes: Classes, one: Bought, order: int) -> ProjectOutcome:
    code = classes.codes[one.candidate]
    field = classes.field
    inside = slice(field.start[one.candidate], field.start[one.candidate + 1])
    points = dict(zip(field.member[inside].tolist(), field.points[inside].tolist(), strict=True))
    full = less = 0
    for i, paid in zip(one.payers, one.paid, strict=True):
        # Exact: numerators are over one denominator, and the price is a fraction of the same.
        if Fraction(paid, one.denominator) == one.price * points[i]:
            full += int(field.weight[i])
        else:
            less += int(field.weight[i])
    cost = election.by_code[code].cost
    return ProjectOutcome(code, cost, "shares", order, price=one.price, paid_in_full=full, paid_less=less)


def _lost(classes: Classes, gone: Dropped) -> ProjectOutcome:
    by = "" if gone.by is None else classes.codes[gone.by]
    return ProjectOutcome(classes.codes[gone.candidate], reason=gone.why, money=gone.money, after=gone.after, by=by)


def _payments(classes: Classes, one: Bought) -> tuple[str, tuple[Payment, ...]]:
    paid = tuple(Payment(i, its, one.denominator) for i, its in zip(one.payers, one.paid, strict=True))
    return classes.codes[one.candidate], paid
