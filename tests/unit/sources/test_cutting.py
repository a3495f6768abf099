"""How rows of a national file are chosen, where a real file would not show it."""

import pandas as pd
import pytest

from locality.foundations.core_tables import INDICATORS, PRACTICES, ZONE_NEIGHBOURS
from locality.money.tables import COUNCIL_LINES, PRACTICE_WEIGHTS
from locality.sources.cutting import cut_to_place, nothing_of_place
from locality.sources.loaded import Loaded
from locality.sources.loading import describe
from locality.sources.partnership_file import Settings
from locality.sources.readers import Partnership, RawTable
from locality.sources.spaces import trim_texts

ZONES = ["S01008001", "S01008002"]


@pytest.fixture
def loaded():
    return Loaded(
        Settings(partnership=Partnership("S37999999", "Smallshire", "Scotland")),
        tables={"zones": pd.DataFrame({"zone": ZONES}, dtype="string")},
    )


def frame(**columns):
    return pd.DataFrame(columns, dtype="string")


def test_rows_of_our_zones_are_kept_under_their_numbers(loaded):
    raw = frame(zone=["S01009000", *ZONES]).set_axis([2, 3, 4])
    assert list(cut_to_place(loaded, INDICATORS, raw).index) == [3, 4]


def test_both_neighbours_must_be_ours(loaded):
    raw = frame(zone_a=[ZONES[0], ZONES[0]], zone_b=[ZONES[1], "S01009000"], kind=["land", "land"])
    assert list(cut_to_place(loaded, ZONE_NEIGHBOURS, raw).index) == [0]


def test_practices_are_kept_where_our_people_are_registered(loaded):
    raw = frame(practice=["1", "2", "3"], zone=[ZONES[0], "S01009000", "S01009000"])
    loaded.tables["registrations"] = frame(practice=["2"])
    assert list(cut_to_place(loaded, PRACTICES, raw)["practice"]) == ["1", "2"]
    assert list(cut_to_place(loaded, PRACTICE_WEIGHTS, frame(practice=["1", "2"]))["practice"]) == ["2"]


def test_practices_without_any_zone_are_all_kept(loaded):
    raw = frame(practice=["1", "2"], zone=[pd.NA, pd.NA])
    assert len(cut_to_place(loaded, PRACTICES, raw)) == 2


def test_a_table_without_places_is_kept_whole(loaded):
    raw = frame(line=["A"], council=["Fife"])
    assert cut_to_place(loaded, COUNCIL_LINES, raw) is raw


def test_without_zones_nothing_can_be_cut(loaded):
    del loaded.tables["zones"]
    assert cut_to_place(loaded, INDICATORS, frame(zone=ZONES)) is None


def test_a_file_of_another_place_says_so(loaded):
    fault = nothing_of_place(loaded, RawTable(frame(zone=["S01009000"]), "simd.csv"))
    assert (fault.code, fault.what) == ("nothing-of-place", "none of its 1 rows is about a zone of Smallshire")
    assert nothing_of_place(loaded, RawTable(frame(practice=["1"]), "weights.csv")).code == "nothing-of-place"


def test_what_a_table_describes():
    assert describe(pd.DataFrame({"period": ["2019", "2021", "2020"]})) == "2019 to 2021"
    assert describe(pd.DataFrame({"year": [], "zone": []}, dtype="string")) == ""


def test_a_publishers_spaces_are_taken_away_with_a_note():
    raw = frame(practice=["1 ", "2"], name=["West ", "East\xa0"])
    trimmed = trim_texts(PRACTICES, raw, "list.csv", own=False)
    assert list(trimmed.frame["practice"]) == ["1", "2"]
    assert list(trimmed.frame["name"]) == ["West", "East"]
    assert trimmed.faults == []
    assert trimmed.notes == [
        "list.csv: spaces around 1 cells of practice were taken away, '1 ' for example",
        "list.csv: spaces around 2 cells of name were taken away, 'West ' for example",
    ]
