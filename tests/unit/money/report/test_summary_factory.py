"""The made-up summary is itself tested: figures that do not add up would hide faults of the report."""

import pytest

from factories.summary import example_summary

SIZES = ({}, {"localities": 2, "headings": 1}, {"localities": 40}, {"budget": False, "optional": False})


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_everything_adds_up_to_the_penny(size):
    summary = example_summary(**size)
    record, totals = summary["reconciliation"], summary["totals"]

    for entry in summary["localities"]:
        assert entry["historic_pence"] + sum(entry["steps"].values()) == entry["fair_pence"]
        assert sum(entry["shapley"].values()) == sum(entry["steps"].values())
        assert sum(entry["grades"].values()) == entry["historic_pence"]
        assert sum(heading["fair_pence"] for heading in entry["headings"]) == entry["fair_pence"]
    for name in ("historic_pence", "fair_pence", "budget_pence"):
        if name in totals:
            assert sum(entry[name] for entry in summary["localities"]) == totals[name] == record[name]
            assert sum(entry[name] for entry in summary["headings"]) == totals[name]
    walked = record["ledger_pence"] - record["hosted_out_pence"] + record["hosted_in_pence"]
    assert walked == record["resources_pence"]
    assert walked - record["apart_pence"] == record["historic_pence"]
    assert sum(step for entry in summary["localities"] for step in entry["steps"].values()) == 0
