"""The register as a spreadsheet: what is read, what is refused, and that it comes back as it was."""

import datetime as dt
import io

import openpyxl
import pytest

from locality.foundations import InputRefused
from locality.members import (
    GroupKind,
    Kind,
    RegisterKinds,
    RegisterRow,
    read_register,
    write_register_csv,
    write_register_workbook,
)

KINDS = RegisterKinds(
    groups=(GroupKind("carers", "Carers", "HSCI 11"), GroupKind("public-houses", "Public houses", "Own", own=True)),
    organisation_kinds=(Kind("third-sector", "Charity or voluntary organisation"), Kind("police", "Police", own=True)),
    localities={"leven": "Levenmouth", "": "Fife"},
)
HEAD = "name,organisation,organisation kind,group,seat,locality,from,to,how chosen,e-mail,address,how to be told"


def read(*lines, head=HEAD, kinds=KINDS):
    return read_register("\r\n".join([head, *lines]).encode("utf-8-sig"), "register.csv", kinds)


def faults(*lines, head=HEAD, kinds=KINDS):
    with pytest.raises(InputRefused) as refused:
        read(*lines, head=head, kinds=kinds)
    return [(each.row, each.column, each.code) for each in refused.value.faults]


def test_a_row_names_a_person_their_organisation_their_seat_and_how_they_are_told():
    line = (
        "Cy Low,Fife Carers,third-sector,Carers,First seat,levenmouth,1/4/2026,31/3/2029,came forward,cy@example.org,,"
    )

    assert read(line) == (
        RegisterRow(
            name="Cy Low",
            organisation="Fife Carers",
            organisation_kind="third-sector",
            group="carers",
            seat="First seat",
            locality="leven",
            starts=dt.date(2026, 4, 1),
            ends=dt.date(2029, 3, 31),
            chosen="volunteered",
            email="cy@example.org",
            notices="at_once",
            row=2,
        ),
    )


def test_a_kind_that_the_partnership_added_is_known_at_once():
    assert read("Di Orr,,,Public houses,,Levenmouth,2026-04-01,,elected,,,")[0].group == "public-houses"


def test_a_row_without_a_group_is_a_person_without_a_seat():
    assert read("Di Orr,,,,,,,,,,1 High St,")[0] == RegisterRow(
        name="Di Orr", address="1 High St", notices="paper", row=2
    )


def test_the_partnerships_own_name_stands_for_its_whole_group_and_a_gap_for_the_locality_whose_page_it_is():
    line = "Di Orr,,,carers,,{},2026-04-01,,elected,,,"

    assert read(line.format("Fife"))[0].locality == ""
    assert faults(line.format("")) == [(2, "locality", "register-seat-gap")]
    here = RegisterKinds(KINDS.groups, KINDS.organisation_kinds, KINDS.localities, here="leven")
    assert read(line.format(""), kinds=here)[0].locality == "leven"


def test_all_faults_are_named_at_once_with_row_and_column():
    assert faults(
        ",,,,,,,,,,,",
        "Ann,,,Bakers,,Levenmouth,2026-04-01,,elected,ann,,",
        ",Fife Carers,Guild,carers,,Levenmouth,32/1/2026,,elected,,,",
        "Cy,,,carers,,Levenmouth,2026-04-01,2025-01-01,,,,weekly",
        "Di,,police,,Second seat,,,,,,,paper",
    ) == [
        (3, "group", "register-word"),
        (3, "e-mail", "register-email"),
        (4, "organisation kind", "register-word"),
        (4, "name", "empty-cell"),
        (4, "from", "not-date"),
        (5, "e-mail", "register-unreachable"),
        (5, "how chosen", "register-seat-gap"),
        (5, "to", "seat-term-ends-early"),
        (6, "address", "register-unreachable"),
        (6, "organisation", "register-no-organisation"),
        (6, "group", "register-no-group"),
    ]


def test_rows_of_one_person_agree_about_them():
    line = "Cy Low,Fife Carers,third-sector,carers,{},Levenmouth,2026-04-01,,elected,cy@example.org,{},"

    assert faults(line.format("A", "1 High St"), line.format("B", "2 High St")) == [
        (3, "address", "register-rows-differ")
    ]


def test_a_missing_column_and_a_column_twice_are_named():
    assert faults("Ann", head="name") == [
        (None, "organisation", "missing-column"),
        (None, "organisation kind", "missing-column"),
        (None, "group", "missing-column"),
        (None, "from", "missing-column"),
        (None, "how chosen", "missing-column"),
    ]
    assert faults("Ann,Bo", head="name,Name ") == [(1, None, "register-column-twice")]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty-table"), (b"\xff\xfe\x00", "register-not-readable"), (b"name\r\n", "missing-column")],
)
def test_a_file_that_is_none_is_refused_in_words(content, code):
    with pytest.raises(InputRefused) as refused:
        read_register(content, "register.csv", KINDS)
    assert refused.value.faults[0].code == code


def test_a_workbook_with_a_formula_is_refused_with_its_cell():
    book = openpyxl.load_workbook(io.BytesIO(write_register_workbook([RegisterRow(name="Ann")], KINDS)))
    book["Register"]["B2"] = "=A2"
    changed = io.BytesIO()
    book.save(changed)
    with pytest.raises(InputRefused) as refused:
        read_register(changed.getvalue(), "register.xlsx", KINDS)
    assert [(each.row, each.column, each.code) for each in refused.value.faults] == [
        (2, "organisation", "register-formula")
    ]


def test_the_empty_workbook_lists_every_word_and_explains_every_column():
    book = openpyxl.load_workbook(io.BytesIO(write_register_workbook([], KINDS)))

    assert [cell.value for cell in book["Register"][1]][:4] == ["name", "organisation", "organisation kind", "group"]
    groups = next(column for column in book["Words"].columns if column[0].value == "group")
    assert [cell.value for cell in groups if cell.value] == ["group", "Carers", "Public houses"]
    assert book["Columns"].max_row == book["Register"].max_column + 1


def test_what_a_spreadsheet_would_run_is_text_in_both_forms():
    rows = [RegisterRow(name="=1+1", organisation="'Twas a club")]

    assert b"'=1+1" in write_register_csv(rows, KINDS)
    book = openpyxl.load_workbook(io.BytesIO(write_register_workbook(rows, KINDS)))
    assert (book["Register"]["A2"].value, book["Register"]["A2"].data_type) == ("=1+1", "s")
