"""Tables as pages show them, and the same figures as files."""

from __future__ import annotations

import csv
import io

import pytest
from django.template import engines

from locality_web.core.csv_out import csv_response, safe_cell, table_response
from locality_web.core.tables import Column, Link, Noted, Table

COLUMNS = [Column("Locality"), Column("Money", "pounds"), Column("To the penny", "pence"), Column("Change", "change")]
ROWS = [[Link("Levenmouth", "/fife/localities/levenmouth/"), 123_456, 123_456, -0.021], ["Kirkcaldy", None, 0, 0.0]]


def a_table(**more) -> Table:
    return Table("Fair shares", COLUMNS, ROWS, **more)


def shown(table: Table) -> str:
    return engines["django"].from_string("{% show_table table %}").render({"table": table})


def test_cells_are_written_as_people_read_them():
    first, second = a_table().cells()
    assert [cell.text for cell in first] == ["Levenmouth", "£1,235", "£1,234.56", "−2.1%"]
    assert [cell.text for cell in second] == ["Kirkcaldy", "not known", "£0.00", "0.0%"]
    assert [cell.is_numeric for cell in first] == [False, True, True, True]


def test_a_table_has_a_caption_headings_with_scope_and_a_region_that_the_keyboard_can_scroll():
    page = shown(a_table(totals=["All", 123_456, 123_456, None], csv="/fife/shares.csv"))
    assert 'role="region" tabindex="0" aria-labelledby="table-fair-shares"' in page
    assert '<caption id="table-fair-shares">Fair shares</caption>' in page
    assert page.count('scope="col"') == 4
    assert page.count('scope="row"') == 3
    assert '<td class="lp-number">£1,235</td>' in page
    assert '<a href="/fife/localities/levenmouth/">Levenmouth</a>' in page
    assert "<tfoot>" in page
    assert '<td class="lp-number"></td></tr></tfoot>' in page
    assert 'href="/fife/shares.csv"' in page


def test_an_empty_table_says_so_instead_of_showing_headings_alone():
    page = shown(Table("Plans", [Column("Year")], [], csv="/x.csv", empty="No plan has been written yet."))
    assert "No plan has been written yet." in page
    assert "<table" not in page
    assert "/x.csv" not in page


def test_a_row_that_does_not_fit_its_headings_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="has 1 cells for 2 columns"):
        Table("Plans", [Column("Year"), Column("Money")], [["2026/27"]])


def test_names_are_shown_as_text_and_never_run():
    assert "<script>" not in shown(Table("<script>", [Column("<script>")], [["<script>"]]))


def test_a_file_has_the_same_figures_with_money_to_the_penny():
    said = table_response("fair shares", a_table(totals=["All", 123_456, 123_456, None]))
    assert said["Content-Disposition"] == 'attachment; filename="fair-shares.csv"'
    assert said.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(said.content.decode("utf-8-sig"))))
    assert rows == [
        ["Locality", "Money", "To the penny", "Change"],
        ["Levenmouth", "1234.56", "1234.56", "-0.021"],
        ["Kirkcaldy", "", "0.00", "0.0"],
        ["All", "1234.56", "1234.56", ""],
    ]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+44 and more", "'+44 and more"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1+1", "' =1+1"),
        ("\t=1", "'\t=1"),
        ("-12.50", "-12.50"),
        ("+2.5%", "+2.5%"),
        (-12, "-12"),
        (None, ""),
        ("Care at home", "Care at home"),
    ],
)
def test_text_that_a_spreadsheet_would_run_is_made_harmless(cell, written):
    assert safe_cell(cell) == written


def test_a_file_name_from_outside_cannot_break_the_answer():
    said = csv_response('a"b\r\nX: 1/../c', ["Name"], [])
    assert said["Content-Disposition"] == 'attachment; filename="a-b-X-1-..-c.csv"'


def test_what_is_said_of_a_cell_stands_beneath_it_on_the_page_and_not_in_the_file():
    cell = Noted(Link("Kirk & <Co>", "/kirk/"), ("Draft, 4 <localities>",))
    table = Table("Options", [Column("Option"), Column("Zones", "number")], [[cell, 5]])

    assert table.rows_html() == (
        '<tr><th scope="row"><a href="/kirk/">Kirk &amp; &lt;Co&gt;</a>'
        '<span class="lp-beneath">Draft, 4 &lt;localities&gt;</span></th><td class="lp-number">5</td></tr>'
    )
    assert table.plain() == [["Kirk & <Co>", 5]]
