"""What every other room stands on.

Declared tables and their checker, dated and sourced rule values, life cycles, money in whole pence with controlled
rounding, financial years, and errors that help the person who meets them. Knows nothing of any other room.
"""

from locality.foundations.check import check_frame
from locality.foundations.declare import Column, Kind, Table
from locality.foundations.errors import Fault, InputRefused, LocalityError, ResultRefused
from locality.foundations.fault_kinds import FaultKind, fault_kinds_in
from locality.foundations.life_cycles import (
    LifeCycle,
    State,
    Step,
    find_step,
    life_cycles_in,
    load_life_cycle,
    refuse_move,
)
from locality.foundations.money import pounds_from_pence, pounds_to_pence, say_pounds
from locality.foundations.periods import FinancialYear, say_day
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
    "LifeCycle",
    "LocalityError",
    "ResultRefused",
    "Rule",
    "RuleValue",
    "State",
    "Step",
    "Table",
    "check_frame",
    "fault_kinds_in",
    "find_step",
    "hash_file",
    "life_cycles_in",
    "load_life_cycle",
    "load_rule",
    "pounds_from_pence",
    "pounds_to_pence",
    "refuse_move",
    "round_table",
    "round_to_total",
    "rules_in",
    "say_day",
    "say_pounds",
    "split_pence",
]
