"""Pages and plans of a year follow the division that applied then: today's, the one to come, or the one before."""

from __future__ import annotations

import datetime as dt

import pytest

from factories import areas, overlaps, site
from locality_web.areas import overlap_changes, planning_record
from locality_web.areas.changes import ZoneFile, propose_change, save_change
from locality_web.areas.queries import day_of_year, division_of_year, locality_facts
from locality_web.core.remembered import ANEW, forget
from locality_web.plans.consolidating import planning_year
from locality_web.plans.joint import JointWish, work_out_shares

APRIL = dt.date(2027, 4, 1)
MOVES = {number: "levenmouth" for number in (1, 2, 3)} | {4: "kirkcaldy", 5: "kirkcaldy", 6: "kirkcaldy"}
MOVES |= {7: "dunfermline", 8: "dunfermline"}


@pytest.fixture
def today(monkeypatch):
    """Set the day: `today("2027-04-01")`; before that it is 22 November 2026."""

    def be(day: str) -> None:
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: dt.date.fromisoformat(day))
        forget()

    be("2026-11-22")
    return be


@pytest.fixture
def changing(planner, divided):
    """From April 2027 North East Fife is no more: zone 3 joins Levenmouth, zone 4 Kirkcaldy."""
    file = ZoneFile("zones.csv", areas.zone_file(MOVES))
    proposal = propose_change(planner, site.place(divided), file, applies_from=APRIL, reason="Asked for.")
    save_change(planner, site.place(divided), proposal)
    return divided


@pytest.mark.parametrize(
    ("year", "day"),
    [("2025/26", "2026-03-31"), ("2026/27", "2026-11-22"), ("2027/28", "2027-04-01"), ("2030/31", "2030-04-01")],
)
def test_a_year_is_seen_on_its_day_that_is_nearest_to_today(year, day, today):
    assert day_of_year(year) == dt.date.fromisoformat(day)


def test_the_running_year_has_todays_localities_and_the_coming_one_those_that_will_begin_it(changing, today):
    assert [code for code, _ in division_of_year(changing, "2026/27").localities] == sorted(areas.FOUR)
    assert [code for code, _ in division_of_year(changing, "2027/28").localities] == [
        "dunfermline",
        "kirkcaldy",
        "levenmouth",
    ]


def test_a_past_year_keeps_the_localities_and_residents_that_it_had(changing, today):
    today("2027-11-22")
    past, now = (division_of_year(changing, year) for year in ("2026/27", "2027/28"))

    assert (past.facts["levenmouth"].population, now.facts["levenmouth"].population) == (200, 300)
    assert "north-east-fife" in dict(past.localities)
    assert "north-east-fife" not in dict(now.localities)


def test_the_strategic_plan_of_a_year_is_made_of_the_localities_of_that_year(changing, today):
    assert [place.code for place in planning_year(changing, "2027/28").localities] == [
        "dunfermline",
        "kirkcaldy",
        "levenmouth",
    ]
    assert len(planning_year(changing, "2026/27").localities) == 4


def test_readiness_for_a_year_asks_for_the_localities_of_that_year(changing, today):
    coming = planning_record.parts(changing, "2027/28", ANEW)

    assert len(coming["localities"]) == 3
    assert dict(coming["zone_localities"])[areas.zone(3)] == "levenmouth"
    assert coming["residents"]["levenmouth"] == 300


def test_a_joint_line_is_shared_by_the_residents_of_its_year(changing, today):
    both = [changing.localities.get(code=code) for code in ("levenmouth", "dunfermline")]

    def shares(year):
        wish = JointWish(year, "home-care", "core", 100_00, both, "population", {}, "Why.")
        return [share.pence for share in work_out_shares(changing, wish)]

    assert shares("2026/27") == [50_00, 50_00]
    assert shares("2027/28") == [60_00, 40_00]


def test_figures_by_locality_are_those_of_the_division_that_applied_on_the_day(planner, divided, today):
    overlap_changes.adopt_carried(planner, site.place(divided), overlaps.loaded(planner, divided))

    assert locality_facts(divided)["levenmouth"].population == 200
    assert locality_facts(divided, APRIL)["levenmouth"].population == 160


def test_the_page_of_a_locality_changes_on_the_day_and_not_before(changing, client, today):
    for day, residents in (("2027-03-31", 200), ("2027-04-01", 300)):
        today(day)
        page = client.get("/fife/localities/levenmouth/").content.decode()
        assert f"{residents}</strong> people live in Levenmouth" in page


def test_the_page_of_a_past_division_keeps_its_figures(changing, client, today):
    today("2027-11-22")
    old = changing.area_versions.first()

    text = client.get(f"/fife/areas/history/{old.pk}/").content.decode()

    assert "North East Fife" in text
    assert text.count(">200<") == 4
