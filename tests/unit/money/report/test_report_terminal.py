from io import StringIO

import pytest
from rich.console import Console

from factories.summary import example_summary
from locality.money.report import tables_for_terminal


def _printed(summary, width=100):
    console = Console(file=StringIO(), width=width, force_terminal=False)
    for table in tables_for_terminal(summary):
        console.print(table)
    return console.file.getvalue()


def test_the_table_has_every_locality_and_its_total():
    rows = _printed(example_summary()).splitlines()

    ardbreck = next(row for row in rows if "Ardbreck" in row)
    assert " ".join(ardbreck.split()) == "Ardbreck £45.3m £45.3m £44.9m–£45.7m −£40,279 −0.1% £46.6m +3.0% 0.6%"
    total = next(row for row in rows if "All localities" in row)
    assert " ".join(total.split()) == "All localities £219.6m £219.6m £0 £226.2m +3.0% 0.6%"


@pytest.mark.parametrize("budget", [True, False])
@pytest.mark.parametrize("localities", [2, 7, 40])
def test_every_line_fits_into_100_columns_without_cutting_a_figure(localities, budget):
    printed = _printed(example_summary(localities=localities, budget=budget))

    assert max(len(line) for line in printed.splitlines()) <= 100
    assert "…" not in printed


def test_without_a_budget_its_columns_are_left_out():
    assert "Budget" in _printed(example_summary())
    assert "Budget" not in _printed(example_summary(budget=False))


def test_names_can_neither_style_nor_steer_the_terminal():
    summary = example_summary()
    summary["localities"][0]["name"] = "[red]North[/red]"
    summary["localities"][1]["name"] = "\x1b[2JSouth"

    printed = _printed(summary)

    assert "[red]North[/red]" in printed
    assert "\x1b" not in printed


def test_a_locality_without_money_has_no_part_of_grade_d():
    summary = example_summary()
    summary["localities"][0]["grades"] = {"A": 0, "B": 0, "C": 0, "D": 0}

    assert "not known" in _printed(summary)
