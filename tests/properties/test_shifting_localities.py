"""Taking a locality away here and making one there never spoils a division."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.small_grounds import bounds, drawn_ground
from locality.areas.search.coarsen import find_back
from locality.areas.search.draft import SPARE
from locality.areas.search.moves import MISSED, SCORE
from locality.areas.search.numbers import spread_number
from locality.areas.search.problem import make_problem
from locality.areas.search.run import draft_of
from locality.areas.search.scope import make_scope
from locality.areas.search.shifting import shift

TOWNS = "AABBCCDD\nAABBCCDD\nEEFFGGHH\nEEFFGGHH"


def drafted(number, least, most, seed):
    """Draw strips, columns by columns, on 32 zones of 1,000 people."""
    ground, rules = drawn_ground(TOWNS), bounds(least, most, number)
    scope = make_scope(ground, rules)
    problem = make_problem(ground, rules, scope)
    columns = np.array([int(code.split("c")[1]) for code in ground.zones])
    home = (columns * number // 8).astype(np.int32)
    return draft_of(problem, spread_number(ground, rules, scope), home, np.zeros(number, np.int64), seed=seed)


def booked_anew(draft):
    kept = draft.home.copy()
    ids = np.unique(kept, return_inverse=True)[1].astype(np.int32)
    number = int(ids.max()) + 1
    return number, draft_of(draft.problem, draft.numbers, ids, np.zeros(number, np.int64), seed=1).rank


@settings(max_examples=15, deadline=None)
@given(st.integers(4, 8), st.integers(1, 1000))
def test_shifts_keep_the_number_and_the_books_and_are_never_worse(number, seed):
    draft = drafted(number, 1000, 12_000, seed)
    before = draft.rank
    for _ in range(20):
        shift(draft)
        assert draft.rank <= before
        before = draft.rank
    assert booked_anew(draft) == (number, (int(draft.state.tally[MISSED]), int(draft.state.tally[SCORE])))
    assert (draft.part == SPARE).sum() == 1
    assert draft.state.people[draft.part == SPARE].tolist() == [0]


def test_a_pair_that_is_joined_for_no_gain_and_a_town_that_is_cut_are_put_right_together():
    # Seven columns stand alone or in pairs; shifts may only better what the composite counts.
    draft = drafted(6, 1000, 12_000, 3)
    start = draft.rank
    for _ in range(60):
        shift(draft)
    assert draft.rank < start


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 6), st.integers(2, 6))
def test_the_way_back_of_the_way_back_is_the_way(rows, columns):
    ground, rules = drawn_ground("\n".join(["A" * columns] * rows)), bounds(1, 10**6, 1)
    level = make_problem(ground, rules, make_scope(ground, rules)).level
    back = find_back(level.start, level.to)
    assert (back[back] == np.arange(len(back))).all()
    assert (level.owner[back] == level.to).all()
