"""A vote from files and back: Pabulib, a folder of tables, and what the command writes."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from factories.command import run_locality as run
from locality.foundations import InputRefused
from locality.voice.choice import Ballot, Currency, Election, Project, parse_pabulib, write_pabulib

FILE = """META
key;value
description;A vote
num_projects;3
num_votes;3
budget;{budget}
vote_type;{kind}
currency;PLN
max_length;3
PROJECTS
project_id;cost;name;category
1;{cost};"Trees; and shade";green
2;20;Path;roads
3;30;Pond;green
VOTES
voter_id;voting_method;neighborhood;vote{extra}
a;internet;North;1,2{points}
b;paper;South;2,3{points}
c;paper;South;3,1{points}
"""


def file(**changed: str) -> str:
    return FILE.format(**({"budget": "100", "cost": "10", "kind": "approval", "extra": "", "points": ""} | changed))


def test_approval_ballots_are_read_with_channel_and_place():
    election = parse_pabulib(file(), "vote.pb").election
    assert election.budget == 10000
    assert election.projects[0] == Project("1", "Trees; and shade", 1000, heading="green")
    assert election.ballots[0] == Ballot("a", ("1", "2"), channel="web", place="North")
    assert election.currency.say(123456) == "1,234.56 zł"


def test_decimals_are_kept_exactly():
    election = parse_pabulib(file(cost="10.0625", budget="100.5"), "vote.pb").election
    assert election.currency == Currency("PLN", 10_000)
    assert (election.budget, election.projects[0].cost) == (1_005_000, 100_625)


@pytest.mark.parametrize("kind", ["cumulative", "scoring"])
def test_points_are_read_and_nought_is_no_support(kind):
    text = file(kind=kind, extra=";points", points=";3,0")
    assert parse_pabulib(text, "vote.pb").election.ballots[1] == Ballot(
        "b", ("2",), (3,), channel="paper", place="South"
    )


def test_ranks_are_read_as_points_from_the_longest_ballot_down():
    election = parse_pabulib(file(kind="ordinal"), "vote.pb").election
    assert (election.ballots[2].choices, election.ballots[2].points) == (("3", "1"), (3, 2))


@pytest.mark.parametrize(
    ("changed", "place", "what"),
    [
        ({"kind": "stars"}, (None, "vote_type"), "ballots of the kind 'stars' are not read"),
        ({"kind": "choose-1"}, (17, "vote"), "it names 2 projects, and each voter had one choice"),
        ({"budget": "1e999999999"}, (None, "budget"), "'1e999999999' is no amount"),
        ({"budget": "1E+20"}, (None, "budget"), "'1E+20' is too much to be counted"),
        ({"cost": "1" * 40}, (12, "cost"), f"'{'1' * 40}' is no amount"),
        ({"budget": "100\nbudget;90"}, (7, "budget"), "budget is said twice: '100' and '90'"),
        (
            {"kind": "scoring\ndefault_score;1", "extra": ";points", "points": ";1,1"},
            (None, "default_score"),
            "each project that a ballot leaves out has 1 points, which is not counted here",
        ),
        (
            {"kind": "scoring", "extra": ";points", "points": ";²,1"},
            (17, "points"),
            "'²,1' are not the points of 2 choices",
        ),
        (
            {"kind": "scoring", "extra": ";points", "points": f";{'9' * 5000},1"},
            (17, "points"),
            f"'{'9' * 60}…' are not the points of 2 choices",
        ),
        ({"cost": "ten"}, (12, "cost"), "'ten' is no amount"),
        ({"cost": "1.2345678"}, (12, "cost"), "'1.2345678' has too many decimals"),
        ({"budget": ""}, (None, "budget"), "'' is no amount"),
        (
            {"kind": "scoring", "extra": ";points", "points": ";1"},
            (17, "points"),
            "'1' are not the points of 2 choices",
        ),
    ],
)
def test_each_fault_of_a_file_is_named_with_its_place(changed, place, what):
    with pytest.raises(InputRefused) as refused:
        parse_pabulib(file(**changed), "vote.pb")
    assert next((one.row, one.column, one.what) for one in refused.value.faults) == (*place, what)


def test_all_faults_of_a_file_are_named_at_once():
    text = file().replace("c;paper;South;3,1", "c;paper;South;3,3,9;more").replace("num_votes;3", "num_votes;4")
    with pytest.raises(InputRefused) as refused:
        parse_pabulib(text, "vote.pb")
    assert {one.what for one in refused.value.faults} == {
        "it has 5 cells, and the section VOTES has 4 columns",
        "'9' is no project",
        "a project is named twice",
        "it says num_votes 4, and holds 3",
    }


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text.replace("\n", ";;;\n"),
        lambda text: text.replace("META", "meta").replace("PROJECTS", "Projects").replace("VOTES", "votes"),
        lambda text: text.replace("vote_type;approval", "vote_type;Approval").replace("voter_id;", "Voter_ID;"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("budget;100", "budget;1E+02").replace(";10;", ";10,0;"),
        lambda text: text.replace("num_votes;3", "num_votes;3.0"),
    ],
    ids=["cells at the end", "names of sections", "names in capitals", "Windows", "empty lines", "amounts", "numbers"],
)
def test_what_programs_for_tables_make_of_a_file_is_read_as_the_same_vote(written):
    assert parse_pabulib(written(file()), "vote.pb").election == parse_pabulib(file(), "vote.pb").election


def test_a_ballot_with_one_choice_is_an_approval():
    text = (
        file(kind="choose-1")
        .replace("vote;1,2", "vote;1")
        .replace(";1,2", ";1")
        .replace(";2,3", "")
        .replace(";3,1", ";3")
    )
    text = text.replace("b;paper;South", "b;paper;South;")
    ballots = parse_pabulib(text, "vote.pb").election.ballots
    assert [(one.choices, one.points) for one in ballots] == [(("1",), ()), ((), ()), (("3",), ())]


@pytest.mark.parametrize(
    "more", ["", "".join(f"x{at};internet;North;1\n" for at in range(20_000))], ids=["short", "long"]
)
def test_a_quotation_mark_that_is_not_closed_is_named_with_its_row(more):
    text = (
        file()
        .replace('"Trees; and shade"', '"Trees and shade')
        .replace("num_votes;3", f"num_votes;{3 + more.count(';1')}")
    )
    with pytest.raises(InputRefused) as refused:
        parse_pabulib(text + more, "vote.pb")
    assert [one.row for one in refused.value.faults] == [12]
    assert "quotation mark" in refused.value.faults[0].what


def test_whoever_stands_twice_and_whatever_is_cut_off_is_named_with_its_row():
    text = file().replace("c;paper;South;3,1", "a;paper;South;3,1\nd;paper").replace("3;30;Pond", "2;30;Pond")
    with pytest.raises(InputRefused) as refused:
        parse_pabulib(text.replace("num_votes;3", "num_votes;4").replace(";2,3", ";2"), "vote.pb")
    said = [(one.row, one.what) for one in refused.value.faults]
    assert (20, "the row ends before its vote") in said
    assert (14, "the project '2' stands above already") in said
    assert (19, "the voter_id 'a' stands above already") in said


@pytest.mark.parametrize("text", ["", "hello", "META\nkey;value\n", "\x00", "META\nPROJECTS\nVOTES\n", ";;;\nMETA"])
def test_what_is_no_vote_is_refused_in_words(text):
    with pytest.raises(InputRefused):
        parse_pabulib(text, "vote.pb")


@pytest.mark.parametrize(
    "changed",
    [{}, {"cost": "10.125"}, {"kind": "scoring", "extra": ";points", "points": ";3,2"}],
    ids=["approval", "decimals", "points"],
)
def test_a_file_that_is_written_reads_back_as_the_same_vote(changed):
    election = parse_pabulib(file(**changed), "vote.pb").election
    assert parse_pabulib(write_pabulib(election), "again.pb").election == election


def test_a_ballot_for_several_people_is_written_as_often():
    election = Election("A vote", 100, (Project("a", "A", 10),), (Ballot("x", ("a",), weight=2),))
    assert [one.code for one in parse_pabulib(write_pabulib(election), "x.pb").election.ballots] == ["x-1", "x-2"]


PROJECTS = """project,name,cost,heading,incompatible,least
bench,Benches by the shore,60000,Places,,
bus,A lunch bus,150000,Getting about,cab,
cab,Shared taxis,120000,Getting about,bus,
choir,Choir for people with dementia,90000,Company,,45000
"""
BALLOTS = """ballot,choices,channel,place
1,"bench,bus",web,North
2,"bench,cab",web,North
3,choir,paper,South
4,"choir,bus",paper,South
5,bus,telephone,North
6,,web,South
"""
RULES = 'name = "A sum for the shore"\nsum = 300000\nlot_seed = "drawn on 1 May"\nvotes_for_whole_sum = "1/3"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("projects.csv", PROJECTS), ("ballots.csv", BALLOTS), ("rules.toml", RULES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_of_tables_is_decided_and_explained(folder):
    done = run("voice", "choose", folder, "--out", folder / "out", "--compare")
    assert done.code == 0, done.err
    told = json.loads((folder / "out/result.json").read_text(encoding="utf-8"))
    assert told["winners"] == ["bus", "bench", "choir"]
    assert told["rules"]["votes_for_whole_sum"] == "1/3"
    assert len(told["rules_sha256"]) == len(told["inputs_sha256"]) == 64
    taxis = next(one for one in told["projects"] if one["code"] == "cab")
    assert taxis["why"].startswith("Not funded: its 1 supporter had £")
    page = (folder / "out/report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "Benches by the shore" in page
    lines = (folder / "out/ballots.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "ballot,place,channel,share,paid,left,paid_exact"
    assert sum(Fraction(line.split(",")[-1]) for line in lines[1:]) == 300000
    assert "By greedy" in done.out


def test_a_preview_is_printed_first_and_says_that_it_is_near(folder):
    done = run("voice", "choose", folder, "--preview")
    first, *result = done.out.splitlines()
    assert first == "Ahead, near and not exact: bus, bench, choir. The exact count decides."
    assert result
    assert "Ahead" not in run("voice", "choose", folder).out
    told = run("voice", "choose", folder, "--preview", "--json")
    assert json.loads(told.out)["winners"] == ["bus", "bench", "choir"]


def test_few_people_of_a_place_are_hidden(folder):
    run("voice", "choose", folder, "--out", folder / "out")
    told = json.loads((folder / "out/result.json").read_text(encoding="utf-8"))
    assert {one["people"] for one in told["places"]} == {None}


def test_what_the_command_asks_for_goes_before_the_rules_of_the_folder(folder):
    done = run("voice", "choose", folder, "--rule", "greedy", "--json")
    told = json.loads(done.out)
    assert told["rules"]["rule"] == "greedy"
    assert told["winners"][0] == "bus"


def test_a_folder_with_faults_has_them_all_named(folder):
    (folder / "rules.toml").write_text('rule = "majority"\nspeed = 3\n', encoding="utf-8")
    (folder / "projects.csv").write_text(PROJECTS.replace("60000", "600.50"), encoding="utf-8")
    done = run("voice", "choose", folder)
    assert done.code == 1
    for said in ("'speed' is no rule of a vote", "the sum in whole pence", "'majority' is not known", "whole pence"):
        assert said in done.err


@pytest.mark.parametrize(
    ("file", "was", "now", "says"),
    [
        ("rules.toml", "sum = 300000", f"sum = {'9' * 25}", "its amounts are too large to be counted"),
        ("rules.toml", "sum = 300000", f"sum = 300000\nstep = {'9' * 25}", "the step or a ceiling is too large"),
        (
            "ballots.csv",
            "ballot,choices,channel,place\n1,",
            "ballot,choices,points,place\n0,bus,²,\n1,",
            "'²' are not points",
        ),
    ],
)
def test_numbers_that_nobody_can_count_are_refused_in_words(folder, file, was, now, says):
    there = folder / file
    there.write_text(there.read_text(encoding="utf-8").replace(was, now), encoding="utf-8")
    done = run("voice", "choose", folder)
    assert done.code == 1
    assert says in done.err


def test_a_folder_that_holds_no_vote_is_refused(tmp_path):
    done = run("voice", "choose", tmp_path)
    assert done.code == 1
    assert "the folder holds no ballots" in done.err


def test_many_people_of_a_place_are_shown(folder):
    people = [f"{at},bench,web,{'North' if at % 2 else 'South'}" for at in range(60)]
    people += [f"{at},cab,paper,{'North' if at % 2 else 'South'}" for at in range(60, 100)]
    (folder / "ballots.csv").write_text("ballot,choices,channel,place\n" + "\n".join(people), encoding="utf-8")
    run("voice", "choose", folder, "--rule", "greedy", "--completion", "none", "--out", folder / "out")
    told = json.loads((folder / "out/result.json").read_text(encoding="utf-8"))
    assert [(one["kind"], one["people"], one["without_a_winner_greedy"]) for one in told["places"]] == [
        ("North", 50, 0),
        ("South", 50, 0),
    ]


def test_a_few_people_without_a_winner_are_not_counted_out(folder):
    run("voice", "choose", folder, "--out", folder / "out")
    told = json.loads((folder / "out/result.json").read_text(encoding="utf-8"))
    assert told["without_a_winner"] == {"equal-shares": None, "greedy": None}
    assert told["says"][0].startswith("Of 6 people who voted, a few support no winner under equal shares")
