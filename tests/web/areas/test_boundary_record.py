"""The guidance checks learn how the boundaries in force came to be: who took part, and what they keep whole."""

from __future__ import annotations

import datetime as dt

import pytest

from factories import boundaries_site, overlaps, site
from locality.plans import check_guidance
from locality_web.areas import boundary_changes, boundary_states, changes, overlap_changes, planning_record
from locality_web.areas.boundary_adopting import propose_adoption
from locality_web.areas.models import AreaVersion
from locality_web.core.remembered import ANEW
from locality_web.plans.readiness_record import all_checks, record_of

RECORD = {
    "professionals": "The practices of both clusters,\nat two meetings in May.",
    "professionals_said": "Keep Alloway whole.",
    "communities": "Both community councils.",
    "communities_said": "The ferry joins us.",
    "changed": "Zones 3 and 4 joined Levenmouth.",
    "agreed_by": "The integration joint board",
    "agreed_on": dt.date(2026, 10, 1),
}


@pytest.fixture
def adopted(pat, drawn):
    """North East Fife joined Levenmouth after a consultation, from April 2026 on."""
    option = boundaries_site.option(pat, drawn, "Three localities")
    moves = {zone: "levenmouth" for zone in boundaries_site.ZONES[2:4]}
    option = boundary_changes.move_zones(pat, option, moves, 1).option
    option = boundary_changes.remove_locality(pat, option, "north-east-fife", option.version).option
    final = boundary_states.make_final(pat, option, option.version)
    said = {"applies_from": dt.date(2026, 4, 1), "reason": "Communities asked for it."}
    changes.save_change(pat, site.place(drawn), propose_adoption(pat, final, RECORD, **said))
    return drawn


def outcomes(partnership) -> dict[str, tuple[str, str]]:
    checks = [one for one in all_checks() if one.id.startswith("hsci-6.2")]
    found = check_guidance(record_of(partnership, "2026/27"), checks)
    return {one.check.id.removeprefix("hsci-6.2-"): (one.outcome, one.says) for one in found}


def test_a_division_that_was_consulted_on_and_compared_meets_the_guidance_with_the_evidence(adopted):
    found = outcomes(adopted)

    assert found["engaged"] == (
        "met",
        "Local professionals and communities took part; The integration joint board agreed on 1 October 2026.",
    )
    # 600 of 700 people of settlements, and 380 of 620 patients.
    assert found["natural"] == (
        "met",
        "Communities kept whole 85.7%; practice containment by cluster 61.3%.",
    )


def test_the_record_holds_what_each_said_and_when_it_was_agreed(adopted):
    entries = {
        one.kind: one for one in planning_record.parts(adopted, "2026/27", ANEW)["further"]["boundary_engagement"]
    }

    assert entries["professionals"].says == "The practices of both clusters, at two meetings in May."
    assert {one.on for one in entries.values()} == {"2026-10-01"}


def test_a_division_that_only_a_release_brought_is_not_met_and_its_measures_are_known(drawn):
    found = outcomes(drawn)

    assert found["engaged"] == ("not met", "Nobody is recorded as having taken part in drawing these boundaries.")
    assert found["natural"][0] == "met"


def test_without_what_boundaries_are_drawn_on_nothing_was_compared(divided):
    assert outcomes(divided)["natural"] == (
        "not met",
        "Not compared with communities kept whole and clusters of GP practices.",
    )


def test_without_zones_nothing_is_recorded(fife):
    assert {outcome for outcome, _ in outcomes(fife).values()} == {"not recorded"}


def test_a_division_that_was_carried_over_keeps_the_consultation_on_its_boundaries(pat, adopted):
    kept = overlaps.loaded(pat, adopted)
    version = overlap_changes.adopt_carried(pat, site.place(adopted), kept)
    AreaVersion.objects.filter(pk=version.pk).update(applies_from=dt.date(2026, 10, 1))

    assert outcomes(adopted)["engaged"][0] == "met"
    assert outcomes(adopted)["natural"][0] == "not met"
