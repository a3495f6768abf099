"""A folder with many faults gets them all in one report, and a fault hides no other."""

import pytest

from locality.foundations import InputRefused
from locality.sources import check_folder, open_folder


def spoil_much(place):
    place.put("population", 3, "people", "*").put("population", 4, "people", "many")
    place.put("localities", 4, "locality", " north")
    place.put("practices", 3, "patients", "140")
    place.put("ledger", 3, "service", "Prescribing by mail")
    place.put("indicators", 2, "zone", "S01013500")
    place.put("persons", 2, "sex", "unknown")
    place.tables["cost_curves"] = place.tables["cost_curves"].drop(columns="per_head")
    place.entries["registrations"] = '{ file = "missing.csv" }'
    place.more = 'practises = { file = "practices.csv" }\n'
    return place


def test_every_fault_of_every_file_is_named(check, place):
    report = check(spoil_much(place))
    assert [(fault.file, fault.row, fault.code) for fault in report.faults] == [
        ("partnership.toml", 21, "unknown-table"),
        ("localities.csv", 4, "spaces-around"),
        ("missing.csv", None, "no-such-file"),
        ("population.csv", 3, "suppressed-people"),
        ("population.csv", 4, "not-number"),
        ("persons.csv", None, "not-allowed"),
        ("cost_curves.csv", None, "missing-column"),
        ("indicators.csv", 2, "zone-other-vintage"),
        ("ledger.csv", 3, "service-unknown"),
        ("activity.csv", None, "heading-not-in-ledger"),
    ]
    assert not report.is_usable


def test_checks_that_had_to_wait_are_listed(check, place):
    assert check(spoil_much(place)).skipped == (
        "zones of registrations: not checked, because of the faults in registrations",
        "localities are told apart by their names: not checked, because of the faults in localities",
        "each zone in one of two or more localities: not checked, because of the faults in localities",
        "practice codes are written alike: not checked, because of the faults in registrations",
        "practices of registrations are known: not checked, because of the faults in registrations",
        "practice lists agree with registrations: not checked, because of the faults in registrations",
    )


def test_opening_the_folder_raises_the_same_faults(check, place, connection):
    report = check(spoil_much(place))
    with pytest.raises(InputRefused) as refused:
        open_folder(report.folder, connection=connection)
    assert refused.value.faults == report.faults


def test_a_sound_folder_opens_with_typed_tables(place, tmp_path, connection):
    place.more = "[money]\nbasis = 'residence'\n"
    opened = open_folder(place.write(tmp_path), connection=connection)
    assert opened.partnership.name == "Smallshire"
    assert str(opened.year) == "2022/23"
    assert opened.money == {"basis": "residence"}
    assert opened.made_up
    assert opened.tables["population"]["people"].sum() == 348
    assert list(opened.tables["population"].index[:3]) == [0, 1, 2]
    assert connection.execute(opened.scans["persons"].count()) == 348
    assert {one.file for one in opened.inputs} == {f"{name}.csv" for name in place.tables}
    assert [one.made_up for one in opened.inputs if one.table == "persons"] == [True]


def test_the_report_has_plain_values(check, areas):
    told = check(areas.put("population", 3, "people", "-4")).as_json()
    assert told["usable"] is False
    assert told["partnership"] == {"code": "S37999999", "name": "Smallshire", "nation": "Scotland"}
    assert told["financial_year"] == "2022/23"
    assert told["faults"][0]["code"] == "negative"
    assert told["read"][0] == {
        "table": "zones",
        "file": "zones.csv",
        "reader": "declared",
        "rows": 8,
        "publisher": "",
        "vintage": "2011 data zones",
        "made_up": False,
    }


def test_a_folder_without_settings_still_gives_a_report(tmp_path, connection):
    report = check_folder(tmp_path, connection=connection)
    assert report.partnership is None
    assert report.as_json()["financial_year"] is None
