"""Charts: the words, the table and the drawing come from the same figures."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.template import engines

from locality_web.core.charts import Chart, bars, causes, grouped_bars, interval_bars, lines
from locality_web.core.charts_lines import ticks_for
from locality_web.core.words import say_short, short_pounds

NAMES = ["Levenmouth", "Kirkcaldy", "Dunfermline"]
MILLION = 1_000_000_00


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.drawing.replace(' xmlns="http://www.w3.org/2000/svg"', ""))


def widths(chart: Chart, series: int = 1) -> list[float]:
    blocks = drawn(chart).findall(f"rect[@class='chart-{series}']")
    return [float(block.attrib["width"].rstrip("%")) for block in blocks]


def words_of(chart: Chart) -> list[str]:
    return [text.text or "" for text in drawn(chart).findall("text")]


def shown(chart: Chart) -> str:
    return engines["django"].from_string("{% show_chart chart %}").render({"chart": chart})


def test_bars_are_as_long_as_their_figures_and_say_them():
    #   Levenmouth  £10m
    #   Kirkcaldy   £5m
    chart = bars("Money", [("Levenmouth", 10 * MILLION), ("Kirkcaldy", 5 * MILLION)], of="Locality")
    assert widths(chart) == [64.0, 32.0]
    assert words_of(chart) == ["Levenmouth", "£10.0m", "Kirkcaldy", "£5.00m"]
    assert chart.summary == "Levenmouth is highest with £10.0m; Kirkcaldy is lowest with £5.00m."
    assert chart.table.plain() == [["Levenmouth", "10000000.00"], ["Kirkcaldy", "5000000.00"]]


def test_the_drawing_is_an_image_with_a_name_and_a_description():
    svg = drawn(bars("Money", [("Levenmouth", MILLION)]))
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-labelledby"] == "chart-money-title chart-money-says"
    assert svg.findtext("title[@id='chart-money-title']") == "Money"
    assert svg.findtext("desc[@id='chart-money-says']") == "Levenmouth: £1.00m."


def test_bars_below_zero_go_to_the_left_of_zero():
    #              -10 ─── 0 ── +5
    chart = bars("Distance", [("Levenmouth", -0.10), ("Kirkcaldy", 0.05)], unit="change")
    left, right = drawn(chart).findall("rect")
    zero = float(left.attrib["x"].rstrip("%")) + float(left.attrib["width"].rstrip("%"))
    assert zero == pytest.approx(float(right.attrib["x"].rstrip("%")), abs=0.02)
    assert widths(chart)[0] == pytest.approx(2 * widths(chart)[1], abs=0.02)
    assert "−10.0%" in words_of(chart)
    assert "+5.0%" in words_of(chart)
    assert len(drawn(chart).findall("line[@class='chart-axis']")) == 2


def test_bars_that_are_all_below_zero_leave_room_for_words_on_the_left():
    chart = bars("Saved", [("Levenmouth", -2 * MILLION), ("Kirkcaldy", -MILLION)])
    assert widths(chart) == [64.0, 32.0]
    assert all(float(block.attrib["x"].rstrip("%")) >= 36 for block in drawn(chart).findall("rect"))


def test_nothing_but_zeros_is_drawn_without_bars_and_said_so():
    chart = bars("Grants", [("Levenmouth", 0), ("Kirkcaldy", 0)])
    assert widths(chart) == [0.0, 0.0]
    assert chart.summary == "All 2 are the same: £0."


def test_a_chart_without_figures_says_so_and_draws_nothing():
    chart = bars("Grants", [])
    assert chart.summary == "There are no figures yet."
    assert "<svg" not in shown(chart)
    assert "There are no figures yet." in shown(chart)


def test_forty_bars_stand_below_one_another():
    chart = bars("Zones", [(f"Zone {at}", at) for at in range(1, 41)], unit="people")
    tops = [float(block.attrib["y"]) for block in drawn(chart).findall("rect")]
    assert len(tops) == 40
    assert all(later - sooner >= 18 for sooner, later in pairwise(tops))
    assert float(drawn(chart).attrib["height"]) > tops[-1] + 18


def test_a_long_name_goes_over_several_lines_and_is_never_cut():
    name = "Health and Social Care Partnership Services for Older People Living in the Villages of the West"
    chart = bars("Money", [(name, MILLION)])
    lines_of_name = words_of(chart)[:-1]
    assert " ".join(lines_of_name) == name
    assert max(map(len, lines_of_name)) <= 40


def test_names_are_drawn_as_text_and_never_run():
    chart = bars("<script>", [("<script>alert(1)</script>", MILLION)])
    assert "<script>" not in chart.drawing
    assert "<script>" not in shown(chart)


def test_groups_compare_each_series_with_the_first():
    #                historic   fair   budget
    #   Levenmouth      £50m    £40m     £45m
    #   Kirkcaldy       £20m    £30m     £25m
    #   Dunfermline     £10m    £10m     £10m
    series = {"Historic share": [50, 20, 10], "Fair share": [40, 30, 10], "Budget": [45, 25, 10]}
    chart = grouped_bars("Shares", NAMES, {name: [m * MILLION for m in each] for name, each in series.items()})
    assert chart.summary == (
        "Fair share is higher than historic share in Kirkcaldy (by £10.0m), lower in Levenmouth (by £10.0m) "
        "and the same in 1 of 3. Budget is higher than historic share in Kirkcaldy (by £5.00m), "
        "lower in Levenmouth (by £5.00m) and the same in 1 of 3."
    )
    assert [widths(chart, number) for number in (1, 2, 3)] == [
        [64.0, 25.6, 12.8],
        [51.2, 38.4, 12.8],
        [57.6, 32.0, 12.8],
    ]
    assert [cell.text for cell in chart.table.cells()[0]] == ["Levenmouth", "£50,000,000", "£40,000,000", "£45,000,000"]


def test_series_are_told_apart_by_pattern_as_well_as_by_colour():
    chart = grouped_bars("Shares", ["Levenmouth"], {"Historic share": [2], "Fair share": [1]}, unit="people")
    assert [each.attrib["id"] for each in drawn(chart).iter("pattern")] == ["chart-shares-2"]
    assert len(drawn(chart).findall("rect[@fill='url(#chart-shares-2)']")) == 1
    assert [each.name for each in chart.legend] == ["Historic share", "Fair share"]


def test_more_series_than_can_be_told_apart_are_a_mistake_of_ours():
    with pytest.raises(ValueError, match="at most 6"):
        grouped_bars("Shares", ["Levenmouth"], {f"S{at}": [1] for at in range(7)})


def test_a_series_that_lacks_a_figure_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="'Fair share' has 1 amounts where 2 are needed"):
        grouped_bars("Shares", NAMES[:2], {"Fair share": [1]})


def test_an_interval_is_drawn_from_its_low_to_its_high_end():
    #   Levenmouth  |────────●────|   40 .. 50 .. 60
    chart = interval_bars("Fair share", [("Levenmouth", 50, 40, 60), ("Kirkcaldy", 30, 29, 31)], unit="people")
    spine = drawn(chart).findall("line[@class='chart-interval']")[0].attrib
    assert (spine["x1"], spine["x2"]) == ("42.67%", "64%")
    assert chart.summary == (
        "Levenmouth is highest with 50; Kirkcaldy is lowest with 30. Least certain is Levenmouth: from 40 to 60."
    )
    assert chart.table.plain() == [["Levenmouth", 50, 40, 60], ["Kirkcaldy", 30, 29, 31]]


def test_causes_stack_on_both_sides_of_zero_and_add_up():
    #              age  need  supply   together
    #   Levenmouth  +3    -1      +2         +4
    #   Kirkcaldy   -2    -1       0         -3
    chart = causes(
        "Causes", [("Levenmouth", (3, -1, 2)), ("Kirkcaldy", (-2, -1, 0))], ["Age", "Need", "Supply"], unit="number"
    )
    assert [row[-1] for row in chart.table.rows] == [4, -3]
    assert chart.summary == (
        "Of 2, 1 comes out above nought and 1 below. The largest difference is in Levenmouth: 4, of which age makes 3."
    )
    assert words_of(chart) == ["Levenmouth: 4", "Kirkcaldy: −3"]
    first_age, first_supply = (drawn(chart).findall(f"rect[@class='chart-{at}']")[0].attrib for at in (1, 3))
    end_of_age = float(first_age["x"].rstrip("%")) + float(first_age["width"].rstrip("%"))
    assert end_of_age == pytest.approx(float(first_supply["x"].rstrip("%")), abs=0.02)


def test_lines_say_where_they_start_and_end():
    years = ["2024/25", "2025/26", "2026/27"]
    chart = lines(
        "Distance",
        years,
        {"Levenmouth": [0.08, 0.06, 0.02], "Kirkcaldy": [None, -0.04, None], "New": [None] * 3},
        unit="change",
    )
    assert chart.summary == (
        "Levenmouth falls, from +8.0% in 2024/25 to +2.0% in 2026/27. Kirkcaldy: −4.0% in 2025/26. New: not known."
    )
    assert chart.table.rows[0] == ["2024/25", 0.08, None, None]
    assert [each.name for each in chart.legend] == ["1 Levenmouth", "2 Kirkcaldy", "3 New"]


def test_an_unknown_year_is_a_gap_and_not_a_zero():
    chart = lines("Spent", ["a", "b", "c", "d"], {"Levenmouth": [1, 2, None, 3]}, unit="number")
    assert len(drawn(chart).findall("line[@class='chart-line chart-ink-1 chart-line--1']")) == 1
    assert len(drawn(chart).findall("circle")) == 3


def test_more_lines_than_can_be_told_apart_are_in_the_table_and_said_so():
    chart = lines("Spent", ["a", "b"], {f"Place {at}": [at, at + 1] for at in range(1, 10)}, unit="number")
    assert chart.note == "The drawing shows the first 6 of 9; the table has them all."
    assert len(chart.legend) == 6
    assert len(chart.table.columns) == 10


def test_one_year_alone_is_a_point():
    chart = lines("Spent", ["2026/27"], {"Levenmouth": [5]}, unit="number")
    assert drawn(chart).find("circle").attrib["cx"] == "48.5%"
    assert chart.summary == "Levenmouth: 5 in 2026/27."


@pytest.mark.parametrize(
    ("amounts", "ticks"),
    [([3, 7], [0, 2, 4, 6, 8]), ([0, 0], [0, 0.5, 1]), ([-5, 12], [-5, 0, 5, 10, 15]), ([-3, -1], [-3, -2, -1, 0])],
)
def test_the_scale_has_round_steps_and_always_zero(amounts, ticks):
    found = ticks_for(amounts)
    assert 0 in found
    assert found[0] <= min(amounts)
    assert found[-1] >= max(amounts)
    if amounts != [0, 0]:
        assert found == ticks


@pytest.mark.parametrize(
    ("pence", "said"),
    [
        (0, "£0"),
        (87_00, "£87"),
        (9_999_49, "£9,999"),
        (10_000_00, "£10k"),
        (999_499_00, "£999k"),
        (999_500_00, "£1.00m"),
        (12_345_678_00, "£12.3m"),
        (1_234_000_000_00, "£1,234m"),
        (-450_000_00, "−£450k"),
        (-40, "£0"),
    ],
)
def test_amounts_are_short_where_there_is_little_room(pence, said):
    assert short_pounds(pence) == said


def test_a_change_of_nothing_has_no_sign():
    assert say_short(0.0, "change") == "0.0%"
    assert say_short(-0.00001, "change") == "0.0%"


def test_no_chart_has_a_style_of_its_own():
    charts = [
        bars("A", [("x", 1)]),
        grouped_bars("B", ["x"], {"s": [1], "t": [2]}),
        interval_bars("C", [("x", 1, 0, 2)]),
        causes("D", [("x", (1, -1))], ["a", "b"]),
        lines("E", ["1", "2"], {"x": [1, 2]}),
    ]
    for chart in charts:
        assert not re.search(r"\sstyle=|<style|\son\w+=|<script", shown(chart))


def test_a_chart_shows_its_words_its_table_and_its_file():
    page = shown(bars("Money", [("Levenmouth", MILLION)], csv="/fife/money.csv"))
    assert "Levenmouth: £1.00m." in page
    assert "<caption" in page
    assert 'href="/fife/money.csv"' in page
