"""What must hold for any partnership and any rules that can be kept."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from locality.foundations import ResultRefused
from locality.money.pace import PaceRules, allocate_within_rules, share_growth_by_shortfall

RULES = st.builds(
    PaceRules,
    min_growth=st.none() | st.floats(-0.1, 0.05),
    max_growth=st.none() | st.floats(0.02, 0.5),
    max_under_target=st.none() | st.floats(0.0, 0.5),
)


@st.composite
def partnerships(draw):
    count = draw(st.integers(2, 12))
    current = draw(st.lists(st.integers(10_000, 10_000_000), min_size=count, max_size=count))
    weight = draw(st.lists(st.integers(1, 1_000), min_size=count, max_size=count))
    growth = draw(st.floats(-0.05, 0.15))
    return np.array(current, float), np.array(weight) / sum(weight), float(round(sum(current) * (1 + growth)))


@given(partnerships(), RULES)
@settings(deadline=None)
def test_an_allocation_adds_up_and_keeps_every_rule(place, rules):
    current, share, total = place
    try:
        amounts = allocate_within_rules(current, share, total, rules).amounts
    except ResultRefused:
        assume(False)
    slack = 1e-9 * total
    assert abs(amounts.sum() - total) <= slack
    if rules.min_growth is not None:
        assert (amounts >= (1 + rules.min_growth) * current - slack).all()
    if rules.max_growth is not None:
        assert (amounts <= (1 + rules.max_growth) * current + slack).all()
    if rules.max_under_target is not None:
        assert (amounts >= (1 - rules.max_under_target) * share * total - slack).all()


@given(partnerships(), RULES)
@settings(deadline=None)
def test_no_allowed_shift_between_two_areas_brings_them_nearer_to_target(place, rules):
    current, share, total = place
    try:
        amounts = allocate_within_rules(current, share, total, rules).amounts
    except ResultRefused:
        assume(False)
    target = share * total

    def far(a):
        return float((((a - target) ** 2) / target).sum())

    step = total * 1e-6
    for giver in range(len(amounts)):
        for taker in range(len(amounts)):
            moved = amounts.copy()
            moved[giver] -= step
            moved[taker] += step
            low = -np.inf if rules.min_growth is None else (1 + rules.min_growth) * current[giver]
            if rules.max_under_target is not None:
                low = max(low, (1 - rules.max_under_target) * target[giver])
            high = np.inf if rules.max_growth is None else (1 + rules.max_growth) * current[taker]
            if giver != taker and moved[giver] >= max(low, 0) and moved[taker] <= high:
                assert far(moved) >= far(amounts) - 1e-9 * max(far(amounts), 1)


@given(partnerships(), RULES, st.floats(0, 0.01))
@settings(deadline=None)
def test_more_money_for_all_means_less_for_nobody_and_no_cliff(place, rules, extra):
    # The floor that depends on the target moves with the total; without it, a richer year takes from nobody.
    current, share, total = place
    try:
        before = allocate_within_rules(current, share, total, rules).amounts
        after = allocate_within_rules(current, share, total * (1 + extra), rules).amounts
    except ResultRefused:
        assume(False)
    if rules.max_under_target is None:
        assert (after >= before - 1e-9 * total).all()
    assert np.abs(after - before).sum() <= 3 * extra * total + 1e-9 * total


@given(partnerships())
def test_growth_by_shortfall_takes_from_nobody_and_overshoots_nobody(place):
    current, share, total = place
    assume(total >= current.sum())
    amounts = share_growth_by_shortfall(current, share, total)
    assert abs(amounts.sum() - total) <= 1e-9 * total
    assert (amounts >= current - 1e-9 * total).all()
    assert (amounts <= np.maximum(current, share * total) + 1e-9 * total).all()
