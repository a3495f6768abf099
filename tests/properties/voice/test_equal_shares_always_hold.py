"""Whatever people vote for, equal shares keep their promises."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from factories.plain_equal_shares import plain_equal_shares
from locality.voice.choice import Ballot, ChoiceRules, Election, GroupSum, Project
from locality.voice.choice.choose import choose
from locality.voice.choice.preview import preview

CODES = tuple("abcdefg")


@st.composite
def elections(draw, *, points=None, groups=None, rivals=True):
    codes = CODES[: draw(st.integers(1, 7))]
    with_points = draw(st.booleans()) if points is None else points
    with_groups = draw(st.booleans()) if groups is None else groups
    projects = tuple(
        Project(
            code,
            f"Project {code}",
            draw(st.integers(1, 60)),
            heading=draw(st.sampled_from(("green", "roads"))),
            incompatible=tuple(draw(st.sets(st.sampled_from(codes), max_size=1)) - {code}) if rivals else (),
        )
        for code in codes
    )
    ballots = []
    for at in range(draw(st.integers(1, 9))):
        chosen = tuple(sorted(draw(st.sets(st.sampled_from(codes), max_size=5))))
        its = tuple(draw(st.integers(1, 4)) for _ in chosen) if with_points else ()
        group = draw(st.sampled_from("xy")) if with_groups else ""
        ballots.append(Ballot(str(at), chosen, its, group=group, weight=draw(st.integers(1, 3))))
    budget = draw(st.integers(10, 90))
    part = draw(st.integers(0, budget))
    sums = (GroupSum("x", part), GroupSum("y", budget - part)) if with_groups else ()
    return Election("A vote", budget, projects, tuple(ballots), group_sums=sums)


@st.composite
def rules(draw, *, completion=None):
    return ChoiceRules(
        rule="equal-shares",
        utility=draw(st.sampled_from(("cost", "cardinality"))),
        completion=completion or draw(st.sampled_from(("none", "add1"))),
        step=draw(st.integers(1, 7)),
        lot_seed="drawn",
        ceilings=draw(st.sampled_from(((), (("green", 40),)))),
    )


@given(elections(), rules())
@settings(max_examples=200, deadline=None)
def test_the_quick_count_is_the_plain_count_step_by_step(election, chosen):
    plain = plain_equal_shares(election, chosen)
    found = choose(election, chosen)
    assert list(found.winners) == plain.winners
    assert found.steps == plain.steps
    assert [found.left[found.class_of_ballot[at]] for at in range(len(election.ballots))] == plain.left


@given(elections(rivals=False), st.integers(1, 3), rules(completion="add1"))
@settings(max_examples=50, deadline=None)
def test_steps_are_found_where_there_are_thousands_of_them(election, larger, chosen):
    many = replace(
        election,
        budget=election.budget * 100 * larger,
        projects=tuple(replace(one, cost=one.cost * 100 * larger) for one in election.projects),
        group_sums=tuple(replace(one, amount=one.amount * 100 * larger) for one in election.group_sums),
    )
    plain = plain_equal_shares(many, chosen)
    found = choose(many, chosen)
    assert (list(found.winners), found.steps) == (plain.winners, plain.steps)


@given(elections(), rules())
@settings(max_examples=60, deadline=None)
def test_every_payment_adds_up_and_nobody_overspends(election, chosen):
    found = choose(election, chosen)
    assert found.spent + found.remains == election.budget
    assert found.remains >= 0
    weight = Counter()
    for at, ballot in enumerate(election.ballots):
        weight[found.class_of_ballot[at]] += ballot.weight
    paid = dict.fromkeys(weight, Fraction(0))
    for code, payments in found.payments:
        each = {one.ballot_class: Fraction(one.numerator, one.denominator) for one in payments}
        assert sum(weight[i] * pays for i, pays in each.items()) == election.by_code[code].cost
        for i, pays in each.items():
            paid[i] += pays
    for i, its in paid.items():
        assert found.paid[i] == its
        assert found.left[i] >= 0


@given(elections(), rules(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_projects_and_ballots_changes_nothing(election, chosen, order):
    projects, ballots = list(election.projects), list(election.ballots)
    order.shuffle(projects)
    order.shuffle(ballots)
    mixed = replace(election, projects=tuple(projects), ballots=tuple(ballots))
    assert choose(mixed, chosen).winners == choose(election, chosen).winners


@given(elections(), rules(), st.integers(2, 1000))
@settings(max_examples=50, deadline=None)
def test_the_currency_changes_nothing(election, chosen, times):
    dearer = replace(
        election,
        budget=election.budget * times,
        projects=tuple(replace(one, cost=one.cost * times) for one in election.projects),
        group_sums=tuple(replace(one, amount=one.amount * times) for one in election.group_sums),
    )
    ceilings = tuple((name, most * times) for name, most in chosen.ceilings)
    found = choose(dearer, replace(chosen, step=chosen.step * times, ceilings=ceilings))
    assert found.winners == choose(election, chosen).winners


@given(elections(), rules())
@settings(max_examples=50, deadline=None)
def test_a_ballot_of_weight_three_is_three_ballots(election, chosen):
    single = tuple(
        replace(ballot, code=f"{ballot.code}-{again}", weight=1)
        for ballot in election.ballots
        for again in range(ballot.weight)
    )
    assert choose(replace(election, ballots=single), chosen).winners == choose(election, chosen).winners


@given(elections(rivals=False), rules(completion="none"))
@settings(max_examples=50, deadline=None)
def test_without_completion_losing_projects_may_be_taken_away(election, chosen):
    chosen = replace(chosen, ceilings=())
    found = choose(election, chosen)
    if found.winners:
        kept = tuple(one for one in election.projects if one.code in found.winners)
        ballots = tuple(_only(ballot, found.winners) for ballot in election.ballots)
        assert choose(replace(election, projects=kept, ballots=ballots), chosen).winners == found.winners


def _only(ballot: Ballot, codes: tuple[str, ...]) -> Ballot:
    at = [i for i, code in enumerate(ballot.choices) if code in codes]
    points = tuple(ballot.points[i] for i in at) if ballot.points else ()
    return replace(ballot, choices=tuple(ballot.choices[i] for i in at), points=points)


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_two_blocs_get_their_parts_of_the_money(first, second, size):
    """Unit costs and a sum of one unit for each `size` voters: each bloc buys what its people can pay."""
    voters = (first + second) * size
    projects = tuple(Project(f"{bloc}{at}", "", 1) for bloc in "ab" for at in range(first + second))
    chosen = {bloc: tuple(one.code for one in projects if one.code[0] == bloc) for bloc in "ab"}
    ballots = tuple(Ballot(str(at), chosen["a" if at < first * size else "b"]) for at in range(voters))
    election = Election("Two blocs", first + second, projects, ballots)
    found = choose(election, ChoiceRules("equal-shares", "cost", "none", lot_seed="x"))
    assert Counter(code[0] for code in found.winners) == {"a": first, "b": second}


@given(elections(rivals=False), rules())
@settings(max_examples=50, deadline=None)
def test_a_preview_never_breaks_and_never_overspends(election, chosen):
    assert preview(election, chosen).spent <= election.budget
