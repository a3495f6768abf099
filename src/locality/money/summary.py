"""`summary.json`: every figure of a statement and a budget with what is needed to rebuild it.

The keys are stable; docs/look-up/summary.md explains each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from locality.money.distance import CAUSES
from locality.money.statement import MoneyStatement, ServiceStatement

Pence = npt.NDArray[np.int64]

SCHEMA = "locality.summary/1"
"""Name and version of the layout; a change that breaks a reader raises the number."""


def summarise_shares(statement: MoneyStatement) -> dict[str, Any]:
    """Give the statement's figures with plain values.

    Args:
        statement: The money statement.

    Returns:
        The keys `localities`, `headings`, `totals`, `reconciliation`, `hosted` and `method` of `summary.json`;
        amounts in whole pence, ratios as numbers.
    """
    return {
        "financial_year": str(statement.inputs.year),
        "basis": statement.settings.basis,
        "localities": _localities(statement),
        "headings": [_heading(statement, heading) for heading in statement.headings],
        "totals": _totals(statement),
        "reconciliation": reconcile(statement),
        "hosted": _hosted(statement),
        "method": {"fair": {name: made.how for name, made in statement.inputs.weights.programmes.items()}},
    }


@dataclass(frozen=True)
class _Figures:
    """Pence by locality of some services: worked out once, read for every locality."""

    historic: Pence
    fair: Pence
    historic_span: tuple[Pence, Pence] | None
    fair_span: tuple[Pence, Pence] | None
    alone: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, statement: MoneyStatement, services: Sequence[ServiceStatement] | None) -> _Figures:
        return cls(
            statement.historic(services),
            statement.fair(services),
            statement.historic_interval(services),
            statement.fair_interval(services),
            statement.one_zone_only,
        )

    def at(self, row: int) -> dict[str, Any]:
        """Historic, fair and distance of one locality, with intervals."""
        historic, fair = int(self.historic[row]), int(self.fair[row])
        return {
            "historic_pence": historic,
            "historic_low_pence": _end(self.historic_span, 0, row),
            "historic_high_pence": _end(self.historic_span, 1, row),
            "fair_pence": fair,
            "fair_low_pence": None if self.alone[row] else _end(self.fair_span, 0, row),
            "fair_high_pence": None if self.alone[row] else _end(self.fair_span, 1, row),
            "distance_pence": historic - fair,
            "distance_ratio": ratio(historic - fair, fair),
        }


def _end(span: tuple[Pence, Pence] | None, end: int, row: int) -> int | None:
    return None if span is None else int(span[end][row])


def ratio(part: int, whole: int) -> float | None:
    """Give part / whole; None when the whole is nought."""
    return part / whole if whole else None


def _localities(statement: MoneyStatement) -> list[dict[str, Any]]:
    whole = _Figures.of(statement, None)
    by_heading = {heading: statement.of_heading(heading) for heading in statement.headings}
    figures = {heading: _Figures.of(statement, services) for heading, services in by_heading.items()}
    grades = {heading: main_grade(services) for heading, services in by_heading.items()}
    rows = []
    for row in range(statement.localities.count):
        headings = [
            {
                "heading": heading,
                **figures[heading].at(row),
                "steps": _causes([service.steps[:, row] for service in services]),
                "grade": grades[heading],
            }
            for heading, services in by_heading.items()
        ]
        rows.append({**_locality(statement, whole, row), "headings": headings})
    return rows


def _locality(statement: MoneyStatement, whole: _Figures, row: int) -> dict[str, Any]:
    people = int(statement.population[row])
    amounts = whole.at(row)
    return {
        "code": statement.localities.codes[row],
        "name": statement.localities.names[row],
        "population": people,
        **amounts,
        "distance_per_head_pence": ratio(amounts["distance_pence"], people),
        "steps": _causes([service.steps[:, row] for service in statement.services]),
        "shapley": _causes([service.shapley[:, row] for service in statement.services]),
        "grades": _grades([service.share.grade_pence[row] for service in statement.services]),
    }


def _causes(parts: list[Pence]) -> dict[str, int]:
    return {cause: int(pence) for cause, pence in zip(CAUSES, np.sum(parts, axis=0), strict=True)}


def _grades(parts: list[Pence]) -> dict[str, int]:
    return {grade: int(pence) for grade, pence in zip("ABCD", np.sum(parts, axis=0), strict=True)}


def main_grade(services: Sequence[ServiceStatement]) -> str:
    """Give the grade that carries most of some services' pounds."""
    # Income counts by its size: a heading that earns more than it costs was placed by some evidence too.
    pence = np.sum([np.abs(service.share.grade_pence).sum(axis=0) for service in services], axis=0)
    return "ABCD"[int(np.argmax(pence))]


def _heading(statement: MoneyStatement, heading: str) -> dict[str, Any]:
    services = statement.of_heading(heading)
    line = _line(statement, heading)
    return {
        "heading": heading,
        "need_programme": "; ".join(dict.fromkeys(s.money.programme or "all together" for s in services)),
        "scopes": list(dict.fromkeys(service.money.scope for service in services)),
        "ledger_pence": line["ledger_pence"],
        "historic_pence": int(statement.historic(services).sum()),
        "fair_pence": int(statement.fair(services).sum()),
        "grades": _grades([service.share.grade_pence.sum(axis=0) for service in services]),
        "grade": main_grade(services),
        "coverage_ratio": line["coverage_ratio"],
        "split_by": line["split_by"],
    }


def _totals(statement: MoneyStatement) -> dict[str, Any]:
    grades = _grades([service.share.grade_pence.sum(axis=0) for service in statement.services])
    historic = int(statement.historic().sum())
    return {
        "population": int(statement.population.sum()),
        "historic_pence": historic,
        "fair_pence": int(statement.fair().sum()),
        "grades": grades,
        "grade_d_ratio": _grade_d_ratio(statement),
    }


def _grade_d_ratio(statement: MoneyStatement) -> float | None:
    """Part of all pounds that carry grade D; income counts by its size, so that it cannot hide weak evidence."""
    sizes = np.sum([np.abs(service.share.grade_pence).sum(axis=0) for service in statement.services], axis=0)
    return ratio(int(sizes[-1]), int(sizes.sum()))


def _line(statement: MoneyStatement, heading: str) -> dict[str, Any]:
    """One heading from ledger to localities."""
    services = statement.of_heading(heading)
    money = [service.money for service in services]
    resources = sum(line.resources_pence for line in money)
    costed = [s for s in services if s.share.use.method == "cost" and s.money.scope != "overhead"]
    # Services that share an activity heading are explained by the same records: each heading counts once.
    found = {name: pence for service in costed for name, pence in service.share.use.activity_pence.items()}
    activity = round(sum(found.values()))
    unknown = sum(float(s.share.use.weights[-1]) * s.money.resources_pence for s in services)
    return {
        "heading": heading,
        "ledger_pence": sum(line.ledger_pence for line in money),
        "hosted_out_pence": sum(line.hosted_out_pence for line in money),
        "hosted_in_pence": sum(line.hosted_in_pence for line in money),
        "overhead_pence": sum(line.resources_pence for line in money if line.scope == "overhead"),
        "set_aside_pence": sum(line.resources_pence for line in money if line.scope == "set_aside"),
        "resources_pence": resources,
        "activity_pence": activity if costed else None,
        "coverage_ratio": ratio(activity, sum(s.money.resources_pence for s in costed)) if costed else None,
        "no_locality_pence": round(unknown),
        "no_locality_ratio": unknown / resources if resources else None,
        "apart_pence": sum(service.share.apart_pence for service in services),
        "historic_pence": int(statement.historic(services).sum()),
        "fair_pence": int(statement.fair(services).sum()),
        "grade": main_grade(services),
        "split_by": "; ".join(dict.fromkeys(_split_by(service) for service in services)),
    }


def _split_by(service: ServiceStatement) -> str:
    return "other_services" if service.money.scope == "overhead" else service.share.use.method


def reconcile(statement: MoneyStatement) -> dict[str, Any]:
    """Walk from the ledger to the localities, to the penny.

    Returns:
        Totals and one line for each heading. `difference_pence` is the ledger, less what others used, plus what was
        used elsewhere, less what is kept apart, less the localities' sum: always nought.
    """
    lines = [_line(statement, heading) for heading in statement.headings]
    summed = {
        key: sum(line[key] for line in lines)
        for key in ("ledger_pence", "hosted_out_pence", "hosted_in_pence", "resources_pence", "apart_pence")
    }
    historic, fair = int(statement.historic().sum()), int(statement.fair().sum())
    walked = summed["ledger_pence"] - summed["hosted_out_pence"] + summed["hosted_in_pence"] - summed["apart_pence"]
    return {
        **summed,
        "historic_pence": historic,
        "fair_pence": fair,
        "difference_pence": walked - historic,
        "by_source": _by_source(statement),
        "lines": lines,
    }


def _by_source(statement: MoneyStatement) -> dict[str, int]:
    sources: dict[str, int] = {}
    for service in statement.services:
        for source, pence in (service.money.sources or {}).items():
            sources[source] = sources.get(source, 0) + pence
    return sources


def _hosted(statement: MoneyStatement) -> list[dict[str, Any]]:
    ours = statement.inputs.partnership
    return [
        {
            "service": move.service,
            "scope": move.scope,
            "gross_pence": move.gross_pence,
            "used_here_pence": move.used_pence[ours],
            "moved_pence": move.gross_pence - move.used_pence[ours],
            "by_partnership": dict(move.used_pence),
        }
        for move in statement.hosted
    ]


def merge(*parts: Mapping[str, Any]) -> dict[str, Any]:
    """Join parts of a summary; a later one wins."""
    return {key: value for part in parts for key, value in part.items()}
