"""Everything that can be wrong with partnership.toml is said at once, with its line."""

import pytest

from factories.folder import SETTINGS

ENTRIES = '[tables]\nzones = { file = "zones.csv" }\n'


def told(report):
    return [(fault.row, fault.code, f"{fault.what} / {fault.do}") for fault in report.faults]


def test_the_folder_does_not_exist(tmp_path, connection):
    from locality.sources import check_folder

    report = check_folder(tmp_path / "nowhere", connection=connection)
    assert [fault.code for fault in report.faults] == ["no-such-folder"]


def test_the_folder_has_no_settings(only_fault, areas):
    fault = only_fault(areas, lambda folder: (folder / "partnership.toml").unlink())
    assert (fault.file, fault.code) == ("partnership.toml", "no-settings")


def test_a_line_that_is_not_toml(only_fault, areas):
    areas.settings = SETTINGS.replace('"Smallshire"', "Smallshire")
    fault = only_fault(areas)
    assert (fault.file, fault.row, fault.code) == ("partnership.toml", 3, "not-toml")


def test_settings_in_another_encoding(only_fault, areas):
    areas.settings = SETTINGS.replace("Smallshire", "Sìorramachd")

    def spoil(folder):
        path = folder / "partnership.toml"
        path.write_bytes(path.read_text("utf-8").encode("cp1252"))

    assert only_fault(areas, spoil).what == "it is not saved as UTF-8"


def test_a_mark_at_the_beginning_and_windows_line_ends_do_no_harm(check, areas):
    def spoil(folder):
        path = folder / "partnership.toml"
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert check(areas, spoil).faults == ()


@pytest.mark.parametrize(
    ("line", "other", "row", "code", "says"),
    [
        ('code = "S37999999"', "", 1, "missing-setting", "[partnership] does not say 'code'"),
        ('name = "Smallshire"', "name = 3", 3, "wrong-setting", "[partnership] name is not a text"),
        ('nation = "Scotland"', 'nation = "Scottland"', 4, "wrong-setting", "Did you mean 'Scotland'?"),
        ('nation = "Scotland"', 'nation = "Scotland"\nnaton = "x"', 5, "unknown-setting", "Did you mean 'nation'?"),
        ('financial_year = "2022/23"', "", 6, "missing-setting", "[year] does not say 'financial_year'"),
        ('= "2022/23"', '= "2022/24"', 7, "wrong-setting", "'2022/24' is not a financial year"),
        ('= "2022/23"', '= "2022/23"\nearlier = "2021/22"', 8, "wrong-setting", "[year] earlier is not a list"),
        ('= "2022/23"', '= "2022/23"\nearlier = ["21"]', 8, "wrong-setting", "'21' is not a financial year"),
        ("[year]", "[yaer]", 6, "unknown-setting", "Did you mean 'year'?"),
    ],
)
def test_a_setting_is_wrong(check, areas, line, other, row, code, says):
    assert line in SETTINGS
    areas.settings = SETTINGS.replace(line, other)
    faults = told(check(areas))
    assert (row, code) in [fault[:2] for fault in faults]
    assert says in " ".join(fault[2] for fault in faults)


@pytest.mark.parametrize(
    ("entry", "code", "says"),
    [
        ('"indicators.csv"', "wrong-setting", "the entry of 'indicators' does not name a file"),
        ('{ reader = "simd2020v2-ranks" }', "missing-setting", "the entry of 'indicators' does not name a file"),
        (
            '{ file = "indicators.csv", reader = "simd2020v2-rank" }',
            "unknown-reader",
            "Did you mean 'simd2020v2-ranks'?",
        ),
        (
            '{ file = "indicators.csv", reader = "nrac-datazone-weights" }',
            "other-table",
            "fills the table 'fair_weights'",
        ),
        ('{ file = "indicators.csv", shet = "A" }', "unknown-setting", "Did you mean 'sheet'?"),
        ('{ file = "indicators.csv", header_row = "3" }', "wrong-setting", "header_row of 'indicators' cannot be '3'"),
        ('{ file = "indicators.csv", made_up = "yes" }', "wrong-setting", "made_up of 'indicators' is neither"),
        ('{ file = "../indicators.csv" }', "file-outside", "'../indicators.csv' leads out of the folder"),
        ('{ file = "/tmp/indicators.csv" }', "file-outside", "'/tmp/indicators.csv' leads out of the folder"),
    ],
)
def test_an_entry_is_wrong(only_fault, areas, entry, code, says):
    areas.entries["indicators"] = entry
    fault = only_fault(areas)
    assert (fault.file, fault.row, fault.code) == ("partnership.toml", 13, code)
    assert says in f"{fault.what}. {fault.do}"


def test_a_table_that_is_not_declared(only_fault, areas):
    areas.more = 'practises = { file = "practices.csv" }\n'
    fault = only_fault(areas)
    assert (fault.file, fault.row, fault.code) == ("partnership.toml", 19, "unknown-table")
    assert fault.do == "Did you mean 'practices'?"


def test_a_table_that_is_always_needed(only_fault, areas):
    fault = only_fault(areas.without("population"))
    assert (fault.file, fault.row, fault.code) == ("partnership.toml", 9, "table-missing")
    assert fault.what == "[tables] does not name the table 'population'"


def test_a_ledger_needs_its_services(only_fault, areas):
    fault = only_fault(areas.without("services"))
    assert (fault.code, fault.row) == ("table-missing", 16)


def test_a_file_is_not_there_and_no_data_root_was_given(only_fault, areas):
    areas.entries["indicators"] = '{ file = "simd.csv" }'
    fault = only_fault(areas)
    assert (fault.file, fault.code) == ("simd.csv", "no-such-file")
    assert fault.what == "there is no such file in the folder; no data root was given"


def test_a_file_is_looked_for_in_the_data_root_too(check, only_fault, areas, tmp_path):
    areas.entries["indicators"] = '{ file = "need/simd.csv" }'
    root = tmp_path / "root"
    (root / "need").mkdir(parents=True)
    fault = only_fault(areas, data_root=root)
    assert fault.what == "there is no such file in the folder or in the data root"
    areas.tables["indicators"].to_csv(root / "need" / "simd.csv", index=False)
    report = check(areas, data_root=root)
    assert report.faults == ()
    assert "need/simd.csv" in [one.file for one in report.read]


def test_a_folder_is_named_instead_of_a_file(only_fault, areas):
    areas.entries["indicators"] = '{ file = "simd" }'
    fault = only_fault(areas, lambda folder: (folder / "simd").mkdir())
    assert (fault.file, fault.what) == ("simd", "it is a folder, not a file")


@pytest.mark.parametrize("pattern", ["simd/*.csv", "**simd/*.csv"])
def test_a_pattern_that_matches_nothing(only_fault, areas, pattern):
    areas.entries["indicators"] = f'{{ file = "{pattern}" }}'
    fault = only_fault(areas)
    assert (fault.file, fault.code) == (pattern, "nothing-matches")


def test_one_table_from_several_files_and_several_sources(check, areas):
    indicators = areas.tables["indicators"]
    areas.entries["indicators"] = '[{ file = "part-*.csv" }, { file = ["more.csv"] }]'

    def spoil(folder):
        indicators[:5].to_csv(folder / "part-1.csv", index=False)
        indicators[5:].to_csv(folder / "part-2.csv", index=False)
        indicators.assign(indicator="other").to_csv(folder / "more.csv", index=False)

    report = check(areas, spoil)
    assert report.faults == ()
    assert [(one.file, one.rows) for one in report.read if one.table == "indicators"] == [
        ("part-1.csv", 5),
        ("part-2.csv", 3),
        ("more.csv", 8),
    ]


def test_a_row_that_stands_in_two_files(only_fault, areas):
    indicators = areas.tables["indicators"]
    areas.entries["indicators"] = '{ file = ["indicators.csv", "again.csv"] }'
    fault = only_fault(areas, lambda folder: indicators[3:5].to_csv(folder / "again.csv", index=False))
    assert (fault.file, fault.row, fault.code, fault.rows) == ("again.csv", 2, "repeated-key", 2)
    assert fault.what == (
        "zone S01008004, indicator income_deprived, period 2020 stands in another file of indicators too"
    )
