"""`locality plans`: check an exported plan, and consolidate agreed ones from a folder."""

import json
from dataclasses import replace

import pytest

from factories.command import run_locality
from factories.plans import LEDGER, LOCALITIES, agreed_plan, joint_line, pounds, small_plan, strategic_plan
from locality.plans import (
    PlanLine,
    StrategicPlan,
    canonical_bytes,
    hash_plan,
    plan_as_json,
    plan_from_json,
    snapshot_of,
)

VOICED = tuple(replace(one, raised_by="Views of 41 residents") for one in agreed_plan().priorities)


def put(folder, plan, name=None):
    path = folder / (name or f"{plan.locality.code}.json")
    path.write_bytes(canonical_bytes(plan_as_json(plan)))
    return path


@pytest.fixture
def folder(tmp_path):
    """Agreed plans of Exampleshire with every table beside them."""
    place = tmp_path / "plans"
    place.mkdir()
    for one in LOCALITIES:
        put(place, agreed_plan(one.code))
    (place / "partnership-lines.csv").write_text("service,source,pence,last_year_pence\nequipment,core,9000000,\n")
    rows = "".join(f"{heading},2025/26,{pence}\n" for heading, pence in LEDGER.items())
    (place / "ledger.csv").write_text(f"heading,year,pence\n{rows}")
    (place / "held.csv").write_text(f"heading,pence\nEquipment,{pounds(100)}\n")
    names = "".join(f"{one.code},{one.name},1000\n" for one in LOCALITIES)
    (place / "localities.csv").write_text(f"locality,name,residents\n{names}")
    return place


def consolidate(folder, *more):
    return run_locality("plans", "consolidate", folder, "--out", folder.parent / "out" / "plan.json", *more)


def test_a_plan_that_does_what_it_must_ends_with_nought(tmp_path):
    ran = run_locality("plans", "check", put(tmp_path, agreed_plan(priorities=VOICED)))
    assert (ran.code, ran.err) == (0, "")
    assert "Sound: its shape, its sums and the funders' rules." in ran.out
    assert "not recorded, because one plan" in " ".join(ran.out.split())


def test_its_hash_is_printed_so_that_anybody_can_compare_it(tmp_path):
    plan = agreed_plan(priorities=VOICED)
    assert f"SHA-256: {hash_plan(plan)}" in run_locality("plans", "check", put(tmp_path, plan)).out


def test_a_sound_plan_that_does_not_do_what_it_must_ends_with_three(tmp_path):
    ran = run_locality("plans", "check", put(tmp_path, small_plan()))
    told = " ".join(ran.out.replace("│", " ").split())
    assert ran.code == 3
    assert "not agreed" in told and "12 met" not in told


def test_faults_of_shape_end_with_one_and_are_all_named(tmp_path):
    content = plan_as_json(agreed_plan())
    content |= {"year": 2026, "version": "1"}
    (tmp_path / "north.json").write_text(json.dumps(content))
    ran = run_locality("plans", "check", tmp_path / "north.json")
    assert ran.code == 1
    assert "2 things to mend:" in ran.out and "year" in ran.out and "version" in ran.out


def test_faults_of_sums_and_rules_end_with_one(tmp_path):
    line = joint_line(total_pence=1)
    lines = (PlanLine("district-nursing", "winter", pounds(1)),)
    ran = run_locality("plans", "check", put(tmp_path, agreed_plan(joint=(line,), lines=lines)))
    assert ran.code == 1
    assert "Winter grant" in ran.out and "add up to" in ran.out


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "[]", "null", '{"schema": "locality-plan/9"}'])
def test_a_file_that_is_no_plan_is_a_fault_and_no_traceback(tmp_path, text):
    (tmp_path / "x.json").write_text(text)
    ran = run_locality("plans", "check", tmp_path / "x.json")
    assert ran.code == 1
    assert "x.json" in ran.out


def test_a_file_in_another_encoding_is_a_fault(tmp_path):
    (tmp_path / "x.json").write_bytes(b"\xff\xfe{\x00")
    assert run_locality("plans", "check", tmp_path / "x.json").code == 1


def test_all_plans_of_a_folder_are_checked(folder):
    told = json.loads(run_locality("plans", "check", folder, "--json").out)
    assert [one["file"] for one in told] == ["isles.json", "north.json", "south.json"]
    assert all(one["sound"] for one in told)
    assert told[1]["outcomes"]["not recorded"] > 40
    assert next(one for one in told[1]["checks"] if one["id"] == "hsci-9.5-lead")["outcome"] == "not recorded"


def test_a_folder_without_a_plan_is_a_fault(tmp_path):
    ran = run_locality("plans", "check", tmp_path)
    assert (ran.code, "the folder has no plan" in ran.err) == (1, True)


def test_a_strategic_plan_is_held_against_the_hashes_that_it_names(tmp_path):
    plan = strategic_plan()
    assert run_locality("plans", "check", put(tmp_path, plan, "plan.json")).code == 0
    changed = replace(plan, plans=(replace(plan.plans[0], summary="Other."), *plan.plans[1:]))
    ran = run_locality("plans", "check", put(tmp_path, changed, "changed.json"))
    assert ran.code == 1
    assert "the plan of north inside it" in ran.out


def test_a_folder_is_consolidated_into_one_file(folder):
    ran = consolidate(folder)
    assert (ran.code, ran.err) == (0, "")
    written = json.loads((folder.parent / "out" / "plan.json").read_text(encoding="utf-8"))
    plan = plan_from_json(written, StrategicPlan, file="plan.json")
    assert plan.facts["totals"]["pence"] == pounds(1_925)
    assert plan.facts["missing"]["complete"] and plan.facts["reconciliation"]["from_ledger"]
    assert f"SHA-256: {hash_plan(plan)}" in ran.out
    assert "Missing" not in ran.out


def test_what_is_missing_is_said_first(folder):
    (folder / "isles.json").unlink()
    (folder / "ledger.csv").unlink()
    (folder / "held.csv").unlink()
    lines = consolidate(folder).out.splitlines()
    assert [line.strip() for line in lines[1:5]] == [
        "Missing: Isles has no agreed plan.",
        "Missing: Isles has no budget.",
        "Missing: there is no ledger, so nothing leads back to it.",
        "There is no held.csv: as much counts as held as the partnership's own lines spend.",
    ]


def test_without_a_list_of_localities_it_says_that_none_can_be_missed(folder):
    (folder / "localities.csv").unlink()
    (folder / "south.json").unlink()
    said = consolidate(folder).out
    assert "a locality that no plan names cannot be missed" in said
    assert "Missing: south has no agreed plan." in said, "its share of a joint line names it"


def test_json_has_the_facts(folder):
    told = json.loads(consolidate(folder, "--json").out)
    assert told["facts"]["totals"]["pence"] == pounds(1_925)
    assert told["notes"] == [] and len(told["sha256"]) == 64


def test_double_counts_end_with_one_and_write_nothing(folder):
    plan = agreed_plan("north")
    put(folder, replace(plan, lines=(*plan.lines, PlanLine("equipment", "core", 100))))
    put(folder, agreed_plan("south"), "south-again.json")
    ran = consolidate(folder)
    assert ran.code == 1
    assert "2 things to mend" in ran.err and "north.json" in ran.err and "south-again.json" in ran.err
    assert not (folder.parent / "out").exists()


def test_a_walk_that_does_not_add_up_ends_with_three(folder):
    rows = "".join(f"{heading},2025/26,{pence},5\n" for heading, pence in LEDGER.items())
    (folder / "ledger.csv").write_text(f"heading,year,pence,change_pence\n{rows}")
    ran = consolidate(folder)
    assert ran.code == 3
    assert ran.err.startswith("Refused. Care at home: the ledger's")


def test_a_kept_hash_is_compared(folder):
    kept = folder / "north.json.sha256"
    kept.write_text(f"{hash_plan(agreed_plan('north'))}  north.json\n")
    assert consolidate(folder).code == 0
    kept.write_text(f"{'0' * 64}  north.json\n")
    ran = consolidate(folder)
    assert ran.code == 1
    assert "north.json: its content does not have the hash 000000000000..." in ran.err


def test_faults_of_every_file_are_named_at_once(folder):
    (folder / "north.json").write_text("{")
    (folder / "held.csv").write_text("heading,pence\nEquipment,1.5\n")
    (folder / "ledger.csv").write_text("heading,year,pence\nA,2025/26,1\nB,2024/25,1\n")
    ran = consolidate(folder)
    assert ran.code == 1
    assert [name in ran.err for name in ("north.json", "held.csv", "ledger.csv")] == [True] * 3


def test_a_strategic_plan_in_the_folder_is_passed_over(folder):
    put(folder, strategic_plan(), "plan.json")
    assert consolidate(folder).code == 0


def test_a_share_agreed_in_any_plan_counts_as_agreed(folder):
    early = joint_line(shares=tuple(replace(one, agreed_on="") for one in joint_line().shares))
    put(folder, agreed_plan("south", joint=(early,)))
    assert "Missing" not in consolidate(folder).out


def test_the_file_is_the_same_however_often_it_is_made(folder):
    target = folder.parent / "out" / "plan.json"
    consolidate(folder)
    first = target.read_bytes()
    consolidate(folder)
    assert target.read_bytes() == first
    assert snapshot_of(agreed_plan()).sha256 in first.decode()
