"""A release brings localities, zones and residents."""

import datetime as dt

import pytest
from django.db import transaction

from factories import areas
from locality.foundations import InputRefused
from locality_web.areas.queries import facts_of, localities, locality_facts, version_on
from locality_web.core.models import AuditEvent

ZONES = areas.FOUR
MOVED = {**ZONES, "levenmouth": (1,), "kirkcaldy": (2, 5, 6)}
LATER = dt.date(2026, 10, 1)


def test_a_release_says_which_zone_is_in_which_locality_and_who_lives_there(divided):
    facts = locality_facts(divided)

    assert {code: (each.zones, each.population) for code, each in facts.items()} == {code: (2, 200) for code in ZONES}
    assert facts["levenmouth"].by_age == [("0 to 15", 50), ("16 to 64", 50), ("65 to 84", 50), ("85 and over", 50)]
    assert facts["levenmouth"].estimates_of == 2021


def test_a_release_keeps_the_names_and_addresses_that_localities_have(divided):
    assert [each.slug for each in localities(divided)] == sorted(ZONES)
    assert divided.localities.count() == 4


def test_loading_a_release_twice_changes_nothing(divided):
    before = version_on(divided), AuditEvent.objects.count(), locality_facts(divided)

    areas.load(divided, areas.release(ZONES))

    assert (version_on(divided), AuditEvent.objects.count(), locality_facts(divided)) == before


def test_a_new_release_with_the_same_localities_brings_no_new_division_but_new_residents(divided):
    areas.load(divided, areas.release(ZONES, day=LATER, people=200, id="b" * 64))

    assert divided.area_versions.count() == 1
    assert facts_of(divided.localities.get(code="kirkcaldy")).population == 400


def test_a_release_with_other_localities_begins_a_new_division_and_leaves_the_old_one_alone(divided):
    areas.load(divided, areas.release(MOVED, day=LATER, id="b" * 64))

    old, new = divided.area_versions.all()
    assert dict(old.zones.values_list("zone", "locality__code"))[areas.zone(2)] == "levenmouth"
    assert dict(new.zones.values_list("zone", "locality__code"))[areas.zone(2)] == "kirkcaldy"
    assert version_on(divided, LATER - dt.timedelta(days=1)) == old
    assert version_on(divided, LATER) == new


def test_a_locality_that_a_release_no_longer_has_ends_on_its_day(divided):
    two = {"levenmouth": (1, 2, 3, 4), "kirkcaldy": (5, 6, 7, 8)}

    areas.load(divided, areas.release(two, day=LATER, id="b" * 64))

    assert divided.localities.get(code="dunfermline").ended_on == LATER
    assert [each.code for each in localities(divided)] == ["kirkcaldy", "levenmouth"]
    assert [each.code for each in localities(divided, dt.date(2026, 9, 30))] == sorted(ZONES)


def test_an_older_release_with_other_localities_is_refused_whole(divided):
    with pytest.raises(InputRefused) as refused, transaction.atomic():
        areas.load(divided, areas.release(MOVED, day=dt.date(2026, 1, 1), people=5, id="b" * 64))

    assert refused.value.faults[0].what.startswith("it divides the partnership in another way than the site did")
    assert facts_of(divided.localities.get(code="levenmouth")).population == 200
