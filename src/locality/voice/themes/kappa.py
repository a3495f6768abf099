"""Cohen's kappa for one theme: how well two readers agree on whether it is there."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_TWO_SIDED_95 = 1.959963984540054


@dataclass(frozen=True)
class Kappa:
    """How well two readers agree on one theme.

    Args:
        kappa: 1 where they always agree, 0 as if by chance; None where both say the same of every view.
        error: Its standard error.
        low: Lower end of its interval (95%).
        high: Upper end.
    """

    kappa: float | None
    error: float | None
    low: float | None
    high: float | None


def cohen_kappa(both: int, first: int, second: int, neither: int) -> Kappa:
    """Say how well two readers agree on one theme, beyond what chance would do.

    Args:
        both: Views in which both found it.
        first: Views in which the first alone did.
        second: Views in which the second alone did.
        neither: Views in which neither did.

    Returns:
        Kappa and its interval, cut at -1 and 1.

    Source:
        Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, 1960; the
        standard error of Fleiss, Cohen and Everitt, Psychological Bulletin 72, 1969.

    Example:
        >>> found = cohen_kappa(58, 12, 4, 31)
        >>> round(found.kappa, 3), round(found.error, 4)
        (0.676, 0.0734)
    """
    total = both + first + second + neither
    if total == 0:
        return Kappa(None, None, None, None)
    cells = [[both / total, first / total], [second / total, neither / total]]
    rows = [sum(row) for row in cells]
    columns = [cells[0][at] + cells[1][at] for at in (0, 1)]
    chance = rows[0] * columns[0] + rows[1] * columns[1]
    if chance >= 1:
        return Kappa(None, None, None, None)
    kappa = (cells[0][0] + cells[1][1] - chance) / (1 - chance)
    away = 1 - kappa
    same = sum(cells[at][at] * (1 - (columns[at] + rows[at]) * away) ** 2 for at in (0, 1))
    other = away**2 * sum(cells[at][1 - at] * (columns[at] + rows[1 - at]) ** 2 for at in (0, 1))
    spread = max(same + other - (kappa - chance * away) ** 2, 0.0)
    error = sqrt(spread / total) / (1 - chance)
    return Kappa(kappa, error, max(-1.0, kappa - _TWO_SIDED_95 * error), min(1.0, kappa + _TWO_SIDED_95 * error))
