"""A community decides a sum: equal shares in exact fractions, most votes first beside it, a reason for each project.

`choose` decides, `explain` says why, `compare_rules` sets both rules side by side, `preview` looks ahead while a vote
is open. Counting imports numba, which takes a while: it is loaded when it is first asked for.
"""

from locality.voice.choice.choose import choose
from locality.voice.choice.currency import Currency
from locality.voice.choice.election import Ballot, Election, GroupSum, Project
from locality.voice.choice.explain import explain, explain_all
from locality.voice.choice.outcome import Outcome, Payment, ProjectOutcome
from locality.voice.choice.pabulib_read import PabulibFile, parse_pabulib, read_pabulib
from locality.voice.choice.pabulib_write import write_pabulib
from locality.voice.choice.preview import Preview, preview
from locality.voice.choice.record import ballots_table, explanations_table, record_vote
from locality.voice.choice.report import render_vote
from locality.voice.choice.rules_of_choice import (
    ChoiceRules,
    completions,
    inputs_hash,
    inputs_text,
    load_choice_rules,
    lot_of,
    rules_hash,
)
from locality.voice.choice.satisfaction import Comparison, Reach, compare_rules
from locality.voice.choice.vote_tables import CHOICE_TABLES, Vote, read_vote

__all__ = [
    "CHOICE_TABLES",
    "Ballot",
    "ChoiceRules",
    "Comparison",
    "Currency",
    "Election",
    "GroupSum",
    "Outcome",
    "PabulibFile",
    "Payment",
    "Preview",
    "Project",
    "ProjectOutcome",
    "Reach",
    "Vote",
    "ballots_table",
    "choose",
    "compare_rules",
    "completions",
    "explain",
    "explain_all",
    "explanations_table",
    "inputs_hash",
    "inputs_text",
    "load_choice_rules",
    "lot_of",
    "parse_pabulib",
    "preview",
    "read_pabulib",
    "read_vote",
    "record_vote",
    "render_vote",
    "rules_hash",
    "write_pabulib",
]
