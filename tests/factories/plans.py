"""Plans of a made-up partnership: a small one that can be read at a glance, and a big one for figures and benches.

Exampleshire has three localities. Each plans home care, day care and district nursing alone; reablement is planned by
North and South together; the equipment store is planned once for the whole partnership.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from factories.membership import in_good_order
from locality.foundations import split_pence
from locality.plans import (
    AgreedSnapshot,
    Agreement,
    Available,
    BudgetBehind,
    CatalogueService,
    Entry,
    FundingSource,
    HeadingMoney,
    JointLine,
    JointShare,
    LeadRecord,
    Ledger,
    LocalityPlan,
    Move,
    Narrative,
    Place,
    PlanLine,
    PlannedAction,
    PlanningRecord,
    PlanningYear,
    PlanRecord,
    Priority,
    SizeSettings,
    Stance,
    StrategicPlan,
    StrategicRecord,
    consolidate,
    snapshot_of,
)

YEAR = "2026/27"
PARTNERSHIP = Place("S37000099", "Exampleshire")
NORTH, SOUTH, ISLES = Place("north", "North"), Place("south", "South"), Place("isles", "Isles")
LOCALITIES = (NORTH, SOUTH, ISLES)
RELEASE = "ab" * 32
DECISION = "2026/27-1"

SERVICES = (
    CatalogueService("home-care", "Home care", "Care at home", "The council", "Older people", "council"),
    CatalogueService("day-care", "Day care", "Care at home", "Voluntary bodies", "Older people", "council"),
    CatalogueService(
        "reablement", "Reablement", "Care at home", "The council", "Older people", "council", planned_at="across"
    ),
    CatalogueService("district-nursing", "District nursing", "Community nursing", "Health board", "", "health board"),
    CatalogueService(
        "equipment", "Equipment store", "Equipment", "Both", "", "council", planned_at="partnership", about="Aids."
    ),
)

SOURCES = (
    FundingSource("core", "Core budget", "core", "Exampleshire"),
    FundingSource(
        "winter",
        "Winter grant",
        "grant",
        "The council",
        headings=("Care at home",),
        starts="2026-04-01",
        ends="2027-03-31",
        available=(Available(YEAR, "north", 20_000_00),),
        rule="To keep people at home over the winter.",
    ),
)

# By locality: budget, historic, fair, low, high under each heading, in pounds.
_MONEY = {
    "north": {"Care at home": (700, 720, 650, 620, 680), "Community nursing": (300, 290, 310, 290, 330)},
    "south": {"Care at home": (500, 480, 530, 500, 560), "Community nursing": (200, 200, 190, 180, 200)},
    "isles": {"Care at home": (100, 100, 120, 105, 135), "Community nursing": (60, 60, 50, 40, 60)},
}

_PRIORITIES = {
    "north": (
        Priority("P1", "Care at home", "home-care", 1, "More help at home", "Long waits.", "more", "Carers' forum"),
        Priority("P2", "Community nursing", "", 2, "Keep nurses local", "They know people.", "keep"),
        Priority("P3", "Care at home", "reablement", 3, "Get people back on their feet", "It lasts.", "more"),
    ),
    "south": (
        Priority("P1", "Care at home", "home-care", 1, "More help at home!", "Few carers.", "more"),
        Priority("P2", "Care at home", "reablement", 2, "Less reablement", "Hardly used.", "less"),
        Priority("P3", "Community nursing", "district-nursing", 3, "Nurses on Sundays", "Pain.", "more"),
    ),
    "isles": (
        Priority("P1", "Care at home", "day-care", 1, "A day centre", "There is none.", "more"),
        Priority("P2", "Community nursing", "district-nursing", 2, "A nurse who stays", "Ferries.", "keep"),
    ),
}

# By locality and service, in pounds: this year and last year.
_LINES = {
    "north": {"home-care": (500, 480), "day-care": (100, 120), "district-nursing": (290, 290)},
    "south": {"home-care": (400, 380), "day-care": (50, 50), "district-nursing": (200, 195)},
    "isles": {"home-care": (100, 100), "day-care": (0, 0), "district-nursing": (60, 60)},
}


def pounds(amount: int) -> int:
    """Thousands of pounds in pence: the money of Exampleshire is written in thousands."""
    return amount * 1_000_00


def joint_line(**changes: Any) -> JointLine:
    """Reablement for North and South: £120,000, agreed by both."""
    shares = (JointShare("north", pounds(80), "2026-02-20"), JointShare("south", pounds(40), "2026-02-21"))
    return replace(JointLine("J1", "reablement", "core", pounds(120), shares, "By people over 75"), **changes)


def budget_of(locality: str, **changes: Any) -> BudgetBehind:
    """The budget that was decided for a locality of Exampleshire."""
    rows = _MONEY[locality].items()
    headings = tuple(HeadingMoney(heading, *(pounds(one) for one in money)) for heading, money in rows)
    behind = BudgetBehind(
        DECISION, "2026-01-15", "A. Chief, chief officer", "Two thirds of the way.", RELEASE, headings
    )
    return replace(behind, **changes)


def agreement(*objections: str) -> Agreement:
    """Two who agree, and whoever objects, for this reason."""
    agree = (
        Stance("J. Lead", "Locality lead", "agree", "It is what we asked for.", "2026-02-28"),
        Stance("C. Arer", "Carers", "agree", "We were heard.", "2026-02-28"),
    )
    object_ = tuple(Stance("O. Bject", "Housing", "object", reason, "2026-02-28") for reason in objections)
    return Agreement("2026-02-28", 2, agree + object_)


def small_plan(locality: str = "north", **changes: Any) -> LocalityPlan:
    """A sound draft of one locality, within its budget; replace fields by name."""
    place = next(one for one in LOCALITIES if one.code == locality)
    lines = tuple(PlanLine(one, "core", pounds(now), pounds(then)) for one, (now, then) in _LINES[locality].items())
    north = locality == "north"
    plan = LocalityPlan(
        partnership=PARTNERSHIP,
        locality=place,
        year=YEAR,
        version=1,
        summary=f"What {place.name} will do in {YEAR}.",
        budget=budget_of(locality),
        services=SERVICES,
        sources=SOURCES,
        lines=(*lines, PlanLine("home-care", "winter", pounds(15))) if north else lines,
        joint=() if locality == "isles" else (joint_line(),),
        moves=(Move("M1", "day-care", "home-care", "core", pounds(20), "Fewer use it."),) if north else (),
        priorities=_PRIORITIES[locality],
        actions=(PlannedAction("A1", "home-care", "Hire four carers", "Home care manager", "2026-09-30"),),
        notes=(("day-care", "One centre opens three days instead of five."),) if north else (),
        made_up=True,
    )
    return replace(plan, **changes)


def agreed_plan(locality: str = "north", *, objections: Sequence[str] = (), **changes: Any) -> LocalityPlan:
    """The same plan, agreed; each objection is a reason."""
    return small_plan(locality, **{"agreement": agreement(*objections), **changes})


PARTNERSHIP_LINES = (PlanLine("equipment", "core", pounds(90), pounds(85)),)
HELD = (HeadingMoney("Equipment", pounds(100)),)
LEDGER_YEAR = "2025/26"
LEDGER = {"Care at home": pounds(1_300), "Community nursing": pounds(550), "Equipment": pounds(85)}
RESIDENTS = {"north": 60_000, "south": 40_000, "isles": 5_000}


def planning_year(**changes: Any) -> PlanningYear:
    """What Exampleshire has in the year; replace parts by name."""
    year = PlanningYear(
        PARTNERSHIP,
        YEAR,
        LOCALITIES,
        SERVICES,
        SOURCES,
        held=HELD,
        ledger=Ledger(LEDGER_YEAR, LEDGER),
        residents=RESIDENTS,
        held_decision=DECISION,
        held_release=RELEASE,
    )
    return replace(year, **changes)


def snapshots(*plans: LocalityPlan) -> tuple[AgreedSnapshot, ...]:
    """These plans with their hashes; without any, the agreed plans of all three localities."""
    return tuple(snapshot_of(plan) for plan in plans or [agreed_plan(place.code) for place in LOCALITIES])


def strategic_plan(*plans: LocalityPlan, joint: Sequence[JointLine] | None = None, **changes: Any) -> StrategicPlan:
    """Exampleshire's plans consolidated: all three agreed ones unless others are given."""
    lines = (joint_line(),) if joint is None else joint
    return consolidate(snapshots(*plans), lines, PARTNERSHIP_LINES, year=planning_year(**changes))


@dataclass(frozen=True)
class BigPartnership:
    """Agreed plans of a partnership as large as any, and what consolidation needs beside them."""

    partnership: Place
    year: str
    localities: tuple[Place, ...]
    services: tuple[CatalogueService, ...]
    sources: tuple[FundingSource, ...]
    plans: tuple[LocalityPlan, ...]
    joint: tuple[JointLine, ...]
    partnership_lines: tuple[PlanLine, ...]
    held: tuple[HeadingMoney, ...]
    ledger: dict[str, int]
    residents: dict[str, int]

    def planning_year(self) -> PlanningYear:
        """What it has in the year."""
        ledger = Ledger(LEDGER_YEAR, self.ledger)
        return PlanningYear(
            self.partnership,
            self.year,
            self.localities,
            self.services,
            self.sources,
            held=self.held,
            ledger=ledger,
            residents=self.residents,
        )

    def strategic_plan(self) -> StrategicPlan:
        """Its plans consolidated."""
        return consolidate(snapshots(*self.plans), self.joint, self.partnership_lines, year=self.planning_year())


def big_partnership(*, localities: int = 9, services: int = 80, sources: int = 3) -> BigPartnership:
    """A partnership with a line for every service and source in every locality; the same for the same numbers."""
    places = tuple(Place(f"L{number}", f"Locality {number}") for number in range(1, localities + 1))
    catalogue = tuple(_service(number) for number in range(services))
    kinds = ("core", "set_aside", "grant", "contribution")
    funds = tuple(FundingSource(f"S{n}", f"Source {n}", kinds[n % 4], "A body") for n in range(sources))  # type: ignore[arg-type]
    joint = tuple(_joint(one, places) for one in catalogue if one.planned_at == "across")
    plans = tuple(_big_plan(number, places, (catalogue, funds, joint)) for number in range(localities))
    wide = [one for one in catalogue if one.planned_at == "partnership"]
    lines = tuple(PlanLine(one.service, "S0", 5_000_00 + 7 * n) for n, one in enumerate(wide))
    held = _sums((one.heading, line.pence + 100) for one, line in zip(wide, lines, strict=True))
    budgets = _sums((row.heading, row.budget_pence) for plan in plans if plan.budget for row in plan.budget.headings)
    return BigPartnership(
        partnership=Place("S37000098", "Bigshire"),
        year=YEAR,
        localities=places,
        services=catalogue,
        sources=funds,
        plans=plans,
        joint=joint,
        partnership_lines=lines,
        held=tuple(HeadingMoney(heading, pence) for heading, pence in held.items()),
        ledger=_sums([*budgets.items(), *held.items()]),
        residents={place.code: 20_000 + 1_000 * n for n, place in enumerate(places)},
    )


def _sums(pairs: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for heading, pence in pairs:
        found[heading] = found.get(heading, 0) + pence
    return found


def _service(number: int) -> CatalogueService:
    planned = {0: "across", 1: "partnership"}.get(number % 10, "locality")
    return CatalogueService(f"service-{number}", f"Service {number}", f"Heading {number % 12}", planned_at=planned)  # type: ignore[arg-type]


def _joint(service: CatalogueService, places: tuple[Place, ...]) -> JointLine:
    sharing = places[:3]
    parts = split_pence(1_000_001, range(1, len(sharing) + 1)).tolist()
    shares = tuple(JointShare(place.code, part, "2026-02-01") for place, part in zip(sharing, parts, strict=True))
    return JointLine(f"J-{service.service}", service.service, "S0", 1_000_001, shares, "By people")


_Parts = tuple[tuple[CatalogueService, ...], tuple[FundingSource, ...], tuple[JointLine, ...]]


def _big_plan(number: int, places: tuple[Place, ...], parts: _Parts) -> LocalityPlan:
    catalogue, funds, joint = parts
    place = places[number]
    own = [one for one in catalogue if one.planned_at == "locality"]
    lines = tuple(
        PlanLine(one.service, fund.source, 1_000_00 * (1 + (row * 7 + number) % 23) + row, 1_000_00 * (1 + row % 23))
        for row, one in enumerate(own)
        for fund in funds
    )
    mine = tuple(line for line in joint if any(share.locality == place.code for share in line.shares))
    return LocalityPlan(
        partnership=Place("S37000098", "Bigshire"),
        locality=place,
        year=YEAR,
        version=1,
        summary=f"The plan of {place.name}.",
        budget=_big_budget(place.code, catalogue, (lines, funds, mine)),
        services=catalogue,
        sources=funds,
        lines=lines,
        joint=mine,
        priorities=tuple(_priority(rank, number, one) for rank, one in enumerate(own[:: max(1, len(own) // 24)], 1)),
        actions=tuple(PlannedAction(f"A{row}", one.service, "Do it", "Somebody") for row, one in enumerate(own)),
        agreement=agreement(),
        made_up=True,
    )


def _priority(rank: int, number: int, service: CatalogueService) -> Priority:
    direction = ("more", "less", "change", "keep")[(rank + number) % 4]
    title = f"About {service.name}"
    return Priority(f"P{rank}", service.heading, service.service, rank, title, "Asked for.", direction)  # type: ignore[arg-type]


def _big_budget(
    locality: str,
    catalogue: tuple[CatalogueService, ...],
    money: tuple[tuple[PlanLine, ...], tuple[FundingSource, ...], tuple[JointLine, ...]],
) -> BudgetBehind:
    lines, funds, joint = money
    heading = {one.service: one.heading for one in catalogue}
    core = {fund.source for fund in funds if fund.kind in ("core", "set_aside")}
    planned = [(heading[line.service], line.pence) for line in lines if line.source in core]
    planned += [(heading[one.service], s.pence) for one in joint for s in one.shares if s.locality == locality]
    rows = tuple(
        HeadingMoney(name, pence + 500, pence, pence + 1_000, pence - 50_000, pence + 50_000)
        for name, pence in sorted(_sums(planned).items())
    )
    return BudgetBehind(DECISION, "2026-01-15", "A. Chief, chief officer", "By the pace.", RELEASE, rows)


DAY = "2026-11-22"
LEAD = LeadRecord("J. Lead", "Cluster 1", "2025-04-01", "2027-03-31", "D. Puty")


def planning_record(**changes: Any) -> PlanningRecord:
    """Everything that a site could hold of Exampleshire in good order; take parts away or replace them by name."""
    agreed = {place.code: _with_voices(agreed_plan(place.code)) for place in LOCALITIES}
    strategic = strategic_plan(*agreed.values())
    strategic = replace(strategic, agreement=agreement(), narrative=(Narrative("why", "Why", "We say what follows."),))
    record = PlanningRecord(
        PARTNERSHIP,
        YEAR,
        DAY,
        LOCALITIES,
        localities=LOCALITIES,
        zones=("Z1", "Z2", "Z3"),
        zone_localities=(("Z1", "north"), ("Z2", "south"), ("Z3", "isles")),
        residents=RESIDENTS,
        size=SizeSettings(4_000, 70_000, "Islands stay whole."),
        leads={
            place.code: LeadRecord("J. Lead", "Cluster 1", "2025-04-01", "2027-03-31", "D. Puty")
            for place in LOCALITIES
        },
        briefings={place.code: "2026-04-01" for place in LOCALITIES},
        catalogue=SERVICES,
        sources=SOURCES,
        budgets={place.code: budget_of(place.code) for place in LOCALITIES},
        plans={code: PlanRecord(plan, "agreed", "2026-03-15", 0) for code, plan in agreed.items()},
        joint=(joint_line(),),
        strategic=(StrategicRecord(strategic, "agreed", "2026-03-31"),),
        membership=in_good_order(DAY, [place.code for place in LOCALITIES]),
        further=_boundaries(),
    )
    return replace(record, **changes)


def _boundaries() -> dict[str, tuple[Entry, ...]]:
    """Who took part in drawing the boundaries, and what they keep whole."""
    kinds = ("professionals", "professionals_said", "communities", "communities_said", "changed", "agreed")
    return {
        "boundary_engagement": tuple(Entry("", kind, on="2025-10-01", says="As the minutes say") for kind in kinds),
        "boundary_measures": (Entry("", "communities", says="93%"), Entry("", "practices", says="76%")),
    }


def _with_voices(plan: LocalityPlan) -> LocalityPlan:
    """Say who raised each priority, and promise what has no money yet."""
    wishes = tuple(replace(one, raised_by=one.raised_by or "Views of residents") for one in plan.priorities)
    promised = PlannedAction("A2", "day-care", "Look for a room", "Lead", "2026-12-31")
    return replace(plan, priorities=wishes, actions=(*plan.actions, promised))
