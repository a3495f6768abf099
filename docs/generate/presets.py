"""The ready-made paces of change."""

from __future__ import annotations

from docs.generate.markdown import code, page, table
from locality.foundations import rules_in

_ABOUT = """
`locality money budget DIR --out OUT --preset NAME` uses one of these. What they mean and when each fits:
[Choose a pace of change](../do/choose-a-pace-of-change.md). Each is a dated value: see [Rules](rules.md).
"""


def presets_page() -> str:
    """Describe every preset as it stands now, and earlier values."""
    rows = []
    for rule in rules_in("locality.money"):
        if rule.id.startswith("pace_"):
            for found in rule.values:
                bounds = {key: value for key, value in found.value.items() if key != "name"}
                says = ", ".join(f"{key} {value}" for key, value in bounds.items())
                rows.append((code(found.value["name"]), rule.description, says, str(found.start), found.source))
    return page("Presets of the pace of change", _ABOUT, table(("preset", "rule", "values", "from", "source"), rows))
