"""One rule for parts of the record that other rooms hold: are there enough entries of a kind?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from locality.plans.check_rules.wording import counted, sentence
from locality.plans.guidance import Finding
from locality.plans.record import PlanningRecord, known

Parameters = Mapping[str, Any]


def entries_held(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether a further part has enough entries.

    Parameters of a check: `part`, its name; `kinds`, those that count (left out: any); `fewest`, how many are asked for
    (1 unless said); `one` and `many`, what they are called. For a locality, entries of the whole partnership count too.
    """
    entries = known(record.further.get(parameters["part"]), parameters["many"])
    kinds = parameters.get("kinds")
    found = [
        one
        for one in entries
        if (not locality or one.locality in (locality, "")) and (kinds is None or one.kind in kinds)
    ]
    said = sentence(f"{counted(len(found), parameters['one'], parameters['many'])} recorded")
    return Finding(len(found) >= parameters.get("fewest", 1), said, {"entries": len(found)})
