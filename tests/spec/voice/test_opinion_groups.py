"""Who is of one mind with whom, from votes on short statements; and when nobody can tell."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from factories.opinion_votes import along_a_line, blocs, drawn_votes, table
from locality.disclosure import rules_on
from locality.foundations import ResultRefused
from locality.voice.opinion_groups import collect_votes, find_opinion_groups, group_rules, publish_groups
from locality.voice.opinion_groups.statements import find_statements

DAY = dt.date(2026, 11, 22)
RULES = group_rules(DAY)

# Statements 0 to 3 divide, 4 and 5 both like, 6 both dislike, 7 to 9 are a matter of taste.
TOWN, SHORE = "++--++-???", "--++++-???"


def find(votes, seed=1):
    return find_opinion_groups(votes, RULES, seed=seed)


def said(found):
    return publish_groups(found, rules_on(DAY))


@pytest.fixture(scope="module")
def two_blocs():
    return find(blocs((60, 40), (TOWN, SHORE)))


def test_two_blocs_of_residents_are_found(two_blocs):
    assert two_blocs.names == ("A", "B")
    placed = two_blocs.group >= 0
    truth = np.repeat([0, 1], [60, 40])
    assert placed.mean() > 0.9
    assert (two_blocs.group[placed] == truth[placed]).all()


def test_what_divides_the_blocs_is_named(two_blocs):
    assert {two_blocs.votes.statements[one.statement] for one in two_blocs.findings.divides} == {
        "s00",
        "s01",
        "s02",
        "s03",
    }
    town = {one.statement: one.answer for one in two_blocs.findings.represents if one.group == 0}
    assert town == {0: "agree", 1: "agree", 2: "disagree", 3: "disagree"}


def test_what_both_blocs_share_is_named_whichever_way_they_answer(two_blocs):
    assert {(one.statement, one.answer) for one in two_blocs.findings.shared} == {
        (4, "agree"),
        (5, "agree"),
        (6, "disagree"),
    }


def test_a_shared_statement_scores_the_product_of_the_groups_steadied_shares():
    # Both groups: 38 of 38 agree. Steadied by one vote each way: 39/40, twice.
    counts = np.zeros((2, 3, 1), dtype=int)
    counts[:, 0, 0] = 38

    (shared,) = find_statements(counts, 0.05).shared
    assert shared.consensus == pytest.approx((39 / 40) ** 2)


def test_nobody_is_put_into_a_group_when_people_vote_by_tossing_coins():
    found = find(blocs((120,), ("?" * 15,)))

    assert (found.number, set(found.group.tolist())) == (0, {-1})
    assert said(found).says[1] == "No groups can be told apart."


def test_people_who_are_all_of_one_mind_are_not_cut_into_groups():
    found = find(blocs((100,), ("++--++-+",)))

    assert found.number == 0
    assert len(found.findings.shared) == 8


@pytest.mark.parametrize("seed", range(2, 6))
def test_coins_tossed_anew_never_make_groups(seed):
    assert find(blocs((80,), ("?" * 12,), seed=seed), seed=seed).number == 0


def test_the_answer_is_the_same_whatever_the_order_of_votes(two_blocs):
    votes = two_blocs.votes
    rows = [
        (votes.people[person], votes.statements[statement], {1: "agree", -1: "disagree", 0: "pass"}[sign])
        for person, statement, sign in zip(votes.person, votes.statement, votes.sign, strict=True)
    ]
    mixed = [rows[at] for at in np.random.default_rng(5).permutation(len(rows))]

    assert said(find(collect_votes(table(mixed)))) == said(two_blocs)


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_another_seed_finds_the_same_groups(two_blocs, seed):
    again = find(two_blocs.votes, seed=seed)

    both = (again.group >= 0) & (two_blocs.group >= 0)
    assert both.sum() > 85
    assert (again.group[both] == two_blocs.group[both]).all()
    assert again.findings.divides == two_blocs.findings.divides


def test_groups_are_found_although_each_person_votes_on_few_statements():
    minds = ("+-" * 20, "-+" * 20)
    found = find(blocs((200, 150), minds, votes=9))

    placed = found.group >= 0
    assert found.number == 2
    assert placed.mean() > 0.85
    assert (found.group[placed] == np.repeat([0, 1], [200, 150])[placed]).mean() > 0.97


def test_four_groups_are_told_apart():
    minds = ("++++----++++----", "++++++++--------", "----++++----++++", "--------++++++++")
    found = find(blocs((50, 45, 40, 35), minds))

    assert found.number == 4
    placed = found.group >= 0
    assert (found.group[placed] == np.repeat(range(4), [50, 45, 40, 35])[placed]).all()


def test_whoever_votes_on_too_few_statements_is_in_no_group():
    few = blocs((60, 40), (TOWN, SHORE))
    kept = (few.person != 0) | (few.statement < 3)
    rows = [
        (few.people[person], few.statements[statement], "agree" if sign > 0 else "disagree")
        for person, statement, sign in zip(few.person[kept], few.statement[kept], few.sign[kept], strict=True)
    ]
    found = find(collect_votes(table(rows)))

    assert (found.group[0], bool(found.enough[0])) == (-1, False)
    assert found.number == 2


def test_a_pass_is_no_opinion_so_those_who_pass_are_no_group():
    picture = "\n".join(["++++++++++"] * 40 + ["oooooooooo"] * 40)
    found = find(drawn_votes(picture))

    assert found.number == 0
    assert found.enough.sum() == 40


def test_a_bloc_of_few_people_is_not_told_as_a_group():
    found = find(blocs((80, 6), (TOWN, SHORE)))

    assert all(one.people is None or one.people >= RULES.group for one in said(found).groups)


def test_views_along_a_line_are_not_sold_as_groups_with_a_gap_between():
    found = find(along_a_line(300, 25))

    assert found.number == 0 or found.is_shading
    if found.number:
        assert "shade into each other" in " ".join(said(found).says)


def test_blocs_with_a_gap_between_do_not_shade(two_blocs):
    assert not two_blocs.is_shading


@pytest.mark.parametrize(
    ("votes", "reason"),
    [
        (blocs((12, 12), (TOWN, SHORE)), "Fewer than 30 people have agreed or disagreed with 7 statements or more"),
        (blocs((40, 40), ("++--", "--++")), "There are 4 statements; groups are looked for from 5 on."),
        (blocs((40, 40), (TOWN, SHORE), votes=4), "Fewer than 30 people have agreed or disagreed"),
    ],
)
def test_too_few_votes_are_refused_with_the_reason(votes, reason):
    with pytest.raises(ResultRefused, match=reason):
        find(votes)


def test_how_sure_a_group_is_stands_beside_it(two_blocs):
    first = said(two_blocs).groups[0]

    assert first.overlap > 0.9
    assert first.called == "very stable"
    assert "comes back when people are drawn anew" in first.says


def test_how_sure_somebody_is_of_their_group_is_known_for_each_person(two_blocs):
    assert two_blocs.sure[two_blocs.group >= 0].min() >= RULES.sure
    assert two_blocs.sure.max() <= 1 + 1e-9


def test_turning_every_statement_round_turns_the_answers_round_and_moves_nobody(two_blocs):
    votes = two_blocs.votes
    turned = find(dataclasses.replace(votes, sign=-votes.sign))

    assert (turned.group == two_blocs.group).all()
    assert [one.statement for one in turned.findings.divides] == [one.statement for one in two_blocs.findings.divides]
    other = {"agree": "disagree", "disagree": "agree"}
    assert {(one.statement, other[one.answer]) for one in turned.findings.shared} == {
        (one.statement, one.answer) for one in two_blocs.findings.shared
    }
