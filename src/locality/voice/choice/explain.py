"""The reason for each project in plain words, made from its outcome alone."""

from __future__ import annotations

from fractions import Fraction

from locality.voice.choice.currency import Currency
from locality.voice.choice.election import Election
from locality.voice.choice.outcome import Outcome, ProjectOutcome


def explain(election: Election, outcome: Outcome, code: str) -> str:
    """Say why a project was funded or not.

    Args:
        election: The vote.
        outcome: Its result.
        code: The project.

    Returns:
        One to three sentences.
    """
    one = outcome.by_code[code]
    return _why_funded(election, outcome, one) if one.order else _why_not(election, outcome, one)


def explain_all(election: Election, outcome: Outcome) -> dict[str, str]:
    """Say why each project was funded or not.

    Args:
        election: The vote.
        outcome: Its result.

    Returns:
        The words by code, in the order of the projects.
    """
    return {project.code: explain(election, outcome, project.code) for project in election.projects}


def people(number: int, noun: str = "supporter") -> str:
    """Write a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _why_funded(election: Election, outcome: Outcome, one: ProjectOutcome) -> str:
    say = election.currency.say
    if one.stage == "shares":
        return _bought(election.currency, one, has_points=election.has_points)
    count = people(one.supporters)
    said = {
        "votes": f"Funded: with {count} it was the next with most votes, and the money was there.",
        "fill": f"Funded out of what remained: with {count} it was the next with most votes that still fitted.",
        "part": f"Funded in part: {say(one.funded)} of {say(election.by_code[one.code].cost)} remained, and the rules "
        f"let it be done for that. It has {count}.",
        "free": f"Funded: it costs nothing and has {count}.",
    }
    return said[one.stage]


def _bought(currency: Currency, one: ProjectOutcome, *, has_points: bool) -> str:
    assert one.price is not None and one.effective_votes is not None, "what was bought has a price"
    each = _about(currency, one.price) + (" for each point" if has_points else "")
    nothing = one.supporters - one.paid_in_full - one.paid_less
    paid = f"{one.paid_in_full:,} paid {each}"
    if not one.paid_less and not nothing:
        paid = f"each paid {each}" if one.supporters > 1 else f"who paid {each}"
    if one.paid_less:
        paid += f", {one.paid_less:,} gave all that they had left, which was less"
    if nothing:
        paid += f", {nothing:,} had nothing left"
    start = f"Funded: its {people(one.supporters)} bought it for {currency.say(one.funded)}: {paid}."
    return f"{start} It counted as {float(one.effective_votes):,.1f} votes that pay alike."


def _about(currency: Currency, amount: Fraction) -> str:
    """Write an amount; under a hundredth of a unit in words."""
    said = currency.say(amount)
    return "less than the smallest coin" if amount and said == currency.say(0) else said


def _why_not(election: Election, outcome: Outcome, one: ProjectOutcome) -> str:
    project = election.by_code[one.code]
    say = election.currency.say
    count = people(one.supporters)
    by = f"{one.by} ({election.by_code[one.by].name})" if one.by else ""
    if one.reason == "money":
        return _too_little(election, one)
    said = {
        "sum": f"Not funded: {say(one.money or 0)} remained when its turn came with {count}, and it costs "
        f"{say(project.cost)}.",
        "rival": f"Not funded: it cannot stand beside {by}, which was funded before it. It has {count}.",
        "ceiling": f"Not funded: under {project.heading or 'its heading'} there was no room left for "
        f"{say(project.cost)}. It has {count}.",
        "few-votes": f"Not counted: it has {count}; the rules ask for {one.needed:,}.",
        "bar": f"Not counted: it has {count}; for {say(project.cost)} the rules ask for {one.needed:,}.",
        "no-supporter": "Not counted: nobody supports it.",
        "free": f"Not counted: it costs nothing, and the rules leave such projects out. It has {count}.",
    }
    return said[one.reason]


def _too_little(election: Election, one: ProjectOutcome) -> str:
    cost = election.by_code[one.code].cost
    money = one.money or Fraction(0)
    say = election.currency.say
    had = say(money) if money else "nothing"
    then = "left" if one.after else "together from the start,"
    start = f"Not funded: its {people(one.supporters)} had {had} {then} of the {say(cost)} that it costs"
    when = f", after {one.after:,} other project{'s' if one.after > 1 else ''} had won" if one.after else ""
    return f"{start}{when}. {_about(election.currency, cost - money)} more was wanting."
