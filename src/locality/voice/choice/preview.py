"""A quick look at where a vote stands while it is open: near, and not for publication."""

from __future__ import annotations

from dataclasses import dataclass

from locality.voice.choice.ballot_classes import classes_of
from locality.voice.choice.choose import choose
from locality.voice.choice.election import Election
from locality.voice.choice.eligibility import who_stands
from locality.voice.choice.rules_of_choice import ChoiceRules, step_of


@dataclass(frozen=True)
class Preview:
    """Where a vote stands.

    Args:
        winners: Codes of the projects that are ahead, in order.
        spent: What they cost, in minor units.
        share: What each voter can spend, in units of the currency, by group in order of its name.
    """

    winners: tuple[str, ...]
    spent: int
    share: tuple[float, ...]


def preview(election: Election, rules: ChoiceRules) -> Preview:
    """Look at where a vote stands, without exact fractions and without reasons.

    Args:
        election: The vote so far.
        rules: Its rules.

    Returns:
        The projects that are ahead. Near ties are decided by numbers of limited precision, and what a completion fills
        in after the shares is left out: publish the result of `choose` only.
    """
    if rules.rule == "greedy":
        ahead = choose(election, rules)
        return Preview(ahead.winners, ahead.spent, ())
    from locality.voice.choice.certain import count_certainly  # noqa: PLC0415 - compiled code
    from locality.voice.choice.counting import raised_shares  # noqa: PLC0415 - compiled code
    from locality.voice.choice.shares_held import Purse  # noqa: PLC0415 - compiled code

    standing = who_stands(election, rules)
    classes = classes_of(election, rules, standing.candidates)
    raised = raised_shares(election, rules, classes, guess=True)
    picks = raised.winners
    if raised.ended == "as-is":
        found = count_certainly(classes.field, Purse(classes, 1).state(0, 0), True)[1]
        picks = tuple(int(c) for c in found)
    winners = (*standing.free, *(classes.codes[c] for c in picks))
    more = raised.steps * step_of(election, rules)
    units = election.currency.minor_units
    shares = tuple(float(share + more) / units for share in sorted(set(classes.share)))
    return Preview(winners, sum(election.by_code[code].cost for code in winners), shares)
