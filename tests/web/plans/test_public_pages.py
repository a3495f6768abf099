"""Published plans: to read, to download in every form with the same figures, to compare, to verify."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factories import money_site, plans_public, plans_site, site
from locality.plans import total_plan
from locality.plans.documents import amounts_in, outline_of
from locality_web.plans.snapshots import read_snapshot
from locality_web.plans.steps import start_plan, take_step

pytestmark = pytest.mark.django_db
PLAN = "/fife/localities/levenmouth/plans/2026-27/"


@pytest.fixture
def reader() -> Client:
    return Client()


def text_of(answer) -> str:
    return answer.content.decode()


def test_everybody_reads_a_published_plan_and_its_page_asks_for_few_queries(fife, reader):
    plans_site.published(fife)

    with CaptureQueriesContext(connection) as queries:
        page = text_of(reader.get(PLAN))

    assert "Locality plan for Levenmouth, 2026/27" in page
    assert 'id="line-home-care-core"' in page
    assert "/fife/follow/2026-27/levenmouth/home-care/core/" in page
    assert len(queries) <= 8


def test_the_same_figures_stand_on_the_page_in_the_sheet_in_json_and_in_csv(fife, reader):
    record = plans_site.published(fife)
    content = read_snapshot(record.snapshot)
    planned = total_plan(content).grand.planned_pence

    page = text_of(reader.get(PLAN))
    plain = json.loads(reader.get(f"{PLAN}files/plan.json").content)
    rows = list(csv.DictReader(io.StringIO(reader.get(f"{PLAN}files/lines.csv").content.decode())))
    sheet = openpyxl.load_workbook(io.BytesIO(reader.get(f"{PLAN}files/plan.xlsx").content))["Lines"]
    word = zipfile.ZipFile(io.BytesIO(reader.get(f"{PLAN}files/plan.docx").content)).read("word/document.xml").decode()

    assert sum(line["pence"] for line in plain["lines"]) == planned
    assert sum(int(row["planned_pence"]) for row in rows) == planned
    assert all(f"£{abs(pence) / 100:,.2f}" in page for pence in amounts_in(outline_of(content)))
    assert all(f"£{abs(pence) / 100:,.2f}" in word for pence in amounts_in(outline_of(content)))
    in_sheet = [row for row in sheet.iter_rows(values_only=True) if "home-care" in row]
    in_csv = next(row for row in rows if row["service"] == "home-care")
    assert int(in_csv["planned_pence"]) / 100 in [each for row in in_sheet for each in row]


def test_a_file_has_its_media_type_a_name_and_may_be_kept(fife, reader):
    plans_site.published(fife)

    pdf = reader.get(f"{PLAN}files/plan.pdf")

    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"] == 'attachment; filename="levenmouth-2026-27-plan.pdf"'
    assert "public" in pdf["Cache-Control"]
    assert reader.get(f"{PLAN}files/plan.pdf", headers={"If-None-Match": pdf["ETag"]}).status_code == 304
    assert reader.get(f"{PLAN}files/plan.html").status_code == 404


def test_a_draft_is_read_by_those_who_may_read_drafts_and_by_nobody_else(fife, reader, as_role):
    plans_site.written(fife)

    assert reader.get(PLAN).status_code == 404
    assert "This is a draft. It may still change." in text_of(as_role("planner").get(PLAN))


def test_an_earlier_edition_keeps_its_address_and_says_that_there_is_a_later_one(fife, reader):
    plans_site.agreed(fife)
    lead = plans_site.holder(fife, "lead", "levenmouth")
    second = start_plan(lead, site.place(fife, "levenmouth"), "2026/27")
    take_step(lead, second, "open_for_comments")

    assert "Edition 1 is agreed and in force until this one is agreed" in text_of(reader.get(PLAN))
    assert "There is a later edition." in text_of(reader.get(f"{PLAN}?edition=1"))
    assert reader.get(f"{PLAN}?edition=7").status_code == 404


def test_a_planner_publishes_from_the_page_of_an_agreed_plan(fife, as_role):
    plans_site.agreed(fife)
    planner = as_role("planner")

    assert "Publish this plan" in text_of(planner.get(PLAN))
    assert "This plan is being published." in text_of(planner.post(f"{PLAN}publish/", follow=True))
    plans_site.work_until_done()
    assert "plan-large-print.pdf" in text_of(planner.get(PLAN))


def test_a_plan_is_compared_with_the_one_of_the_year_before(fife, reader):
    plans_site.agreed(fife, year="2025/26")
    plans_site.agreed(fife)

    page = text_of(reader.get(f"{PLAN}compare/"))

    assert "From 2025/26 to 2026/27" in page
    assert "is planned; before it was" in page


def test_what_people_write_stays_text_on_the_page(fife, reader):
    record = plans_site.written(fife)
    from locality_web.plans.writing import save_edits

    lead = plans_site.holder(fife, "lead", "levenmouth")
    save_edits(lead, record, {"summary": "<script>alert(1)</script>"}, base_version=record.version)
    take_step(lead, record, "open_for_comments")

    page = text_of(reader.get(PLAN))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_hash_says_which_plan_it_is_and_one_other_digit_says_none(fife, reader):
    record = plans_site.agreed(fife)
    good = record.snapshot.sha256
    bad = good[:-1] + ("0" if good[-1] != "0" else "1")

    assert "Yes: it is what was agreed" in text_of(reader.get("/fife/verify/", {"sha256": good}))
    assert "This is the hash of no plan" in text_of(reader.get("/fife/verify/", {"sha256": bad}))
    assert "It has 5 signs" in text_of(reader.post("/fife/verify/", {"sha256": "abcde"}))
    assert "Paste a SHA-256, or choose a file." in text_of(reader.post("/fife/verify/", {}))


def test_a_file_that_was_changed_is_told_from_one_that_was_only_written_otherwise(fife, reader):
    record = plans_site.agreed(fife)

    def send(content: str) -> str:
        file = io.BytesIO(content.encode())
        file.name = "plan.json"
        return text_of(reader.post("/fife/verify/", {"file": file}))

    plain = json.loads(record.snapshot.text)
    assert "as it was agreed. It is in force." in send(record.snapshot.text)
    assert "what it says is unchanged" in send(json.dumps(plain, indent=2))
    assert "it was changed, or it was never agreed here" in send(json.dumps({**plain, "summary": "Other"}))
    assert "cannot be read as JSON" in send("{")
    assert "is no plan of Fife" in send("[]")


def test_the_schema_of_a_plan_is_public(fife, reader):
    schema = reader.get("/fife/schema/locality-plan.json").json()

    assert schema["properties"]["schema"] == {"const": "locality-plan/1"}
    assert reader.get("/fife/schema/other.json").status_code == 404


def test_published_plans_are_in_the_sitemap_and_drafts_are_not(fife, reader):
    plans_site.agreed(fife)
    plans_site.written(fife, "kirkcaldy")

    sitemap = text_of(reader.get("/sitemap.xml"))

    assert "/fife/localities/levenmouth/plans/2026-27/" in sitemap
    assert "/fife/localities/kirkcaldy/plans/" not in sitemap


def test_the_latest_strategic_plan_has_a_stable_address(fife, reader):
    assert reader.get("/fife/plan/latest/").status_code == 404
    money_site.officer(fife, "executive")
    plans_public.agreed_strategic(fife)

    assert reader.get("/fife/plan/latest/")["Location"] == "/fife/plan/2026-27/"
    page = text_of(reader.get("/fife/plan/2026-27/"))
    assert "Strategic commissioning plan of Fife, 2026/27" in page
    assert re.search(r'href="/fife/follow/2026-27/levenmouth/home-care/core/"', page)
