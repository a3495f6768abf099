import re
from xml.etree import ElementTree

import pytest

from factories.summary import example_summary
from locality.money.report import charts, svg


def _entry(**changed):
    return {**example_summary(localities=2, headings=3)["localities"][0], **changed}


@pytest.mark.parametrize(
    ("amounts", "ticks"),
    [
        ([12, 47], (0, 20, 40)),
        ([-3, 7], (0, 5)),
        ([], (0, 0.5, 1)),
        ([0.004], (0, 0.001, 0.002, 0.003, 0.004)),
        ([-100, -20], (-100, -50, 0)),
    ],
)
def test_a_scale_holds_nought_and_has_round_ticks(amounts, ticks):
    scale = svg.scale_for(amounts)

    assert scale.ticks == pytest.approx(ticks)
    assert 2 <= scale.at(min([0, *amounts])) <= scale.at(max([0, *amounts])) <= 98


@pytest.mark.parametrize(
    ("historic", "fair", "overlap"),
    [((10, 20), (20, 30), True), ((10, 20), (21, 30), False), ((25, 26), (20, 30), True), ((None, 20), (1, 2), None)],
)
def test_two_ranges_overlap_when_they_share_an_amount(historic, fair, overlap):
    entry = _entry(
        historic_low_pence=historic[0], historic_high_pence=historic[1], fair_low_pence=fair[0], fair_high_pence=fair[1]
    )

    assert charts.ranges_overlap(entry) is overlap


def test_the_waterfall_leads_from_nought_to_fair_minus_historic_per_head():
    entry = _entry(population=10, steps={"population": 100, "age_sex": -300, "need": 50, "supply": 0})

    assert charts.steps_per_head(entry) == [
        ("Population", 0.0, 10.0),
        ("Age and sex", 10.0, -20.0),
        ("Need", -20.0, -15.0),
        ("Supply", -15.0, -15.0),
    ]


def test_a_locality_without_people_has_steps_of_nought():
    assert {end for _, _, end in charts.steps_per_head(_entry(population=0))} == {0.0}


def test_the_axis_of_small_amounts_shows_pence():
    entry = _entry(population=100, steps={"population": 8_000, "age_sex": 0, "need": 0, "supply": 0})

    drawn = charts.waterfall("f", entry, svg.scale_for([0, 80]), title="", says="")

    assert "+£0.20" in drawn


def test_a_stack_fills_the_bar_and_names_segments_that_are_wide_enough():
    drawn = charts.grades_chart("f", [("Ardbreck", {"A": 60, "B": 35, "C": 5, "D": 0})], title="", says="")

    widths = [float(width) for width in re.findall(r'class="grade-\w".*?width="([\d.]+)%"', drawn)]
    assert sum(widths) == pytest.approx(96, abs=0.05)
    assert re.findall(r">([A-D][^<]*)</text>", drawn)[2:] == ["A 60%", "B 35%"]


def test_a_stack_of_nothing_is_empty():
    assert '<rect class="grade' not in charts.grades_chart("f", [("Nowhere", {"A": 0})], title="", says="")


def test_an_unknown_interval_leaves_the_bar_without_whisker():
    entry = _entry(historic_low_pence=None, fair_high_pence=None)

    assert "whisker" not in charts.shares_chart("f", [entry], title="", says="")


def test_a_bar_other_than_nought_is_always_seen():
    assert 'width="0.40%"' in svg.bar(50, 50.001, top=0, height=9, mark="m")
    assert 'width="0.00%"' in svg.bar(50, 50, top=0, height=9, mark="m")


def test_a_long_name_is_cut_for_a_telephone_but_not_for_a_screen():
    drawn = svg.label("Upper Glens and the Western Shore", "+£187 (+9.3%)")

    assert "wide" in drawn and ">Upper Glens and the Western Shore<" in drawn
    assert "narrow" in drawn and ">Upper Glens and the…<" in drawn


def test_a_chart_is_sound_xml_with_role_title_and_description():
    localities = example_summary()["localities"]

    chart = ElementTree.fromstring(charts.shares_chart("f1", localities, title="A <title>", says="It & says"))

    assert (chart.get("role"), chart.get("aria-labelledby")) == ("img", "f1-title f1-desc")
    assert (chart.find("title").text, chart.find("desc").text) == ("A <title>", "It & says")


def test_a_path_of_one_year_is_one_dot():
    entry = _entry(path=[{"year": "2023/24", "pence": 1, "target_pence": 1, "distance_ratio": 0.01}])

    drawn = charts.path_chart("f", entry, charts.path_scale([entry]), title="", says="")

    assert (drawn.count("<circle"), drawn.count('class="way"')) == (1, 0)
