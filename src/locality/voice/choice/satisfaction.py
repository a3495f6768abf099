"""Who got something and who got nothing, by rule, place and channel: both rules side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from locality.voice.choice.choose import choose
from locality.voice.choice.election import Ballot, Election
from locality.voice.choice.outcome import Outcome
from locality.voice.choice.rules_of_choice import ChoiceRules


@dataclass(frozen=True)
class Reach:
    """How many people of a kind voted, and how many support no winner.

    Args:
        kind: The place or the channel; empty: not recorded. For all it is `all`.
        people: How many voted.
        nothing: How many of them support no winner under each rule.
    """

    kind: str
    people: int
    nothing: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Comparison:
    """The same ballots under both rules.

    Args:
        chosen: The outcome by the rules of the vote.
        other: The outcome by the other rule, with everything else alike.
        everybody: All who voted.
        places: By place of ballots.
        channels: By channel of ballots.
        prefer: How many people see more money go to what they support under each rule; the rest see as much.
    """

    chosen: Outcome
    other: Outcome
    everybody: Reach
    places: tuple[Reach, ...]
    channels: tuple[Reach, ...]
    prefer: tuple[tuple[str, int], ...]


def compare_rules(election: Election, rules: ChoiceRules, chosen: Outcome | None = None) -> Comparison:
    """Set the outcome of a vote beside that of the other rule.

    Args:
        election: The vote.
        rules: Its rules.
        chosen: Their outcome, if it is known already.

    Returns:
        Both outcomes, and who supports no winner under each. It says which rule leaves more people with something;
        neither is better for that alone.
    """
    chosen = chosen or choose(election, rules)
    other = choose(election, replace(rules, rule="greedy" if rules.rule == "equal-shares" else "equal-shares"))
    both = (chosen, other)
    return Comparison(
        chosen,
        other,
        _reach(election, both, lambda _: "all")[0],
        _reach(election, both, lambda ballot: ballot.place),
        _reach(election, both, lambda ballot: ballot.channel),
        _preference(election, both),
    )


def _reach(election: Election, both: tuple[Outcome, Outcome], kind: Callable[[Ballot], str]) -> tuple[Reach, ...]:
    won = {one.rule: set(one.winners) for one in both}
    voted: Counter[str] = Counter()
    nothing: Counter[tuple[str, str]] = Counter()
    for ballot in election.ballots:
        its = kind(ballot)
        voted[its] += ballot.weight
        for rule, winners in won.items():
            if winners.isdisjoint(ballot.choices):
                nothing[its, rule] += ballot.weight
    return tuple(Reach(its, voted[its], tuple((rule, nothing[its, rule]) for rule in won)) for its in sorted(voted))


def _preference(election: Election, both: tuple[Outcome, Outcome]) -> tuple[tuple[str, int], ...]:
    funded = [{one.code: one.funded for one in outcome.projects} for outcome in both]
    ahead = [0, 0]
    for ballot in election.ballots:
        first, second = (sum(its[code] for code in ballot.choices) for its in funded)
        if first != second:
            ahead[first < second] += ballot.weight
    return tuple((outcome.rule, number) for outcome, number in zip(both, ahead, strict=True))
