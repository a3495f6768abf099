"""Votes that were published with their results, counted again."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from locality.voice.choice import (
    Ballot,
    ChoiceRules,
    Election,
    Project,
    choose,
    compare_rules,
    load_choice_rules,
    parse_pabulib,
    preview,
    read_pabulib,
    write_pabulib,
)

CASES = Path(os.environ.get("LOCALITY_CASES", "/nonexistent")) / "voice"
pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not CASES.exists(), reason="set LOCALITY_CASES to the published votes"),
]
DAY = dt.date(2026, 11, 22)


def listed(name: str, key: str) -> list:
    path = CASES / name
    return json.loads(path.read_text(encoding="utf-8"))[key] if path.exists() else []


@pytest.mark.parametrize("case", listed("official_mes.json", "elections"), ids=lambda case: case["file"])
def test_the_three_official_elections_have_the_winners_that_their_cities_announced(case):
    election = read_pabulib(CASES / case["file"]).election
    bar = Fraction(1, 3) if case.get("excluded") else None
    rules = load_choice_rules(DAY, votes_for_whole_sum=bar)
    found = choose(election, rules)
    assert sorted(found.winners) == case["expected_winners"]
    assert found.spent == int(case["expected_cost"]) * 100
    assert [one.code for one in found.projects if one.reason == "bar"] == case.get("excluded", [])
    plain = choose(election, replace(rules, completion="none"))
    assert sorted(plain.winners) == case["mes_without_completion"]
    both = compare_rules(election, replace(rules, votes_for_whole_sum=None), found)
    assert sorted(both.other.winners) == case["greedy_by_votes"]
    nothing = {rule: round(100 * number / both.everybody.people, 2) for rule, number in both.everybody.nothing}
    assert nothing["equal-shares"] == case["pct_voters_with_no_winning_project"]["mes"]
    assert nothing["greedy"] == case["pct_voters_with_no_winning_project"]["greedy"]


@pytest.mark.parametrize("case", listed("official_mes.json", "elections"), ids=lambda case: case["file"])
def test_the_preview_agrees_with_the_announced_winners(case):
    election = read_pabulib(CASES / case["file"]).election
    bar = Fraction(1, 3) if case.get("excluded") else None
    assert (
        sorted(preview(election, load_choice_rules(DAY, votes_for_whole_sum=bar)).winners) == case["expected_winners"]
    )


def test_in_wieliczka_every_lost_project_had_what_the_city_said():
    election = read_pabulib(CASES / "pabulib/Poland_Wieliczka_2023_Green_Budget.pb").election
    said = json.loads((CASES / "wieliczka_explanations.json").read_text(encoding="utf-8"))
    found = choose(election, load_choice_rules(DAY))
    assert list(found.winners) == said["order"]
    assert found.steps == 164
    lost = {one.code: one for one in found.projects if not one.order}
    assert set(lost) == set(said["dropped"])
    for code, its in said["dropped"].items():
        assert (lost[code].reason, lost[code].after) == ("money", its["after_round"])
        assert lost[code].money == Fraction(its["money"]) * 100


@pytest.mark.parametrize("case", listed("pabulib_cross.json", "instances"), ids=lambda case: case["file"])
def test_small_elections_of_polish_cities_are_decided_as_two_other_programs_decide_them(case):
    if not (CASES / case["file"]).exists():
        pytest.skip("not among the files")
    election = read_pabulib(CASES / case["file"]).election
    rules = load_choice_rules(DAY, step=case["step"] * 100)
    greedy = choose(election, replace(rules, rule="greedy"))
    assert sorted(greedy.winners) == sorted(case["official_greedy_winners"])
    for key, changed in {
        "mes_cost_no_completion": {"completion": "none"},
        "mes_cardinality_no_completion": {"completion": "none", "utility": "cardinality"},
        "mes_cost_step_exhaustive": {"completion": "add1-exhaustive"},
        "mes_cost_step_overspend": {"completion": "add1"},
    }.items():
        assert sorted(choose(election, replace(rules, **changed)).winners) == sorted(case[key]), key


def committee(case: dict) -> Election:
    projects = tuple(Project(str(at), "", 1) for at in range(case["num_candidates"]))
    ballots = tuple(Ballot(str(at), tuple(map(str, chosen))) for at, chosen in enumerate(case["ballots"]))
    return Election("Committee", case["committee_size"], projects, ballots)


@pytest.mark.parametrize("part", range(4))
def test_480_small_committees_are_elected_as_published(part):
    checked = 0
    for case in listed("abcvoting_equal_shares.json", "instances")[part::4]:
        rules = ChoiceRules("equal-shares", "cost", "fill", lot=tuple(map(str, range(case["num_candidates"]))))
        found = choose(committee(case), rules)
        # Whoever nobody supports is put in there to fill the seats; here no money goes to them.
        known = {candidate for ballot in case["ballots"] for candidate in ballot}
        accepted = case["expected"]["equal-shares-with-av-completion"]["all"]
        assert set(map(int, found.winners)) in [known & set(one) for one in accepted], case["name"]
        checked += 1
    assert checked == 120


def test_a_published_file_comes_back_as_it_was():
    for path in sorted(CASES.glob("pabulib/*.pb")):
        election = read_pabulib(path).election
        assert parse_pabulib(write_pabulib(election), path.name).election == election
