"""A community decides a sum: equal shares in exact fractions, most votes first beside it, a reason for each project.

`choose` decides, `explain` says why, `compare_rules` sets both rules side by side, `preview` looks ahead while a vote is
open. Counting imports numba, which takes a while: it is loaded when it is first asked for.
"""

from locality.voice.choice.currency import Currency
from locality.voice.choice.election import Ballot, Election, GroupSum, Project
from locality.voice.choice.outcome import Outcome, Payment, ProjectOutcome
from locality.voice.choice.rules_of_choice import (
    ChoiceRules,
    completions,
    inputs_hash,
    load_choice_rules,
    lot_of,
    rules_hash,
)

__all__ = [
    "Ballot",
    "ChoiceRules",
    "Currency",
    "Election",
    "GroupSum",
    "Outcome",
    "Payment",
    "Project",
    "ProjectOutcome",
    "completions",
    "inputs_hash",
    "load_choice_rules",
    "lot_of",
    "rules_hash",
]
