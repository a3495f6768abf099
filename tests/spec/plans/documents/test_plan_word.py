"""The Word document has real headings, header rows that repeat, language and title."""

import io

import docx
from docx.oxml.ns import qn

from factories.plans import agreed_plan, small_plan
from locality.plans.documents import outline_of, write_word


def word(plan=None, **options):
    return docx.Document(io.BytesIO(write_word(outline_of(plan or agreed_plan()), **options)))


def test_headings_are_styles_not_big_letters():
    found = [
        (each.style.name, each.text) for each in word().paragraphs if each.style.name.startswith(("Head", "Title"))
    ]
    assert found[0] == ("Title", "Locality plan for North, 2026/27")
    assert ("Heading 1", "Priorities") in found
    assert ("Heading 2", "Care at home") in found
    assert ("Heading 3", "Priority 1: More help at home") in found


def test_every_table_has_a_header_row_that_repeats_and_a_description():
    for table in word().tables:
        head, *rest = table._tbl.tr_lst
        assert head.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rest)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_title_and_language_are_set():
    found = word()
    assert found.core_properties.title == "Locality plan for North, 2026/27"
    assert found.core_properties.language == "en-GB"
    assert {each.get(qn("w:val")) for each in found.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_letters_are_black_and_of_12_or_18_points():
    for options, size in (({}, 12), ({"large_print": True}, 18)):
        style = word(**options).styles["Normal"]
        assert (style.font.size.pt, str(style.font.color.rgb), style.font.name) == (size, "000000", "Arial")


def test_what_people_write_stays_text():
    written = "<w:p> & ]]> \x00\x1f end"
    assert any("<w:p> & ]]>  end" in each.text for each in word(small_plan(summary=written)).paragraphs)


def test_every_page_says_what_it_is_of_and_that_it_is_an_example():
    assert word().sections[0].footer.paragraphs[0].text.startswith("Example. Locality plan for North, 2026/27. Page")
    said = word(small_plan(made_up=False)).sections[0].footer.paragraphs[0].text
    assert said.startswith("Locality plan for North, 2026/27 (draft). Page")
