"""How a vote is decided: settings that are frozen when it opens, and the hashes that prove it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from locality.foundations import Fault, InputRefused, load_rule
from locality.voice.choice.election import MOST, Ballot, Election, Project

ROOM = "locality.voice"


@dataclass(frozen=True)
class ChoiceRules:
    """The rules of a vote, all of them; nothing is decided by what is not said here.

    Args:
        rule: `equal-shares` (each voter spends an equal part of the sum) or `greedy` (most votes first).
        utility: `cost` (a voter gains the money that goes to what they support) or `cardinality` (a voter gains one
            for each project). Where ballots have points, a gain is times the points.
        completion: What becomes of money that no group can spend together; see the rule `completions`.
        step: By how much each voter's share is raised at a time, in minor units; None: one unit of the currency.
        tie_order: What settles a tie, first to last: `cost` (lowest first), `votes` (most first), `lot`.
        lot: Codes in the order in which they were drawn before the count.
        lot_seed: Text from which the lot is made where it was not drawn by hand; see `lot_of`.
        minimum_votes: Fewer people than these: not funded.
        votes_for_whole_sum: The part of voters that would have to support a project that took the whole sum; one that
            takes a tenth of it needs a tenth of these. None: no such bar.
        zero_cost: `fund` what costs nothing and has a supporter, or `leave` it.
        ceilings: The most that may go to each heading, in minor units.
        least_part: The least part of its cost with which one further project may be funded out of what remains; None:
            in whole or not at all.
    """

    rule: str
    utility: str
    completion: str
    step: int | None = None
    tie_order: tuple[str, ...] = ("cost", "votes", "lot")
    lot: tuple[str, ...] = ()
    lot_seed: str = ""
    minimum_votes: int = 0
    votes_for_whole_sum: Fraction | None = None
    zero_cost: str = "fund"
    ceilings: tuple[tuple[str, int], ...] = ()
    least_part: Fraction | None = None

    def __post_init__(self) -> None:
        faults = [Fault("rules", what, do, "vote-rule") for is_wrong, what, do in _checks(self) if is_wrong]
        if faults:
            raise InputRefused(faults)


RULES = ("equal-shares", "greedy")
UTILITIES = ("cost", "cardinality")
TIE_ORDERS = ("cost", "votes", "lot")
ZERO_COSTS = ("fund", "leave")


def _checks(rules: ChoiceRules) -> list[tuple[bool, str, str]]:
    part, bar = rules.least_part, rules.votes_for_whole_sum
    named = [
        ("rule", rules.rule, RULES),
        ("utility", rules.utility, UTILITIES),
        ("completion", rules.completion, completions()),
        ("zero_cost", rules.zero_cost, ZERO_COSTS),
    ]
    wild = [
        (said not in known, f"{name} '{said}' is not known", f"Use one of: {', '.join(known)}.")
        for name, said, known in named
    ]
    return [
        *wild,
        (rules.step is not None and rules.step < 1, "the step is not above nought", "Write one minor unit or more."),
        (
            not set(rules.tie_order) <= set(TIE_ORDERS) or "lot" not in rules.tie_order[-1:],
            "the order of ties does not end in a lot, so that a tie could remain",
            "Name cost and votes as you wish, and lot last.",
        ),
        (
            max(rules.step or 0, *(most for _, most in rules.ceilings), 0) >= MOST // 2**8,
            "the step or a ceiling is too large to be counted",
            "Write at most what the sum is.",
        ),
        (rules.minimum_votes < 0, "the fewest votes are below nought", "Write 0 or more."),
        (bar is not None and not 0 < bar <= 1, "the bar for the whole sum is no part of the voters", "Write 1/3."),
        (part is not None and not 0 < part < 1, "the least part is no part of a cost", "Write 1/2 for half."),
        (len(set(rules.lot)) < len(rules.lot), "the lot names a project twice", "Name each once."),
        (any(most < 0 for _, most in rules.ceilings), "a ceiling is below nought", "Write 0 or more."),
    ]


def completions() -> tuple[str, ...]:
    """Name the ways to go on when no group can buy anything together."""
    return tuple(one["code"] for one in load_rule(ROOM, "completions").values[-1].value)


def completion_of(rules: ChoiceRules) -> dict[str, Any]:
    """Give what the rules' completion means: whether it raises shares by steps and fills in what remains."""
    kinds = load_rule(ROOM, "completions").values[-1].value
    return next(dict(one) for one in kinds if one["code"] == rules.completion)


def step_of(election: Election, rules: ChoiceRules) -> int:
    """Give the step by which shares are raised, in minor units.

    Args:
        election: Its currency says what one unit is.
        rules: They may name another step.

    Returns:
        One minor unit or more.
    """
    return rules.step or election.currency.minor_units


def load_choice_rules(on: dt.date, **chosen: Any) -> ChoiceRules:
    """Give the rules of a vote: what a group chooses, and for the rest the settings in force on a day.

    Args:
        on: The day on which the vote opens.
        **chosen: Fields of `ChoiceRules`; None counts as not chosen.

    Returns:
        Rules, every one of them settled.

    Raises:
        InputRefused: Something that was chosen is not known.
    """
    settled = dict(load_rule(ROOM, "fair_choice").at(on).value)
    settled["tie_order"] = tuple(settled["tie_order"])
    return ChoiceRules(**(settled | {name: said for name, said in chosen.items() if said is not None}))


def lot_of(rules: ChoiceRules, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Give the order of the lot: what was drawn, then all others by the digest of the seed and their code.

    Args:
        rules: They hold what was drawn, or the seed.
        codes: All projects of the vote.

    Returns:
        Every code once. Anybody can make the order again: SHA-256 of seed, colon, code, lowest first.
    """
    drawn = [code for code in rules.lot if code in codes]
    rest = set(codes) - set(drawn)
    return (*drawn, *sorted(rest, key=lambda code: (_digest(f"{rules.lot_seed}:{code}"), code)))


def rules_hash(rules: ChoiceRules, election: Election) -> str:
    """Give the hash of what is frozen when a vote opens: rules, sum, shares of groups, projects and their costs.

    Args:
        rules: The rules.
        election: The vote; its ballots do not count.

    Returns:
        SHA-256 in hexadecimal of canonical JSON. Neither the order of projects nor a ballot changes it.
    """
    return _digest(_canonical(_frozen(rules, election)))


def inputs_hash(rules: ChoiceRules, election: Election) -> str:
    """Give the hash of all that a result follows from: what was frozen, and the ballots.

    Args:
        rules: The rules.
        election: The vote.

    Returns:
        SHA-256 in hexadecimal of canonical JSON; the order of ballots does not change it.
    """
    return _digest(inputs_text(rules, election))


def inputs_text(rules: ChoiceRules, election: Election) -> str:
    """Write all that a result follows from as one text, so that anybody can make its hash with any program.

    Args:
        rules: The rules.
        election: The vote.

    Returns:
        Canonical JSON without a line's end: rules with projects, then the ballots; `inputs_hash` is its SHA-256.
    """
    ballots = sorted(_ballot(one) for one in election.ballots)
    return _canonical([_frozen(rules, election), ballots])


def _frozen(rules: ChoiceRules, election: Election) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: str(value) if isinstance(value, Fraction) else value for name, value in vars(rules).items()
    }
    said["ceilings"] = sorted(rules.ceilings)
    return {
        "rules": said,
        "currency": [election.currency.code, election.currency.minor_units],
        "budget": election.budget,
        "group_sums": sorted([one.group, one.amount] for one in election.group_sums),
        "projects": sorted(_project(one) for one in election.projects),
    }


def _project(one: Project) -> list[Any]:
    least = -1 if one.least is None else one.least
    return [one.code, one.name, one.cost, one.heading, one.area, sorted(one.incompatible), least]


def _ballot(one: Ballot) -> list[Any]:
    points = one.points or (1,) * len(one.choices)
    chosen = sorted(zip(one.choices, points, strict=True))
    return [one.code, [list(pair) for pair in chosen], one.channel, one.place, one.group, one.weight]


def _canonical(said: Any) -> str:
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
