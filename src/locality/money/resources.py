"""From the ledger to the money that this partnership's people really use: hosted services moved to their users.

The host's ledger holds the cost of every partnership that it serves. The cost is moved to the people who used the
service, so that what leaves one partnership enters another, to the penny.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from locality.foundations import Fault, FinancialYear, InputRefused, split_pence


@dataclass(frozen=True)
class ServiceMoney:
    """One service's money in the year.

    Args:
        service: Its name.
        heading: Its service heading.
        programme: Its need programme; "" when it follows all other programmes together.
        scope: delegated, set_aside, hosted_here, hosted_elsewhere or overhead.
        split_by: What its historic share follows; "" for the best evidence there is.
        activity: Activity headings that show its use.
        ledger_pence: What our own ledger shows.
        hosted_out_pence: Part of it that other partnerships' people used.
        hosted_in_pence: What our people used of a service on another's ledger.
        sources: Pence of the ledger by funding source.
    """

    service: str
    heading: str
    programme: str
    scope: str
    split_by: str
    activity: tuple[str, ...]
    ledger_pence: int
    hosted_out_pence: int = 0
    hosted_in_pence: int = 0
    sources: Mapping[str, int] | None = None

    @property
    def resources_pence(self) -> int:
        """What the partnership's own people used: ledger, less what others used, plus what was used elsewhere."""
        return self.ledger_pence - self.hosted_out_pence + self.hosted_in_pence


@dataclass(frozen=True)
class HostedMove:
    """How one hosted service's gross cost falls on the partnerships whose people used it (pence, adds up)."""

    service: str
    scope: str
    gross_pence: int
    used_pence: Mapping[str, int]


def move_hosted(gross_pence: int, use: Mapping[str, float]) -> dict[str, int]:
    """Split a hosted service's cost among partnerships by use.

    Args:
        gross_pence: The host's whole cost, in pence.
        use: Units used by the people of each partnership.

    Returns:
        Pence by partnership; they sum to the gross cost, so what goes out on one side comes in on the other.

    Example:
        >>> move_hosted(100, {"A": 2, "B": 1})
        {'A': 67, 'B': 33}
    """
    return dict(zip(use, split_pence(gross_pence, list(use.values())).tolist(), strict=True))


def service_money(
    services: pd.DataFrame,
    ledger: pd.DataFrame,
    hosted_use: pd.DataFrame | None,
    *,
    partnership: str,
    year: FinancialYear,
) -> tuple[list[ServiceMoney], list[HostedMove]]:
    """Join services and ledger, and move hosted money to its users.

    Args:
        services: Declared table `services`.
        ledger: Declared table `ledger`, in pence; its `service` may be a heading that has one service.
        hosted_use: Declared table `hosted_use`, needed when a service is hosted.
        partnership: Our partnership's code.
        year: The financial year whose ledger counts.

    Returns:
        Every service that has money in the year, in the order of the services table, and the hosted moves.

    Raises:
        InputRefused: A ledger line names no service, or a hosted service lacks its use.
    """
    amounts = _ledger_by_service(services, ledger, year)
    faults: list[Fault] = []
    lines: list[ServiceMoney] = []
    moves: list[HostedMove] = []
    for row in services.itertuples(index=False):
        sources = amounts.get(row.service, {})
        if not sources:
            continue
        line = _service_line(row, sources)
        if line.scope in ("hosted_here", "hosted_elsewhere"):
            use = _use(hosted_use, line.service)
            if partnership not in use or sum(use.values()) <= 0:
                faults.append(_lacks_use(line.service, partnership))
                continue
            line, move = _move(line, use, partnership)
            moves.append(move)
        lines.append(line)
    if faults:
        raise InputRefused(faults)
    return lines, moves


def _ledger_by_service(services: pd.DataFrame, ledger: pd.DataFrame, year: FinancialYear) -> dict[str, dict[str, int]]:
    names = set(services["service"])
    per_heading = services.groupby("heading", sort=False)["service"].agg(list)
    by_heading = {heading: found[0] for heading, found in per_heading.items() if len(found) == 1}
    this_year = ledger[ledger["year"] == str(year)]
    faults, amounts = [], {}  # type: ignore[var-annotated]
    for row in this_year.itertuples(index=False):
        service = row.service if row.service in names else by_heading.get(row.service)
        if service is None:
            faults.append(
                Fault(
                    "ledger",
                    f"there is money for '{row.service}', which is neither a service nor a heading with one service",
                    "Add it to the services table, or correct its name.",
                    "service-unknown",
                    column="service",
                )
            )
            continue
        sources = amounts.setdefault(service, {})
        sources[row.source] = sources.get(row.source, 0) + int(row.pence)
    if not len(this_year):
        faults.append(
            Fault(
                "ledger",
                f"it has no line for {year}",
                "Add that year's amounts, or change financial_year in partnership.toml.",
                "ledger-without-year",
            )
        )
    if faults:
        raise InputRefused(faults)
    return amounts


def _service_line(row: object, sources: dict[str, int]) -> ServiceMoney:
    text = {
        name: "" if pd.isna(getattr(row, name, pd.NA)) else str(getattr(row, name))
        for name in ("service", "heading", "need_programme", "scope", "split_by", "activity")
    }
    keys = tuple(part.strip() for part in text["activity"].split(";") if part.strip()) or (text["heading"],)
    return ServiceMoney(
        service=text["service"],
        heading=text["heading"],
        programme=text["need_programme"],
        scope=text["scope"],
        split_by=text["split_by"],
        activity=keys,
        ledger_pence=sum(sources.values()),
        sources=sources,
    )


def _use(hosted_use: pd.DataFrame | None, service: str) -> dict[str, float]:
    if hosted_use is None:
        return {}
    rows = hosted_use[hosted_use["service"] == service]
    return {str(row.partnership): float(row.units) for row in rows.itertuples(index=False)}


def _lacks_use(service: str, partnership: str) -> Fault:
    return Fault(
        "hosted_use",
        f"the hosted service '{service}' has no use by the people of {partnership}",
        "Add a row for every partnership whose people used it, ours too; a nought is allowed.",
        "hosted-without-use",
    )


def _move(line: ServiceMoney, use: dict[str, float], partnership: str) -> tuple[ServiceMoney, HostedMove]:
    gross = line.ledger_pence
    used = move_hosted(gross, use)
    ours = used[partnership]
    here = line.scope == "hosted_here"
    moved = ServiceMoney(
        **{
            **line.__dict__,
            "ledger_pence": gross if here else 0,
            "hosted_out_pence": gross - ours if here else 0,
            "hosted_in_pence": 0 if here else ours,
            "sources": line.sources if here else {},
        }
    )
    return moved, HostedMove(line.service, line.scope, gross, used)
