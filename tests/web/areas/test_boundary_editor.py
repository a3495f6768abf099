"""The map on which an option is edited: what its addresses give, take and refuse."""

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from django.test import Client

from factories import boundaries_site, site
from factories.areas import zone
from locality_web.areas import boundary_changes, boundary_states
from locality_web.areas.boundary_editor import ground_as_json
from locality_web.areas.boundary_ground_file import pack_ground, unpack_ground
from locality_web.core.models import AuditEvent
from locality_web.core.partnership_settings import change_setting


@pytest.fixture
def desk(pat):
    return site.signed_in(pat)


def address(option, rest=""):
    return f"/fife/areas/options/{option.pk}/map/{rest}"


def send(client, option, **edit):
    return client.post(address(option, "edit/"), json.dumps(edit), content_type="application/json")


def test_the_page_shows_the_measures_beside_todays(desk, option):
    page = desk.get(address(option)).content.decode()

    assert "Edit As today on a map" in page
    assert "Practice containment by cluster" in page
    assert "Today’s localities" in page


def test_the_page_leads_to_the_list_for_those_without_scripts(desk, option):
    assert f"/fife/areas/options/{option.pk}/zones/" in desk.get(address(option)).content.decode()


def test_the_keys_on_the_page_are_those_of_the_handbook(desk, option):
    page = desk.get(address(option)).content.decode()
    rows = re.findall(r'<tr><th scope="row">([^<]*)</th><td>([^<]*)</td><td>([^<]*)</td></tr>', page)
    handbook = (Path(__file__).parents[3] / "docs/do/draw-localities.md").read_text(encoding="utf-8")

    assert ("Shift and arrow", "moves the map", "chooses all zones on the way") in rows
    for row in rows:
        assert f"| {' | '.join(row)} |" in handbook


def test_the_ground_is_sent_once_and_kept_by_the_browser(desk, option):
    first = desk.get("/fife/areas/options/ground.json")
    again = desk.get("/fife/areas/options/ground.json", headers={"If-None-Match": first["ETag"]})

    ground = json.loads(gzip.decompress(first.content))
    assert ground["zones"] == list(boundaries_site.ZONES)
    assert ground["borders"][:4] == [0, 1, 0, 2]
    assert [each["cluster"] for each in ground["practices"]] == ["North", "South"]
    assert again.status_code == 304


def test_a_practice_whose_place_is_not_known_stands_in_the_middle_of_its_patients():
    ground = boundaries_site.ground()
    known = ground.practices
    points = np.array([[500.0, -500.0], [np.nan, np.nan]])
    named = replace(known, points=points, names=("High Street", "Mill Lane"))

    kept = unpack_ground(pack_ground(replace(ground, practices=named)))

    first, second = ground_as_json(kept)["practices"]
    assert first == {"code": "10001", "name": "High Street", "cluster": "North", "at": [500, -500], "known": True}
    # 50 patients in zone 4 and 90 in each of the zones 5 to 8, of which each is a kilometre wide.
    middle = np.average(ground.points[3:], axis=0, weights=[50, 90, 90, 90, 90]).round().tolist()
    assert (second["name"], second["at"], second["known"]) == ("Mill Lane", middle, False)


def test_a_ground_whose_practices_have_no_names_stays_the_same_ground():
    ground = boundaries_site.ground()

    assert unpack_ground(pack_ground(ground)).practices.names == ()
    assert pack_ground(unpack_ground(pack_ground(ground))) == pack_ground(ground)


def test_the_map_asks_for_all_that_it_needs_before_its_script_runs(desk, option, drawn):
    boundaries_site.shape(drawn)
    page = desk.get(address(option)).content.decode()

    for path in ("shapes/topology.json", "options/ground.json", f"options/{option.pk}/map/state.json"):
        assert f'<link rel="preload" as="fetch" crossorigin="anonymous" href="/fife/areas/{path}">' in page


def test_the_state_names_the_place_of_each_zones_locality(desk, option):
    state = desk.get(address(option, "state.json")).json()

    assert [each["name"] for each in state["localities"]] == [
        "Dunfermline",
        "Kirkcaldy",
        "Levenmouth",
        "North East Fife",
    ]
    assert state["division"] == [2, 2, 3, 3, 1, 1, 0, 0]
    assert (state["version"], state["can_undo"], state["warnings"]) == (1, False, [])
    assert state["token"]


def test_a_move_gives_the_option_as_it_is_now_with_its_measures(desk, option):
    answer = send(desk, option, do="move", moves={zone(3): "levenmouth"}, version=1).json()

    assert answer["version"] == 2
    assert answer["division"] == [2, 2, 2, 3, 1, 1, 0, 0]
    assert answer["localities"][2]["people"] == 300
    assert answer["figures"]["people_moved"] == {"text": "100", "figure": 100}
    assert (answer["can_undo"], answer["says"]) == (True, "Saved.")


def test_a_locality_in_two_pieces_is_a_warning_that_names_its_place(desk, option):
    answer = send(desk, option, do="move", moves={zone(7): "levenmouth"}, version=1).json()

    assert [(each["what"], each["localities"]) for each in answer["warnings"]] == [("Levenmouth is in 2 pieces", [2])]


def test_a_locality_that_is_too_small_is_a_warning(desk, option, drawn):
    boss = site.person("administrator", drawn)
    change_setting(boss, site.place(drawn), "areas.least_residents", value=150, reason="Our board said so.")

    answer = send(desk, option, do="move", moves={zone(3): "levenmouth"}, version=1).json()

    assert [each["what"] for each in answer["warnings"]] == ["North East Fife has 100 people, 50 too few"]


def test_a_move_is_taken_back_and_a_locality_added(desk, option):
    send(desk, option, do="move", moves={zone(3): ""}, version=1)

    back = send(desk, option, do="undo", version=2).json()
    added = send(desk, option, do="add", name="The Coast", version=3).json()

    assert back["division"] == [2, 2, 3, 3, 1, 1, 0, 0]
    assert added["localities"][-1]["name"] == "The Coast"
    assert added["warnings"][0]["code"] == "locality-empty"


def test_of_two_editors_the_slower_one_is_told_and_gets_what_the_other_made(desk, option, drawn):
    other = site.person("planner", drawn, name="Kim Planner")
    boundary_changes.move_zones(other, option, {zone(1): "kirkcaldy"}, 1)

    answer = send(desk, option, do="move", moves={zone(2): "kirkcaldy"}, version=1)

    assert answer.status_code == 409
    assert answer.json()["code"] == "option-changed"
    assert "was changed by Kim Planner" in answer.json()["says"]
    assert answer.json()["now"]["division"] == [1, 2, 3, 3, 1, 1, 0, 0]
    assert answer.json()["now"]["version"] == 2


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ({"do": "move", "moves": {"S01009999": "kirkcaldy"}}, "zone-unknown"),
        ({"do": "move", "moves": {zone(1): "nowhere"}}, "locality-unknown"),
        ({"do": "undo"}, "option-no-move"),
        ({"do": "add", "name": " "}, "option-name"),
        ({"do": "add", "name": "Kirkcaldy"}, "locality-name-twice"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(desk, option, edit, code):
    answer = send(desk, option, version=1, **edit)

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert answer.json()["now"]["version"] == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"[" * 100_000,
        b'{"do": "move"}',
        b'{"do": "burn", "version": 1}',
        b'{"do": "move", "version": "1"}',
        b'{"do": "move", "version": true, "moves": {}}',
        b'{"do": "move", "version": 1, "moves": []}',
        b'{"do": "move", "version": 1, "moves": {"S01000001": 3}}',
    ],
)
def test_what_is_no_edit_is_refused_in_words(desk, option, body):
    answer = desk.post(address(option, "edit/"), body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, "edit-shape")


def test_only_a_draft_is_edited(desk, option, pat):
    final = boundary_states.make_final(pat, option, option.version)

    assert desk.get(address(final)).headers["Location"] == f"/fife/areas/options/{option.pk}/"
    answer = send(desk, final, do="move", moves={zone(1): "kirkcaldy"}, version=final.version)
    assert answer.json()["code"] == "option-not-draft"


def test_a_lead_may_not_edit_and_a_visitor_is_asked_to_sign_in(client, option, drawn):
    lead = site.signed_in(site.person("lead", drawn, "levenmouth"))

    assert send(lead, option, do="undo", version=1).status_code == 403
    assert lead.get(address(option, "state.json")).status_code == 403
    assert send(client, option, do="undo", version=1).headers["Location"].startswith("/accounts/login/")


def test_an_edit_without_the_token_is_refused(pat, option):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(pat)

    assert send(careful, option, do="move", moves={zone(3): "levenmouth"}, version=1).status_code == 403


def test_an_option_of_another_partnership_is_not_there(desk, option):
    assert desk.get(f"/fife/areas/options/{option.pk + 1}/map/").status_code == 404


def test_every_edit_is_recorded(desk, option):
    send(desk, option, do="move", moves={zone(3): "levenmouth"}, version=1)

    event = AuditEvent.objects.last()
    assert (event.kind, event.says) == ("areas.option_changed", "In the boundary option As today: moved 1 zone")


def test_without_a_ground_there_is_no_map(argyll):
    planner = site.signed_in(site.person("planner", argyll))

    assert planner.get(f"/{argyll.slug}/areas/options/ground.json").status_code == 404


def test_tidying_up_mends_in_one_move_that_can_be_taken_back(desk, option):
    broken = send(desk, option, do="move", moves={zone(7): "levenmouth"}, version=1).json()
    assert broken["warnings"]

    tidy = send(desk, option, do="tidy", version=2).json()
    back = send(desk, option, do="undo", version=tidy["version"]).json()

    assert tidy["warnings"] == []
    assert tidy["says"].startswith("Tidied up: ")
    assert tidy["says"].endswith("moved.")
    assert back["division"] == broken["division"]


def test_tidying_up_leaves_zones_that_are_held_where_they_are(desk, option):
    send(desk, option, do="move", moves={zone(3): "levenmouth"}, version=1)

    tidy = send(desk, option, do="tidy", hold=[zone(1), zone(3)], version=2).json()

    assert tidy["division"][0] == tidy["division"][2] == 2


def test_tidying_up_needs_two_localities(desk, option):
    moves = dict.fromkeys(boundaries_site.ZONES, "levenmouth")
    send(desk, option, do="move", moves=moves, version=1)

    answer = send(desk, option, do="tidy", version=2)

    assert (answer.status_code, answer.json()["code"]) == (409, "result")
    assert answer.json()["says"].startswith("Zones are in fewer than two localities.")


def test_tidying_up_on_an_old_version_is_refused_before_any_work(desk, option):
    send(desk, option, do="move", moves={zone(3): "levenmouth"}, version=1)

    assert send(desk, option, do="tidy", version=1).json()["code"] == "option-changed"
