"""The rules of a vote as the site keeps them, and as the library reads them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from locality.voice.choice import ChoiceRules
from locality_web.voice.votes.models import Vote

EQUAL, BY_LOCALITY = "equal", "locality"
_FRACTIONS = ("votes_for_whole_sum", "least_part")


def keep_rules(rules: ChoiceRules, *, shares: str, most_choices: int | None) -> dict[str, Any]:
    """Give what is kept: the library's rules as plain values, how the sum is shared, how many may be chosen."""
    said = {name: str(value) if isinstance(value, Fraction) else value for name, value in vars(rules).items()}
    said["tie_order"], said["lot"] = list(rules.tie_order), list(rules.lot)
    said["ceilings"] = [list(each) for each in rules.ceilings]
    return {**said, "shares": shares, "most_choices": most_choices, "group_sums": []}


def rules_of(vote: Vote) -> ChoiceRules:
    """Give the rules as the library reads them."""
    said = {name: value for name, value in vote.rules.items() if name not in ("shares", "most_choices", "group_sums")}
    said |= {name: Fraction(said[name]) for name in _FRACTIONS if said.get(name)}
    said |= {"tie_order": tuple(said["tie_order"]), "lot": tuple(said["lot"])}
    return ChoiceRules(**said | {"ceilings": tuple((name, most) for name, most in said["ceilings"])})


def most_choices(vote: Vote) -> int | None:
    """Give how many projects a ballot may name; None: as many as one likes."""
    most: int | None = vote.rules.get("most_choices")
    return most


def is_by_locality(vote: Vote) -> bool:
    """Say whether each voter's share hangs on the locality in which they live."""
    return bool(vote.rules.get("shares") == BY_LOCALITY)


def lot_is_drawn(vote: Vote) -> bool:
    """Say whether the lot has been drawn among exactly the projects that there are."""
    return sorted(vote.rules.get("lot", ())) == sorted(vote.projects.values_list("code", flat=True))
