"""What holds for every table of people, whatever its counts."""

from itertools import product

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from locality.disclosure import (
    Axis,
    DisclosureRules,
    counts_of_axes,
    primary,
    suppress,
    suppress_hierarchy,
    suppress_table,
)

TABLES = arrays(np.int64, array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=6), elements=st.integers(0, 40))
RULES = st.sampled_from(
    [
        DisclosureRules(threshold=4),
        DisclosureRules(threshold=4, width=3),
        DisclosureRules(threshold=7, width=6),
        DisclosureRules(threshold=4, width=3, show_zeros=False),
    ]
)
FEW = settings(max_examples=20, deadline=None)


def with_totals(counts: np.ndarray) -> np.ndarray:
    """A table with its row totals, column totals and grand total."""
    wide = np.column_stack([counts, counts.sum(axis=1)])
    return np.vstack([wide, wide.sum(axis=0)])


@given(TABLES, RULES)
@FEW
def test_shown_counts_are_true_and_small_ones_are_never_shown(counts, rules):
    table = suppress_table(counts, rules)
    true, hidden = with_totals(counts).ravel(), table.published.hidden
    assert (table.published.counts[~hidden] == true[~hidden]).all()
    assert not (primary(true, rules) & ~hidden).any()
    assert not table.published.counts[hidden].any()


@given(TABLES, RULES)
@FEW
def test_a_table_hides_nothing_when_nothing_is_small_and_never_a_nought_that_may_be_shown(counts, rules):
    table = suppress_table(counts, rules)
    true = with_totals(counts).ravel()
    if not primary(true, rules).any():
        assert not table.published.hidden.any()
    if rules.show_zeros:
        assert not table.published.hidden[true == 0].any()


@given(arrays(np.int64, st.tuples(st.integers(2, 3), st.integers(2, 3)), elements=st.integers(0, 5)))
@settings(max_examples=20, deadline=None)
def test_no_hidden_count_has_one_value_in_all_the_tables_that_fit(counts):
    # The attack by brute force: every table of counts up to 9 that agrees with all that is shown.
    table = suppress_table(counts, DisclosureRules(threshold=4))
    shape = (counts.shape[0] + 1, counts.shape[1] + 1)
    shown = np.where(table.published.hidden, -1, table.published.counts).reshape(shape)
    hidden = np.argwhere(shown[:-1, :-1] == -1)
    if len(hidden) > 5:
        return
    seen = {tuple(cell): set() for cell in np.argwhere(shown == -1)}
    for values in product(range(1, 10), repeat=len(hidden)):
        inner = shown[:-1, :-1].copy()
        inner[tuple(hidden.T)] = values
        full = with_totals(inner)
        if ((full == shown) | (shown == -1)).all():
            for cell, values_seen in seen.items():
                values_seen.add(int(full[cell]))
    assert all(len(values) > 1 for values in seen.values())


@given(arrays(np.int64, (5, 3), elements=st.integers(0, 30)), st.lists(st.sampled_from("ab"), min_size=5, max_size=5))
@FEW
def test_a_hierarchy_passes_its_audit_and_keeps_what_it_shows(counts, groups):
    rows = [f"z{at}" for at in range(5)]
    frame = pd.DataFrame(counts, index=rows, columns=["x", "y", "z"])
    table = suppress_hierarchy(frame, dict(zip(rows, groups, strict=True)), DisclosureRules(threshold=4, width=3))
    assert table.audit.passed
    shown = table.wide().loc[rows, ["x", "y", "z"]]
    assert (shown.isna().to_numpy() | (shown.fillna(0).to_numpy() == counts)).all()


@given(arrays(np.int64, (2, 3, 3), elements=st.integers(0, 20)))
@settings(max_examples=15, deadline=None)
def test_three_axes_that_cross_pass_their_audit(counts):
    axes = [Axis("place", ("n", "s")), Axis("age", ("0", "1", "2")), Axis("need", ("a", "b", "c"))]
    table = suppress(axes, counts, DisclosureRules(threshold=4))
    true, hidden = counts_of_axes(axes, counts), table.published.hidden
    assert table.audit.passed
    assert (table.published.counts[~hidden] == true[~hidden]).all()
