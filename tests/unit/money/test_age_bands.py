"""Age bands laid out over single years."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from locality.foundations import load_rule
from locality.money.age_bands import AgeBands, say_ages, values_by_age
from locality.money.zone_people import name_some


def bands(*rows):
    table = pd.DataFrame(rows, columns=["age_from", "age_to"]).astype("Int64")
    return AgeBands.read(table, "population")


def test_distinct_bands_are_kept_in_order_and_rows_know_theirs():
    kept, row = bands((65, None), (0, 64), (65, None), (65, 130))
    assert kept.starts.tolist() == [0, 65, 65]
    assert kept.is_open.tolist() == [False, False, True]
    assert row.tolist() == [2, 0, 2, 1]


def test_people_lie_evenly_in_a_closed_band_and_thin_out_in_an_open_one():
    spread = bands((0, 4), (85, None))[0].spread()
    ratio = load_rule("locality.money", "open_age_band_ratio").at(dt.date(2026, 4, 1)).value
    assert spread.sum(axis=1) == pytest.approx([1, 1])
    assert spread[0, :6].tolist() == pytest.approx([0.2, 0.2, 0.2, 0.2, 0.2, 0])
    assert spread[1, 86] / spread[1, 85] == pytest.approx(ratio)
    assert spread[1, 90:].sum() == pytest.approx(0.345, abs=0.001)


def test_values_of_overlapping_bands_show_as_covered_twice():
    kept, row = bands((0, 2), (2, 3))
    laid, covered = values_by_age(kept, row, np.array([0, 1]), np.array([5.0, 7.0]), 2)
    assert laid[:, :5].tolist() == [[5, 5, 5, 0, 0], [0, 0, 7, 7, 0]]
    assert covered[:, :5].tolist() == [[1, 1, 1, 0, 0], [0, 0, 1, 1, 0]]
    together = values_by_age(kept, row, np.array([0, 0]), np.array([5.0, 7.0]), 1)[1]
    assert together[0, 2] == 2


def test_missing_ages_are_written_as_runs():
    ages = np.zeros(131, dtype=bool)
    ages[[3, 7, 8, 9]] = True
    ages[90:] = True
    assert say_ages(ages) == "3, 7-9, 90+"


def test_many_names_are_cut_short():
    assert name_some(list("abc")) == "a, b, c"
    assert name_some(list("abcdefg")) == "a, b, c, d, e and 2 more"
