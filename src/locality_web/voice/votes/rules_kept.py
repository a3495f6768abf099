"""The rules of a vote as the site keeps them, and as the library reads them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from locality.foundations import load_rule
from locality.voice.choice import ChoiceRules
from locality_web.voice.votes.models import Vote

EQUAL, BY_LOCALITY = "equal", "locality"
_FRACTIONS = ("votes_for_whole_sum", "least_part")
_OF_THE_SITE = ("shares", "most_choices", "group_sums", "preview_least")


def keep_rules(
    rules: ChoiceRules, *, shares: str, most_choices: int | None, preview_least: int | None = None
) -> dict[str, Any]:
    """Give what is kept: the library's rules as plain values, and what the site itself must know of the vote.

    Args:
        rules: The library's rules.
        shares: How the sum is shared.
        most_choices: How many projects a ballot may name; None: as many as one likes.
        preview_least: From how many ballots on, and how many new ones, a preview is shown; None: none is shown.
    """
    said = {name: str(value) if isinstance(value, Fraction) else value for name, value in vars(rules).items()}
    said["tie_order"], said["lot"] = list(rules.tie_order), list(rules.lot)
    said["ceilings"] = [list(each) for each in rules.ceilings]
    said |= {"shares": shares, "most_choices": most_choices}
    return {**said, "group_sums": [], "preview_least": preview_least}


def rules_of(vote: Vote) -> ChoiceRules:
    """Give the rules as the library reads them."""
    said = {name: value for name, value in vote.rules.items() if name not in _OF_THE_SITE}
    said |= {name: Fraction(said[name]) for name in _FRACTIONS if said.get(name)}
    said |= {"tie_order": tuple(said["tie_order"]), "lot": tuple(said["lot"])}
    return ChoiceRules(**said | {"ceilings": tuple((name, most) for name, most in said["ceilings"])})


def most_choices(vote: Vote) -> int | None:
    """Give how many projects a ballot may name; None: as many as one likes."""
    most: int | None = vote.rules.get("most_choices")
    return most


def preview_least(vote: Vote) -> int | None:
    """Give from how many ballots on, and how many new ones, a preview is shown; None: none is shown."""
    least: int | None = vote.rules.get("preview_least")
    return least


def least_on(day: dt.date) -> int:
    """Give the number of ballots that a preview needs in votes that open on a day."""
    value: dict[str, int] = load_rule("locality_web.voice", "vote_preview").at(day).value
    return value["least"]


def is_by_locality(vote: Vote) -> bool:
    """Say whether each voter's share hangs on the locality in which they live."""
    return bool(vote.rules.get("shares") == BY_LOCALITY)


def lot_is_drawn(vote: Vote) -> bool:
    """Say whether the lot has been drawn among exactly the projects that there are."""
    return sorted(vote.rules.get("lot", ())) == sorted(vote.projects.values_list("code", flat=True))
