"""What pages say of an option follows the sizes that are asked for, and the release that counts the people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction

from factories import boundaries_site, site
from locality_web.areas import boundary_changes, boundary_states
from locality_web.areas.boundary_ground import keep_ground
from locality_web.areas.boundary_measuring import board_of, measure_again
from locality_web.areas.models import BoundaryOption
from locality_web.core.audit import record_event
from locality_web.core.partnership_settings import change_setting

pytestmark = pytest.mark.django_db
LIST = "/fife/areas/options/"
TOO_SMALL = "Levenmouth has 200 people, 100 too few"


def ask_for_least(of, people):
    change_setting(
        site.person("administrator", of), site.place(of), "areas.least_residents", value=people, reason="Because."
    )


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def browser(pat):
    return site.signed_in(pat)


def test_an_option_that_was_sound_is_too_small_once_larger_localities_are_asked_for(browser, drawn, option):
    before = text_of(browser.get(f"{LIST}{option.pk}/"))

    ask_for_least(drawn, 300)

    assert TOO_SMALL not in before
    for page in (f"{LIST}{option.pk}/", f"{LIST}compare/?option={option.pk}", f"{LIST}{option.pk}/zones/"):
        assert TOO_SMALL in text_of(browser.get(page)), page
    state = browser.get(f"{LIST}{option.pk}/map/state.json").json()
    assert {each["code"] for each in state["warnings"]} == {"locality-too-small"}
    assert "Draft, 4 localities, 4 to mend" in text_of(browser.get(LIST))
    assert BoundaryOption.objects.get(pk=option.pk).measures == option.measures  # reading writes nothing


def test_a_final_option_that_does_not_meet_what_is_asked_for_now_says_so(browser, drawn, option, pat):
    boundary_states.make_final(pat, option, option.version)

    ask_for_least(drawn, 300)

    text = text_of(browser.get(f"{LIST}{option.pk}/"))
    assert "What is asked of localities, and it does not meet" in text
    assert TOO_SMALL in text


def test_an_option_that_was_put_away_keeps_the_measures_that_it_had(browser, drawn, option, pat):
    boundary_states.put_option_away(pat, option)

    ask_for_least(drawn, 300)

    text = text_of(browser.get(f"{LIST}{option.pk}/"))
    assert TOO_SMALL not in text
    assert "Its measures stay as they were when it was put away." in text


def test_options_are_measured_anew_when_a_release_counts_other_people(browser, drawn, option):
    ground = boundaries_site.ground()
    with transaction.atomic():
        keep_ground(drawn, replace(ground, people=ground.people * 3), made_of={}, release="b" * 64)
        record_event(None, "money.release_loaded", "Loaded a release.", place=site.place(drawn))

    assert "600 to 600" in text_of(browser.get(LIST))

    with transaction.atomic():
        measure_again(drawn)
    kept = BoundaryOption.objects.get(pk=option.pk)
    assert (kept.measures["smallest"], kept.measures["under"]) == (600, board_of(drawn).under)


def test_an_edit_is_measured_by_the_sizes_of_now_even_where_it_moves_nothing(drawn, option, pat):
    ask_for_least(drawn, 300)

    edited = boundary_changes.move_zones(pat, option, {}, option.version)

    assert {each["code"] for each in edited.warnings} == {"locality-too-small"}


def test_what_is_drawn_on_is_read_once_for_an_edit(drawn, option, django_assert_max_num_queries):
    board_of(drawn)
    with django_assert_max_num_queries(5):
        board_of(drawn)
