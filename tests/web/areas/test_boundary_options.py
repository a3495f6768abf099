"""Options of boundaries: made of today's localities, of another option and of a file; edited, closed, put away."""

import pytest

from factories import boundaries_site, drawn_grounds, site
from factories.areas import zone, zone_file
from locality.areas.measures import measure
from locality.foundations import InputRefused
from locality_web.areas import boundary_changes, boundary_making, boundary_states
from locality_web.areas.boundary_ground import ground_of
from locality_web.areas.boundary_ground_file import pack_ground, unpack_ground
from locality_web.areas.changes import ZoneFile
from locality_web.areas.models import BoundaryOption
from locality_web.core.models import AuditEvent
from locality_web.core.partnership_settings import change_setting
from locality_web.core.permissions import NotAllowed


def codes(refused):
    return [fault.code for fault in refused.value.faults]


def test_a_ground_is_kept_and_read_back_as_it_was(drawn):
    before, after = boundaries_site.ground(), ground_of(drawn)

    assert after.zones == before.zones
    assert (after.practices.patients != before.practices.patients).nnz == 0
    assert pack_ground(unpack_ground(pack_ground(before))) == pack_ground(before)


def test_without_a_release_that_brings_it_there_is_no_ground(argyll):
    assert ground_of(argyll) is None


def test_todays_localities_are_scored_and_nobody_moves(option):
    assert option.zones[zone(1)] == "levenmouth"
    assert option.names["north-east-fife"] == "North East Fife"
    assert option.measures["people_moved"] == 0
    assert option.measures["border_share"] == pytest.approx(6 / 10)
    assert option.measures["localities"]["kirkcaldy"]["people"] == 200
    assert option.measures["warnings"] == []


def test_making_it_is_recorded(option):
    event = AuditEvent.objects.last()

    assert event.kind == "areas.option_made"
    assert event.says == "Made the boundary option As today: from the localities of today"


def test_moving_zones_gives_the_measures_as_they_are_now(pat, option):
    edited = boundary_changes.move_zones(pat, option, {zone(3): "levenmouth", zone(4): "levenmouth"}, option.version)

    assert edited.option.version == 2
    assert edited.measures["localities"]["levenmouth"]["people"] == 400
    assert edited.measures["people_moved"] == 200
    assert [each["what"] for each in edited.warnings] == ["North East Fife has no zone"]


def test_a_locality_in_two_pieces_is_a_warning_and_stays_a_draft(pat, option):
    edited = boundary_changes.move_zones(pat, option, {zone(7): "levenmouth"}, option.version)

    assert [each["what"] for each in edited.warnings] == ["Levenmouth is in 2 pieces"]
    assert edited.option.state == BoundaryOption.State.DRAFT


def test_a_move_is_taken_back(pat, option):
    moved = boundary_changes.move_zones(pat, option, {zone(1): "kirkcaldy", zone(2): ""}, option.version).option

    back = boundary_changes.undo_move(pat, moved, moved.version).option

    assert back.zones == option.zones
    with pytest.raises(InputRefused) as refused:
        boundary_changes.undo_move(pat, back, back.version)
    assert codes(refused) == ["option-no-move"]


def test_moving_a_zone_to_where_it_is_changes_nothing(pat, option):
    edited = boundary_changes.move_zones(pat, option, {zone(1): "levenmouth"}, option.version)

    assert edited.option.version == option.version
    assert not option.moves.exists()


def test_of_two_editors_the_slower_one_is_told(pat, option, drawn):
    other = site.person("planner", drawn, name="Kim Planner")
    boundary_changes.move_zones(other, option, {zone(1): "kirkcaldy"}, option.version)

    with pytest.raises(InputRefused) as refused:
        boundary_changes.move_zones(pat, option, {zone(2): "kirkcaldy"}, option.version)

    assert codes(refused) == ["option-changed"]
    assert "was changed by Kim Planner after you opened it" in refused.value.faults[0].what


@pytest.mark.parametrize(
    ("moves", "code"), [({"S01009999": "kirkcaldy"}, "zone-unknown"), ({zone(1): "nowhere"}, "locality-unknown")]
)
def test_an_unknown_zone_or_locality_moves_nothing(pat, option, moves, code):
    with pytest.raises(InputRefused) as refused:
        boundary_changes.move_zones(pat, option, {zone(2): "kirkcaldy", **moves}, option.version)

    assert codes(refused) == [code]
    option.refresh_from_db()
    assert option.version == 1


def test_who_may_not_change_localities_may_not_change_options(option, drawn):
    lead = site.person("lead", drawn, "levenmouth")

    with pytest.raises(NotAllowed):
        boundary_changes.move_zones(lead, option, {zone(1): "kirkcaldy"}, option.version)
    with pytest.raises(NotAllowed):
        boundary_making.copy_option(lead, option, "Mine")


def test_localities_are_added_named_and_removed(pat, option):
    edited = boundary_changes.add_locality(pat, option, "West Fife", option.version)
    assert edited.option.names["1"] == "West Fife"
    edited = boundary_changes.name_locality(pat, edited.option, "1", name="The West", base_version=2)
    assert edited.option.names["1"] == "The West"
    edited = boundary_changes.remove_locality(pat, edited.option, "1", 3)
    assert "1" not in edited.option.names


def test_two_localities_of_one_name_and_removing_one_with_zones_are_refused(pat, option):
    with pytest.raises(InputRefused) as refused:
        boundary_changes.add_locality(pat, option, "kirkcaldy", 1)
    assert codes(refused) == ["locality-name-twice"]
    with pytest.raises(InputRefused) as refused:
        boundary_changes.remove_locality(pat, option, "kirkcaldy", 1)
    assert codes(refused) == ["option-locality-in-use"]


def test_a_copy_is_changed_and_the_original_is_not(pat, option):
    copy = boundary_making.copy_option(pat, option, "Another")
    boundary_changes.move_zones(pat, copy, {zone(1): "kirkcaldy"}, 1)

    option.refresh_from_db()
    assert option.zones[zone(1)] == "levenmouth"


def test_a_sound_draft_is_made_final_and_does_not_change_any_more(pat, option):
    final = boundary_states.make_final(pat, option, option.version)

    assert final.state == "final"
    with pytest.raises(InputRefused) as refused:
        boundary_changes.move_zones(pat, final, {zone(1): "kirkcaldy"}, final.version)
    assert codes(refused) == ["option-not-draft"]


def test_an_unsound_draft_is_not_made_final_and_each_reason_is_said(pat, option, drawn):
    administrator = site.person("administrator", drawn)
    change_setting(administrator, site.place(drawn), "areas.least_residents", value=150, reason="Our board said so.")
    broken = boundary_changes.move_zones(pat, option, {zone(8): "levenmouth", zone(5): ""}, 1).option

    with pytest.raises(InputRefused) as refused:
        boundary_states.make_final(pat, broken, broken.version)

    assert set(codes(refused)) == {"zone-without-locality", "locality-in-pieces", "locality-too-small"}
    assert any("Kirkcaldy has 100 people, 50 too few" in fault.what for fault in refused.value.faults)
    broken.refresh_from_db()
    assert broken.state == "draft"


def test_an_option_is_put_away_and_taken_back(pat, option):
    boundary_states.consult_on(pat, option, is_open=True)
    away = boundary_states.put_option_away(pat, option)
    assert (away.state, away.is_public) == ("put_away", False)
    assert boundary_states.reopen(pat, away).state == "draft"


def test_a_file_makes_an_option_and_zones_left_out_are_a_warning(pat, drawn):
    rows = {1: "levenmouth", 2: "levenmouth", 3: "west", 4: "west", 5: "west", 6: "west", 7: "west"}
    file = ZoneFile("mine.csv", zone_file(rows, names={"west": "West Fife"}))

    made = boundary_making.load_option(pat, site.place(drawn), file, "Two localities")

    assert made.names == {"levenmouth": "Levenmouth", "west": "West Fife"}
    assert [each["code"] for each in made.measures["warnings"]] == ["zone-without-locality"]


def test_all_that_is_wrong_with_a_file_is_said_at_once(pat, drawn):
    file = ZoneFile("mine.csv", zone_file({1: "levenmouth", 99: "kirkcaldy"}))

    with pytest.raises(InputRefused) as refused:
        boundary_making.load_option(pat, site.place(drawn), file, " ")

    assert codes(refused) == ["option-name", "zone-outside-partnership"]


def test_measures_are_those_of_the_library(option, drawn):
    division = drawn_grounds.divide("a a\n b b\n c c\n d d")
    found = measure(boundaries_site.ground(), division, drawn_grounds.rules(most=290))

    assert option.measures["practice_containment"] == found.practice_containment
    assert option.measures["border_share"] == found.border_share
