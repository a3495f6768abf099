"""The search's quick score, kept up to date move by move, is the composite of the public scorer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.small_grounds import bounds, drawn_ground
from locality.areas.measures import measure
from locality.areas.search.annealing import anneal
from locality.areas.search.cooling import Marks, new_state
from locality.areas.search.moves import MISSED, SCORE
from locality.areas.search.numbers import Numbers
from locality.areas.search.problem import SCALE, make_problem
from locality.areas.search.scope import make_scope

COUNTRY = "AAAB.C\nAAABBC\nA..BBC\n.DDD.C\n. DD  \nEEEEE."


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 6), st.integers(3000, 9000))
def test_score_and_missed_bounds_are_those_of_the_public_scorer_before_and_after_moves(seed, number, most):
    ground, rules = drawn_ground(COUNTRY), bounds(2000, most, number, seeds=("r0c0", "r0c5"))
    scope = make_scope(ground, rules)
    problem = make_problem(ground, rules, scope)
    home = np.random.default_rng(seed).integers(0, number, scope.units).astype(np.int32)
    home[:number] = range(number)
    any_number = np.array([number])
    numbers = Numbers(any_number, any_number, any_number, np.array([rules.least]))
    state = new_state(problem, home, np.zeros(number, np.int64), numbers, seed + 1)
    marks = Marks.for_level(problem.level).arrays
    for moves in (0, 500):
        anneal(problem.level, state, home, moves, SCALE // 20, 1, marks)
        said = measure(ground, home[scope.unit], rules)
        assert state.tally[SCORE] / SCALE == pytest.approx(said.composite, abs=1e-9)
        people = np.bincount(home, weights=problem.level.people, minlength=number)
        missed = np.maximum(0, rules.least - people).sum() + np.maximum(0, people - most).sum()
        shared = home[scope.unit[0]] == home[scope.unit[5]]
        assert state.tally[MISSED] == missed + most * shared
