"""The strategic plan in a few sentences, in good English whatever the numbers are."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from locality_web.plans.strategic_pages import in_short


def facts(count: int) -> dict:
    rows = [{}] * count
    return {
        "totals": {"pence": 300_00, "own_pence": 100_00, "joint_pence": 50_00, "partnership_pence": 150_00},
        "reconciliation": {"ledger_year": "2025/26", "total": {"not_yet_planned_pence": 0}},
        "common": rows,
        "conflicts": rows,
        "money_without_priority": rows,
        "priority_without_money": rows,
    }


@pytest.mark.parametrize(
    ("count", "wishes", "services"),
    [
        (
            0,
            "0 wishes are common to localities; 0 conflict or differ.",
            "0 services have money and no priority; 0 priorities have no money.",
        ),
        (
            1,
            "1 wish is common to localities; 1 conflicts or differs.",
            "1 service has money and no priority; 1 priority has no money.",
        ),
        (
            2,
            "2 wishes are common to localities; 2 conflict or differ.",
            "2 services have money and no priority; 2 priorities have no money.",
        ),
    ],
)
def test_one_wish_is_and_two_wishes_are(count, wishes, services):
    assert in_short(SimpleNamespace(facts=facts(count)))[2:] == [wishes, services]
