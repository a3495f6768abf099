"""Joint lines: a service planned by several localities together, with shares to the penny, agreed by each.

Exampleshire's North and South plan reablement together: £120,000, of which North pays £80,000.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.plans import SERVICES, joint_line
from locality.foundations import ResultRefused
from locality.plans import JointShare, agree_share, check_joint_line, own_shares, split_by_weights, split_equally

NAMES = {"north": "North", "south": "South", "isles": "Isles"}


def _codes(**changes):
    found = check_joint_line(joint_line(**changes), SERVICES, names=NAMES, must_be_agreed=True)
    return [(fault.column, fault.code) for fault in found]


def _shares(*pence, agreed="2026-02-20"):
    return tuple(JointShare(code, each, agreed) for code, each in zip(NAMES, pence, strict=False))


# ---------------------------------------------------------------- making shares


def test_shares_follow_the_number_of_people_to_the_penny():
    #                           people: 60,000 : 40,000 : 5,000 of £1,000.00
    shares = split_by_weights(100_000, {"north": 60_000, "south": 40_000, "isles": 5_000})
    assert [(share.locality, share.pence) for share in shares] == [
        ("north", 57_143),
        ("south", 38_095),
        ("isles", 4_762),
    ]


def test_equal_shares_differ_by_a_penny_at_most():
    assert [share.pence for share in split_equally(100, NAMES)] == [34, 33, 33]


def test_new_shares_are_not_agreed_yet():
    assert {share.agreed_on for share in split_equally(100, NAMES)} == {""}


def test_own_figures_are_taken_when_they_add_up():
    assert own_shares(100, {"north": 70, "south": 30}) == (JointShare("north", 70), JointShare("south", 30))


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ({"north": 7_000, "south": 2_500}, "add up to £95.00, the line is £100.00; £5.00 is missing"),
        ({"north": 7_000, "south": 3_001}, "add up to £100.01, the line is £100.00; that is £0.01 too much"),
        ({"north": 10_001, "south": -1}, "cannot be below nought: south: -£0.01"),
        ({"north": 10_000}, "at least two localities"),
    ],
)
def test_own_figures_that_cannot_be_are_refused_with_pounds(figures, says):
    with pytest.raises(ResultRefused, match=says):
        own_shares(10_000, figures)


@pytest.mark.parametrize(
    ("total", "weights"), [(-1, {"a": 1, "b": 1}), (1, {"a": 1}), (1, {"a": 0, "b": 0}), (1, {"a": -1, "b": 2})]
)
def test_what_cannot_be_split_is_refused(total, weights):
    with pytest.raises(ResultRefused):
        split_by_weights(total, weights)


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=2, max_size=9).filter(any))
def test_shares_always_add_up_to_the_line(total, weights):
    shares = split_by_weights(total, {str(number): weight for number, weight in enumerate(weights)})
    assert sum(share.pence for share in shares) == total
    assert all(share.pence >= 0 and type(share.pence) is int for share in shares)


# ---------------------------------------------------------------- checking a line


def test_a_line_whose_shares_add_up_and_are_agreed_by_each_has_no_fault():
    assert _codes() == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"total_pence": 1}, ("joint/J1", "joint-shares-sum")),
        ({"total_pence": 5, "shares": _shares(5)}, ("joint/J1", "joint-too-few")),
        ({"total_pence": 2, "shares": _shares(3, -1)}, ("joint/J1/south", "plan-amount-negative")),
        (
            {"total_pence": 2, "shares": (*_shares(1), JointShare("south", 1))},
            ("joint/J1/south", "joint-share-not-agreed"),
        ),
        ({"total_pence": 3, "shares": (*_shares(1, 1), *_shares(1))}, ("joint/J1/north", "joint-share-twice")),
        (
            {"total_pence": 2, "shares": (*_shares(1), JointShare("moon", 1, "x"))},
            ("joint/J1/moon", "joint-locality-unknown"),
        ),
        ({"service": "teleport"}, ("joint/J1", "plan-service-unknown")),
        ({"service": "home-care"}, ("joint/J1", "plan-service-elsewhere")),
        ({"service": "equipment"}, ("joint/J1", "plan-service-elsewhere")),
    ],
)
def test_each_fault_of_a_joint_line_is_named_with_its_place(changes, found):
    assert _codes(**changes) == [found]


def test_all_faults_of_a_joint_line_are_named_at_once():
    assert [code for _, code in _codes(service="x", total_pence=3, shares=(JointShare("north", 2),))] == [
        "plan-service-unknown",
        "joint-shares-sum",
        "joint-too-few",
        "joint-share-not-agreed",
    ]


def test_while_a_line_is_drafted_its_shares_need_not_be_agreed():
    line = joint_line(shares=tuple(JointShare(share.locality, share.pence) for share in joint_line().shares))
    assert check_joint_line(line, SERVICES) == ()
    said = [fault.what for fault in check_joint_line(line, SERVICES, names=NAMES, must_be_agreed=True)]
    assert said == ["North has not agreed to £80,000.00", "South has not agreed to £40,000.00"]


def test_a_locality_agrees_to_its_own_share_only():
    line = joint_line(shares=split_equally(100, ("north", "south")))
    assert [share.agreed_on for share in agree_share(line, "south", "2026-03-01").shares] == ["", "2026-03-01"]
    with pytest.raises(ResultRefused, match="isles has no share"):
        agree_share(line, "isles", "2026-03-01")
