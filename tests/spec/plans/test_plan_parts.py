"""What of a plan was changed since people were asked about it: said in words, from short hashes of its parts."""

from dataclasses import replace

import pytest

from factories.plans import (
    HELD,
    LEDGER,
    LEDGER_YEAR,
    RESIDENTS,
    SERVICES,
    SOURCES,
    agreed_plan,
    budget_of,
    joint_line,
    pounds,
    small_plan,
    strategic_plan,
)
from locality.plans import Ledger, changed_parts, parts_of


def more_money(heading: str):
    behind = budget_of("north")
    rows = tuple(
        replace(row, budget_pence=row.budget_pence + 1) if row.heading == heading else row for row in behind.headings
    )
    return replace(behind, headings=rows)


def renamed(services, code: str, name: str):
    return tuple(replace(one, name=name) if one.service == code else one for one in services)


def last_year(plan, service: str):
    return tuple(replace(line, last_year_pence=1) if line.service == service else line for line in plan.lines)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ()),
        ({"budget": more_money("Care at home")}, ("the budget under Care at home",)),
        ({"budget": budget_of("north", decision="2026/27-2")}, ("the budget decision",)),
        ({"services": renamed(SERVICES, "day-care", "Day centres")}, ("the service Day centres",)),
        (
            {"services": (*SERVICES[1:], replace(SERVICES[0], service="night-care", name="Night care"))},
            ("the service Night care (new)", f"the service {SERVICES[0].name} (no longer there)"),
        ),
        ({"sources": (SOURCES[0], replace(SOURCES[1], rule="For the summer."))}, ("the source Winter grant",)),
        ({"joint": (joint_line(split_by="In halves"),)}, ("joint line J1 (Reablement)",)),
        ({"joint": ()}, ("joint line J1 (Reablement) (no longer there)",)),
        ({"lines": last_year(small_plan(), "district-nursing")}, ("last year's money for District nursing",)),
        ({"made_up": False}, ("something else that the plan is made of",)),
    ],
)
def test_what_was_changed_behind_a_locality_plan_is_named(changes, words):
    assert changed_parts(parts_of(small_plan()), parts_of(small_plan(**changes))) == words


BEFORE = parts_of(strategic_plan())
PLANS = [agreed_plan(code) for code in ("north", "south", "isles")]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (strategic_plan(), ()),
        (strategic_plan(replace(PLANS[0], version=2), *PLANS[1:]), ("the agreed plan of North",)),
        (strategic_plan(*PLANS[:2]), ("the agreed plan of Isles (no longer there)",)),
        (
            strategic_plan(held=(replace(HELD[0], budget_pence=pounds(101)),)),
            ("the money held for the whole partnership under Equipment",),
        ),
        (
            strategic_plan(ledger=Ledger(LEDGER_YEAR, {**LEDGER, "Equipment": pounds(84)})),
            ("the ledger or a budget with which it is reconciled",),
        ),
        (strategic_plan(residents={**RESIDENTS, "isles": 5_001}), ("a fair share or a number of residents",)),
    ],
)
def test_what_was_changed_behind_a_strategic_plan_is_named(after, words):
    assert changed_parts(BEFORE, parts_of(after)) == words


def test_what_only_follows_from_another_part_is_not_named_beside_it():
    after = strategic_plan(replace(PLANS[0], version=2), *PLANS[1:], residents={**RESIDENTS, "isles": 5_001})
    assert changed_parts(BEFORE, parts_of(after)) == ("the agreed plan of North",)
