"""Council lines beside the statement: what a council was assumed to need, taken down to localities by a model."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from locality.money.places import plain_name
from locality.money.social_care_need import council_line_to_localities
from locality.money.statement import MoneyStatement


def split_council_lines(lines: pd.DataFrame, statement: MoneyStatement, council: str) -> list[dict[str, Any]]:
    """Take a council's grant-aided expenditure lines down to localities.

    Args:
        lines: Declared table `council_lines`, in pence; lines of other councils are left out.
        statement: Gives the zones, their people and the weights of each line's programme.
        council: The council's name; '&' and 'and', case and spaces make no difference.

    Returns:
        For each line: line, year, programme, council_pence, localities (pence by code, adding up to the line) and the
        sentence that says what is published and what is modelled. A line without a programme follows heads.
    """
    weights = statement.inputs.weights
    zones = pd.Index(weights.zones)
    people = pd.Series(weights.people, index=zones)
    locality = pd.Series([statement.localities.zones[zone] for zone in zones], index=zones)
    own = lines[[plain_name(str(name)) == plain_name(council) for name in lines["council"]]]
    found = []
    for row in own.itertuples(index=False):
        programme = "" if pd.isna(row.programme) else str(row.programme)
        last = weights.chain(programme, statement.settings.stage)[-1]
        index = np.divide(last, weights.people, out=np.ones_like(last), where=weights.people > 0)
        split = council_line_to_localities(
            int(row.pence), people, pd.Series(index, index=zones), locality, line=str(row.line)
        )
        found.append(
            {
                "line": str(row.line),
                "year": str(row.year),
                "programme": programme,
                "council_pence": int(row.pence),
                "localities": {str(code): int(pence) for code, pence in split.pence.items()},
                "sentence": split.sentence,
            }
        )
    return found
