"""A planner changes the localities: chooses a file, looks at what moves, saves."""

import csv
import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import areas, site
from factories.areas import zone_file
from locality_web.areas.models import ProposedChange
from locality_web.areas.queries import localities, version_on
from locality_web.core.models import AuditEvent

NOW = {1: "levenmouth", 2: "levenmouth", 3: "north-east-fife", 4: "north-east-fife"} | {
    5: "kirkcaldy",
    6: "kirkcaldy",
    7: "dunfermline",
    8: "dunfermline",
}
APRIL = {
    "applies_from_day": "1",
    "applies_from_month": "4",
    "applies_from_year": "2027",
    "reason": "The bridge opened.",
}


def sent(rows, **changes):
    content = rows if isinstance(rows, bytes) else zone_file(rows)
    return {**APRIL, **changes, "zones": SimpleUploadedFile("zones.csv", content)}


@pytest.fixture
def browser(planner):
    return site.signed_in(planner)


def propose(browser, rows, **changes):
    return browser.post("/fife/areas/change/", sent(rows, **changes))


def test_what_is_exported_can_be_loaded_back_and_changes_nothing(browser):
    exported = browser.get("/fife/areas/zones.csv").content

    answer = propose(browser, exported)

    assert "It puts every zone where it is already" in answer.content.decode()


def test_a_file_that_moves_a_zone_is_shown_before_it_counts(browser, divided):
    answer = browser.post("/fife/areas/change/", sent({**NOW, 2: "kirkcaldy"}), follow=True)

    text = answer.content.decode()
    assert "1 zone moves to another locality, with 100 residents." in text
    assert divided.area_versions.count() == 1


def test_saving_it_begins_a_new_division_on_its_day_with_an_audit_event(browser, divided):
    propose(browser, {**NOW, 2: "kirkcaldy"})
    proposal = ProposedChange.objects.get()

    browser.post(f"/fife/areas/change/{proposal.pk}/", {"save": "yes"})

    new = version_on(divided, dt.date(2027, 4, 1))
    assert new.by_hand and new.reason == "The bridge opened."
    assert new.zones.get(zone=areas.zone(2)).locality.code == "kirkcaldy"
    assert new.facts.get(locality__code="kirkcaldy").population == 300
    assert version_on(divided).zones.get(zone=areas.zone(2)).locality.code == "levenmouth"
    assert AuditEvent.objects.last().says == (
        "Changed the localities from 2027-04-01 on: 1 zones moved. The bridge opened."
    )
    assert not ProposedChange.objects.exists()


def test_a_locality_of_a_division_to_come_is_not_shown_before_its_day(browser, divided):
    propose(browser, zone_file({**NOW, 2: "west"}, names={"west": "West Fife"}))
    browser.post(f"/fife/areas/change/{ProposedChange.objects.get().pk}/", {"save": "yes"})

    assert "West Fife" not in [each.name for each in localities(divided)]
    assert "West Fife" in [each.name for each in localities(divided, dt.date(2027, 4, 1))]


def test_putting_a_change_away_leaves_everything_as_it_was(browser, divided):
    propose(browser, {**NOW, 2: "kirkcaldy"})

    browser.post(f"/fife/areas/change/{ProposedChange.objects.get().pk}/", {"put_away": "yes"})

    assert divided.area_versions.count() == 1
    assert not ProposedChange.objects.exists()


def test_a_change_that_somebody_overtook_is_not_saved(browser, divided):
    propose(browser, {**NOW, 2: "kirkcaldy"})
    proposal = ProposedChange.objects.get()
    areas.load(divided, areas.release({"a": (1, 2, 3, 4), "b": (5, 6, 7, 8)}, day=dt.date(2026, 11, 1), id="b" * 64))

    answer = browser.post(f"/fife/areas/change/{proposal.pk}/", {"save": "yes"}, follow=True)

    assert "The localities were changed after you looked at this" in answer.content.decode()
    assert divided.area_versions.count() == 2


def test_every_fault_of_file_and_day_is_said_at_once_and_nothing_typed_is_lost(browser):
    rows = {number: code for number, code in NOW.items() if number != 8} | {99: "kirkcaldy"}

    text = propose(browser, rows, applies_from_year="2020").content.decode()

    assert "The localities of 31 March 2026 stay as they are" in text
    assert "Row 9, column zone: S01000099 is in a locality but is no zone of the partnership" in text
    assert "1 of the partnership&#x27;s 8 zones are in no locality: S01000008" in text
    assert "The bridge opened." in text


def test_a_file_that_leaves_one_locality_is_refused(browser):
    assert "a partnership has 2 or more" in propose(browser, dict.fromkeys(NOW, "kirkcaldy")).content.decode()


def test_a_planner_names_localities_and_their_addresses_stay(browser, divided):
    keys = {each.code: each.pk for each in divided.localities.all()}
    names = {f"name-{key}": code.title() for code, key in keys.items()}

    browser.post("/fife/areas/names/", {**names, f"name-{keys['levenmouth']}": "Leven and Methil"})

    named = divided.localities.get(code="levenmouth")
    assert (named.name, named.slug) == ("Leven and Methil", "levenmouth")
    assert AuditEvent.objects.filter(kind="areas.locality_named").last() is not None


def test_two_localities_cannot_have_one_name(browser, divided):
    names = {f"name-{each.pk}": "Levenmouth" for each in divided.localities.all()}

    assert (
        "Two localities are called “Levenmouth”. Give each its own name."
        in browser.post("/fife/areas/names/", names).content.decode()
    )


def test_text_that_a_spreadsheet_would_run_goes_round_unchanged(browser, divided):
    divided.localities.filter(code="levenmouth").update(name="=Levenmouth")

    text = browser.get("/fife/areas/zones.csv").content.decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(text)))[1] == ["S01000001", "Zone 1", "levenmouth", "'=Levenmouth"]
    assert "It puts every zone where it is already" in propose(browser, text.encode()).content.decode()


def test_a_partnership_without_zones_begins_with_a_file(argyll):
    browser = site.signed_in(site.person("planner", argyll))
    rows = zone_file({1: "kintyre", 2: "bute-and-cowal"})

    browser.post("/argyll-and-bute/areas/change/", sent(rows), follow=True)
    browser.post(f"/argyll-and-bute/areas/change/{ProposedChange.objects.get().pk}/", {"save": "yes"})

    assert argyll.area_versions.get().zones.count() == 2
