"""What other rooms may ask about money: plain values with all that they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch

from locality.plans import (
    Available,
    BudgetBehind,
    CatalogueService,
    FundingSource,
    HeadingMoney,
    Ledger,
)
from locality_web.core.models import Partnership, ReleaseLoaded
from locality_web.core.remembered import ANEW, Reader
from locality_web.money.decided import behind_of, held_of
from locality_web.money.models import BudgetDecision, LedgerHeading, Service, Share, Source, SourceAvailable


@dataclass(frozen=True)
class BudgetInForce:
    """The budget decision of a year that is in force.

    Args:
        decision: Its stable number, like "2026/27-1".
        year: Financial year.
        release: Id of the release behind it.
        held: Money by heading that is held for the whole partnership.
        localities: The decision as each locality's plan keeps it, by the locality's code.
    """

    decision: str
    year: str
    decided_on: str
    decided_by: str
    why: str
    release: str
    held: tuple[HeadingMoney, ...]
    localities: Mapping[str, BudgetBehind]

    def for_locality(self, code: str) -> BudgetBehind:
        """Give one locality's budget; a locality that the decision does not know has no headings."""
        nothing = BudgetBehind(self.decision, self.decided_on, self.decided_by, self.why, self.release, ())
        return self.localities.get(code, nothing)


@dataclass(frozen=True)
class ShareFigures:
    """One locality's shares under one heading, in pence."""

    heading: str
    historic_pence: int
    fair_pence: int
    fair_low_pence: int | None
    fair_high_pence: int | None
    distance_ratio: float | None
    grade: str


@dataclass(frozen=True)
class SharesInUse:
    """The shares of the release in use; without a release there are none."""

    release: str = ""
    year: str = ""
    made_up: bool = False
    by_locality: Mapping[str, Mapping[str, ShareFigures]] = field(default_factory=dict)


def catalogue(partnership: Partnership) -> tuple[CatalogueService, ...]:
    """Give the services that have not ended, in order of heading and name."""
    return tuple(one.as_content() for one in Service.objects.filter(partnership=partnership, ended_on__isnull=True))


def funding_sources(partnership: Partnership) -> tuple[FundingSource, ...]:
    """Give the funding sources in the order in which they were added."""
    available = Prefetch("available", SourceAvailable.objects.select_related("locality"))
    kept = Source.objects.filter(partnership=partnership).prefetch_related(available)
    return tuple(_source_of(one) for one in kept)


def _source_of(kept: Source) -> FundingSource:
    return FundingSource(
        source=kept.source,
        name=kept.name,
        kind=kept.kind,  # type: ignore[arg-type]  # the choices are the library's own
        accountable_body=kept.accountable_body,
        headings=tuple(kept.headings),
        services=tuple(kept.services),
        starts=kept.starts.isoformat() if kept.starts else "",
        ends=kept.ends.isoformat() if kept.ends else "",
        available=tuple(
            Available(one.year, one.locality.code if one.locality else "", one.pence) for one in kept.available.all()
        ),
        rule=kept.rule,
    )


def budget_in_force(partnership: Partnership, year: str) -> BudgetInForce | None:
    """Give the newest decision of a year; None: no budget is decided."""
    found = (
        BudgetDecision.objects.filter(partnership=partnership, year=year)
        .select_related("release")
        .order_by("-number")
        .first()
    )
    return None if found is None else _in_force(found)


def _in_force(found: BudgetDecision) -> BudgetInForce:
    return BudgetInForce(
        decision=str(found),
        year=found.year,
        decided_on=found.decided_on.isoformat(),
        decided_by=found.decided_by,
        why=found.why,
        release=found.release.release,
        held=held_of(found),
        localities=behind_of(found),
    )


@dataclass(frozen=True)
class MoneyOfYear:
    """All that plans of a year need to know of money, read in six queries; plain values that may be kept.

    Args:
        budget: The budget decision in force; None: no budget is decided.
        services: The services that have not ended.
        sources: The funding sources.
        ledger: The ledger of the release in use; None: there is no release.
    """

    budget: BudgetInForce | None
    services: tuple[CatalogueService, ...]
    sources: tuple[FundingSource, ...]
    ledger: Ledger | None


def money_of_year(partnership: Partnership, year: str, memory: Reader = ANEW) -> MoneyOfYear:
    """Give all that plans of a year need to know of money."""
    return memory.read(
        ("money.of_year", year),
        ("money",),
        lambda: MoneyOfYear(
            budget_in_force(partnership, year),
            catalogue(partnership),
            funding_sources(partnership),
            ledger(partnership),
        ),
    )


def release_in_use(partnership: Partnership) -> ReleaseLoaded | None:
    """Give the newest loaded release, without its long description."""
    return ReleaseLoaded.objects.filter(partnership=partnership).defer("about").first()


def shares_in_use(partnership: Partnership) -> SharesInUse:
    """Give the shares of the release in use, by locality code and heading."""
    release = release_in_use(partnership)
    if release is None:
        return SharesInUse()
    by_locality: dict[str, dict[str, ShareFigures]] = {}
    for one in Share.objects.filter(release=release).select_related("locality"):
        by_locality.setdefault(one.locality.code, {})[one.heading] = ShareFigures(
            heading=one.heading,
            historic_pence=one.historic_pence,
            fair_pence=one.fair_pence,
            fair_low_pence=one.fair_low_pence,
            fair_high_pence=one.fair_high_pence,
            distance_ratio=one.distance_ratio,
            grade=one.grade,
        )
    return SharesInUse(release.release, release.year, release.made_up, by_locality)


def ledger(partnership: Partnership) -> Ledger | None:
    """Give the ledger of the release in use by heading: the money for the partnership's own people, in pence.

    It differs from what the accounts show where a service is hosted: money for other partnerships' people is out,
    money that others spend on our people is in.
    """
    release = release_in_use(partnership)
    if release is None:
        return None
    rows = list(LedgerHeading.objects.filter(release=release).values_list("heading", "shared_pence", "ledger_pence"))
    shared, booked = {name: own for name, own, _ in rows}, {name: book for name, _, book in rows}
    return Ledger(release.year, shared, booked=booked)
