"""A final option is adopted: its consultation is recorded, the change is looked at, and it counts from its day on."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction

from factories import boundaries_site, drawn_grounds, money_site, overlaps, site
from factories.areas import zone
from locality.foundations import InputRefused
from locality_web.areas import boundary_changes, boundary_making, boundary_states, changes, overlap_changes
from locality_web.areas.boundary_adopting import propose_adoption
from locality_web.areas.boundary_ground import keep_ground
from locality_web.areas.models import BoundaryConsultation, ProposedChange
from locality_web.areas.queries import version_on
from locality_web.core.models import AuditEvent
from locality_web.core.partnership_settings import change_setting
from locality_web.money.queries import budget_in_force

APRIL = dt.date(2027, 4, 1)
RECORD = {
    "professionals": "The practices of both clusters, at two meetings in May.",
    "professionals_said": "Keep Alloway whole.",
    "communities": "Both community councils.",
    "communities_said": "The ferry joins us.",
    "changed": "Zones 3 and 4 joined Levenmouth.",
    "agreed_by": "The integration joint board",
    "agreed_on": dt.date(2026, 10, 1),
}


@pytest.fixture
def final(pat, drawn):
    """North East Fife joins Levenmouth."""
    option = boundaries_site.option(pat, drawn, "Three localities")
    moves = {zone(3): "levenmouth", zone(4): "levenmouth"}
    option = boundary_changes.move_zones(pat, option, moves, 1).option
    option = boundary_changes.remove_locality(pat, option, "north-east-fife", option.version).option
    return boundary_states.make_final(pat, option, option.version)


def adopt(person, option, **changed):
    said = {"applies_from": APRIL, "reason": "Communities asked for it.", **changed}
    return propose_adoption(person, option, {**RECORD, **said.pop("record", {})}, **said)


def test_it_is_looked_at_before_it_counts_and_then_is_a_version_with_its_record(pat, drawn, final):
    proposal = adopt(pat, final)
    assert drawn.area_versions.count() == 1

    version = changes.save_change(pat, site.place(drawn), proposal)

    final.refresh_from_db()
    assert final.state == "adopted" and final.is_public
    assert version.zones.get(zone=zone(3)).locality.code == "levenmouth"
    assert version_on(drawn, dt.date(2027, 3, 31)).zones.get(zone=zone(3)).locality.code == "north-east-fife"
    assert BoundaryConsultation.objects.get().version == version
    assert [event.kind for event in AuditEvent.objects.order_by("-number")[:3]] == [
        "areas.option_adopted",
        "areas.version_by_hand",
        "areas.consultation_recorded",
    ]


def test_everybody_reads_the_consultation_with_the_version(pat, drawn, final, client):
    version = changes.save_change(pat, site.place(drawn), adopt(pat, final))

    text = client.get(f"/fife/areas/history/{version.pk}/").content.decode()

    assert "Both community councils." in text
    assert "Three localities" in text
    assert client.get(f"/fife/areas/options/{final.pk}/").status_code == 200


def test_by_the_pages_from_the_record_to_the_saved_version(pat, drawn, final):
    browser = site.signed_in(pat)
    days = {"agreed_on": "2026-10-01", "applies_from": "2027-04-01", "reason": "Communities asked."}

    answer = browser.post(f"/fife/areas/options/{final.pk}/adopt/", {**RECORD, **days}, follow=True)
    assert "2 zones move to another locality" in answer.content.decode()
    browser.post(f"/fife/areas/change/{ProposedChange.objects.get().pk}/", {"save": "yes"})

    final.refresh_from_db()
    assert final.state == "adopted"


def test_a_locality_where_most_of_an_old_ones_people_live_keeps_its_code_and_a_new_one_gets_its_own(pat, drawn):
    option = boundaries_site.option(pat, drawn)
    option = boundary_changes.add_locality(pat, option, "The Coast", 1).option
    moves = {zone(5): "1", zone(6): "1", zone(4): "1", zone(3): "levenmouth"}
    option = boundary_changes.move_zones(pat, option, moves, 2).option
    for key in ("north-east-fife", "kirkcaldy"):
        option = boundary_changes.remove_locality(pat, option, key, option.version).option
    final = boundary_states.make_final(pat, option, option.version)

    rows = {row[0]: row[2:] for row in adopt(pat, final).rows}

    # All people of Kirkcaldy live in The Coast, so it keeps that one's code, under its own name.
    assert rows[zone(5)] == ["kirkcaldy", "The Coast"]
    assert rows[zone(3)] == ["levenmouth", "Levenmouth"]


def test_gaps_in_the_record_are_refused_each_beside_its_field(pat, final):
    with pytest.raises(InputRefused) as refused:
        adopt(pat, final, record={"changed": " ", "agreed_by": ""})

    assert {(fault.code, fault.column) for fault in refused.value.faults} == {
        ("consultation-gap", "changed"),
        ("consultation-gap", "agreed_by"),
    }


def test_an_option_that_no_longer_keeps_to_the_sizes_asked_for_is_refused(pat, drawn, final):
    boss = site.person("administrator", drawn)
    change_setting(boss, site.place(drawn), "areas.least_residents", value=150_000, reason="Our board said so.")

    with pytest.raises(InputRefused, match="Kirkcaldy has 200 people, 149,800 too few"):
        adopt(pat, final)


def test_a_draft_and_a_day_in_the_past_are_refused_together(pat, drawn):
    draft = boundaries_site.option(pat, drawn)

    with pytest.raises(InputRefused) as refused:
        adopt(pat, draft, applies_from=dt.date(2020, 1, 1))

    assert {fault.code for fault in refused.value.faults} == {"option-not-final", "date-before-newest"}


def test_an_option_that_divides_as_today_is_not_adopted(pat, drawn):
    option = boundary_states.make_final(pat, boundaries_site.option(pat, drawn), 1)

    with pytest.raises(InputRefused, match="where it is already"):
        adopt(pat, option)


def test_an_option_that_was_taken_back_meanwhile_is_not_saved(pat, drawn, final):
    proposal = adopt(pat, final)
    boundary_states.reopen(pat, final)
    proposal.refresh_from_db()

    with pytest.raises(InputRefused, match="by now"):
        changes.save_change(pat, site.place(drawn), ProposedChange.objects.get())
    assert drawn.area_versions.count() == 1


def test_a_budget_that_was_decided_before_stays_with_the_localities_that_applied(fife):
    decided = money_site.decided_budget(fife)
    before = budget_in_force(fife, decided.year)
    zones = list(version_on(fife).zones.values_list("zone", flat=True))
    drawn = drawn_grounds.draw("10000 10000 10000 10000")
    with transaction.atomic():
        keep_ground(fife, replace(drawn, zones=tuple(zones)), made_of={}, release="")
    pat = site.person("planner", fife)
    option = boundary_making.copy_today(pat, site.place(fife), "Two")
    keys = list(option.names)
    option = boundary_changes.move_zones(pat, option, {zones[1]: option.zones[zones[0]]}, 1).option
    gone = next(key for key in keys if key not in option.zones.values())
    option = boundary_changes.remove_locality(pat, option, gone, option.version).option
    final = boundary_states.make_final(pat, option, option.version)

    changes.save_change(pat, site.place(fife), adopt(pat, final))

    after = budget_in_force(fife, decided.year)
    assert after.localities == before.localities
    assert gone in after.localities
    assert fife.localities.get(code=gone).ended_on == APRIL


def test_an_option_on_zones_of_another_vintage_waits_until_the_localities_are_carried_over(pat, drawn):
    kept = overlaps.loaded(pat, drawn, overlaps.overlap_file([(number, number, 100) for number in range(1, 9)]))
    ground = replace(boundaries_site.ground(), zones=tuple(overlaps.new_zone(number) for number in range(1, 9)))
    with transaction.atomic():
        keep_ground(drawn, ground, made_of={}, release="")
    homes = dict(zip(ground.zones, ("1", "1", "1", "1", "2", "2", "2", "2"), strict=True))
    final = drawn.boundary_options.create(
        name="Two", origin="hand", state="final", zones=homes, names={"1": "North", "2": "South"}
    )

    with pytest.raises(InputRefused, match="Carry the localities over to the option's zones first"):
        adopt(pat, final)
    overlap_changes.adopt_carried(pat, site.place(drawn), kept)
    proposal = adopt(pat, final, applies_from=dt.date(2027, 10, 1))

    assert (
        changes.save_change(pat, site.place(drawn), proposal).zones.get(zone=ground.zones[0]).locality.name == "North"
    )
