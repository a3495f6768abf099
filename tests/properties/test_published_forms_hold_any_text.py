"""Whatever people write, every published form can be made, and its addresses stay apart."""

import csv
import io
import re
import zipfile
from dataclasses import replace

import pypdf
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from factories.plans import SERVICES, small_plan
from locality.plans import Narrative, PlannedAction, Priority, StrategicPlan
from locality.plans.documents import Items, Table, open_data, outline_of, write_pdf, write_sheets, write_word

# Everything that JSON can hold; halves of letters cannot be in a plan.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def plan_of(texts):
    one, two, three = texts
    return replace(
        small_plan(),
        summary=one,
        services=(replace(SERVICES[0], heading=two, name=one), *SERVICES[1:]),
        priorities=(Priority("P1", two, "home-care", 1, three, one, "more", two),),
        actions=(PlannedAction("A1", "home-care", two, three, one),),
        notes=(("day-care", three),),
    )


def strategic_of(texts):
    one, two, three = texts
    narrative = (Narrative(one, two, three), Narrative("common", three, one))
    plan = plan_of(texts)
    return StrategicPlan(plan.partnership, plan.year, 1, (), (plan,), (), (), (), narrative=narrative)


def addresses(document):
    for part in document.parts:
        inside = part.items if isinstance(part, Items) else part.rows if isinstance(part, Table) else ()
        yield from (each.id for each in inside)
        yield "" if isinstance(part, Items) else part.id


@given(st.tuples(TEXTS, TEXTS, TEXTS))
@example(("", " ", "\n\n"))
@example(("\x00\x1f\ufffe", "#let x = 1", "漢字 😀 \u202e\u0301"))
# Making a failing text smaller would make hundreds of documents.
@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_every_form_can_be_made_of_any_text(texts):
    for plan in (plan_of(texts), strategic_of(texts)):
        document = outline_of(plan)
        assert len(pypdf.PdfReader(io.BytesIO(write_pdf(document))).pages) > 1
        for written in (write_word(document), write_sheets(document, plan)):
            assert zipfile.ZipFile(io.BytesIO(written)).testzip() is None
        found = [id for id in addresses(document) if id]
        assert len(found) == len(set(found))


@given(st.tuples(TEXTS, TEXTS, TEXTS))
@settings(max_examples=100, deadline=None)
def test_no_cell_of_open_data_can_start_a_formula(texts):
    for name, written in open_data(plan_of(texts)).items():
        if name.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(written.decode(), newline="")) for cell in row]
            words = [cell for cell in cells if not re.fullmatch("-?[0-9]+", cell)]
            assert [cell for cell in words if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
