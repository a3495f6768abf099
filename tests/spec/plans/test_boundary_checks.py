"""The guidance asks that professionals and communities took part in the boundaries, and what these keep whole."""

from __future__ import annotations

import pytest

from factories.plans import planning_record
from locality.plans import Entry, check_guidance, load_checks

TOOK_PART = {
    "professionals": "The practices of both clusters.",
    "professionals_said": "Keep Alloway whole.",
    "communities": "Both community councils.",
    "communities_said": "The ferry joins us.",
    "changed": "Two zones joined Levenmouth.",
    "agreed": "The integration joint board",
}
COMPARED = (
    Entry("", "communities", says="communities kept whole 93.1%"),
    Entry("", "practices", says="practice containment by cluster 76.0%"),
)


def engaged(**changed: str):
    said = {**TOOK_PART, **changed}
    return tuple(Entry("", kind, on="2026-10-01", says=text) for kind, text in said.items() if text)


def outcome(check: str, **parts):
    (found,) = check_guidance(planning_record(further=parts), [one for one in load_checks() if one.id == check])
    return found.outcome, found.says


def test_boundaries_that_were_consulted_on_and_agreed_meet_the_guidance_with_who_and_when():
    assert outcome("hsci-6.2-engaged", boundary_engagement=engaged()) == (
        "met",
        "Local professionals and communities took part; The integration joint board agreed on 1 October 2026.",
    )


@pytest.mark.parametrize(
    ("gap", "says"),
    [
        ("communities", "It is not recorded who of the local communities was engaged."),
        ("changed", "It is not recorded what was changed."),
        ("agreed", "It is not recorded who agreed."),
    ],
)
def test_a_gap_in_the_record_is_named(gap, says):
    assert outcome("hsci-6.2-engaged", boundary_engagement=engaged(**{gap: ""})) == ("not met", says)


def test_where_nobody_took_part_it_is_not_met_and_where_nobody_knows_it_is_not_recorded():
    assert outcome("hsci-6.2-engaged", boundary_engagement=())[0] == "not met"
    assert outcome("hsci-6.2-engaged") == (
        "not recorded",
        "Not recorded here: who took part in drawing the boundaries.",
    )


def test_boundaries_that_were_compared_meet_it_with_the_figures():
    assert outcome("hsci-6.2-natural", boundary_measures=COMPARED) == (
        "met",
        "Communities kept whole 93.1%; practice containment by cluster 76.0%.",
    )


def test_boundaries_that_were_compared_with_communities_alone_do_not():
    assert outcome("hsci-6.2-natural", boundary_measures=COMPARED[:1]) == (
        "not met",
        "Communities kept whole 93.1%; not compared with clusters of GP practices.",
    )


def test_boundaries_that_were_compared_with_nothing_do_not():
    assert outcome("hsci-6.2-natural", boundary_measures=())[0] == "not met"
