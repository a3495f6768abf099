import pytest

from locality.money.report.amounts import (
    say_change,
    say_count,
    say_exact,
    say_list,
    say_number,
    say_percent,
    say_range,
    say_short,
    say_whole,
)
from locality.money.report.settings import humanise, say_setting


@pytest.mark.parametrize(
    ("pence", "exact", "whole", "short"),
    [
        (0, "£0.00", "£0", "£0"),
        (49, "£0.49", "£0", "£0"),
        (-49, "−£0.49", "£0", "£0"),
        (123_456, "£1,234.56", "£1,235", "£1,235"),
        (-99_999_999, "−£999,999.99", "−£1,000,000", "−£1,000,000"),
        (100_000_000, "£1,000,000.00", "£1,000,000", "£1.00m"),
        (-151_000_000, "−£1,510,000.00", "−£1,510,000", "−£1.51m"),
        (4_123_456_700, "£41,234,567.00", "£41,234,567", "£41.2m"),
        (123_456_789_012, "£1,234,567,890.12", "£1,234,567,890", "£1,234.6m"),
    ],
)
def test_an_amount_is_written_to_the_penny_to_the_pound_or_in_millions(pence, exact, whole, short):
    assert (say_exact(pence), say_whole(pence), say_short(pence)) == (exact, whole, short)


@pytest.mark.parametrize(
    ("pence", "said"), [(123_456, "+£1,235"), (-123_456, "−£1,235"), (20, "£0"), (-20, "£0"), (None, "not known")]
)
def test_a_change_carries_its_sign(pence, said):
    assert say_change(pence) == said


def test_a_change_in_millions_carries_its_sign():
    assert say_change(250_000_000, short=True) == "+£2.50m"


@pytest.mark.parametrize(
    ("ratio", "plain", "signed"),
    [
        (0.0346, "3.5%", "+3.5%"),
        (-0.02, "−2.0%", "−2.0%"),
        (0.0004, "0.0%", "0.0%"),
        (-0.0004, "0.0%", "0.0%"),
        (12.5, "1,250.0%", "+1,250.0%"),
        (None, "not known", "not known"),
    ],
)
def test_a_ratio_is_written_in_per_cent(ratio, plain, signed):
    assert (say_percent(ratio), say_percent(ratio, signed=True)) == (plain, signed)


def test_a_range_has_two_ends_or_is_not_known():
    assert say_range(100, 250_000) == "£1–£2,500"
    assert say_range(None, 250_000) == "not known"
    assert say_range(100, None) == "not known"


def test_counts_and_numbers_have_a_real_minus_sign():
    assert (say_count(-1_234), say_count(105_000)) == ("−1,234", "105,000")
    assert (say_number(-0.1234), say_number(0.1234, places=1)) == ("−0.123", "0.1")


@pytest.mark.parametrize(("names", "said"), [(["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")])
def test_names_are_joined_as_a_sentence_joins_them(names, said):
    assert say_list(names) == said


@pytest.mark.parametrize(
    ("name", "setting", "said"),
    [
        ("total_pence", 123, "£1.23"),
        ("min_growth", 0.01, "1.00%"),
        ("max_under_target", -0.05, "−5.00%"),
        ("factor", -0.5, "−0.5"),
        ("years", -5, "−5"),
        ("supply", True, "yes"),
        ("supply", False, "no"),
        ("floor", None, "none"),
        ("years", [], "none"),
        ("years", ["2021/22", "2022/23"], "2021/22, 2022/23"),
        ("preset", "no_cash_loss", "no cash loss"),
        ("methods", {}, "none"),
        ("value", {"level": 0.95, "min_growth": 0.01}, "level 0.95; min growth 1.00%"),
        ("source", "A paper_of ours", "A paper_of ours"),
    ],
)
def test_a_setting_is_written_as_a_person_reads_it(name, setting, said):
    assert say_setting(name, setting) == said


def test_a_name_of_code_becomes_words():
    assert humanise("budget_growth_ratio") == "Budget growth"
