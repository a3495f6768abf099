"""What the methods promise, on any ballots: nobody is favoured, and what beats all others comes first."""

import datetime as dt
from dataclasses import fields, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from factories.priorities import BEFORE, all_orders, method, order_of
from locality.voice.priorities import (
    Candidate,
    DividedSum,
    PriorityMethod,
    Ranking,
    divide_together,
    freeze_method,
    hash_of_method,
    rank_priorities,
)

CODES = "ABCD"
WHOLE = st.sampled_from(all_orders(CODES)).map(lambda order: Ranking("web", tuple((code,) for code in order)))


@st.composite
def rankings(draw, codes: str = CODES):
    """Draw a ballot that may leave candidates out and put several in one place."""
    order = draw(st.permutations(codes))[: draw(st.integers(1, len(codes)))]
    places, last = [], 0
    for cut in sorted(draw(st.sets(st.integers(1, len(order)), max_size=len(order))) | {len(order)}):
        places.append(tuple(order[last:cut]))
        last = cut
    return Ranking("web", tuple(places))


ANY = st.lists(rankings(), min_size=1, max_size=15)
SETTINGS = st.sampled_from([{"unranked": "below"}, {"unranked": "no_opinion"}])
KINDS = st.sampled_from(["ranked_pairs", "borda"])


def clear(outcome) -> bool:
    """Say whether no two comparisons are equally clear, so that the lot has no part in it."""
    ahead = [pair.higher - pair.lower for pair in outcome.pairs]
    return 0 not in ahead and len(set(ahead)) == len(ahead)


@given(ANY, SETTINGS)
def test_what_beats_every_other_comes_first_and_what_loses_to_every_other_last(handed_in, settings):
    found = rank_priorities(method(CODES, **settings), handed_in)
    beaten = {code: 0 for code in CODES}
    for pair in found.pairs:
        if pair.higher > pair.lower:
            beaten[pair.second] += 1
    if found.beats_all:
        assert found.order[0].code == found.beats_all
    if 3 in beaten.values():
        assert beaten[found.order[-1].code] == 3


@given(ANY, SETTINGS)
def test_every_settled_comparison_stands_in_the_order_and_every_other_is_explained(handed_in, settings):
    found = rank_priorities(method(CODES, **settings), handed_in)
    place = {each.code: each.place for each in found.order}
    assert sorted(place.values()) == [1, 2, 3, 4]
    for pair, step in zip(found.pairs, found.steps, strict=True):
        assert (place[pair.first] < place[pair.second]) == (step.kind != "left_out")


@given(ANY, KINDS, st.randoms())
def test_the_order_of_ballots_does_not_matter(handed_in, kind, chance):
    mixed = list(handed_in)
    chance.shuffle(mixed)
    assert rank_priorities(method(CODES, kind), mixed) == rank_priorities(method(CODES, kind), handed_in)


@given(ANY, KINDS, st.permutations(CODES))
def test_the_order_of_candidates_on_the_form_does_not_matter(handed_in, kind, shown):
    one = rank_priorities(method(CODES, kind), handed_in)
    other = rank_priorities(method("".join(shown), kind, lot=tuple(CODES)), handed_in)
    assert order_of(one) == order_of(other)


@given(ANY, KINDS, st.permutations(CODES))
def test_names_do_not_matter(handed_in, kind, others):
    new = dict(zip(CODES, others, strict=True))
    renamed = [Ranking("web", tuple(tuple(new[code] for code in place) for place in one.places)) for one in handed_in]
    before = rank_priorities(method(CODES, kind), handed_in)
    after = rank_priorities(method(CODES, kind, lot=tuple(new[code] for code in CODES)), renamed)
    assert order_of(after) == "".join(new[code] for code in order_of(before))


@given(st.lists(WHOLE, min_size=1, max_size=15), KINDS)
def test_ballots_turned_round_turn_the_order_round(handed_in, kind):
    turned = [replace(one, places=one.places[::-1]) for one in handed_in]
    before, after = (rank_priorities(method(CODES, kind), each) for each in (handed_in, turned))
    assume(not before.lot_decided and (kind == "borda" or clear(before)))
    assert order_of(after) == order_of(before)[::-1]


def beside(ballot: Ranking, code: str, *, before: bool) -> Ranking:
    """Let X stand beside a candidate on a ballot: in its place where others are, otherwise before or behind it."""
    places: list[tuple[str, ...]] = []
    for place in ballot.places:
        if code in place:
            places += [(*place, "X")] if len(place) > 1 else [("X",), place] if before else [place, ("X",)]
        else:
            places.append(place)
    return Ranking("web", tuple(places))


MANY_ALIKE = st.lists(st.tuples(rankings(), st.integers(1, 60), st.integers(0, 60)), min_size=3, max_size=6)


@given(MANY_ALIKE, st.sampled_from(CODES), SETTINGS)
def test_a_look_alike_changes_nothing_for_the_others(drawn, code, settings):
    handed_in = [ballot for ballot, number, _ in drawn for _ in range(number)]
    both = [beside(ballot, code, before=at < split) for ballot, number, split in drawn for at in range(number)]
    one = rank_priorities(method(CODES, **settings), handed_in)
    assume(clear(one))
    lot = tuple(CODES.replace(code, code + "X"))
    other = order_of(rank_priorities(method(CODES + "X", lot=lot, **settings), both))
    assert other.replace("X", "").replace(code, "") == order_of(one).replace(code, "")
    assert (other[0] in (code, "X")) == (order_of(one)[0] == code)


@given(st.lists(WHOLE, min_size=1, max_size=15), st.data())
def test_who_is_lifted_on_a_ballot_never_falls_from_the_first_place(handed_in, data):
    found = rank_priorities(method(CODES), handed_in)
    first = found.order[0].code
    at = data.draw(st.integers(0, len(handed_in) - 1))
    lifted = Ranking("web", ((first,), *(place for place in handed_in[at].places if place != (first,))))
    again = rank_priorities(method(CODES), [*handed_in[:at], lifted, *handed_in[at + 1 :]])
    assume(not found.lot_decided)
    assert again.order[0].code == first


@given(st.lists(st.lists(st.integers(0, 50), min_size=3, max_size=3).filter(any), min_size=1, max_size=10))
def test_a_divided_sum_adds_up_to_the_penny(weights):
    total = 9_973
    handed_in = []
    for row in weights:
        parts = [total * weight // sum(row) for weight in row]
        parts[0] += total - sum(parts)
        handed_in.append(DividedSum("web", tuple(zip("ABC", parts, strict=True))))
    found = divide_together(method("ABC", "dividing", sum_pence=total), handed_in)
    assert sum(each.pence for each in found.parts) == total
    for each in found.parts:
        given_to_it = [dict(one.parts)[each.code] for one in handed_in]
        assert min(given_to_it) - 1 < each.pence < max(given_to_it) + 1


BASE = PriorityMethod("ranked_pairs", (Candidate("A", "a"), Candidate("B", "b")), ("A", "B"))
OTHER = {
    "kind": "borda",
    "candidates": (Candidate("A", "a"), Candidate("B", "another name")),
    "lot": ("B", "A"),
    "unranked": "no_opinion",
    "unranked_points": "nothing",
    "average": "median",
    "lowest": 1,
    "highest": 10,
    "unscored": "lowest",
    "sum_pence": 1,
    "least_ballots": 2,
}


@pytest.mark.parametrize("name", [field.name for field in fields(PriorityMethod)])
def test_any_change_of_a_setting_changes_the_hash(name):
    assert hash_of_method(replace(BASE, **{name: OTHER[name]})) != hash_of_method(BASE)


def test_the_hash_is_the_same_on_any_day_and_any_machine():
    one, other = (freeze_method(BASE, on=day).sha256 for day in (BEFORE, BEFORE + dt.timedelta(days=1)))
    assert one == other == hash_of_method(BASE)
    assert hash_of_method(BASE) == "dd3cbd358dfa85fc02815b9307dce436bfab14f11a3b46cdc8774cf5e5e127ec"
