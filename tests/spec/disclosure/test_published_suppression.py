"""Suppression and rounding against published answers."""

import json

import numpy as np
import pytest

from locality.disclosure import (
    DisclosureRules,
    audit,
    choose_complements,
    hide,
    layout_of_sums,
    primary,
    ranges,
    round_counts,
)

pytestmark = pytest.mark.data
EXACT = DisclosureRules(threshold=4, width=1)


def layout_and_counts(case):
    """A published table as a layout, its counts and its sensitive cells."""
    counts = np.array([cell["value"] for cell in case["cells"]])
    layout = layout_of_sums(
        [(cell["label"],) for cell in case["cells"]], [(s["total"], s["parts"]) for s in case["constraints"]]
    )
    small = np.zeros(counts.size, dtype=bool)
    small[case["primary"]] = True
    return layout, counts, small


@pytest.fixture(scope="module")
def tables(cases_root):
    """The published tables by name."""
    read = json.loads((cases_root / "disclosure" / "cell_suppression_cases.json").read_text())
    return {case["name"]: case for case in read}


@pytest.fixture(scope="module")
def simple(cases_root):
    """Published roundings and small-count rules."""
    return json.loads((cases_root / "disclosure" / "rounding_and_primary_cases.json").read_text())


def test_counts_under_five_are_small_and_nought_is_not(simple):
    said = {int(count): small for count, small in simple["primary_rules"]["lt5_excluding_zero"].items()}
    assert dict(zip(said, primary(list(said), EXACT).tolist(), strict=True)) == said


def test_the_hospital_statistics_rule_hides_one_to_seven_and_rounds_the_rest(simple):
    said = {int(count): shown for count, shown in simple["primary_rules"]["hes_1_to_7_then_round5"].items()}
    counts = list(said)
    hidden = primary(counts, DisclosureRules(threshold=7))
    ours = ["*" if gone else int(near) for gone, near in zip(hidden, round_counts(counts, 5), strict=True)]
    assert ours == list(said.values())


@pytest.mark.parametrize("base", [3, 5])
def test_rounding_agrees_with_the_published_table(simple, base):
    said = {int(count): near for count, near in simple["deterministic_rounding"][str(base)].items()}
    assert round_counts(list(said), base).tolist() == list(said.values())


def test_the_textbook_table_gives_the_published_pattern_and_interval(tables):
    layout, counts, small = layout_and_counts(tables["fischetti_salazar_3x3"])
    hidden = choose_complements(layout, counts, small, EXACT)
    assert [layout.labels[at][0] for at in np.flatnonzero(hidden)] == ["II|A", "II|C", "III|A", "III|C"]
    low, high = ranges(hide(layout, counts, hidden), DisclosureRules(threshold=4, show_zeros=False))
    assert (low[6], high[6]) == (5, 30)


def test_linked_tables_need_the_one_further_cell_that_is_published(tables):
    layout, counts, small = layout_and_counts(tables["sdctable_linked_two_hierarchies"])
    assert audit(hide(layout, counts, small), EXACT).passed is False
    hidden = choose_complements(layout, counts, small, EXACT)
    assert (int(hidden.sum()), int(counts[hidden].sum())) == (6, 20)


@pytest.mark.parametrize("name", ["sdctable_microdata1", "ssb_z1_8x4", "random_3x4_1", "random_3x3_3", "random_4x4_4"])
def test_every_published_table_passes_the_audit_at_a_cost_near_the_best(tables, name):
    layout, counts, small = layout_and_counts(tables[name])
    hidden = choose_complements(layout, counts, small, EXACT)
    best = min(answer["total_cost"] for key, answer in tables[name]["optimal"].items() if key.endswith("cell_value"))
    assert audit(hide(layout, counts, hidden), EXACT).passed
    assert best <= counts[hidden].sum() <= 1.3 * best
