"""What a practice's move is said to do is what it does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from factories.drawn_grounds import draw
from locality.areas.containment import contain
from locality.areas.ground import Practices
from locality.areas.practices import moves_to_target, practice_moves


@st.composite
def placed(make):
    """Six zones, three localities, up to seven practices in three clusters."""
    random = np.random.default_rng(make(st.integers(0, 2**32 - 1)))
    number = make(st.integers(3, 7))
    practices = Practices(
        codes=tuple(f"P{one}" for one in range(number)),
        cluster=np.array([0, 1, 2, *random.integers(-1, 3, number - 3)]),
        clusters=("a", "b", "c"),
        patients=sparse.csr_matrix(random.integers(0, 20, (6, number))),
        points=np.full((number, 2), np.nan),
    )
    return draw("9 9 9\n9 9 9", practices=practices), random.integers(-1, 3, 6).astype(np.int32)


def with_move(ground, move):
    cluster = ground.practices.cluster.copy()
    cluster[move.practice] = move.after
    return replace(ground, practices=replace(ground.practices, cluster=cluster))


def kept_patients(ground, division):
    """Zone by practice: patients who live in the main locality of their cluster."""
    table, cluster = ground.practices.patients.toarray(), ground.practices.cluster
    kept = np.zeros_like(table)
    for one in range(len(ground.practices.clusters)):
        inside = np.flatnonzero(cluster == one)
        counts = [table[division == home][:, inside].sum() for home in range(division.max() + 1)]
        if counts:
            here = np.flatnonzero(division == int(np.argmax(counts)))
            kept[np.ix_(here, inside)] = table[np.ix_(here, inside)]
    return kept


@given(placed())
@settings(deadline=None)
def test_gains_losses_and_containment_of_a_move_are_those_of_the_division_after_it(pair):
    ground, division = pair
    before = kept_patients(ground, division)
    for move in practice_moves(ground, division):
        moved = with_move(ground, move)
        after = kept_patients(moved, division)
        assert move.gains == np.maximum(after - before, 0).sum()
        assert move.loses == np.maximum(before - after, 0).sum()
        assert move.mends > 0
        assert abs(contain(moved, division).by_cluster - move.containment) < 1e-12


@given(placed(), st.floats(0, 1))
@settings(deadline=None)
def test_a_list_of_moves_leads_to_the_containment_that_it_says(pair, target):
    ground, division = pair
    found = moves_to_target(ground, division, target)
    for move in found.moves:
        ground = with_move(ground, move)
    share = contain(ground, division).by_cluster
    assert share is None or abs(share - found.after) < 1e-12
    assert found.is_reached or practice_moves(ground, division) == ()
