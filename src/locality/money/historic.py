"""Historic share: the partnership's money that each locality's people use now, reconciled to the ledger.

Activity gives shares, the ledger gives pounds. Every pound carries the grade of the evidence that placed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from locality.foundations import Fault, FinancialYear, InputRefused, split_pence
from locality.money.evidence_of_use import (
    GRADES,
    Evidence,
    Use,
    use_by_cost,
    use_by_units,
    use_by_weights,
)
from locality.money.resources import ServiceMoney

Floats = npt.NDArray[np.float64]
Pence = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ServiceShare:
    """One service's money by locality.

    Args:
        money: The service and its money in the year.
        use: The evidence that split it; for an overhead, what the other services were split by.
        pence: Pence by locality.
        apart_pence: Pence kept apart for people without a locality.
        grade_pence: Pence by locality (rows) and grade A-D (columns); each row sums to the locality's pence.
        variance: Variance of each locality's pence; None where it cannot be known.
    """

    money: ServiceMoney
    use: Use
    pence: Pence
    apart_pence: int
    grade_pence: Pence
    variance: Floats | None


def share_services(
    lines: Sequence[ServiceMoney],
    evidence: Evidence,
    *,
    years: tuple[FinancialYear, ...],
    no_locality: str,
) -> list[ServiceShare]:
    """Split every service's money among the localities by the best evidence of use, or by the one declared.

    Args:
        lines: Services with their resources in pence, hosted money moved already.
        evidence: What is known of use.
        years: Years whose shares are averaged.
        no_locality: 'spread' cost without a locality in proportion, or keep it 'apart'.

    Returns:
        One share for each service, in the same order. For each: pence by locality plus pence apart equal the
        service's resources to the penny.

    Raises:
        InputRefused: A service asks for a way of splitting for which there is no evidence.
    """
    faults: list[Fault] = []
    shares: dict[str, ServiceShare] = {}
    for line in (line for line in lines if line.scope != "overhead"):
        use = choose_use(line, evidence, years)
        if use is None:
            faults.append(_no_evidence(line))
        else:
            shares[line.service] = _split(line, use, no_locality)
    if faults:
        raise InputRefused(faults)
    services = list(shares.values())
    for line in (line for line in lines if line.scope == "overhead"):
        shares[line.service] = _follow(line, services)
    return [shares[line.service] for line in lines]


def choose_use(line: ServiceMoney, evidence: Evidence, years: tuple[FinancialYear, ...]) -> Use | None:
    """Take the declared evidence of a service's use or, where none is declared, the best there is.

    The order is: cost of persons; units (priced first for set-aside budgets); practice lists; weighted population;
    population.
    """
    order: tuple[str, ...] = ("cost", "units", "practice_list", "weighted_population", "population")
    if line.scope == "set_aside":
        order = ("priced_units", *order)
    if line.split_by:
        order = (line.split_by,)
    for method in order:
        use = _use_by(method, line, evidence, years)
        if use is not None:
            return use
    return None


def _use_by(method: str, line: ServiceMoney, evidence: Evidence, years: tuple[FinancialYear, ...]) -> Use | None:
    if method == "cost":
        return use_by_cost(evidence, line.activity, years)
    if method in ("units", "priced_units"):
        return use_by_units(evidence, line.activity, years, priced=method == "priced_units")
    if method == "practice_list":
        return use_by_weights(method, evidence.practice_list)
    if method == "weighted_population":
        return use_by_weights(method, evidence.weighted.get(line.programme))
    return use_by_weights("population", evidence.population)


def _no_evidence(line: ServiceMoney) -> Fault:
    asked = f" by {line.split_by}" if line.split_by else ""
    return Fault(
        "services",
        f"the service '{line.service}' cannot be split{asked}: there is no evidence of its use under "
        f"{', '.join(repr(heading) for heading in line.activity)}",
        "Add activity, published units, a practice list or a population, or write another split_by in its row.",
        "no-evidence-of-use",
        column="split_by",
    )


def _split(line: ServiceMoney, use: Use, no_locality: str) -> ServiceShare:
    weights = use.weights.copy()
    if no_locality == "spread" and weights[:-1].sum() > 0:
        weights[-1] = 0.0
    parts = split_pence(line.resources_pence, weights)
    pence, apart = parts[:-1], int(parts[-1])
    grades = np.zeros((pence.size, 4), dtype=np.int64)
    column = np.full(pence.size, "ABCD".index(GRADES[use.method]))
    if use.estimated is not None:
        # A suppressed figure was estimated from people alone.
        column[use.estimated] = "ABCD".index("D")
    grades[np.arange(pence.size), column] = pence
    placed = float(pence.sum())
    variance = None if use.variance is None else use.variance * placed**2
    return ServiceShare(line, use, pence, apart, grades, variance)


def _follow(line: ServiceMoney, others: Sequence[ServiceShare]) -> ServiceShare:
    """Split an overhead in proportion to all other services; its grades are theirs."""
    if not others:
        raise InputRefused(
            [
                Fault(
                    "services",
                    f"the overhead '{line.service}' has no other service to follow",
                    "Add the services that it supports, or write another scope in its row.",
                    "overhead-alone",
                )
            ]
        )
    by_place = np.array([*np.sum([share.pence for share in others], axis=0), sum(s.apart_pence for s in others)])
    if by_place.sum() <= 0 or (by_place < 0).any():
        by_place = np.maximum(by_place, 0)
    parts = split_pence(line.resources_pence, by_place)
    grade_sums = np.sum([share.grade_pence for share in others], axis=0)
    grades = np.array(
        [
            split_pence(int(pence), np.maximum(row, 0)) if row.clip(0).sum() else np.array([0, 0, 0, pence])
            for pence, row in zip(parts[:-1], grade_sums, strict=True)
        ]
    )
    use = Use(_main_method(others), by_place / max(by_place.sum(), 1))
    return ServiceShare(line, use, parts[:-1], int(parts[-1]), grades, None)


def _main_method(others: Sequence[ServiceShare]) -> str:
    """The way of splitting that carries most of the other services' money."""
    totals: dict[str, int] = {}
    for share in others:
        totals[share.use.method] = totals.get(share.use.method, 0) + int(share.pence.sum())
    return max(totals, key=lambda method: totals[method])
