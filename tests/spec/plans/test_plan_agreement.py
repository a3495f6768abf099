"""Who has agreed to a plan, who objects and why, who has not answered.

Four people may agree: Ann and Bob of general practice, Cas for the carers, Dee for housing.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.foundations import InputRefused
from locality.plans import MayAgree, QuorumRule, Stance, count_stances, quorum_of

FOUR = (MayAgree("Ann", "GP"), MayAgree("Bob", "GP"), MayAgree("Cas", "Carers"), MayAgree("Dee", "Housing"))
ROLES = {one.name: one.role for one in FOUR}
THREE_ANSWER = QuorumRule(number=3)


def _said(**stances):
    """Ann="agree" or Dee="object: too little"."""
    split = {name: said.partition(": ") for name, said in stances.items()}
    return [Stance(name, ROLES.get(name, "None"), said, why, "2026-02-28") for name, (said, _, why) in split.items()]


def _names(found):
    return [one.name for one in found]


def test_a_plan_is_agreed_when_enough_have_answered_and_more_agree_than_object():
    standing = count_stances(_said(Ann="agree", Bob="agree", Dee="object: Too little."), FOUR, THREE_ANSWER)
    assert standing.reached
    assert (standing.answered, standing.quorum) == (3, 3)
    assert _names(standing.objections) == ["Dee"]
    assert _names(standing.not_answered) == ["Cas"]


def test_where_an_objection_blocks_the_same_answers_do_not_agree_it():
    rule = QuorumRule(number=3, objection_blocks=True)
    standing = count_stances(_said(Ann="agree", Bob="agree", Dee="object: Too little"), FOUR, rule)
    assert not standing.reached
    assert standing.words == (
        "Not agreed yet. 3 of 4 who may agree have answered; 3 are needed. 2 agree and 1 object. "
        "Dee (Housing) objects: Too little. One objection is enough to keep this plan from being agreed. "
        "Not answered: Cas."
    )


def test_as_many_objections_as_agreements_are_not_an_agreement():
    said = _said(Ann="agree", Bob="agree", Cas="object: No.", Dee="object: No.")
    assert not count_stances(said, FOUR, THREE_ANSWER).reached


def test_too_few_answers_are_no_agreement_however_they_are():
    standing = count_stances(_said(Ann="agree", Bob="agree"), FOUR, THREE_ANSWER)
    assert (standing.reached, _names(standing.not_answered)) == (False, ["Cas", "Dee"])


def test_the_last_answer_of_a_person_counts():
    said = [*_said(Ann="object: Wait."), *_said(Ann="agree", Bob="agree", Cas="agree")]
    assert count_stances(said, FOUR, THREE_ANSWER).objections == ()


def test_somebody_who_may_not_agree_is_named_and_not_counted():
    standing = count_stances(_said(Ann="agree", Bob="agree", Eve="agree"), FOUR, THREE_ANSWER)
    assert (standing.reached, _names(standing.not_counted)) == (False, ["Eve"])


@pytest.mark.parametrize(
    ("percent", "members", "quorum"), [(50, 4, 2), (50, 5, 3), (67, 4, 3), (1, 4, 1), (100, 4, 4), (50, 0, 1)]
)
def test_a_share_of_members_is_rounded_up_and_is_never_nobody(percent, members, quorum):
    assert quorum_of(QuorumRule(percent=percent), members) == quorum


def test_where_nobody_may_agree_nothing_is_agreed():
    assert not count_stances([], (), QuorumRule(percent=50)).reached


def test_a_quorum_that_can_never_be_reached_says_so():
    assert "can never be reached" in count_stances([], FOUR, QuorumRule(number=5)).words


@pytest.mark.parametrize(
    "rule",
    [
        QuorumRule(),
        QuorumRule(number=1, percent=1),
        QuorumRule(number=0),
        QuorumRule(percent=0),
        QuorumRule(percent=101),
    ],
)
def test_a_rule_that_cannot_be_is_refused(rule):
    with pytest.raises(InputRefused):
        quorum_of(rule, 4)


@given(st.lists(st.tuples(st.sampled_from([*ROLES, "Eve"]), st.sampled_from(["agree", "object"]))), st.integers(1, 5))
def test_everybody_who_may_agree_is_counted_once_and_an_agreement_is_never_without_a_majority(answers, number):
    said = [Stance(name, ROLES.get(name, ""), stance, "", "") for name, stance in answers]
    standing = count_stances(said, FOUR, QuorumRule(number=number))
    assert sorted(_names((*standing.agree, *standing.objections, *standing.not_answered))) == sorted(ROLES)
    if standing.reached:
        assert standing.answered >= number
        assert len(standing.agree) > len(standing.objections)
