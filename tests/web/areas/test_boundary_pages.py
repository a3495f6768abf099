"""The pages of boundary options, read and used without JavaScript."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from factories import boundaries_site, site
from factories.areas import zone, zone_file
from locality_web.areas import boundary_changes, boundary_ground, boundary_states
from locality_web.areas.models import BoundaryNote, BoundaryOption, Crossing, DesignWishes
from locality_web.core.audit import record_event

LIST = "/fife/areas/options/"


@pytest.fixture
def browser(pat):
    return site.signed_in(pat)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_list_scores_today_beside_the_options(browser, option):
    text = text_of(browser.get(LIST))

    assert "Localities of today" in text
    assert "As today" in text
    assert "Contains public sector information" in text


def test_the_list_folds_words_under_names_so_that_it_fits(browser, option):
    page = browser.get(LIST)

    table = page.context["table"]
    assert [column.title for column in table.columns][:2] == ["Option", "Residents of each"]
    assert len(table.columns) == 7
    assert '<span class="lp-beneath">Draft, 4 localities</span>' in text_of(page)


def test_each_measure_has_its_sentence_under_its_name(browser, option):
    text = text_of(browser.get(f"{LIST}{option.pk}/"))

    assert (
        '<th scope="row">Inner border share<span class="lp-beneath">Of all borders between zones, how much is a border'
    ) in text
    assert "What it means</th>" not in text


def test_without_a_ground_the_list_says_what_is_missing(browser, argyll, client):
    text = text_of(client.get("/argyll-and-bute/areas/options/"))

    assert "What boundaries are drawn on is not on this site yet" in text


def test_a_visitor_sees_options_only_while_they_are_open_for_consultation(pat, option, client):
    address = f"{LIST}{option.pk}/"
    assert "As today" not in text_of(client.get(LIST))
    assert client.get(address).status_code in (302, 403)

    boundary_states.consult_on(pat, option, is_open=True)

    assert "As today" in text_of(client.get(LIST))
    assert "Who would be in another locality than today" in text_of(client.get(address))


def test_an_option_shows_each_measure_with_its_sentence_and_says_what_is_modelled(browser, option):
    text = text_of(browser.get(f"{LIST}{option.pk}/"))

    assert "Of all borders between zones, how much is a border between localities." in text
    assert "60.0%" in text
    assert "<strong>modelled</strong>" in text
    assert "No settlement is cut." in text


def test_an_option_is_made_of_a_file_that_the_site_wrote(browser, option, drawn):
    written = browser.get(f"{LIST}{option.pk}/zones.csv").content
    sent = {"name": "Loaded", "start": "file", "zones": SimpleUploadedFile("zones.csv", written)}

    browser.post(f"{LIST}new/", sent)

    made = BoundaryOption.objects.get(name="Loaded")
    assert (made.zones, made.names) == (option.zones, option.names)


def test_all_that_is_wrong_with_a_file_stands_beside_it(browser, drawn):
    rows = {1: "levenmouth", 99: "nowhere"}
    sent = {"name": "Loaded", "start": "file", "zones": SimpleUploadedFile("zones.csv", zone_file(rows))}

    text = text_of(browser.post(f"{LIST}new/", sent))

    assert "locality nowhere is new and has no name" in text
    assert not BoundaryOption.objects.exists()


def test_an_option_is_a_copy_of_another(browser, option):
    browser.post(f"{LIST}new/", {"name": "A copy", "start": str(option.pk)})

    assert BoundaryOption.objects.get(name="A copy").zones == option.zones


def test_zones_are_found_by_settlement_and_moved_by_their_choice(browser, option):
    address = f"{LIST}{option.pk}/zones/"
    text = text_of(browser.get(address, {"settlement": "Burntisle"}))
    assert "3 zones with 300 residents" in text
    assert "Zone 1 " not in text

    sent = {"version": 1, "action": "move", f"zone-{zone(5)}": "levenmouth", f"zone-{zone(6)}": "kirkcaldy"}
    text = text_of(browser.post(address, {**sent, "settlement": "Burntisle"}, follow=True))

    option.refresh_from_db()
    assert (option.zones[zone(5)], option.zones[zone(6)]) == ("levenmouth", "kirkcaldy")
    assert "Saved. One thing keeps it from being final." in text
    assert "Levenmouth is in 2 pieces" in text


def test_all_zones_that_are_found_move_at_once_and_back_again(browser, option):
    address = f"{LIST}{option.pk}/zones/"

    browser.post(address, {"version": 1, "action": "all", "to": "kirkcaldy", "locality": "dunfermline"})
    option.refresh_from_db()
    assert set(option.zones.values()) == {"levenmouth", "north-east-fife", "kirkcaldy"}

    browser.post(address, {"version": 2, "action": "undo"})
    option.refresh_from_db()
    assert option.zones[zone(8)] == "dunfermline"


def test_the_slower_of_two_editors_is_told_and_loses_nothing(browser, option, pat):
    boundary_changes.move_zones(pat, option, {zone(1): "kirkcaldy"}, 1)

    sent = {"version": 1, "action": "move", f"zone-{zone(2)}": "kirkcaldy"}
    text = text_of(browser.post(f"{LIST}{option.pk}/zones/", sent, follow=True))

    assert "was changed after you opened it. Look at it as it is now" in text


def test_localities_are_added_named_and_removed_on_the_list_of_zones(browser, option):
    address = f"{LIST}{option.pk}/zones/"
    browser.post(address, {"version": 1, "action": "add", "name": "West Fife"})
    browser.post(address, {"version": 2, "action": "name", "key": "1", "name": "The West"})
    option.refresh_from_db()
    assert option.names["1"] == "The West"

    browser.post(address, {"version": 3, "action": "remove", "key": "1"})
    option.refresh_from_db()
    assert "1" not in option.names


def test_what_keeps_an_option_from_being_final_is_said_reason_by_reason(browser, option, pat):
    boundary_changes.move_zones(pat, option, {zone(1): "dunfermline", zone(3): ""}, 1)

    sent = {"action": "final", "version": 2}
    text = text_of(browser.post(f"{LIST}{option.pk}/step/", sent, follow=True))

    assert "Dunfermline is in 2 pieces." in text
    assert "1 zone is in no locality, with 100 people" in text
    option.refresh_from_db()
    assert option.state == "draft"


def test_a_sound_option_is_made_final_opened_put_away_and_taken_back(browser, option):
    step = f"{LIST}{option.pk}/step/"
    for action, state in (("final", "final"), ("open", "final"), ("put_away", "put_away"), ("reopen", "draft")):
        browser.post(step, {"action": action, "version": option.version})
        option.refresh_from_db()
        assert option.state == state


def test_options_are_compared_with_who_moves_where(browser, option, pat):
    other = boundaries_site.option(pat, option.partnership, "Two")
    boundary_changes.move_zones(pat, other, {zone(3): "levenmouth", zone(4): "levenmouth"}, 1)

    text = text_of(browser.get(f"{LIST}compare/?option={option.pk}&option={other.pk}&today=yes"))

    assert "Who moves from “Today” to “Two”" in text
    assert 'North East Fife</th><td>Levenmouth</td><td class="lp-number">200</td>' in text


def test_a_visitor_cannot_compare_a_draft(client, option):
    assert client.get(f"{LIST}compare/?option={option.pk}").status_code in (302, 403)


def test_notes_are_pinned_to_a_settlement_or_a_zone_and_taken_away_by_their_writer(drawn, option, pat):
    boundary_states.consult_on(pat, option, is_open=True)
    resident = site.person("participant", drawn, name="Rae Resident")
    browser, address = site.signed_in(resident), f"{LIST}{option.pk}/"

    text = text_of(browser.post(address, {"spot": "atlantis", "text": ""}))
    assert "“atlantis” is no zone and no settlement" not in text  # the empty text is found first, by the form
    browser.post(address, {"spot": "zone 5", "text": "We go to school across the water."})

    note = BoundaryNote.objects.get()
    assert (note.kind, note.spot) == ("zone", zone(5))
    assert "Rae Resident" in text_of(browser.get(address))
    other = site.signed_in(site.person("participant", drawn))
    said = text_of(other.post(f"{address}notes/{note.pk}/remove/", follow=True))
    assert "This note was written by somebody else." in said
    assert "school across the water" in said
    browser.post(f"{address}notes/{note.pk}/remove/")
    assert "school across the water" not in text_of(browser.get(address))


def test_a_place_that_there_is_not_is_refused_beside_its_field(browser, option):
    text = text_of(browser.post(f"{LIST}{option.pk}/", {"spot": "Atlantis", "text": "Here."}))

    assert "“Atlantis” is no zone and no settlement of the area." in text


def test_a_resident_writes_no_note_to_a_draft(drawn, option):
    resident = site.signed_in(site.person("participant", drawn))

    assert resident.post(f"{LIST}{option.pk}/", {"spot": "Alloway", "text": "Here."}).status_code == 403


def test_a_crossing_is_declared_by_the_names_of_zones_and_removed(browser, drawn):
    sent = {"zone_a": "Zone 1", "zone_b": "zone 8", "kind": "ferry", "name": "The ferry", "why": "It sails."}
    browser.post("/fife/areas/crossings/", sent)

    made = Crossing.objects.get()
    assert (made.zone_a, made.zone_b) == (zone(1), zone(8))
    assert "The ferry" in text_of(browser.get("/fife/areas/crossings/"))
    browser.post(f"/fife/areas/crossings/{made.pk}/remove/")
    assert not Crossing.objects.exists()


WEIGHTS = {"practices": "45", "communities": "35", "border": "20", "reason": "Our board."}


def test_crossings_of_the_release_are_listed_and_marked_as_such(browser, drawn):
    joined = boundary_ground.with_crossings(boundaries_site.island(), ((zone(5), zone(7)),))
    with transaction.atomic():
        boundary_ground.keep_ground(drawn, joined, made_of={}, release="c" * 64)
        record_event(None, "money.release_loaded", "Loaded a release.", place=site.place(drawn))
    sent = {"zone_a": "Zone 6", "zone_b": zone(8), "kind": "ferry", "name": "The ferry", "why": "It sails hourly."}
    browser.post("/fife/areas/crossings/", sent)

    text = text_of(browser.get("/fife/areas/crossings/"))

    release = "<td>Zone 5 (S01000005) and Zone 7 (S01000007)</td><td>Came with the release; the analyst changes it</td>"
    assert text.count("Came with the release") == 1
    assert release in text
    assert "<td>Zone 6 (S01000006) and Zone 8 (S01000008)</td><td>Declared here on" in text


def test_what_is_asked_of_localities_is_saved_and_shown_again(browser, drawn):
    sent = {**WEIGHTS, "number": "3", "apart": f"{zone(1)}, {zone(8)}", "islands_alone": "on"}
    browser.post(f"{LIST}asked/", sent)

    kept = DesignWishes.objects.get().wishes
    assert (kept["number"], kept["apart"], kept["islands_alone"]) == (3, [[zone(1), zone(8)]], True)
    assert f"{zone(1)}, {zone(8)}" in text_of(browser.get(f"{LIST}asked/"))


def test_weights_that_are_not_a_hundred_are_refused_with_the_sum(browser, drawn):
    text = text_of(browser.post(f"{LIST}asked/", {**WEIGHTS, "border": "30", "apart": zone(1)}))

    assert "The weights are 45 + 35 + 30 = 110. Make them 100 together." in text
    assert "Write two zones in each line." in text


def test_a_zone_from_elsewhere_is_refused_beside_the_wish(browser, drawn):
    text = text_of(browser.post(f"{LIST}asked/", {**WEIGHTS, "seeds": "S01009999"}))

    assert "is no zone of the area" in text


def test_clusters_that_cut_across_localities_are_listed_for_discussion(browser, drawn):
    text = text_of(browser.get("/fife/areas/practices/", {"target": "90"}))

    assert "They decide nothing." in text
    assert "<strong>Modelled.</strong>" in text
    assert "patients live outside the main locality of their cluster" in text
    assert "Practice containment would rise from" in text


def test_moves_of_practices_are_a_file(browser, drawn):
    rows = list(csv.reader(io.StringIO(browser.get("/fife/areas/practices/moves.csv").content.decode("utf-8-sig"))))

    assert rows[0][:3] == ["Practice", "From cluster", "To cluster"]
