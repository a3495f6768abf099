"""The same figures in every published form: PDF, Word, workbook, JSON and CSV."""

import csv
import io
import json
import re
from collections import Counter
from decimal import Decimal

import docx
import openpyxl
import pypdf
import pytest

from factories.plans import agreed_plan, big_partnership, small_plan, strategic_plan
from locality.foundations import say_pounds
from locality.plans.documents import Table, open_data, outline_of, say_cell, write_pdf, write_sheets, write_word

AMOUNT = re.compile(r"[-+]?£[0-9,]+\.[0-9]{2}")
PLANS = {
    "draft": small_plan,
    "agreed": lambda: agreed_plan(objections=["Too little."]),
    "big": lambda: big_partnership(localities=3, services=30).plans[0],
    "strategic": strategic_plan,
}


@pytest.fixture(params=PLANS, scope="module")
def plan(request):
    return PLANS[request.param]()


@pytest.fixture(scope="module")
def document(plan):
    return outline_of(plan)


def amounts_in_text(texts):
    return Counter(found for text in texts for found in AMOUNT.findall(text))


def amounts_of(document):
    """Every amount that the outline writes, in tables and in words."""
    texts = []
    for part in document.parts:
        if isinstance(part, Table):
            kinds = [column.kind for column in part.columns]
            texts += [say_cell(cell, kind) for row in part.rows for cell, kind in zip(row.cells, kinds, strict=True)]
        else:
            texts += [part.text] if hasattr(part, "text") else [item.text for item in part.items]
    return amounts_in_text(texts)


def test_the_pdf_shows_every_amount_of_the_outline_and_no_other(document):
    pdf = pypdf.PdfReader(io.BytesIO(write_pdf(document)))
    assert amounts_in_text(page.extract_text() for page in pdf.pages) == amounts_of(document)


def test_the_word_document_shows_every_amount_of_the_outline_and_no_other(document):
    word = docx.Document(io.BytesIO(write_word(document)))
    texts = [paragraph.text for paragraph in word.paragraphs]
    texts += [text.text or "" for table in word.tables for text in table._tbl.iter() if text.tag.endswith("}t")]
    assert amounts_in_text(texts) == amounts_of(document)


def lines_in_csv(plan):
    read = csv.DictReader(io.StringIO(open_data(plan)["lines.csv"].decode()))
    return Counter((row["locality"], row["service"], row["source"], int(row["planned_pence"])) for row in read)


def lines_in_json(plan):
    content = json.loads(open_data(plan)["plan.json"])
    parts = content.get("plans", [content])
    own = [(part["locality"]["code"], line) for part in parts for line in part["lines"]]
    wide = [("", line) for line in content.get("partnership_lines", [])]
    found = Counter((code, line["service"], line["source"], line["pence"]) for code, line in [*own, *wide])
    here = {part["locality"]["code"] for part in parts}
    for line in content["joint"]:
        shares = [share for share in line["shares"] if share["locality"] in here]
        found.update((share["locality"], line["service"], line["source"], share["pence"]) for share in shares)
    return found


def lines_in_workbook(plan, document):
    book = openpyxl.load_workbook(io.BytesIO(write_sheets(document, plan)))
    head, *rows = book["Lines"].iter_rows(values_only=True)
    places = [head.index(name) for name in ("Locality code", "Service code", "Source code", "Planned (£)")]
    cells = [[row[place] for place in places] for row in rows]
    return Counter(
        (code or "", service, source, int(Decimal(str(pounds)) * 100)) for code, service, source, pounds in cells
    )


def lines_in_outline(document):
    """Amounts of lines by their address; an address says locality, service and source."""
    rows = [row for part in document.parts if isinstance(part, Table) for row in part.rows]
    return Counter(row.cells[2] for row in rows if row.id.startswith("line-") and row.cells[2])


def test_lines_are_the_same_in_csv_json_workbook_and_documents(plan, document):
    found = lines_in_csv(plan)
    assert found == lines_in_json(plan) == lines_in_workbook(plan, document)
    assert Counter({pence: n for pence, n in _pence(found).items() if pence}) == lines_in_outline(document)


def _pence(lines):
    found = Counter()
    for (*_, pence), times in lines.items():
        found[pence] += times
    return found


def test_totals_by_heading_are_the_same_in_csv_workbook_and_documents(plan, document):
    read = list(csv.DictReader(io.StringIO(open_data(plan)["headings.csv"].decode())))
    book = openpyxl.load_workbook(io.BytesIO(write_sheets(document, plan)))
    head, *rows = book["Headings"].iter_rows(values_only=True)
    place = head.index("Planned (£)")
    assert [int(Decimal(str(row[place])) * 100) for row in rows] == [int(row["planned_pence"]) for row in read]
    whole = [row for row in read if row["locality"] == ("" if hasattr(plan, "plans") else plan.locality.code)]
    shown = amounts_of(document)
    assert all(shown[say_pounds(int(row["planned_pence"]))] for row in whole)
    assert say_pounds(sum(int(row["planned_pence"]) for row in whole)) in shown
    assert sum(int(row["planned_pence"]) for row in whole) == sum(
        pence * n for pence, n in _pence(lines_in_csv(plan)).items()
    )
