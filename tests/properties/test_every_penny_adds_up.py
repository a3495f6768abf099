"""Whatever is split, the parts are whole pence and add up."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from locality.foundations import ResultRefused, round_table, round_to_total, split_pence
from locality.money.spread import spread_to_headings


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any))
def test_a_split_adds_up_and_gives_nothing_to_a_weight_of_nought(total, weights):
    parts = split_pence(total, weights)
    assert parts.sum() == total
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)
    exact = np.array(weights) / sum(weights) * total
    assert np.abs(parts - exact).max() < 1 + 1e-3


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 9))
    cells = draw(st.lists(st.floats(0, 1e9) | st.just(0.0), min_size=rows * columns, max_size=rows * columns))
    return np.array(cells).reshape(rows, columns)


def _has_a_table(start, committed, rows, columns):
    free = (start > 0) & (committed < 0)
    at = np.argwhere(free)
    lines = np.zeros((sum(start.shape), len(at)))
    lines[at[:, 0], np.arange(len(at))] = 1
    lines[start.shape[0] + at[:, 1], np.arange(len(at))] = 1
    fixed = np.maximum(committed, 0)
    left = np.concatenate([rows - fixed.sum(axis=1), columns - fixed.sum(axis=0)])
    return linprog(np.zeros(len(at)), A_eq=lines, b_eq=left, method="highs-ipm").status == 0


@given(tables())
@settings(deadline=None)
def test_a_table_is_rounded_so_that_rows_columns_and_total_agree(table):
    total = int(np.floor(table.sum()))
    rows = split_pence(total, table.sum(axis=1)) if table.sum() else np.zeros(len(table), int)
    columns = split_pence(total, table.sum(axis=0)) if table.sum() else np.zeros(table.shape[1], int)
    if table.sum() == 0:
        return
    fitted = table * (total / table.sum())
    try:
        whole = round_table(fitted, rows, columns)
    except ResultRefused:
        # Totals that were rounded apart from each other may leave a line of one cell no whole number.
        assert not _has_a_table(fitted, np.full(fitted.shape, -1), rows, columns)
        return
    assert (whole.sum(axis=1) == rows).all() and (whole.sum(axis=0) == columns).all()
    assert (whole[table == 0] == 0).all()
    assert np.abs(whole - fitted).max() <= 2


@given(
    st.integers(2, 6),
    st.integers(2, 8),
    st.integers(0, 2**32 - 1),
    st.floats(-0.03, 0.06),
)
@settings(deadline=None, max_examples=60)
def test_budgets_spread_to_headings_meet_both_totals_and_leave_committed_money_alone(rows, columns, seed, growth):
    draw = np.random.default_rng(seed)
    start = np.rint(draw.gamma(0.7, 3e7, size=(rows, columns))).astype(np.int64) + 100
    start[draw.random(start.shape) < 0.1] = 0
    start[:, 0] += 1_000
    start[0, :] += 1_000
    total = round(start.sum() * (1 + growth))
    localities = split_pence(total, start.sum(axis=1) * draw.uniform(0.97, 1.03, rows))
    headings = split_pence(total, start.sum(axis=0))
    committed = np.full(start.shape, -1, dtype=np.int64)
    committed[1, 1] = start[1, 1] // 2
    try:
        table = spread_to_headings(start, localities, headings, committed=committed)
    except ResultRefused:
        # Refused only where a second solver finds no such table either, whatever cells it may use.
        assert not _has_a_table(start + 1, committed, localities, headings)
        return
    assert (table.sum(axis=1) == localities).all()
    assert (table.sum(axis=0) == headings).all()
    assert table[1, 1] == committed[1, 1]
    assert (table >= 0).all()


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20))
def test_causes_that_add_up_to_a_whole_number_are_rounded_to_it(amounts):
    total = int(np.rint(np.sum(amounts)))
    if not any(amounts):
        return
    parts = round_to_total(amounts, total)
    assert parts.sum() == total
    assert np.abs(parts - np.array(amounts)).max() <= 1.5
