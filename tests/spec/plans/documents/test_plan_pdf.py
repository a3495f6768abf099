"""The PDF is tagged, follows PDF/UA-1, and holds whatever people write."""

import io
import re

import pypdf
import pytest

from factories.plans import agreed_plan, big_partnership, small_plan
from locality.plans.documents import outline_of, write_pdf


def reader(plan=None, **options):
    return pypdf.PdfReader(io.BytesIO(write_pdf(outline_of(plan or agreed_plan()), **options)))


def text_of(pdf):
    # Words of one line; a line of the page may end anywhere.
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


@pytest.fixture(scope="module")
def pdf():
    return reader()


def test_the_pdf_is_tagged_and_says_its_language_and_title(pdf):
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own kind
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert pdf.metadata.title == "Locality plan for North, 2026/27"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712


def test_the_pdf_says_that_it_follows_pdf_ua_1(pdf):
    said = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=.1.", said)


def kinds_in(part, found):
    part = part.get_object()
    if isinstance(part, pypdf.generic.ArrayObject):
        for each in part:
            kinds_in(each, found)
    elif isinstance(part, pypdf.generic.DictionaryObject):
        if "/S" in part:
            found.append(part["/S"])
        if "/K" in part:
            kinds_in(part["/K"], found)
    return found


def test_headings_tables_header_cells_and_lists_are_marked(pdf):
    found = kinds_in(pdf.trailer["/Root"]["/StructTreeRoot"], [])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Caption", "/L", "/LI"} <= set(found)


def test_the_pdf_has_bookmarks_and_page_numbers(pdf):
    def flat(marks):
        return [title for mark in marks for title in (flat(mark) if isinstance(mark, list) else [mark.title])]

    assert {"The money in short", "Priorities", "Care at home", "Who agreed"} <= set(flat(pdf.outline))
    assert f"Page 1 of {len(pdf.pages)}" in text_of(pdf)
    assert "Example. Locality plan for North, 2026/27" in text_of(pdf)


def test_only_shipped_fonts_are_used_and_embedded(pdf):
    fonts = {font.get_object()["/BaseFont"] for page in pdf.pages for font in page["/Resources"]["/Font"].values()}
    assert {name.partition("+")[2] for name in fonts} <= {"DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono"}


def test_large_print_has_letters_of_18_points():
    sizes = set()
    reader(large_print=True).pages[3].extract_text(
        visitor_text=lambda text, _now, _then, _font, size: sizes.add(round(size)) if text.strip() else None
    )
    assert min(sizes - {15}) >= 18  # 15: the foot of the page


@pytest.mark.parametrize(
    "written", ["#panic()", "*bold* _it_ $x$ `raw`", "<label> @ref // no comment", '"; } \\', "= No"]
)
def test_what_people_write_is_never_read_as_markup(written):
    assert written in text_of(reader(small_plan(summary=f"{written} end")))


def test_a_sign_that_the_font_lacks_is_replaced_and_the_rest_is_kept():
    assert "Care \ufffd\ufffd for all" in text_of(reader(small_plan(summary="Care 漢字 for all")))


def test_the_same_plan_gives_the_same_pdf():
    document = outline_of(small_plan())
    assert write_pdf(document) == write_pdf(document)


def test_a_locality_with_eighty_services_fits():
    assert len(reader(big_partnership(localities=1).plans[0]).pages) > 5
