"""`locality voice groups`: from a folder of votes to groups in words, as JSON and as tables."""

from __future__ import annotations

import csv
import json

import pytest

from factories.command import run_locality
from factories.opinion_votes import blocs

ON = ("--on", "2026-11-22")
WORDS = {1: "agree", -1: "disagree", 0: "pass"}


def write(folder, votes):
    folder.mkdir(exist_ok=True)
    rows = zip(votes.person, votes.statement, votes.sign, strict=True)
    with (folder / "votes.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["participant", "statement", "vote"])
        table.writerows((votes.people[one], votes.statements[at], WORDS[int(sign)]) for one, at, sign in rows)
    texts = "".join(f"{code},What number {code} says\n" for code in votes.statements)
    (folder / "statements.csv").write_text(f"statement,text\n{texts}")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("votes") / "held", blocs((90, 70), ("+-" * 6, "-+" * 6), votes=9))


def test_groups_are_told_as_json_with_where_they_come_from(folder):
    ran = run_locality("voice", "groups", folder, "--json", *ON)
    told = json.loads(ran.out)

    assert (ran.code, ran.err) == (0, "")
    assert [one["name"] for one in told["groups"]] == ["A", "B"]
    assert told["schema"] == "locality.opinion-groups/1"
    assert [one["file"] for one in told["inputs"]] == ["votes.csv", "statements.csv"]
    assert told["divides"][0]["text"].startswith("What number s")
    assert {one["id"] for one in told["disclosure"]} >= {"small_count"}


def test_groups_are_printed_in_words(folder):
    ran = run_locality("voice", "groups", folder, *ON)

    assert ran.code == 0
    for said in ("Two groups can be told apart.", "Group A:", "What divides the groups", "Nobody joined them"):
        assert said in ran.out


def test_tables_are_written_without_people(folder, tmp_path):
    run_locality("voice", "groups", folder, "--out", tmp_path / "out", *ON)

    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        "groups.csv",
        "groups.json",
        "report.html",
        "statements.csv",
    ]
    assert "p0001" not in "".join(one.read_text() for one in (tmp_path / "out").iterdir())
    header = (tmp_path / "out/statements.csv").read_text().splitlines()[0]
    assert header == "statement,text,group,agree,disagree,pass"


def test_the_same_seed_gives_the_same_file(folder):
    once, again = (run_locality("voice", "groups", folder, "--json", "--seed", 3, *ON).out for _ in range(2))
    assert once == again


def test_that_there_are_no_groups_is_an_answer(tmp_path):
    ran = run_locality("voice", "groups", write(tmp_path / "coins", blocs((80,), ("?" * 9,))), *ON)
    assert (ran.code, "No groups can be told apart." in ran.out) == (0, True)


def test_too_few_votes_leave_with_three(tmp_path):
    ran = run_locality("voice", "groups", write(tmp_path / "few", blocs((10,), ("?" * 9,))), *ON)
    assert (ran.code, "too few votes to look for groups" in ran.err) == (3, True)


def test_a_file_alone_may_be_named_with_its_statements(folder):
    ran = run_locality(
        "voice", "groups", folder / "votes.csv", "--statements", folder / "statements.csv", "--json", *ON
    )
    assert json.loads(ran.out)["statements"][0]["text"] == "What number s00 says"


def test_an_export_of_polis_needs_its_comments(tmp_path):
    (tmp_path / "votes.csv").write_text("timestamp,datetime,comment-id,voter-id,vote\n1,then,0,1,1\n")
    ran = run_locality("voice", "groups", tmp_path, *ON)
    assert (ran.code, "comments.csv is not beside the votes" in ran.err) == (1, True)


def test_an_export_of_polis_is_read(folder, tmp_path):
    with (folder / "votes.csv").open() as file:
        rows = list(csv.DictReader(file))
    codes = sorted({one["statement"] for one in rows})
    number = {"agree": 1, "disagree": -1, "pass": 0}
    lines = [
        f"{at},then,{codes.index(one['statement'])},{one['participant'][1:]},{number[one['vote']]}"
        for at, one in enumerate(rows)
    ]
    (tmp_path / "votes.csv").write_text("timestamp,datetime,comment-id,voter-id,vote\n" + "\n".join(lines) + "\n")
    said = "".join(f'{at},then,{at},0,1,0,1,"What {code} says, it says"\n' for at, code in enumerate(codes))
    header = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    (tmp_path / "comments.csv").write_text(header + said)

    ran = run_locality("voice", "groups", tmp_path, "--json", *ON)

    assert (ran.code, len(json.loads(ran.out)["groups"])) == (0, 2)


def test_an_empty_folder_is_a_fault(tmp_path):
    ran = run_locality("voice", "groups", tmp_path, *ON)
    assert (ran.code, "the folder holds no table of votes" in ran.err) == (1, True)
