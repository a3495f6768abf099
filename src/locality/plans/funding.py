"""Whether money is spent on what its source allows: heading, service, dates and amount.

Every refusal names the source, who answers for it, and the rule in the funder's own words.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from locality.foundations import Fault, FinancialYear, say_day, say_pounds
from locality.plans.content import CatalogueService, FundingSource, JointLine, LocalityPlan, PlanLine, SourceKind
from locality.plans.totals import available_to


def check_plan_spending(plan: LocalityPlan) -> tuple[Fault, ...]:
    """Name every amount of a plan that its source does not allow.

    Args:
        plan: The plan, drafted or agreed; its own lines and its shares of joint lines are looked at.

    Returns:
        All faults at once, each with the path of its line, or of its joint line, as `column`.
    """
    place, file = plan.locality.code, f"Plan of {plan.locality.name} for {plan.year}"
    lines = (*plan.lines, *_shares(plan.joint, place))
    return check_spending(lines, plan.sources, plan.year, services=plan.services, locality=place, file=file)


def check_spending(
    lines: Iterable[PlanLine],
    sources: Iterable[FundingSource],
    year: str,
    *,
    services: Iterable[CatalogueService],
    locality: str = "",
    file: str = "plan",
) -> tuple[Fault, ...]:
    """Name every amount that its source does not allow.

    Args:
        lines: Lines with pence by service and source. A joint line's share is a line of its service.
        sources: The funding sources.
        year: Financial year in which the money is spent.
        services: The catalogue.
        locality: Code of the locality that spends it; empty: all lines of the partnership, held against what there is
            for all of it.
        file: What the lines belong to, for the words of a fault.

    Returns:
        All faults at once, each with `line/<service>/<source>` or `source/<source>` as `column`. Lines of nought and
        lines of a source that nobody knows are passed over; `check_fields` names the latter. Where the year or a date
        cannot be read, that alone is named.
    """
    known = {one.source: one for one in sources}
    catalogue = {one.service: one for one in services}
    spent: Counter[str] = Counter()
    faults: list[Fault] = list(_unreadable(known.values(), year, file))
    if faults:
        return tuple(faults)
    for line in lines:
        if line.pence and line.source in known:
            spent[line.source] += line.pence
            faults += _line_faults(line, known[line.source], catalogue, place=(year, file))
    for code, pence in spent.items():
        faults += _amount_faults(known[code], pence, (year, locality, file))
    return tuple(faults)


def check_sources(
    sources: Sequence[FundingSource], services: Iterable[CatalogueService], *, file: str = "funding sources"
) -> tuple[Fault, ...]:
    """Name everything that is wrong with a list of funding sources.

    Args:
        sources: The sources in the order of the file.
        services: The catalogue.
        file: The file's name, for the words of a fault.

    Returns:
        All faults at once, by row as a spreadsheet counts it (the header is row 1) and column. None: codes are unique,
        somebody answers for each source, its dates can be read and follow each other, and what it may be spent on is
        in the catalogue.
    """
    catalogue = list(services)
    known = {"headings": {one.heading for one in catalogue}, "services": {one.service for one in catalogue}}
    codes = Counter(one.source for one in sources)
    return tuple(
        Fault(file, what, do, code, row=row, column=column)
        for row, source in enumerate(sources, start=2)
        for column, what, do, code in (*_source_faults(source, codes), *_scope_faults(source, known))
    )


_Said = tuple[str, str, str, str]


def _source_faults(source: FundingSource, codes: Counter[str]) -> Iterator[_Said]:
    if not source.source or "/" in source.source:
        do = "Use letters, digits and hyphens, like winter-grant."
        yield "source", f"'{source.source}' cannot be a source's code", do, "source-code"
    if codes[source.source] > 1:
        said = f"the code '{source.source}' stands there {codes[source.source]} times"
        yield "source", said, "Keep one row.", "source-code-twice"
    for column in ("name", "accountable_body"):
        if not getattr(source, column).strip():
            said = f"{source.source} has no {column.replace('_', ' ')}"
            yield column, said, "Fill it in.", "source-text-missing"
    if source.kind not in get_args(SourceKind):
        said = f"'{source.kind}' is none of {', '.join(get_args(SourceKind))}"
        yield "kind", said, "Use one of these.", "source-kind"
    yield from _date_faults(source)
    for entry in source.available:
        if entry.pence < 0:
            said = f"{say_pounds(entry.pence)} for {entry.year} is below nought"
            yield "available", said, "Write what there is.", "plan-amount-negative"


def _date_faults(source: FundingSource) -> Iterator[_Said]:
    unreadable = [column for column in ("starts", "ends") if not _is_day(getattr(source, column))]
    for column in unreadable:
        said = f"'{getattr(source, column)}' of {source.name} is not a date"
        yield column, said, "Write it like 2026-04-01.", "not-date"
    if not unreadable and source.starts and source.ends and source.starts > source.ends:
        said = f"it ends on {source.ends}, before it starts on {source.starts}"
        yield "ends", said, "Correct one of the dates.", "source-dates-reversed"


def _scope_faults(source: FundingSource, known: Mapping[str, set[str]]) -> Iterator[_Said]:
    for column, names in known.items():
        for name in getattr(source, column):
            if name not in names:
                said = f"'{name}' is not among the {column} of the catalogue"
                yield column, said, "Correct it, or add it to the catalogue.", "source-scope-unknown"


def _unreadable(sources: Iterable[FundingSource], year: str, file: str) -> Iterator[Fault]:
    try:
        FinancialYear.parse(year)
    except ValueError:
        yield Fault(file, f"'{year}' is not a financial year", "Write it like 2026/27.", "not-year", column="year")
    for source in sources:
        for column, what, do, code in _date_faults(source):
            if code == "not-date":
                yield Fault(file, what, do, code, column=f"source/{source.source}/{column}")


def _is_day(text: str) -> bool:
    try:
        return not text or dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _shares(joint: Iterable[JointLine], locality: str) -> Iterator[PlanLine]:
    for line in joint:
        for share in line.shares:
            if share.locality == locality:
                yield PlanLine(line.service, line.source, share.pence)


def _line_faults(
    line: PlanLine, source: FundingSource, catalogue: Mapping[str, CatalogueService], *, place: tuple[str, str]
) -> Iterator[Fault]:
    year, file = place
    service = catalogue.get(line.service)
    at = (file, f"line/{line.service}/{line.source}")
    amount = f"{say_pounds(line.pence)} for {service.name if service else line.service}"
    if source.headings and service and service.heading not in source.headings:
        what = f"{amount} stands under {service.heading}, but {source.name} is only for {', '.join(source.headings)}"
        yield _refusal(source, at, what, "source-wrong-heading")
    if source.services and line.service not in source.services:
        allowed = ", ".join(catalogue[code].name if code in catalogue else code for code in source.services)
        what = f"{amount} is not allowed: {source.name} is only for {allowed}"
        yield _refusal(source, at, what, "source-wrong-service")
    if not _is_open(source, year):
        what = f"{amount} falls into {year}, but {source.name} {_say_dates(source)}"
        yield _refusal(source, at, what, "source-outside-dates")


def _amount_faults(source: FundingSource, pence: int, place: tuple[str, str, str]) -> Iterator[Fault]:
    year, locality, file = place
    available = available_to(source, year, locality)
    if available is not None and pence > available:
        what = (
            f"{say_pounds(pence)} is planned from {source.name}, which has {say_pounds(available)} for {year}; "
            f"that is {say_pounds(pence - available)} too much"
        )
        yield _refusal(source, (file, f"source/{source.source}"), what, "source-overspent")


_DO = {
    "source-wrong-heading": "Take the money from another source, or spend it under an allowed heading.",
    "source-wrong-service": "Take the money from another source, or spend it on an allowed service.",
    "source-outside-dates": "Take the money from another source, or ask for other dates.",
    "source-overspent": "Plan less from it, or ask for more.",
}


def _refusal(source: FundingSource, place: tuple[str, str], what: str, code: str) -> Fault:
    rule = f" Its rule: “{source.rule.strip().rstrip('.')}”" if source.rule.strip() else ""
    said = f"{what}. {source.accountable_body} answers for it.{rule}"
    return Fault(place[0], said.rstrip("."), _DO[code], code, column=place[1])


def _is_open(source: FundingSource, year: str) -> bool:
    """Whether a part of the year lies between the source's dates; the days of spending are for the accounts."""
    span = FinancialYear.parse(year)
    starts = dt.date.fromisoformat(source.starts) if source.starts else span.start
    ends = dt.date.fromisoformat(source.ends) if source.ends else span.end
    return starts <= span.end and ends >= span.start and starts <= ends


def _say_dates(source: FundingSource) -> str:
    if source.starts and source.ends:
        return f"may be spent from {say_day(source.starts)} to {say_day(source.ends)}"
    edge = f"from {say_day(source.starts)}" if source.starts else f"until {say_day(source.ends)}"
    return f"may be spent {edge}"
