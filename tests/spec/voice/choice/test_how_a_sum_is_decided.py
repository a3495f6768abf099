"""How a community decides a sum: small votes, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from locality.foundations import InputRefused
from locality.voice.choice import (
    Ballot,
    ChoiceRules,
    Election,
    GroupSum,
    Project,
    choose,
    compare_rules,
    explain,
    inputs_hash,
    lot_of,
    preview,
    rules_hash,
)

SHARES = ChoiceRules("equal-shares", "cost", "none", lot_seed="drawn on 1 May")


def vote(budget: int, costs: dict[str, int], ballots: list[str], **more) -> Election:
    """Letters are projects: "ab" is a ballot for a and b."""
    projects = tuple(Project(code, f"Project {code}", cost) for code, cost in costs.items())
    cast = tuple(Ballot(f"v{at}", tuple(chosen)) for at, chosen in enumerate(ballots))
    return Election("A vote", budget, projects, cast, **more)


def changed(election: Election, code: str, **more) -> Election:
    projects = tuple(replace(one, **more) if one.code == code else one for one in election.projects)
    return replace(election, projects=projects)


# Ten people, £60: three want two things that cost all of it, the others something for themselves.
BLOCS = vote(6000, {"a": 3000, "b": 3000, "c": 1200, "d": 1200}, ["ab"] * 6 + ["cd"] * 4)


def test_each_group_decides_on_its_part_of_the_sum():
    """Six people of ten can spend £36 together, four can spend £24."""
    assert choose(BLOCS, SHARES).winners == ("a", "c", "d")
    assert choose(BLOCS, replace(SHARES, rule="greedy")).winners == ("a", "b")


def test_both_rules_are_set_side_by_side():
    both = compare_rules(BLOCS, SHARES)
    assert both.everybody.nothing == (("equal-shares", 0), ("greedy", 4))
    assert both.prefer == (("equal-shares", 4), ("greedy", 6))


def test_where_most_votes_first_leaves_fewer_people_with_nothing_the_comparison_says_so():
    election = vote(100, {"a": 90, "b": 30}, ["a", "a", "a", "b", "b"])
    greedy_better = compare_rules(election, SHARES)
    assert dict(greedy_better.everybody.nothing) == {"equal-shares": 3, "greedy": 2}


def test_supporters_pay_alike_and_who_has_less_gives_all_that_is_left():
    """Five people have £12 each. Four pay £10 each for a; then two give their last £2 for b, and the fifth pays £11."""
    election = vote(6000, {"a": 4000, "b": 1500}, ["ab", "ab", "a", "a", "b"])
    found = choose(election, SHARES)
    assert found.winners == ("a", "b")
    b = found.by_code["b"]
    assert (b.price, b.paid_in_full, b.paid_less, b.effective_votes) == (1100, 1, 2, Fraction(15, 11))
    assert explain(election, found, "b") == (
        "Funded: its 3 supporters bought it for £15: 1 paid £11, 2 gave all that they had left, which was less. "
        "It counted as 1.4 votes that pay alike."
    )


def test_a_lost_project_is_explained_in_pounds():
    election = vote(6000, {"a": 2000, "b": 1500}, ["ab", "ab", "b", "", ""])
    found = choose(election, SHARES)
    assert explain(election, found, "a") == (
        "Not funded: its 2 supporters had £14 left of the £20 that it costs, after 1 other project had won. "
        "£6 more was wanting."
    )
    assert explain(election, found, "b") == (
        "Funded: its 3 supporters bought it for £15: each paid £5. It counted as 3.0 votes that pay alike."
    )


def test_supporters_without_enough_money_from_the_start_are_told_so():
    election = vote(6000, {"a": 6000}, ["a", ""])
    found = choose(election, SHARES)
    assert explain(election, found, "a").startswith(
        "Not funded: its 1 supporter had £30 together from the start, of the £60"
    )


# The example of a handbook: what everybody has after each step.
STEPS = vote(40, {"a": 8, "b": 8, "c": 16, "d": 8, "e": 16}, ["ab", "ab", "a", "ac", "ac", "ac", "ad", "ad", "e", "e"])


def test_the_money_of_every_voter_after_a_step():
    found = choose(STEPS, SHARES)
    assert found.winners == ("a",)
    assert [found.left[found.class_of_ballot[at]] for at in range(10)] == [3] * 8 + [4] * 2


FOUR = vote(400, {"p": 100, "q": 90, "r": 200, "s": 109}, ["p", "qrs", "qrs", "r"])
SEVEN = vote(96, dict.fromkeys("abcdefg", 24), ["ab"] * 3 + ["ac"] * 3 + ["ad"] * 2 + ["bcf", "e", "f", "g"])
SIX = vote(
    5,
    {"a": 1, "b": 2, "c": 2, "d": 1, "e": 1, "f": 1},
    ["ab"] * 2 + ["a"] + ["ac"] * 3 + ["ad"] * 2 + ["f", "e"],
)


@pytest.mark.parametrize(
    ("name", "election", "settings", "winners"),
    [
        ("gain by cost", FOUR, {}, "pr"),
        ("gain by number", FOUR, {"utility": "cardinality"}, "pqs"),
        ("raised until nothing more fits", FOUR, {"completion": "add1-exhaustive", "step": 10}, "pqr"),
        ("raised until it overspends", FOUR, {"completion": "add1", "step": 10}, "pqr"),
        (
            "gain by number, raised",
            FOUR,
            {"utility": "cardinality", "completion": "add1-exhaustive", "step": 10},
            "pqs",
        ),
        ("seven of one cost", SEVEN, {}, "a"),
        ("seven, raised by parts", SEVEN, {"completion": "add1-exhaustive", "step": 1}, "abcd"),
        ("not filled up", SIX, {}, "a"),
        ("filled up", SIX, {"completion": "fill", "tie_order": ("lot",), "lot": tuple("abcdef")}, "abc"),
    ],
)
def test_examples_of_textbooks(name, election, settings, winners):
    assert sorted(choose(election, replace(SHARES, **settings)).winners) == list(winners), name


def test_what_costs_nothing_is_funded_or_left_as_the_rules_say():
    election = vote(200, {"p": 0, "q": 100, "r": 200}, ["p", "pqr", "r"])
    assert choose(election, SHARES).winners == ("p",)
    assert choose(election, replace(SHARES, zero_cost="leave")).winners == ()
    raised = replace(SHARES, zero_cost="leave", completion="add1-exhaustive", step=10)
    assert choose(election, raised).winners == ("r",)


def test_a_project_without_supporters_is_never_funded():
    found = choose(vote(100, {"a": 10, "b": 0}, ["", ""]), replace(SHARES, completion="add1-fill"))
    assert found.winners == ()
    assert found.by_code["b"].reason == "no-supporter"


def test_a_tie_goes_to_the_lower_cost_then_to_more_votes_then_to_the_lot():
    election = vote(100, {"a": 40, "b": 30, "c": 40}, ["abc", "abc"])
    assert choose(election, replace(SHARES, lot=("c", "a", "b"))).winners == ("b", "c")
    assert choose(election, replace(SHARES, lot=("a", "c", "b"))).winners == ("b", "a")
    assert choose(election, replace(SHARES, tie_order=("lot",), lot=("c", "a", "b"))).winners == ("c", "a")


def test_a_lot_made_from_a_seed_can_be_made_again_by_anybody():
    rules = replace(SHARES, lot_seed="drawn on 1 May")
    assert lot_of(rules, ("a", "b", "c")) == lot_of(rules, ("c", "a", "b"))
    assert lot_of(replace(rules, lot=("b",)), ("a", "b", "c"))[0] == "b"


def test_a_project_needs_the_fewest_votes():
    election = vote(100, {"a": 10, "b": 10}, ["a", "a", "b"])
    found = choose(election, replace(SHARES, minimum_votes=2))
    assert found.winners == ("a",)
    assert explain(election, found, "b") == "Not counted: it has 1 supporter; the rules ask for 2."


def test_a_dear_project_needs_more_supporters():
    """Nine voters; a third of them would be needed for the whole £90, so £60 needs 2."""
    election = vote(9000, {"a": 6000, "b": 3000}, ["a", "b", "", "", "", "", "", "", ""])
    found = choose(election, replace(SHARES, votes_for_whole_sum=Fraction(1, 3), rule="greedy"))
    assert found.winners == ("b",)
    assert (found.by_code["a"].reason, found.by_code["a"].needed) == ("bar", 2)


def test_two_that_exclude_each_other_are_not_both_funded():
    election = changed(vote(100, {"a": 20, "b": 20}, ["ab"] * 4), "b", incompatible=("a",))
    found = choose(election, replace(SHARES, lot=("a", "b")))
    assert found.winners == ("a",)
    assert (found.by_code["b"].reason, found.by_code["b"].by) == ("rival", "a")
    assert explain(election, found, "b").startswith("Not funded: it cannot stand beside a (Project a)")


def test_a_heading_has_a_ceiling_of_its_own():
    election = vote(100, {"a": 30, "b": 30}, ["ab"] * 4)
    election = changed(changed(election, "a", heading="Parks"), "b", heading="Parks")
    rules = replace(SHARES, ceilings=(("Parks", 50),), lot=("a", "b"))
    found = choose(election, rules)
    assert found.winners == ("a",)
    assert found.by_code["b"].reason == "ceiling"
    assert choose(election, replace(rules, rule="greedy")).winners == ("a",)


def test_one_project_may_be_funded_in_part_out_of_what_remains():
    election = vote(100, {"a": 70, "b": 50}, ["a", "a", "a", "b"])
    greedy = replace(SHARES, rule="greedy")
    assert choose(election, greedy).winners == ("a",)
    half = choose(election, replace(greedy, least_part=Fraction(1, 2)))
    assert (half.winners, half.by_code["b"].funded, half.remains) == (("a", "b"), 30, 0)
    more = choose(election, replace(greedy, least_part=Fraction(4, 5)))
    assert more.winners == ("a",)
    own = choose(changed(election, "b", least=10), replace(greedy, least_part=Fraction(4, 5)))
    assert own.by_code["b"].stage == "part"


def test_a_locality_keeps_its_fair_share_however_few_vote_there():
    """North and South have £50 each; one person votes in the North and four in the South."""
    projects = (Project("n", "North", 5000), Project("s", "South", 5000), Project("t", "South too", 5000))
    ballots = (Ballot("1", ("n",), group="N"), *(Ballot(str(at), ("s", "t"), group="S") for at in range(2, 6)))
    sums = (GroupSum("N", 5000), GroupSum("S", 5000))
    election = Election("Two localities", 10000, projects, ballots, group_sums=sums)
    found = choose(election, replace(SHARES, lot=("s", "t", "n")))
    assert set(found.winners) == {"n", "s"}
    assert found.share == (("N", 5000), ("S", 1250))
    assert set(choose(replace(election, group_sums=()), replace(SHARES, lot=("s", "t", "n"))).winners) == {"s"}


def test_shares_of_thousands_of_pounds_are_raised_by_one_pound_at_a_time():
    """Two people of £500,000 each: b is in reach when 333,334 steps have been made, and fits exactly."""
    election = vote(100_000_000, {"a": 50_000_000, "b": 83_333_300}, ["a", "b"])
    found = choose(election, replace(SHARES, completion="add1"))
    assert (found.winners, found.steps, found.ended) == (("a",), 333_332, "overspends")


def test_raising_ends_when_nothing_is_lost_for_want_of_money():
    found = choose(vote(10_000, {"a": 6000, "b": 1000}, ["a", "b"]), replace(SHARES, completion="add1"))
    assert (found.winners, found.steps, found.ended) == (("b", "a"), 10, "enough")


def test_points_are_shares_of_a_price():
    projects = (Project("a", "A", 90),)
    ballots = (Ballot("1", ("a",), (2,)), Ballot("2", ("a",), (1,)))
    found = choose(Election("Points", 200, projects, ballots), SHARES)
    assert found.by_code["a"].price == 30
    assert found.paid == (60, 30)


def test_the_hash_of_the_rules_is_fixed_when_the_vote_opens():
    later = replace(BLOCS, ballots=BLOCS.ballots[:-1])
    assert rules_hash(SHARES, BLOCS) == rules_hash(SHARES, later)
    assert inputs_hash(SHARES, BLOCS) != inputs_hash(SHARES, later)
    assert rules_hash(SHARES, BLOCS) != rules_hash(replace(SHARES, minimum_votes=1), BLOCS)
    assert rules_hash(SHARES, BLOCS) != rules_hash(SHARES, changed(BLOCS, "a", cost=2999))
    mixed = replace(BLOCS, ballots=BLOCS.ballots[::-1], projects=BLOCS.projects[::-1])
    assert inputs_hash(SHARES, mixed) == inputs_hash(SHARES, BLOCS)


def test_a_preview_is_near_what_is_decided():
    assert set(preview(BLOCS, SHARES).winners) == {"a", "c", "d"}
    assert preview(BLOCS, replace(SHARES, rule="greedy")).winners == ("a", "b")


def test_everything_that_does_not_fit_together_is_named_at_once():
    projects = (Project("a", "A", -1), Project("a", "A", 1, incompatible=("z",)))
    ballots = (Ballot("1", ("a", "q")), Ballot("1", ("a", "a")), Ballot("2", ("a",), (0,)))
    with pytest.raises(InputRefused) as refused:
        Election("Wrong", 0, projects, ballots, group_sums=(GroupSum("N", 5),))
    assert {fault.code for fault in refused.value.faults} == {
        *("vote-sum", "vote-group-sums", "vote-group-unknown", "vote-cost", "vote-project-twice"),
        *("vote-project-unknown", "vote-ballot-twice", "vote-choice-twice", "vote-points"),
    }


def test_rules_that_leave_something_open_are_refused():
    with pytest.raises(InputRefused) as refused:
        ChoiceRules("majority", "cost", "none", tie_order=("cost",), step=0)
    assert len(refused.value.faults) == 3
