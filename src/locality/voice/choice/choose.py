"""Decide a vote by its rules: exact, with the reason for every project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from locality.foundations import load_rule
from locality.voice.choice.ballot_classes import Classes, classes_of, shares_of
from locality.voice.choice.election import Election
from locality.voice.choice.eligibility import Standing, who_stands
from locality.voice.choice.exact_count import Bought, Dropped, ExactCount
from locality.voice.choice.greedy import Basket, by_votes
from locality.voice.choice.outcome import Outcome, Payment, ProjectOutcome
from locality.voice.choice.rules_of_choice import ROOM, ChoiceRules
from locality.voice.choice.shares_held import Purse
from locality.voice.choice.steps import Raised, raise_shares


def choose(election: Election, rules: ChoiceRules) -> Outcome:
    """Decide a vote.

    Args:
        election: The sum, the projects and the ballots.
        rules: All settings, as they were frozen when the vote opened.

    Returns:
        The outcome: winners never cost more than the sum; what supporters pay for a project that they bought adds up
        to its cost exactly; nobody pays more than their share. The order of projects and ballots changes nothing.

    Raises:
        InputRefused: The amounts are too large to be counted.

    Source:
        Method of Equal Shares: Peters, Pierczynski and Skowron, Proportional Participatory Budgeting with Additive
        Utilities (arXiv:2008.13276).
    """
    standing = who_stands(election, rules)
    if rules.rule == "greedy":
        return _greedy(election, rules, standing)
    return _equal_shares(election, rules, standing)


def step_of(election: Election, rules: ChoiceRules) -> int:
    """Give the step by which shares are raised, in minor units.

    Args:
        election: Its currency says what one unit is.
        rules: They may name another step.

    Returns:
        One minor unit or more.
    """
    return rules.step or election.currency.minor_units


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
    kinds = {one["code"]: one for one in load_rule(ROOM, "completions").values[-1].value}
    purse = Purse(classes, step_of(election, rules))
    if kinds[rules.completion]["steps"]:
        full = rules.completion == "add1-exhaustive"
        return raise_shares(classes, purse, election.budget, stop_when_full=full, guess=guess)
    return Raised(0, (), "as-is")


def _equal_shares(election: Election, rules: ChoiceRules, standing: Standing) -> Outcome:
    classes = classes_of(election, rules, _with_free_out(election, standing))
    raised = raised_shares(election, rules, classes)
    purse = Purse(classes, step_of(election, rules))
    count = ExactCount(classes, purse.at(raised.steps))
    count.run(explain=True)
    found = {one.code: one for one in _counted(election, classes, count)}
    projects = _finish(election, rules, standing, found)
    more = raised.steps * step_of(election, rules)
    held = [share + more for share in classes.share]
    # What somebody has above all that they could spend was left out of the count.
    left = [
        count.left(i) + one - capped for i, (one, capped) in enumerate(zip(held, purse.at(raised.steps), strict=True))
    ]
    return Outcome(
        rule=rules.rule,
        projects=projects,
        budget=election.budget,
        steps=raised.steps,
        ended=raised.ended,
        share=tuple((group, share + more) for group, share in sorted(shares_of(election).items())),
        class_of_ballot=tuple(classes.of_ballot.tolist()),
        paid=tuple(one - rest for one, rest in zip(held, left, strict=True)),
        left=tuple(left),
        payments=tuple(_payments(classes, one) for one in count.bought),
    )


def _with_free_out(election: Election, standing: Standing) -> tuple[str, ...]:
    """Give the candidates, less those that a free project excludes: it wins before the count."""
    barred = _barred_by_free(election, standing)
    return tuple(code for code in standing.candidates if code not in barred)


def _barred_by_free(election: Election, standing: Standing) -> dict[str, str]:
    barred: dict[str, str] = {}
    for code in standing.free:
        for project in election.projects:
            if code in project.incompatible or project.code in election.by_code[code].incompatible:
                barred.setdefault(project.code, code)
    return barred


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


def _greedy(election: Election, rules: ChoiceRules, standing: Standing) -> Outcome:
    basket = Basket(election, rules, _free_winners(election, standing))
    found: dict[str, ProjectOutcome] = {}
    for code in by_votes(election, rules, _with_free_out(election, standing)):
        why = basket.why_not(code)
        if why:
            room = Fraction(basket.room_for(election.by_code[code]))
            by = basket.rival_of(code)
            found[code] = ProjectOutcome(code, reason=why, money=room, after=len(basket.winners), by=by)
        else:
            basket.put(code)
            found[code] = ProjectOutcome(code, election.by_code[code].cost, "votes", len(found) + 1)
    return Outcome(rules.rule, _finish(election, rules, standing, found), election.budget)


def _free_winners(election: Election, standing: Standing) -> tuple[str, ...]:
    """Give what is funded for nothing; of two that exclude each other the first that is listed."""
    won: list[str] = []
    for code in standing.free:
        against = {*election.by_code[code].incompatible}
        if not any(other in against or code in election.by_code[other].incompatible for other in won):
            won.append(code)
    return tuple(won)


def _finish(
    election: Election, rules: ChoiceRules, standing: Standing, found: dict[str, ProjectOutcome]
) -> tuple[ProjectOutcome, ...]:
    """Add what is decided beside the count: what is free, what remains, what is out; number the winners."""
    counted = sorted((one.order, one.code) for one in found.values() if one.order)
    free = _free_winners(election, standing)
    won = {code: ProjectOutcome(code, 0, "free") for code in free}
    won |= {code: found[code] for _, code in counted}
    basket = Basket(election, rules, won)
    kinds = {one["code"]: one for one in load_rule(ROOM, "completions").values[-1].value}
    losers = by_votes(election, rules, [code for code in standing.candidates if code not in won])
    if rules.rule != "greedy" and kinds[rules.completion]["fill"]:
        for code in losers:
            if not basket.why_not(code):
                basket.put(code)
                won[code] = ProjectOutcome(code, election.by_code[code].cost, "fill")
    won |= _in_part(election, rules, [code for code in losers if code not in won], basket)
    order = {code: at for at, code in enumerate(won, start=1)}
    barred = _barred_by_free(election, standing)
    projects = []
    for project in election.projects:
        code = project.code
        one = won.get(code) or found.get(code) or _out(code, standing, barred)
        one = replace(one, order=order.get(code, 0), needed=standing.needed[code])
        projects.append(replace(one, supporters=election.supporters[code], votes=election.votes[code]))
    return tuple(projects)


def _out(code: str, standing: Standing, barred: dict[str, str]) -> ProjectOutcome:
    if code in standing.excluded:
        return ProjectOutcome(code, reason=standing.excluded[code])
    return ProjectOutcome(code, reason="rival", by=barred.get(code, ""))


def _in_part(election: Election, rules: ChoiceRules, losers: list[str], basket: Basket) -> dict[str, ProjectOutcome]:
    """Give what remains to one further project, if the rules let it be done in part for that."""
    for code in losers:
        project = election.by_code[code]
        least = project.least
        if least is None and rules.least_part is not None:
            least = -(-project.cost * rules.least_part.numerator // rules.least_part.denominator)
        room = min(basket.room_for(project), project.cost)
        if rules.least_part is not None and least is not None and room >= max(1, least) and not basket.rival_of(code):
            stage = "part" if room < project.cost else "fill"
            return {code: ProjectOutcome(code, room, stage)}
    return {}
