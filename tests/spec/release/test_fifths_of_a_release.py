"""The deprivation fifth of each zone leaves with a release by itself, and comes back with its index and edition."""

import pandas as pd
import pytest

from factories.release import DAY, MADE_BY, ZONES, sound_content
from locality.foundations import ResultRefused
from locality.release import fifths_of, places_of, write_release
from locality.release.read import read_bytes

ONE, TWO, THREE = ZONES
RANKS = pd.DataFrame(
    [
        (ONE, "simd_fifth", "2016", 2.0),
        (ONE, "simd_fifth", "2020v2", 1.0),
        (TWO, "simd_fifth", "2020v2", 5.0),
        (THREE, "simd_fifth", "2020v2", None),
        (ONE, "own_count", "2020v2", 3.0),
    ],
    columns=["zone", "indicator", "period", "value"],
)


def released(tmp_path, indicators):
    places, _ = places_of({"indicators": indicators}, [], day=DAY)
    content = sound_content(places=places)
    return read_bytes(write_release(content, tmp_path / "a.zip", day=DAY, made_by=MADE_BY).path.read_bytes(), "a")


def test_fifths_leave_with_their_newest_edition_even_where_nothing_else_of_places_is_known(tmp_path):
    found = fifths_of(released(tmp_path, RANKS))

    assert found.by_zone == {ONE: 1, TWO: 5}
    assert found.source == "Scottish Index of Multiple Deprivation, 2020v2, national fifths"


def test_in_england_they_are_those_of_the_english_index(tmp_path):
    table = pd.DataFrame([(ONE, "imd_fifth", "2019", 3.0)], columns=RANKS.columns)

    assert fifths_of(released(tmp_path, table)).source == "English Index of Multiple Deprivation, 2019, national fifths"


def test_made_up_fifths_say_so(tmp_path):
    table = pd.DataFrame([(ONE, "simd_fifth", "made up", 3.0)], columns=RANKS.columns)

    assert fifths_of(released(tmp_path, table)).source == (
        "Scottish Index of Multiple Deprivation, made up, national fifths"
    )


def test_a_release_without_them_says_that_none_are_known(tmp_path):
    assert fifths_of(released(tmp_path, RANKS[RANKS["indicator"] == "own_count"])) is None


def test_a_fifth_that_is_none_is_refused_before_it_leaves(tmp_path):
    with pytest.raises(
        ResultRefused, match="1 zones have a fifth of the Scottish Index of Multiple Deprivation that is none"
    ):
        released(tmp_path, RANKS.assign(value=[1.0, 1.0, 7.0, None, 3.0]))
