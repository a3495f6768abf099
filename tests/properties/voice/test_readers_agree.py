"""Agreement of readers, whatever they read: never above 1, the same for any order, 1 where all agree."""

from hypothesis import given
from hypothesis import strategies as st

from locality.voice.themes import by_overlap_and_kind, cohen_kappa, krippendorff_alpha

THEMES = st.frozensets(st.sampled_from("abcd"))
UNITS = st.lists(st.lists(THEMES, min_size=2, max_size=3), min_size=2, max_size=12)


@given(UNITS)
def test_alpha_is_at_most_one_and_its_interval_has_two_ends(units):
    found = krippendorff_alpha(units, by_overlap_and_kind)
    if found.alpha is not None:
        assert found.alpha <= 1 + 1e-9
        assert found.low is None or found.low <= found.high <= 1 + 1e-9


@given(UNITS, st.randoms())
def test_alpha_knows_no_order_of_views_or_readers(units, dice):
    mixed = [dice.sample(unit, len(unit)) for unit in dice.sample(units, len(units))]
    one, other = krippendorff_alpha(units, by_overlap_and_kind), krippendorff_alpha(mixed, by_overlap_and_kind)
    assert (one.alpha is None) == (other.alpha is None)
    assert one.alpha is None or abs(one.alpha - other.alpha) < 1e-9


@given(st.lists(THEMES, min_size=2, max_size=12).filter(lambda those: len(set(those)) > 1))
def test_readers_who_always_agree_have_one(found):
    assert abs(krippendorff_alpha([[each, each] for each in found], by_overlap_and_kind).alpha - 1) < 1e-9


@given(*[st.integers(0, 200)] * 4)
def test_kappa_lies_in_its_interval_and_knows_no_first_reader(both, first, second, neither):
    found, turned = cohen_kappa(both, first, second, neither), cohen_kappa(both, second, first, neither)
    if found.kappa is None:
        assert turned.kappa is None
        return
    assert -1 <= found.low <= found.kappa + 1e-9 and found.kappa <= found.high + 1e-9 <= 1 + 2e-9
    assert abs(found.kappa - turned.kappa) < 1e-9


@given(THEMES, THEMES)
def test_a_distance_is_between_nought_and_one_both_ways_the_same(one, other):
    apart = by_overlap_and_kind(one, other)
    assert 0 <= apart <= 1
    assert apart == by_overlap_and_kind(other, one)
    assert (apart == 0) == (one == other)
