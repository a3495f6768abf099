"""The service catalogue: all faults at once, by row and column, and its headings in order."""

from dataclasses import replace

import pytest

from factories.plans import SERVICES
from locality.plans import check_catalogue, headings_of

HOME, DAY, *_ = SERVICES


def _codes(*services):
    return [(fault.row, fault.column, fault.code) for fault in check_catalogue(services)]


def test_a_sound_catalogue_has_no_fault():
    assert check_catalogue(SERVICES) == ()


def test_an_empty_catalogue_is_refused():
    assert [fault.code for fault in check_catalogue(())] == ["catalogue-empty"]


@pytest.mark.parametrize("code", ["", "Home care", "home/care", "home--care", "-home", "home_care", "é", "a" * 61])
def test_a_code_can_stand_in_the_address_of_a_page(code):
    assert _codes(replace(HOME, service=code)) == [(2, "service", "catalogue-code")]


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"name": " "}, "name", "catalogue-text-missing"),
        ({"heading": ""}, "heading", "catalogue-text-missing"),
        ({"heading": "Care at home "}, "heading", "spaces-around"),
        ({"planned_at": "moon"}, "planned_at", "catalogue-planned-at"),
    ],
)
def test_every_service_has_a_name_a_heading_and_a_place_where_it_is_planned(changes, column, code):
    assert _codes(HOME, replace(DAY, **changes)) == [(3, column, code)]


def test_a_code_or_a_name_that_stands_there_twice_is_named_in_both_rows():
    assert _codes(HOME, replace(HOME, name="home care")) == [
        (2, "service", "catalogue-code-twice"),
        (2, "name", "catalogue-name-twice"),
        (3, "service", "catalogue-code-twice"),
        (3, "name", "catalogue-name-twice"),
    ]


def test_headings_stand_once_in_the_order_of_the_catalogue():
    assert headings_of(SERVICES) == ("Care at home", "Community nursing", "Equipment")
