"""A release on zones of another vintage waits until the localities are carried over to them; then it is taken."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from factories import areas, overlaps, site
from factories.overlaps import APRIL, new_zone
from locality.foundations import InputRefused
from locality_web.areas import overlap_changes
from locality_web.areas.models import CarriedDivision, ZonePeople
from locality_web.areas.queries import facts_of, locality_facts, version_on
from locality_web.core.models import AuditEvent

NOVEMBER = dt.date(2026, 11, 1)
CARRIED = {1: "levenmouth", 2: "levenmouth", 3: "north-east-fife", 4: "north-east-fife"}
CARRIED |= {5: "kirkcaldy", 6: "kirkcaldy", 7: "dunfermline", 8: "dunfermline"}


@pytest.fixture
def carried(planner, divided):
    """The partnership, carried over to zones of 2022 from April 2027 on."""
    overlap_changes.adopt_carried(planner, site.place(divided), overlaps.loaded(planner, divided))
    return divided


def load(of, division, **said):
    with transaction.atomic():
        areas.load(of, overlaps.release_on_new_zones(division, **{"day": NOVEMBER, **said}))


def refusal(of, release):
    with pytest.raises(InputRefused) as refused, transaction.atomic():
        areas.load(of, release)
    (fault,) = refused.value.faults
    return fault


def test_before_that_it_is_refused_whole_and_led_to_the_page_that_carries_over(divided):
    fault = refusal(divided, overlaps.release_on_new_zones(CARRIED, day=NOVEMBER))

    assert fault.code == "release-other-zones"
    assert fault.what.startswith("its zones, 2022 data zones, are not those")
    assert "/fife/areas/carry-over/" in fault.do
    assert divided.area_versions.count() == 1
    assert facts_of(divided.localities.get(code="levenmouth")).population == 200


def test_after_that_its_residents_are_those_of_the_carried_version_and_today_keeps_its_own(carried):
    load(carried, CARRIED)

    assert carried.area_versions.count() == 2
    assert locality_facts(carried, APRIL)["levenmouth"].population == 240
    assert locality_facts(carried, NOVEMBER)["levenmouth"].population == 200
    assert not CarriedDivision.objects.get().spreads_residents


def test_it_is_taken_as_ever_once_the_carried_version_is_in_force(carried):
    load(carried, CARRIED, day=dt.date(2027, 5, 1), people=80)

    assert version_on(carried, dt.date(2027, 6, 1)).applies_from == APRIL
    assert locality_facts(carried, APRIL)["levenmouth"].population == 160


def test_loading_it_twice_changes_nothing(carried):
    load(carried, CARRIED)
    before = AuditEvent.objects.count(), locality_facts(carried, APRIL)

    load(carried, CARRIED)

    assert (AuditEvent.objects.count(), locality_facts(carried, APRIL)) == before


def test_other_localities_on_these_zones_are_refused_with_the_file_that_helps(carried):
    release = overlaps.release_on_new_zones({**CARRIED, 3: "levenmouth"}, day=NOVEMBER)

    fault = refusal(carried, release)

    assert fault.code == "release-other-localities"
    assert "the zones of all localities (CSV)" in fault.do


def test_until_the_day_a_release_on_the_zones_before_still_counts_and_is_shared_out_anew(carried):
    areas.load(carried, areas.release(areas.FOUR, day=NOVEMBER, people=200, id="c" * 64))

    assert facts_of(carried.localities.get(code="levenmouth")).population == 400
    assert locality_facts(carried, APRIL)["levenmouth"].population == 320
    assert ZonePeople.objects.get(zone=new_zone(1)).people == 200


def test_after_the_day_a_release_on_the_zones_before_is_refused(carried):
    fault = refusal(carried, areas.release(areas.FOUR, day=dt.date(2027, 5, 1), id="c" * 64))

    assert fault.what.startswith("it has the zones of the localities from 31 March 2026, and they have other zones now")
    assert "1 April 2027" in fault.do


def test_a_newer_division_on_the_same_zones_does_not_stand_in_the_way(carried):
    load(carried, {**CARRIED, 4: "levenmouth"}, day=dt.date(2027, 10, 1), id="c" * 64)

    load(carried, CARRIED, people=100)

    assert carried.area_versions.count() == 3
    assert locality_facts(carried, APRIL)["levenmouth"].population == 200
