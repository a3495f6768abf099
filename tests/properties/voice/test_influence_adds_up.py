"""Whatever is linked to whatever: shares add up to the penny at every kind, and both ways tell the same."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from factories.influence import PAIRS, TODAY
from locality.voice.exact_shares import pence_by_share
from locality.voice.influence import Link, Ref, Thing, find_orphans, join_influence, what_became, who_asked

KINDS = ("view", "theme", "priority", "line", "pounds")
AT_MOST = {"view": 6, "theme": 4, "priority": 3, "line": 3, "pounds": 2}


@st.composite
def graphs(draw):
    refs = [Ref(kind, str(at)) for kind in KINDS for at in range(draw(st.integers(1, AT_MOST[kind])))]
    pence = {ref: draw(st.integers(0, 10_000)) for ref in refs if ref.kind in ("line", "pounds")}
    ways = [(one, two) for at, one in enumerate(refs) for two in refs[at + 1 :] if (one.kind, two.kind) in PAIRS.words]
    pairs = [way for way in ways if draw(st.booleans())]
    into = {end: sum(other == end for _, other in pairs) for _, end in pairs}
    links = [Link(start, end, "lead", TODAY, "why", draw(_claims(into[end]))) for start, end in pairs]
    return join_influence([Thing(ref, ref.id, pence=pence.get(ref)) for ref in refs], links, pairs=PAIRS)


def _claims(links: int):
    return st.none() | st.fractions(0, Fraction(1, links), max_denominator=60)


@given(graphs())
def test_every_kind_adds_up_to_the_sum(influence):
    for thing in influence.of_kind("pounds") + influence.of_kind("line"):
        for level in who_asked(influence, thing.ref).levels:
            assert sum(one.pence for one in level.shares) + level.nobody_pence == thing.pence
            assert sum(one.share for one in level.shares) + level.nobody_share == 1
            assert all(abs(one.pence - one.share * thing.pence) < 2 for one in level.shares)


@given(graphs())
def test_money_that_nobody_asked_for_is_the_same_from_both_ends(influence):
    unasked = {one.thing.ref: one.pence for one in find_orphans(influence).pounds}
    for thing in influence.of_kind("pounds"):
        assert who_asked(influence, thing.ref).level("view").nobody_pence == unasked.get(thing.ref, 0)


@given(graphs())
def test_a_view_reaches_a_pound_where_the_pound_leads_back_to_the_view(influence):
    for thing in influence.of_kind("pounds"):
        asked = {one.thing.ref for one in who_asked(influence, thing.ref).level("view").shares}
        for view in influence.of_kind("view"):
            reached = {one.ref for one in what_became(influence, view.ref.id).reached}
            # A link that claims nothing leads on without a claim on the money: the way back may be shorter.
            assert view.ref not in asked or thing.ref in reached


@given(graphs())
def test_everything_that_a_view_led_to_stands_on_one_of_its_ways(influence):
    for view in influence.of_kind("view"):
        found = what_became(influence, view.ref.id)
        assert {step.thing.ref for path in found.paths for step in path} == {one.ref for one in found.reached}
        for path in found.paths:
            assert path[0].link.start == view.ref
            assert all(one.link.end == two.link.start for one, two in pairwise(path))


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_a_split_by_exact_shares_adds_up_and_moves_no_part_by_a_penny(total, weights):
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    parts = pence_by_share(total, shares)
    assert sum(parts) == total
    assert all(abs(part - share * total) < 1 for part, share in zip(parts, shares, strict=True))
