"""The record of a decided vote, as JSON and as a table: what is published, with the hashes that prove it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from locality.disclosure import DisclosureRules, suppress_table
from locality.foundations import ResultRefused
from locality.voice.choice.election import Election
from locality.voice.choice.explain import explain
from locality.voice.choice.outcome import Outcome
from locality.voice.choice.rules_of_choice import (
    ChoiceRules,
    completion_of,
    inputs_hash,
    lot_of,
    rules_hash,
    step_of,
)
from locality.voice.choice.satisfaction import Comparison, Reach

SCHEMA = "locality.vote/1"


def record_vote(
    election: Election, rules: ChoiceRules, compared: Comparison, *, disclosure: DisclosureRules
) -> dict[str, Any]:
    """Describe a decided vote.

    Args:
        election: The vote.
        rules: Its rules.
        compared: Its outcome beside that of the other rule.
        disclosure: The rules by which small counts of people are hidden.

    Returns:
        What may be published, ready for JSON: amounts in minor units; exact fractions as text like "1870/3"; a count of
        people by place or channel that is hidden is null. Nothing about single ballots.
    """
    outcome = compared.chosen
    return {
        "schema": SCHEMA,
        "vote": election.name,
        "currency": {"code": election.currency.code, "minor_units": election.currency.minor_units},
        "sum": election.budget,
        "voters": election.voters,
        "rules": _rules(election, rules),
        "rules_sha256": rules_hash(rules, election),
        "inputs_sha256": inputs_hash(rules, election),
        "spent": outcome.spent,
        "remains": outcome.remains,
        "winners": list(outcome.winners),
        "steps": outcome.steps,
        "ended": outcome.ended,
        "share": [_share(election, group, share) for group, share in outcome.share],
        "projects": [_project(election, outcome, one.code) for one in election.projects],
        "other_rule": _other(compared),
        "without_a_winner": _open_counts(compared.everybody.nothing, disclosure),
        "prefer": _open_counts(compared.prefer, disclosure),
        "places": shown(compared.places, disclosure),
        "channels": shown(compared.channels, disclosure),
        "says": say_comparison(compared, disclosure),
    }


def explanations_table(election: Election, outcome: Outcome) -> pd.DataFrame:
    """Give one row for each project: what became of it, and why.

    Args:
        election: The vote.
        outcome: Its result.

    Returns:
        Columns as in the record's projects; amounts in minor units, losers with what their supporters had left, rounded
        down.
    """
    return pd.DataFrame([_project(election, outcome, one.code) for one in election.projects]).drop(
        columns="money_exact"
    )


def ballots_table(election: Election, outcome: Outcome) -> pd.DataFrame:
    """Give one row for each ballot: its share of the sum, what it paid and what is left. It is about single people.

    Args:
        election: The vote.
        outcome: Its result by equal shares.

    Returns:
        Exact fractions of minor units as text, and the same rounded down.
    """
    rows = []
    for ballot, its in zip(election.ballots, outcome.class_of_ballot, strict=True):
        paid, left = outcome.paid[its], outcome.left[its]
        rows.append((ballot.code, ballot.place, ballot.channel, int(paid + left), int(paid), int(left), str(paid)))
    columns = ["ballot", "place", "channel", "share", "paid", "left", "paid_exact"]
    return pd.DataFrame(rows, columns=columns)


def say_comparison(compared: Comparison, disclosure: DisclosureRules) -> list[str]:
    """Say how the rule compares with the other one, whichever of them does better.

    Args:
        compared: Both outcomes.
        disclosure: The rules by which small counts of people are hidden.

    Returns:
        Sentences.
    """
    nothing, prefer = dict(compared.everybody.nothing), dict(compared.prefer)

    def say(count: int) -> str:
        return "a few" if is_hidden(count, disclosure) else f"{count:,}"

    shares, greedy = nothing["equal-shares"], nothing["greedy"]
    said = [
        f"Of {compared.everybody.people:,} people who voted, {say(shares)} support no winner under equal shares, and "
        f"{say(greedy)} if most votes go first."
    ]
    if shares > greedy:
        said.append("Here most votes first leaves fewer people with nothing.")
    elif shares == greedy:
        said.append("In this the rules are alike here.")
    said.append(
        f"More money goes to what they support for {say(prefer['equal-shares'])} people under equal shares, for "
        f"{say(prefer['greedy'])} with most votes first; for the others it is as much."
    )
    return said


def is_hidden(count: int, disclosure: DisclosureRules) -> bool:
    """Say whether a count of people is too small to be published."""
    return 0 < count <= disclosure.threshold


def shown(reaches: Sequence[Reach], disclosure: DisclosureRules) -> list[dict[str, Any]]:
    """Give people by place or channel, small counts hidden, with as many more as sums make necessary.

    Args:
        reaches: Every kind.
        disclosure: The rules in force.

    Returns:
        One entry for each kind; a hidden count is None. Where nothing can be shown safely, all are.
    """
    if len(reaches) < 2:
        return []
    kinds = [one.kind or "not recorded" for one in reaches]
    told: list[dict[str, Any]] = [{"kind": kind} for kind in kinds]
    voted: list[int | None] = [one.people for one in reaches]
    for rule in dict(reaches[0].nothing):
        nothing = [dict(one.nothing)[rule] for one in reaches]
        frame = pd.DataFrame({"nothing": nothing}, index=kinds)
        frame["something"] = [one.people - its for one, its in zip(reaches, nothing, strict=True)]
        try:
            table = suppress_table(frame, disclosure).wide()
        except ResultRefused:
            table = None
        if table is not None and table.loc["all"].isna().any():
            # Totals are published beside this: what they are hidden for could be worked out.
            table = None
        for at, kind in enumerate(kinds):
            told[at][f"without_a_winner_{rule}"] = None if table is None else _cell(table, kind, "nothing")
            if table is None or _cell(table, kind, "all") is None:
                voted[at] = None
    return [one | {"people": its} for one, its in zip(told, voted, strict=True)]


def _open_counts(counts: Sequence[tuple[str, int]], disclosure: DisclosureRules) -> dict[str, int | None]:
    return {rule: None if is_hidden(count, disclosure) else count for rule, count in counts}


def _cell(table: pd.DataFrame, row: str, column: str) -> int | None:
    count = table.loc[row, column]
    return None if pd.isna(count) else int(count)


def _share(election: Election, group: str, share: Fraction) -> dict[str, str]:
    return {"group": group, "exact": str(share), "about": election.currency.say(share)}


def _rules(election: Election, rules: ChoiceRules) -> dict[str, Any]:
    said = {name: str(value) if isinstance(value, Fraction) else value for name, value in vars(rules).items()}
    codes = tuple(one.code for one in election.projects)
    named = {"step": step_of(election, rules), "lot": list(lot_of(rules, codes)), "ceilings": dict(rules.ceilings)}
    return said | named | {"completion_means": completion_of(rules)["name"], "tie_order": list(rules.tie_order)}


def _project(election: Election, outcome: Outcome, code: str) -> dict[str, Any]:
    project, one = election.by_code[code], outcome.by_code[code]
    return {
        "code": code,
        "name": project.name,
        "heading": project.heading,
        "area": project.area,
        "cost": project.cost,
        "funded": one.funded,
        "order": one.order or None,
        "stage": one.stage,
        "supporters": one.supporters,
        "votes": one.votes,
        "each_paid": None if one.price is None else int(one.price),
        "paid_in_full": one.paid_in_full,
        "paid_less": one.paid_less,
        "effective_votes": None if one.effective_votes is None else round(float(one.effective_votes), 2),
        "reason": one.reason,
        "money": None if one.money is None else int(one.money),
        "money_exact": None if one.money is None else str(one.money),
        "winners_before": one.after if one.reason else None,
        "by": one.by,
        "why": explain(election, outcome, code),
    }


def _other(compared: Comparison) -> dict[str, Any]:
    other, won = compared.other, set(compared.chosen.winners)
    return {
        "rule": other.rule,
        "winners": list(other.winners),
        "spent": other.spent,
        "only_here": [code for code in other.winners if code not in won],
        "only_there": [code for code in compared.chosen.winners if code not in set(other.winners)],
    }
