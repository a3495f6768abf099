"""Every line of a year's agreed plans, to look through: by locality, heading, source and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from locality.plans import CatalogueService, LocalityPlan, StrategicPlan
from locality.plans.documents.amounts import Planned, planned_in
from locality.plans.totals import NO_HEADING
from locality_web.core.permissions import Place
from locality_web.core.tables import Column, Link, Table
from locality_web.plans import models
from locality_web.plans.public_links import WHOLE, line_address
from locality_web.plans.snapshots import agreed_plan, read_texts

KINDS = {"own": "Own line", "joint": "Share of a joint line", "partnership": "For the whole partnership"}


@dataclass(frozen=True)
class FollowLine:
    """One line, or one share of a joint line, with the names that a reader knows."""

    whose: str
    place: str
    service: CatalogueService
    source: str
    source_name: str
    kind: str
    joint: str
    pence: int
    last_year_pence: int | None


@dataclass(frozen=True)
class AgreedYear:
    """What is agreed for a year: localities' plans and records by slug, and the strategic plan."""

    year: str
    plans: dict[str, LocalityPlan]
    records: dict[str, models.LocalityPlanRecord]
    strategic: StrategicPlan | None
    strategic_record: models.StrategicPlanRecord | None

    def lines(self) -> Iterator[FollowLine]:
        """Give every line, locality by locality, then those of the whole partnership."""
        for whose, plan in self.plans.items():
            yield from _lines(plan, whose, plan.locality.name, planned_in(plan))
        if self.strategic is not None and self.plans:
            wide = [
                Planned(one.service, one.source, one.pence, one.last_year_pence)
                for one in self.strategic.partnership_lines
            ]
            name = self.strategic.partnership.name
            for each in _lines(next(iter(self.plans.values())), WHOLE, name, wide):
                yield FollowLine(**{**each.__dict__, "kind": "partnership"})


def _lines(plan: LocalityPlan, whose: str, place: str, planned: Iterable[Planned]) -> Iterator[FollowLine]:
    services = {one.service: one for one in plan.services}
    sources = {one.source: one.name for one in plan.sources}
    for each in planned:
        yield FollowLine(
            whose,
            place,
            services.get(each.service) or CatalogueService(each.service, each.service, NO_HEADING),
            each.source,
            sources.get(each.source, each.source),
            "joint" if each.joint else "own",
            each.joint,
            each.pence,
            each.last_year_pence,
        )


def agreed_year(place: Place, year: str) -> AgreedYear:
    """Read what is agreed and in force for a year, in three queries at most."""
    return agreed_years(place, year).get(year) or AgreedYear(year, {}, {}, None, None)


def agreed_years(place: Place, *only: str) -> dict[str, AgreedYear]:
    """Read what is agreed and in force for some years, or for every year, in three queries at most."""
    wanted = {"year__in": only} if only else {}
    kept = models.LocalityPlanRecord.objects.filter(
        locality__partnership=place.partnership, state="agreed", snapshot__isnull=False, **wanted
    )
    records = list(
        kept.select_related("locality", "snapshot").defer("fields", "snapshot__text").order_by("year", "locality__name")
    )
    whole = place.partnership.strategic_plans.filter(state="agreed", snapshot__isnull=False, **wanted)
    of_all = {
        one.year: one  # the last of a year is its newest edition
        for one in whole.select_related("snapshot").defer("fields", "snapshot__text").order_by("edition")
    }
    texts = [*(one.snapshot for one in records), *(one.snapshot for one in of_all.values())]
    read_texts(one for one in texts if one)
    years = sorted({one.year for one in records} | set(of_all))
    return {year: _of_year([one for one in records if one.year == year], year, of_all.get(year)) for year in years}


def _of_year(
    records: list[models.LocalityPlanRecord], year: str, of_all: models.StrategicPlanRecord | None
) -> AgreedYear:
    return AgreedYear(
        year,
        {one.locality.slug: cast(LocalityPlan, agreed_plan(one.snapshot)) for one in records if one.snapshot},
        {one.locality.slug: one for one in records},
        cast(StrategicPlan, agreed_plan(of_all.snapshot)) if of_all and of_all.snapshot else None,
        of_all,
    )


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; empty: everything."""

    locality: str = ""
    heading: str = ""
    source: str = ""
    words: str = ""

    def takes(self, line: FollowLine) -> bool:
        """Say whether a line is among what is looked for."""
        if self.locality not in ("", line.whose) or self.source not in ("", line.source):
            return False
        if self.heading not in ("", line.service.heading):
            return False
        text = " ".join((line.service.name, line.service.about, line.service.delivered_by, line.service.care_group))
        return all(word in text.casefold() for word in self.words.casefold().split())


def lines_table(place: Place, year: str, lines: Iterable[FollowLine], *, total: int, csv: str) -> Table:
    """Show lines, each with the way to where it is followed; the total is that of all pages."""
    rows: list[list[Any]] = [
        [
            Link(
                one.service.name,
                line_address(place.partnership, year, one.whose, (one.service.service, one.source)),
            ),
            one.place,
            one.pence,
            one.last_year_pence,
            one.service.heading,
            one.source_name,
            KINDS[one.kind],
        ]
        for one in lines
    ]
    # Money stands before what tells more of the line, so that a phone shows it without scrolling.
    columns = [
        Column("Service"),
        Column("Locality"),
        Column("Planned", "pence"),
        Column("Last year", "pence"),
        *(Column(name) for name in ("Heading", "Paid from", "Kind")),
    ]
    totals = ["All that is found", "", total, "", "", "", ""] if rows else None
    empty = "No line of an agreed plan is like this. Look for less."
    return Table(f"Lines of the agreed plans for {year}", columns, rows, totals=totals, csv=csv, empty=empty)
