"""Counts of people in groups leave through disclosure control, and sentences tell no more than counts do."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from factories.opinion_votes import blocs, drawn_votes
from locality.disclosure import rules_on
from locality.voice.opinion_groups import (
    AnswerCounts,
    find_opinion_groups,
    group_rules,
    publish_groups,
    render_groups,
)
from locality.voice.opinion_groups.counts import counts_shown

DAY = dt.date(2026, 11, 22)
RULES = rules_on(DAY)


@pytest.fixture(scope="module")
def found():
    return find_opinion_groups(blocs((200, 150), ("+-" * 12, "-+" * 12), votes=12), group_rules(DAY))


def grouped(found, picture, group):
    """Give groups of which everything but votes and members is of another conversation."""
    return dataclasses.replace(found, votes=drawn_votes(picture), group=np.array(group))


def test_no_shown_count_is_a_small_one(found):
    shown = counts_shown(found, RULES)
    counts = [*shown.people]
    counts += [count for row in shown.statements for one in row for count in (one.agree, one.disagree, one.passed)]

    assert [count for count in counts if count is not None and 1 <= count <= 4] == []


def test_most_counts_of_a_large_conversation_are_shown(found):
    shown = counts_shown(found, RULES)
    agrees = [row[0].agree for row in shown.statements]
    assert sum(count is not None for count in agrees) >= 12


def test_a_small_count_in_a_group_is_hidden_and_so_is_what_would_give_it_away(found):
    # Twenty in A: two disagree. Twenty in B: all disagree. Everybody voted, and nobody is in no group.
    picture = "\n".join(["+"] * 18 + ["-"] * 22)
    row = counts_shown(grouped(found, picture, [0] * 20 + [1] * 20), RULES).statements[0]

    assert [(one.agree, one.disagree) for one in row[:2]] == [(None, None), (0, None)]


def test_people_who_did_not_vote_and_those_in_no_group_hide_a_small_count_at_no_loss(found):
    # Thirty in A: two disagree, ten do not vote. Twenty in B: all disagree. In no group: ten do, six do not vote.
    picture = "\n".join(["+o"] * 18 + ["-o"] * 2 + [".o"] * 10 + ["-o"] * 20 + ["-o"] * 10 + [".o"] * 6)
    row = counts_shown(grouped(found, picture, [0] * 30 + [1] * 20 + [-1] * 16), RULES).statements[0]

    assert [(one.agree, one.disagree) for one in row] == [(18, None), (0, 20), (18, 32)]
    assert row[0].share("agree") == (18 / 22, 18 / 19)


def test_a_share_is_told_as_far_as_counts_tell_it():
    assert AnswerCounts(30, 20, 10, 4).share("agree") == (0.5, 0.5)
    assert AnswerCounts(30, None, 0, 4).share("agree") == (30 / 34, 30 / 31)
    assert AnswerCounts(30, None, 0, None).share("agree") is None
    assert AnswerCounts(None, 30, 0, 4).share("agree") is None
    assert AnswerCounts(0, 0, 0, 4).share("agree") is None


def test_what_is_published_holds_nothing_about_a_single_person(found):
    told = repr(publish_groups(found, RULES))
    assert not any(person in told for person in found.votes.people)


def test_sentences_name_the_sides_of_what_divides(found):
    first = publish_groups(found, RULES).divides[0]
    assert " agree" in first.says and " disagree" in first.says


def test_without_groups_what_most_share_is_told():
    none = find_opinion_groups(blocs((100,), ("+++++-???",)), group_rules(DAY))
    published = publish_groups(none, RULES)

    assert (published.is_grouped, published.groups, published.in_no_group) == (False, (), None)
    assert {one.statement for one in published.shared} <= {"s00", "s01", "s02", "s03", "s04", "s05"}
    assert published.shared[0].says.endswith("of all who voted on it agree.")


def test_the_report_is_one_page_that_asks_for_nothing_and_escapes_what_people_wrote(found):
    texts = ("<script>alert(1)</script>", *found.votes.texts[1:])
    own = dataclasses.replace(found, votes=dataclasses.replace(found.votes, texts=texts))
    page = render_groups(publish_groups(own, RULES), RULES, title="Held & done", made_by="locality", made_on=DAY)

    assert "<script" not in page and "&lt;script&gt;alert(1)" in page
    assert "http" not in page and "src=" not in page
    assert page.startswith("<!DOCTYPE html>")
    for said in ("Opinion groups: Held &amp; done", "Two groups can be told apart.", "Group B", "Counts of 4 people"):
        assert said in page
