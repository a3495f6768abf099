"""Real Fife from its files to a published strategic plan, clearly marked as an example.

The zones, localities, residents and the council's spending are real; the people behind the use of care, the board, the
leads and what they want are made up. The road is the one that a partnership walks:

    locality money shares examples/fife → money budget → release write → the site: release, shapes of zones, catalogue,
    budget, seven locality plans agreed by their groups, the strategic plan agreed by the board, everything published
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from unittest import mock

import pytest
from django.db import transaction
from django.test import Client

from factories.command import run_locality
from locality.foundations import FinancialYear, InputRefused
from locality.plans import StrategicPlan, hash_plan, plan_from_json
from locality.release import read_release
from locality_demo.site import fill_site
from locality_web.areas.boundary_measuring import board_of
from locality_web.areas.shape_changes import ShapeFile
from locality_web.areas.shape_models import ZoneShapes
from locality_web.core.audit_verify import verify_record
from locality_web.money import queries as money
from locality_web.plans.models import LocalityPlanRecord, Publication, StrategicPlanRecord

pytestmark = [pytest.mark.data, pytest.mark.django_db, pytest.mark.xdist_group("fife")]

FIFE = Path(__file__).parents[2] / "examples" / "fife"
SEVEN = (
    *("City of Dunfermline", "Cowdenbeath", "Glenrothes", "Kirkcaldy", "Levenmouth", "North East Fife"),
    "South West Fife",
)
FORMS = {"plan.pdf", "plan-large-print.pdf", "plan.docx", "plan.xlsx", "plan.json", "lines.csv"}


@pytest.fixture(scope="module")
def release(data_root, tmp_path_factory) -> Path:
    """The release that an analyst in Fife would write."""
    out = tmp_path_factory.mktemp("fife")
    path = out / "fife.release.zip"
    for step in (
        ("money", "shares", FIFE, "--data", data_root, "--out", out / "results"),
        ("money", "budget", FIFE, "--data", data_root, "--out", out / "results", "--preset", "linear", "--years", 10),
        ("release", "write", out / "results", "--out", path, "--places", FIFE, "--data", data_root),
    ):
        ran = run_locality(*step)
        assert ran.code == 0, ran.err
    return path


@pytest.fixture(scope="module")
def shapes(data_root) -> ShapeFile:
    """The published file of the whole nation, as a planner in Fife would send it."""
    path = data_root / "dz11_boundaries" / "dz11_boundaries_bng.parquet"
    return ShapeFile(
        name=path.name,
        content=path.read_bytes(),
        source="Scottish Government, Data Zone Boundaries 2011",
        licence="Open Government Licence v3.0",
        attribution="Contains OS data © Crown copyright and database right 2026.",
    )


@pytest.fixture(scope="module")
def fife(release, shapes, django_db_setup, django_db_blocker):
    """The site after one year of Fife's planning."""
    # No other worker is there to whom a job would have to show that it is alive.
    alone = mock.patch("locality_web.core.jobs_work._renew")
    with django_db_blocker.unblock(), alone, transaction.atomic():
        yield fill_site(release, slug="fife", name="Fife", code="S37000032", years=1, shapes=shapes)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def strategic(fife) -> tuple[StrategicPlanRecord, StrategicPlan]:
    record = StrategicPlanRecord.objects.get(partnership=fife)
    return record, plan_from_json(json.loads(record.snapshot.text), StrategicPlan, file="snapshot")


def test_every_locality_of_fife_has_a_plan_that_its_group_agreed(fife, strategic):
    records = LocalityPlanRecord.objects.filter(locality__partnership=fife, year=strategic[0].year)

    assert sorted((each.locality.name, each.state) for each in records) == [(name, "agreed") for name in SEVEN]
    assert all(each.snapshot_id for each in records)


def test_the_board_agreed_to_a_plan_that_names_the_seven_that_it_was_made_of(fife, strategic):
    record, plan = strategic
    hashes = LocalityPlanRecord.objects.filter(locality__partnership=fife).values_list("snapshot__sha256", flat=True)

    assert record.state == "agreed"
    assert sorted(one.sha256 for one in plan.snapshots) == sorted(hashes)
    assert sorted(hash_plan(one) for one in plan.plans) == sorted(hashes)
    assert plan.facts["missing"]["plans"] == []


def test_totals_reconcile_to_the_ledger_to_the_penny(fife, strategic, release):
    shares, facts = read_release(release).tables["shares"], strategic[1].facts["reconciliation"]
    by_heading = shares.groupby("heading")["historic_pence"].sum().to_dict()
    total = facts["total"]
    parts = ("own_pence", "joint_pence", "partnership_pence", "not_yet_planned_pence")

    assert facts["holds"]
    assert {row["heading"]: row["ledger_pence"] for row in facts["rows"]} == by_heading
    assert total["ledger_pence"] == sum(by_heading.values()) > 1_000_000_000_00
    assert total["ledger_pence"] + total["change_pence"] == total["available_pence"]
    assert sum(total[part] for part in parts) == total["available_pence"]


def test_what_is_decided_is_what_there_is(fife, strategic):
    record, _ = strategic
    budget = money.budget_in_force(fife, record.year)
    grown = sum(money.ledger(fife).pence.values())
    for _ in range(FinancialYear.parse("2022/23").start_year, FinancialYear.parse(record.year).start_year):
        grown = round(grown * 1.03)
    localities = sum(row.budget_pence for one in budget.localities.values() for row in one.headings)

    assert localities + sum(row.budget_pence for row in budget.held) == grown


def test_all_eight_plans_are_published_in_every_form(fife):
    kept = Publication.objects.filter(snapshot__partnership=fife)

    assert kept.count() == 8
    assert [each for each in kept if not {file.name for file in each.files.all()} >= FORMS] == []


def test_anybody_can_verify_the_published_file_with_its_hash(fife, strategic):
    record, plan = strategic
    file = Publication.objects.get(snapshot=record.snapshot).files.get(name="plan.json")

    assert hashlib.sha256(record.snapshot.text.encode()).hexdigest() == record.snapshot.sha256
    assert hashlib.sha256(bytes(file.content)).hexdigest() == file.sha256
    assert plan_from_json(json.loads(bytes(file.content)), StrategicPlan, file="plan.json") == plan


def test_a_changed_file_is_no_plan_with_that_hash(strategic):
    record, _ = strategic
    changed = record.snapshot.text.replace("Kirkcaldy", "Kirkcaldie", 1)

    assert changed != record.snapshot.text
    assert hashlib.sha256(changed.encode()).hexdigest() != record.snapshot.sha256


def test_the_release_brings_what_boundaries_are_drawn_on_and_the_file_the_shapes_of_fife(fife):
    board = board_of(fife)

    assert len(board.ground.zones) == ZoneShapes.objects.get(partnership=fife).zones == 494
    assert board.ground.practices is not None
    assert board.ground.practices.modelled
    assert (board.today.division >= 0).all()
    assert len(board.today.codes) == 7


def test_every_public_page_says_that_it_is_an_example(fife, strategic):
    year = strategic[0].year.replace("/", "-")
    pages = ("", f"plan/{year}/", "money/", "localities/levenmouth/", f"localities/levenmouth/plans/{year}/")
    shown = {page: Client().get(f"/fife/{page}") for page in pages}

    assert {page: answer.status_code for page, answer in shown.items()} == dict.fromkeys(pages, 200)
    assert [page for page, answer in shown.items() if "This is an example" not in _text(answer)] == []


def test_the_audit_record_of_the_whole_year_is_whole(fife):
    found = verify_record()

    assert found.wrong == ""
    assert found.events > 100


def test_a_release_of_fife_is_refused_for_another_place(release, fife):
    with pytest.raises(InputRefused, match="not of"), transaction.atomic():
        fill_site(release, slug="elsewhere", name="Elsewhere", code="S37000099", years=1)


def _text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())
