"""What a report says about the gaps of an activity table."""

import ibis

from locality.sources.activity_summary import summarise_activity
from locality.sources.engines import connect


def test_every_record_is_counted_with_its_gaps():
    rows = {
        "person": ["ann", "ann", None, "", "stranger"],
        "heading": ["care", "care", "care", "care", "ward"],
        "cost_pence": [10, None, 5, 1, None],
        "units": [1.0, 2.0, None, 1.0, None],
    }
    kinds = {"person": "string", "heading": "string", "cost_pence": "int64", "units": "float64"}
    persons = ibis.memtable({"person": ["ann"]}, schema={"person": "string"})
    found = summarise_activity(ibis.memtable(rows, schema=kinds), persons, connect(threads=1))
    assert found.to_dict("records") == [
        {
            "heading": "care",
            "records": 4,
            "pence": 16,
            "units": 4.0,
            "without_cost": 1,
            "without_person": 2,
            "unknown_person": 0,
        },
        {
            "heading": "ward",
            "records": 1,
            "pence": 0,
            "units": 0.0,
            "without_cost": 1,
            "without_person": 0,
            "unknown_person": 1,
        },
    ]
