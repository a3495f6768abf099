"""Decide a vote by its rules: exact, with the reason for every project."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from locality.voice.choice.election import Election
from locality.voice.choice.eligibility import Standing, who_stands
from locality.voice.choice.greedy import Basket, by_votes
from locality.voice.choice.outcome import Outcome, ProjectOutcome
from locality.voice.choice.rules_of_choice import ChoiceRules, completion_of


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


def _equal_shares(election: Election, rules: ChoiceRules, standing: Standing) -> Outcome:
    from locality.voice.choice.counting import count_shares  # noqa: PLC0415 - compiled code

    counted = count_shares(election, rules, _with_free_out(election, standing))
    return replace(counted, projects=_finish(election, rules, standing, counted.by_code))


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
    losers = by_votes(election, rules, [code for code in standing.candidates if code not in won])
    if rules.rule != "greedy" and completion_of(rules)["fill"]:
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
