"""Crossings and wishes: declared by the partnership, checked whole, and every open option is measured anew."""

import pytest

from factories import boundaries_site, site
from factories.areas import zone
from locality.foundations import InputRefused
from locality_web.areas.boundary_crossings import Way, declare_crossing, remove_crossing, set_wishes
from locality_web.areas.boundary_measuring import board_of
from locality_web.areas.models import Crossing
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed

FERRY = Way(zone(7), zone(5), "ferry", "Burntisle ferry", "Sails every hour, and children go to school by it.")


@pytest.fixture
def islands(fife):
    return boundaries_site.bring(fife, boundaries_site.island())


@pytest.fixture
def pat(islands):
    return site.person("planner", islands, name="Pat Planner")


def test_a_declared_crossing_joins_an_island_to_the_rest(pat, islands):
    option = boundaries_site.option(pat, islands)
    edited = {**option.zones, zone(7): "kirkcaldy", zone(8): "kirkcaldy"}
    option.zones = edited
    option.save()

    declare_crossing(pat, site.place(islands), FERRY)

    option.refresh_from_db()
    assert "locality-in-pieces" not in [each["code"] for each in option.measures["warnings"]]
    assert (Crossing.objects.get().zone_a, Crossing.objects.get().zone_b) == (zone(5), zone(7))
    assert AuditEvent.objects.last().says == (
        f"Declared the ferry Burntisle ferry between {zone(5)} and {zone(7)}: "
        "Sails every hour, and children go to school by it."
    )


def test_taking_it_back_parts_them_again(pat, islands):
    option = boundaries_site.option(pat, islands)
    crossing = declare_crossing(pat, site.place(islands), FERRY)
    option.zones |= {zone(7): "kirkcaldy", zone(8): "kirkcaldy"}
    option.save()

    remove_crossing(pat, crossing)

    option.refresh_from_db()
    assert "Kirkcaldy is in 2 pieces" in [each["what"] for each in option.measures["warnings"]]


def test_all_that_is_wrong_with_a_crossing_is_said_at_once(pat, islands):
    with pytest.raises(InputRefused) as refused:
        declare_crossing(pat, site.place(islands), Way("S01009999", zone(1), "rope", " ", ""))

    said = [(fault.column, fault.code) for fault in refused.value.faults]
    assert said == [
        ("zone_a", "zone-unknown"),
        ("kind", "crossing-kind"),
        ("name", "crossing-name"),
        ("why", "crossing-why"),
    ]


def test_one_crossing_is_declared_once_in_either_order(pat, islands):
    declare_crossing(pat, site.place(islands), FERRY)

    with pytest.raises(InputRefused, match="declared already"):
        declare_crossing(pat, site.place(islands), Way(zone(5), zone(7), "bridge", "Bridge", "It is built."))


def test_who_may_not_change_localities_declares_no_crossing(islands):
    with pytest.raises(NotAllowed):
        declare_crossing(site.person("member", islands, "levenmouth"), site.place(islands), FERRY)


def test_wishes_are_held_against_every_option(pat, islands):
    option = boundaries_site.option(pat, islands)

    set_wishes(pat, site.place(islands), {"number": 3, "together": [[zone(2), zone(3)]]}, "Our board asked for it.")

    option.refresh_from_db()
    said = {each["code"] for each in option.measures["warnings"]}
    assert said == {"other-number-of-localities", "zones-parted"}
    assert board_of(islands).rules.number == 3


def test_wishes_that_name_a_zone_from_elsewhere_or_weights_that_are_not_one_are_refused(pat, islands):
    with pytest.raises(InputRefused) as refused:
        set_wishes(pat, site.place(islands), {"seeds": ["S01009999"]}, "Because.")
    assert [fault.column for fault in refused.value.faults] == ["seeds"]

    with pytest.raises(InputRefused, match="together 1"):
        weights = {"practices": 0.9, "communities": 0.9, "border": 0.1}
        set_wishes(pat, site.place(islands), {"weights": weights}, "Because.")
