"""A group brings its priorities into an order by a method that was frozen before; every step is said in words."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from factories.priorities import BEFORE, ballots, method, order_of
from locality.disclosure import DisclosureRules
from locality.foundations import InputRefused, ResultRefused
from locality.voice.priorities import (
    Candidate,
    Discussion,
    DividedSum,
    PriorityMethod,
    Ranking,
    Scores,
    channel_shares,
    divide_together,
    freeze_method,
    method_kinds,
    rank_priorities,
    record_discussion,
)

# Where the capital of Tennessee should be: the textbook example of the field.
TENNESSEE = """
    42 M > N > C > K
    26 N > C > K > M
    15 C > K > N > M
    17 K > C > N > M
"""
# Condorcet's own example of 60 ballots that go round in a circle.
CIRCLE = """
    23 A > B > C
    17 B > C > A
    2 B > A > C
    10 C > A > B
    8 C > B > A
"""
# The first example of Schulze's paper (45 ballots); the counts of its pairs are published there.
SCHULZE = """
    5 A > C > B > E > D
    5 A > D > E > C > B
    8 B > E > D > A > C
    3 C > A > B > E > D
    7 C > A > E > B > D
    2 C > B > A > D > E
    7 D > C > E > B > A
    8 E > B > A > D > C
"""


def words(outcome) -> list[str]:
    return [step.words for step in outcome.steps]


def codes(refused) -> list[str]:
    return sorted(fault.code for fault in refused.value.faults)


def test_what_beats_every_other_in_pairs_comes_first():
    found = rank_priorities(method("MNCK"), ballots(TENNESSEE))
    assert (order_of(found), found.beats_all, found.lot_decided) == ("NCKM", "N", False)
    assert words(found) == [
        "'C' is above 'K': 83 of 100 ranked it higher, 17 lower.",
        "'N' is above 'C': 68 of 100 ranked it higher, 32 lower.",
        "'N' is above 'K': 68 of 100 ranked it higher, 32 lower.",
        "'N' is above 'M': 58 of 100 ranked it higher, 42 lower.",
        "'C' is above 'M': 58 of 100 ranked it higher, 42 lower.",
        "'K' is above 'M': 58 of 100 ranked it higher, 42 lower.",
    ]


def test_a_circle_is_opened_where_it_is_least_clear():
    found = rank_priorities(method("ABC"), ballots(CIRCLE))
    assert (order_of(found), found.beats_all) == ("BCA", "")
    assert words(found) == [
        "'B' is above 'C': 42 of 60 ranked it higher, 18 lower.",
        "'C' is above 'A': 35 of 60 ranked it higher, 25 lower.",
        "'A' over 'B' (33 to 27) is left out: it is fixed already that 'B' is above 'C', which is above 'A'.",
    ]


def test_pairs_are_counted_as_published_and_fixed_from_the_clearest():
    found = rank_priorities(method("ABCDE"), ballots(SCHULZE))
    published = "BD33 ED31 AD30 CB29 DC28 EB27 AC26 BA25 CE24 EA23"
    assert " ".join(f"{pair.first}{pair.second}{pair.higher}" for pair in found.pairs) == published
    #  BD, ED, AD, CB are settled; DC would close a circle; EB, AC are settled; BA would; CE is settled; EA would
    assert order_of(found) == "ACEBD"
    assert [step.kind for step in found.steps].count("left_out") == 3


@pytest.mark.parametrize(
    ("unranked", "order"),
    [
        #  4 rank A alone: that puts it above B (4 to 3), or says nothing of B (0 to 3)
        ("below", "ABC"),
        ("no_opinion", "BAC"),
    ],
)
def test_what_an_unranked_candidate_means_was_declared(unranked, order):
    found = rank_priorities(method("ABC", unranked=unranked), ballots("4 A \n 3 B > A > C"))
    assert order_of(found) == order


def test_candidates_in_one_place_count_for_neither():
    found = rank_priorities(method("AB"), ballots("3 A = B \n 2 A > B \n 1 B > A"))
    assert words(found) == ["'A' is above 'B': 2 of 6 ranked it higher, 1 lower, 3 said neither."]


@pytest.mark.parametrize(("lot", "order"), [("AB", "AB"), ("BA", "BA")])
def test_where_two_are_level_the_lot_that_was_drawn_before_decides(lot, order):
    found = rank_priorities(method("AB", lot=tuple(lot)), ballots("2 A > B \n 2 B > A"))
    assert (order_of(found), found.lot_decided) == (order, True)
    first, second = order
    assert words(found) == [
        f"'{first}' and '{second}' are level (2 to 2): the lot, drawn before the count, puts '{first}' first."
    ]


def test_points_for_places_are_added_up():
    found = rank_priorities(method("MNCK", "borda"), ballots(TENNESSEE))
    assert [(each.code, each.figure) for each in found.order] == [("N", 194), ("C", 173), ("M", 126), ("K", 107)]
    assert words(found)[0] == "'N' has 194 points of at most 300."


@pytest.mark.parametrize(
    ("unranked_points", "points"),
    [
        #  A > (B, C, D unranked): A has 3 points; the others share 2 + 1 + 0, or get nothing
        ("average", {"A": 3, "B": 1, "C": 1, "D": 1}),
        ("nothing", {"A": 3, "B": 0, "C": 0, "D": 0}),
    ],
)
def test_points_of_unranked_candidates_were_declared(unranked_points, points):
    found = rank_priorities(method("ABCD", "borda", unranked_points=unranked_points), ballots("1 A"))
    assert {each.code: each.figure for each in found.order} == points


def test_those_in_one_place_share_its_points():
    found = rank_priorities(method("ABC", "borda"), ballots("1 A = B > C"))
    assert {each.code: each.figure for each in found.order} == {"A": Fraction(3, 2), "B": Fraction(3, 2), "C": 0}
    assert words(found) == [
        "'A' has 1.5 points of at most 2.",
        "'B' has 1.5 points of at most 2.",
        "'C' has 0 points of at most 2.",
        "'A' and 'B' are level: the lot puts 'A' first.",
    ]


#            A  B  C
SCORES = """ 5  4  -
             5  4  -
             0  3  5 """


def scored(drawn: str = SCORES) -> list[Scores]:
    rows = [line.split() for line in drawn.strip().splitlines()]
    return [
        Scores("web", tuple((code, int(said)) for code, said in zip("ABC", row, strict=True) if said != "-"))
        for row in rows
    ]


@pytest.mark.parametrize(
    ("settings", "figures"),
    [
        ({}, [("C", 5), ("B", Fraction(11, 3)), ("A", Fraction(10, 3))]),
        ({"unscored": "lowest"}, [("B", Fraction(11, 3)), ("A", Fraction(10, 3)), ("C", Fraction(5, 3))]),
        ({"average": "median"}, [("C", 5), ("A", 5), ("B", 4)]),
        ({"average": "median", "unscored": "lowest"}, [("A", 5), ("B", 4), ("C", 0)]),
    ],
)
def test_the_mean_or_the_middle_score_decides_as_was_declared(settings, figures):
    found = rank_priorities(method("ABC", "score", **settings), scored())
    assert [(each.code, each.figure) for each in found.order] == figures


def test_scores_are_said_in_words():
    mean = rank_priorities(method("ABC", "score"), scored())
    assert words(mean)[:2] == [
        "'C' has the mean score 5: 5 from 1 score.",
        "'B' has the mean score 3.67: 11 from 3 scores.",
    ]
    middle = rank_priorities(method("ABC", "score", average="median"), scored())
    assert words(middle)[1] == "'A' has the middle score 5 of 3 scores, mean 3.33."
    unscored = rank_priorities(method("AB", "score"), [Scores("web", (("B", 0),))])
    assert (order_of(unscored), words(unscored)[1]) == ("BA", "'A' was scored by nobody.")


def test_the_median_of_an_even_number_is_between_the_middle_two():
    found = rank_priorities(method("AB", "score", average="median"), [Scores("web", (("A", s),)) for s in (0, 1, 4, 5)])
    assert found.order[0].figure == Fraction(5, 2)


def test_a_discussion_is_recorded_with_its_objections():
    said = Discussion(dt.date(2026, 5, 4), 14, ("B", "A"), "Buses come first in winter.", ("One person: too dear.",))
    found = record_discussion(method("AB", "discussion"), said)
    assert (order_of(found), found.ballots) == ("BA", 14)
    assert words(found) == [
        "Agreed on 4 May 2026 by 14 people: Buses come first in winter.",
        "Objection: One person: too dear.",
    ]


@pytest.mark.parametrize(
    "change", [{"order": ("A",)}, {"order": ("A", "A")}, {"order": ("A", "B", "C")}, {"words": " "}]
)
def test_a_discussion_without_its_whole_order_or_its_reasons_is_refused(change):
    said = replace(Discussion(dt.date(2026, 5, 4), 14, ("B", "A"), "Buses."), **change)
    with pytest.raises(InputRefused) as refused:
        record_discussion(method("AB", "discussion"), said)
    assert codes(refused) == ["discussion-order"]


#             A    B    C    of £100
DIVIDED = """ 100  0    0
              50   50   0
              0    100  0 """


def divided(drawn: str = DIVIDED) -> list[DividedSum]:
    rows = [[int(pounds) * 100 for pounds in line.split()] for line in drawn.strip().splitlines()]
    return [DividedSum("paper", tuple(zip("ABC", row, strict=True))) for row in rows]


def test_a_sum_is_divided_by_the_mean_to_the_penny():
    found = divide_together(method("ABC", "dividing", sum_pence=10_000), divided("100 0 0 \n 0 100 0 \n 0 0 100"))
    assert [each.pence for each in found.parts] == [3_334, 3_333, 3_333]
    assert words(found)[0] == "'A' gets £33.34: 1 of 3 gave it something, £33.33 on average."


def test_middle_amounts_are_brought_to_the_sum():
    #  the middle amounts are £50, £50 and £0 of £101: they come to £100 and are brought to £101
    drawn = divided("101 0 0 \n 50 50 1 \n 0 101 0")
    found = divide_together(method("ABC", "dividing", sum_pence=10_100, average="median"), drawn)
    assert [each.pence for each in found.parts] == [5_050, 5_050, 0]
    assert words(found)[0] == "'A' gets £50.50: 2 of 3 gave it something; the middle amount is £50.00."


def test_where_every_middle_amount_is_nought_nothing_is_divided():
    drawn = divided("100 0 0 \n 0 100 0 \n 0 0 100")
    with pytest.raises(ResultRefused, match="every middle amount is nought"):
        divide_together(method("ABC", "dividing", sum_pence=10_000, average="median"), drawn)


@pytest.mark.parametrize(
    ("frozen", "handed_in", "expected"),
    [
        (method("AB"), ballots("1 A > X"), ["ballot-unknown"]),
        (method("AB"), ballots("1 A > B > A"), ["ballot-twice"]),
        (method("AB", "score"), [Scores("web", (("A", 6),)), Scores("web", (("A", -1),))], ["ballot-score"] * 2),
        (method("AB", "dividing", sum_pence=100), [DividedSum("web", (("A", 99),))], ["ballot-sum"]),
        (method("AB", "dividing", sum_pence=100), [DividedSum("web", (("A", 101), ("B", -1)))], ["ballot-sum"]),
    ],
)
def test_a_faulty_ballot_is_refused_with_its_number(frozen, handed_in, expected):
    count = divide_together if frozen.method.kind == "dividing" else rank_priorities
    with pytest.raises(InputRefused) as refused:
        count(frozen, handed_in)
    assert codes(refused) == expected
    assert [fault.row for fault in refused.value.faults] == list(range(1, len(expected) + 1))


def test_too_few_ballots_give_no_result():
    with pytest.raises(ResultRefused, match="Only 4 ballots came in; with fewer than 5"):
        rank_priorities(method("AB", least_ballots=5), ballots("4 A > B"))
    with pytest.raises(ResultRefused, match="Only 0 ballots"):
        rank_priorities(method("AB"), [])


def test_ballots_are_counted_by_the_method_that_was_frozen_and_by_no_other():
    frozen = method("AB", lot=("A", "B"))
    changed = replace(frozen, method=replace(frozen.method, lot=("B", "A")))
    with pytest.raises(ResultRefused, match="not the one that was frozen"):
        rank_priorities(changed, ballots("5 A > B"))


@pytest.mark.parametrize(
    ("count", "frozen", "handed_in"),
    [
        (rank_priorities, method("AB", "score"), ballots("1 A > B")),
        (rank_priorities, method("AB"), [Scores("web", (("A", 1),))]),
        (rank_priorities, method("AB", "discussion"), ballots("1 A > B")),
        (rank_priorities, method("AB", "dividing", sum_pence=1), ballots("1 A > B")),
        (divide_together, method("AB"), [DividedSum("web", (("A", 1),))]),
        (record_discussion, method("AB"), Discussion(BEFORE, 1, ("A", "B"), "Yes.")),
    ],
)
def test_what_was_handed_in_for_one_method_is_not_counted_by_another(count, frozen, handed_in):
    with pytest.raises(ResultRefused, match="is not of that kind"):
        count(frozen, handed_in)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"candidates": (Candidate("A", "a"),), "lot": ("A",)}, ["method-candidates"]),
        ({"candidates": (Candidate("A", "a"), Candidate("A", "b")), "lot": ("A", "A")}, ["method-candidates"]),
        ({"lot": ("A",)}, ["method-lot"]),
        ({"lot": ("A", "A")}, ["method-lot"]),
        ({"kind": "shouting", "average": "mode"}, ["method-setting"] * 2),
        ({"kind": "score", "lowest": 5, "highest": 5}, ["method-setting"]),
        ({"kind": "dividing"}, ["method-setting"]),
        ({"least_ballots": 0}, ["method-setting"]),
    ],
)
def test_a_method_that_cannot_be_counted_by_is_not_frozen(change, expected):
    sound = PriorityMethod("ranked_pairs", (Candidate("A", "a"), Candidate("B", "b")), ("A", "B"))
    with pytest.raises(InputRefused) as refused:
        freeze_method(replace(sound, **change), on=BEFORE)
    assert codes(refused) == expected


def test_ballots_are_told_by_channel_and_small_numbers_are_hidden():
    rules = DisclosureRules(threshold=4, width=3)
    many = [Ranking("web", (("A",),))] * 30 + [Ranking("paper", (("A",),))] * 10
    assert [(each.channel, each.ballots, each.share) for each in channel_shares(many, rules)] == [
        ("paper", 10, Fraction(1, 4)),
        ("web", 30, Fraction(3, 4)),
    ]
    few = many + [Ranking("telephone", (("A",),))] * 2
    hidden = Counter(each.ballots is None for each in channel_shares(few, rules))
    assert hidden[True] >= 2
    assert channel_shares([], rules) == ()


def test_the_methods_that_can_be_chosen_explain_themselves():
    kinds, least = method_kinds(dt.date(2026, 11, 22))
    assert [each.code for each in kinds] == ["ranked_pairs", "borda", "score", "discussion", "dividing"]
    assert all(each.says.endswith(".") for each in kinds)
    assert least == 5
