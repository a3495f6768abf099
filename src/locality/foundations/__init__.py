"""What every other room stands on.

Declared tables and their checker, dated and sourced rule values, money in whole pence with controlled rounding,
financial years, and errors that help the person who meets them. Knows nothing of any other room.
"""

from locality.foundations.check import check_frame
from locality.foundations.declare import Column, Kind, Table
from locality.foundations.errors import Fault, InputRefused, LocalityError, ResultRefused
from locality.foundations.fault_kinds import FaultKind, fault_kinds_in
from locality.foundations.money import pounds_from_pence, pounds_to_pence, say_pounds
from locality.foundations.periods import FinancialYear
from locality.foundations.provenance import InputFile, hash_file
from locality.foundations.rounding import round_table, round_to_total, split_pence
from locality.foundations.rules import Rule, RuleValue, load_rule, rules_in

__all__ = [
    "Column",
    "Fault",
    "FaultKind",
    "FinancialYear",
    "InputFile",
    "InputRefused",
    "Kind",
    "LocalityError",
    "ResultRefused",
    "Rule",
    "RuleValue",
    "Table",
    "check_frame",
    "fault_kinds_in",
    "hash_file",
    "load_rule",
    "pounds_from_pence",
    "pounds_to_pence",
    "round_table",
    "round_to_total",
    "rules_in",
    "say_pounds",
    "split_pence",
]
