"""Localities are carried over to zones of another vintage: loaded, looked at, decided, adopted."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import areas, overlaps, site
from factories.overlaps import APRIL, new_zone
from locality.foundations import InputRefused
from locality_web.areas import overlap_changes
from locality_web.areas.changes import ZoneFile, name_localities
from locality_web.areas.models import CarriedDivision, ZonePeople
from locality_web.areas.queries import locality_facts, version_on
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed

MARCH = dt.date(2027, 3, 31)


@pytest.fixture
def waiting(planner, divided):
    return overlaps.loaded(planner, divided)


def adopt(person, of, kept):
    return overlap_changes.adopt_carried(person, site.place(of), kept)


def test_a_table_that_was_loaded_counts_for_nothing_before_it_is_adopted(divided, waiting):
    assert divided.area_versions.count() == 1
    assert waiting.version is None


def test_adopted_it_is_a_version_from_its_day_on_and_the_old_one_stays_until_then(planner, divided, waiting):
    version = adopt(planner, divided, waiting)

    assert version.zones.get(zone=new_zone(3)).locality.code == "north-east-fife"
    assert str(version.zones.get(zone=new_zone(3))) == "New zone 3"
    assert version_on(divided, MARCH).zones.count() == 8
    assert areas.zone(3) in set(version_on(divided, MARCH).zones.values_list("zone", flat=True))
    assert version_on(divided, APRIL) == version


def test_the_record_keeps_the_file_the_shares_and_what_was_decided_by_hand(planner, divided, waiting):
    overlap_changes.settle(planner, site.place(divided), waiting, {new_zone(3): "levenmouth"})
    version = adopt(planner, divided, waiting)

    kept = version.carried
    assert (kept.file_name, len(kept.sha256), kept.settled) == ("overlaps.csv", 64, {new_zone(3): "levenmouth"})
    (split,) = kept.outcome["split"]
    assert (split["locality"], split["chosen"]) == ("levenmouth", "hand")
    assert split["shares"] == [["north-east-fife", 50], ["levenmouth", 40]]
    assert (kept.outcome["moving"], kept.outcome["after"]["levenmouth"]) == (50, 250)


def test_the_event_names_file_hash_and_decisions(planner, divided, waiting):
    adopt(planner, divided, waiting)

    event = AuditEvent.objects.order_by("-number")[0]
    assert event.kind == "areas.version_carried_over"
    assert "40 people come to another locality" in event.says
    assert event.detail["sha256"] == waiting.sha256


def test_residents_are_shared_out_among_the_new_zones_and_none_is_lost(planner, divided, waiting):
    adopt(planner, divided, waiting)

    facts = locality_facts(divided, APRIL)
    assert {code: each.population for code, each in facts.items()} == {
        "levenmouth": 160,
        "north-east-fife": 240,
        "kirkcaldy": 200,
        "dunfermline": 200,
    }
    assert ZonePeople.objects.get(zone=new_zone(3)).people == 90
    assert locality_facts(divided, MARCH)["levenmouth"].population == 200


def test_choosing_what_the_table_says_is_no_decision(planner, divided, waiting):
    assert not overlap_changes.settle(planner, site.place(divided), waiting, {new_zone(3): "north-east-fife"})
    assert waiting.settled == {}


def test_a_decision_can_be_taken_back(planner, divided, waiting):
    overlap_changes.settle(planner, site.place(divided), waiting, {new_zone(3): "levenmouth"})

    assert overlap_changes.settle(planner, site.place(divided), waiting, {new_zone(3): "north-east-fife"})
    assert CarriedDivision.objects.get().settled == {}


def test_a_choice_that_is_none_of_its_localities_is_refused(planner, divided, waiting):
    with pytest.raises(InputRefused, match="nobody of"):
        overlap_changes.settle(planner, site.place(divided), waiting, {new_zone(3): "kirkcaldy"})


def refused(planner, divided, content, **changed):
    said = {"applies_from": APRIL, "reason": "New zones.", **changed}
    with pytest.raises(InputRefused) as found:
        overlap_changes.load_overlaps(planner, site.place(divided), ZoneFile("o.csv", content), **said)
    return [(fault.code, fault.row, fault.column) for fault in found.value.faults]


def test_all_that_is_wrong_with_file_and_day_is_said_at_once(planner, divided):
    short = overlaps.overlap_file(((1, 1, 100), (2, 2, 900), *[(number, number, 100) for number in (3, 4, 5, 6)]))

    assert refused(planner, divided, short, applies_from=dt.date(2026, 1, 1)) == [
        ("date-before-newest", None, "applies_from"),
        ("overlap-zone-missing", None, "zone"),
        ("overlap-people-differ", 3, "zone"),
        ("overlap-total-differs", None, "people"),
    ]


def test_a_pair_twice_and_a_column_that_is_missing_are_said_with_their_place(planner, divided):
    assert refused(planner, divided, overlaps.overlap_file(((1, 1, 100), (1, 1, 100)))) == [("repeated-key", 3, None)]
    assert refused(planner, divided, b"zone,people\nS01000001,5\n") == [("missing-column", None, "new_zone")]


def test_a_table_that_joins_all_localities_is_refused(planner, divided):
    one = overlaps.overlap_file([(number, 1, 100) for number in range(1, 9)])

    assert refused(planner, divided, one) == [("too-few-localities", None, "locality")]


def test_on_a_site_without_localities_there_is_nothing_to_carry_over(fife):
    planner = site.person("planner", fife)

    assert refused(planner, fife, overlaps.overlap_file()) == [("localities-missing", None, None)]


def test_rows_of_the_rest_of_the_country_are_not_kept(planner, divided):
    national = overlaps.overlap_file([*overlaps.SPLIT, (50, 50, 700), (51, 8, 5)])

    kept = overlaps.loaded(planner, divided, national)

    assert len(kept.rows) == len(overlaps.SPLIT) + 1
    assert overlap_changes.carried_over(kept).joined == 5


def test_a_locality_without_zones_ends_on_the_day(planner, divided):
    rows = [(1, 1, 100), (2, 1, 100), (3, 1, 30), (3, 2, 70), (4, 1, 60), (4, 2, 40), (5, 2, 100), (6, 2, 100)]
    kept = overlaps.loaded(planner, divided, overlaps.overlap_file([*rows, (7, 7, 100), (8, 8, 100)]))

    adopt(planner, divided, kept)

    assert divided.localities.get(code="north-east-fife").ended_on == APRIL


def test_another_division_saved_meanwhile_is_not_overwritten(planner, divided, waiting):
    moved = {**areas.FOUR, "levenmouth": (1,), "kirkcaldy": (2, 5, 6)}
    areas.load(divided, areas.release(moved, day=dt.date(2026, 10, 1), id="b" * 64))

    with pytest.raises(InputRefused, match="changed after you looked"):
        adopt(planner, divided, waiting)


def test_it_is_adopted_once(planner, divided, waiting):
    adopt(planner, divided, waiting)

    for again in (overlap_changes.adopt_carried, overlap_changes.put_carried_away):
        with pytest.raises(InputRefused):
            again(planner, site.place(divided), waiting)
    assert divided.area_versions.count() == 2


def test_only_who_may_change_localities_may_carry_them_over(divided, waiting):
    member = site.person("member", divided, "levenmouth")

    for change in (overlap_changes.adopt_carried, overlap_changes.put_carried_away):
        with pytest.raises(NotAllowed):
            change(member, site.place(divided), waiting)


def test_a_broken_off_adoption_leaves_nothing(planner, divided, waiting, monkeypatch):
    monkeypatch.setattr(overlap_changes, "record_event", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        adopt(planner, divided, waiting)

    assert divided.area_versions.count() == 1
    assert not ZonePeople.objects.filter(zone=new_zone(1)).exists()


def test_localities_keep_the_names_that_the_partnership_gave(planner, divided, waiting):
    levenmouth = divided.localities.get(code="levenmouth")
    name_localities(planner, site.place(divided), {levenmouth.pk: "The Leven"})

    assert adopt(planner, divided, waiting).zones.get(zone=new_zone(1)).locality.name == "The Leven"


# The pages


def test_by_the_pages_from_the_file_to_the_adopted_version(planner, divided, tmp_path):
    browser, file = site.signed_in(planner), tmp_path / "overlaps.csv"
    file.write_bytes(overlaps.overlap_file())
    with file.open("rb") as sent:
        said = {"overlaps": sent, "applies_from": "2027-04-01", "reason": "The zones of 2022 have come."}
        answer = browser.post("/fife/areas/carry-over/", said, follow=True)
    address, text = answer.request["PATH_INFO"], answer.content.decode()
    assert "40 people (5.0%) come to another locality" in text
    assert "1 zone to look at" in text
    assert "People: North East Fife 50 and Levenmouth 40 (most are in the first)" in text

    answer = browser.post(address, {new_zone(3): "levenmouth", "adopt": "yes"}, follow=True)
    assert "Look at the figures, then adopt it." in answer.content.decode()
    assert "50 people (6.2%) come to another locality" in answer.content.decode()
    answer = browser.post(address, {new_zone(3): "levenmouth", "adopt": "yes"}, follow=True)

    version = divided.area_versions.last()
    assert answer.request["PATH_INFO"] == f"/fife/areas/history/{version.pk}/"
    assert "The localities are carried over." in answer.content.decode()


def test_everybody_reads_in_the_history_how_it_was_carried_over(planner, divided, waiting, client):
    version = adopt(planner, divided, waiting)

    text = client.get(f"/fife/areas/history/{version.pk}/").content.decode()

    for said in ("overlaps.csv", waiting.sha256, "New zone 3", "North East Fife 50 and Levenmouth 40"):
        assert said in text
    assert "Zones that moved" not in text
    csv = client.get(f"/fife/areas/carry-over/{waiting.pk}/split.csv").content.decode()
    assert new_zone(3) in csv


def test_a_table_that_waits_is_not_for_everybody(waiting, client):
    assert client.get(f"/fife/areas/carry-over/{waiting.pk}/split.csv").status_code == 404


def test_the_page_of_a_locality_says_that_residents_are_shared_out(planner, divided, waiting, client):
    CarriedDivision.objects.filter(pk=waiting.pk).update(applies_from=dt.date(2026, 4, 1))
    waiting.refresh_from_db()
    adopt(planner, divided, waiting)

    text = client.get("/fife/localities/levenmouth/").content.decode()

    assert "160</strong> people live in Levenmouth" in text
    assert "These are shared out among zones of another vintage" in text


def test_a_file_of_localities_on_other_zones_leads_to_this_page(planner, divided):
    browser = site.signed_in(planner)
    rows = "".join(f"{new_zone(number)},levenmouth\n" for number in range(1, 9))
    file = SimpleUploadedFile("zones.csv", f"zone,locality\n{rows}".encode())

    said = {"zones": file, "applies_from": "2027-04-01", "reason": "New zones."}
    text = browser.post("/fife/areas/change/", said).content.decode()

    assert "Carry the localities over to these zones first" in text
    assert "/fife/areas/carry-over/" in text
