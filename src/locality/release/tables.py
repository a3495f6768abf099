"""The tables that a release holds. Nothing else leaves, and nothing in them is about one person."""

from __future__ import annotations

from locality.areas.tables import ZONE_PLACES
from locality.foundations.core_tables import INDICATORS, POPULATION, ZONE_NEIGHBOURS, zone_column
from locality.foundations.declare import Column, Kind, Table

_LOCALITY = Column("locality", Kind.CODE, "The locality's code; its name where it has no code")
_HEADING = Column("heading", Kind.TEXT, "Service heading")
_GRADES = ("A", "B", "C", "D")


def _pence(name: str, description: str, *, nullable: bool = False) -> Column:
    return Column(name, Kind.PENCE, description, unit="pence", nullable=nullable)


def _metres(name: str) -> Column:
    what = "The zone's middle, British National Grid: published, and of a place, not of people"
    return Column(name, Kind.NUMBER, what, unit="metres", nullable=True, optional=True)


def _registered(what: str, *, nullable: bool = False) -> Column:
    return Column("registered", Kind.WHOLE, what, unit="people", nullable=nullable, minimum=0)


AREAS = Table(
    "areas",
    "One zone of the partnership and the locality that it belongs to.",
    (
        zone_column(),
        Column("name", Kind.TEXT, "The publisher's name of the zone", nullable=True, optional=True),
        _LOCALITY,
        _metres("easting"),
        _metres("northing"),
    ),
    key=("zone",),
)

LOCALITIES = Table(
    "localities",
    "One locality of the partnership.",
    (
        _LOCALITY,
        Column("name", Kind.TEXT, "The locality's name"),
        Column("population", Kind.WHOLE, "Residents, from published estimates", unit="people", minimum=0),
    ),
    key=("locality",),
)

SERVICE_USERS = Table(
    "service_users",
    "People of one locality who used care under one activity heading, after suppression; 'all' rows are totals.",
    (
        Column("locality", Kind.CODE, "The locality's code, or 'all'"),
        Column(
            "heading",
            Kind.TEXT,
            "Heading of activity (not of the ledger), or 'all': the sum over headings, in which one person may count "
            "twice",
        ),
        Column("people", Kind.WHOLE, "People; empty when hidden", unit="people", nullable=True, minimum=0),
        Column("hidden", Kind.YES_NO, "Whether the count is hidden, for being small or to protect another"),
    ),
    key=("locality", "heading"),
)

SHARES = Table(
    "shares",
    "What one locality uses and what would be its fair share under one heading, and where the distance comes from.",
    (
        _LOCALITY,
        _HEADING,
        _pence("historic_pence", "Historic share: what its people use now"),
        _pence("fair_pence", "Fair share: by weighted population"),
        _pence("fair_low_pence", "Lower end of the fair share's interval", nullable=True),
        _pence("fair_high_pence", "Upper end of the fair share's interval", nullable=True),
        Column("distance_ratio", Kind.NUMBER, "Historic over fair, less 1", unit="ratio", nullable=True),
        Column("grade", Kind.CODE, "Evidence behind most of the historic share", allowed=_GRADES, nullable=True),
        _pence("step_population_pence", "From what is used now to an equal sum for each head", nullable=True),
        _pence("step_age_sex_pence", "Further step for age and sex", nullable=True),
        _pence("step_need_pence", "Further step for need", nullable=True),
        _pence("step_supply_pence", "Further step for unavoidable cost of supply", nullable=True),
    ),
    key=("locality", "heading"),
)

BUDGET = Table(
    "budget",
    "The budget of one locality under one heading in one year of the path.",
    (
        _LOCALITY,
        _HEADING,
        Column("year", Kind.YEAR, "Financial year"),
        _pence("budget_pence", "Budget"),
    ),
    key=("locality", "heading", "year"),
)

RECONCILIATION = Table(
    "reconciliation",
    "How the money found in activity compares with the ledger under one heading.",
    (
        _HEADING,
        _pence("ledger_pence", "Amount in the ledger"),
        _pence("found_pence", "Cost found in activity; empty where there is none", nullable=True),
        Column("coverage_ratio", Kind.NUMBER, "Found over ledger", unit="ratio", nullable=True),
        Column(
            "grade_d_ratio", Kind.NUMBER, "Share of the ledger split by population alone", unit="ratio", nullable=True
        ),
    ),
    key=("heading",),
)

PRACTICE_LISTS = Table(
    "practice_lists",
    "One GP practice with the length of its list, as its publisher gives it.",
    (
        Column("practice", Kind.CODE, "The practice's code"),
        Column("name", Kind.TEXT, "The practice's name", nullable=True, optional=True),
        Column("cluster", Kind.TEXT, "GP cluster or primary care network", nullable=True, optional=True),
        zone_column("zone", "Zone in which its main surgery stands", nullable=True),
        _registered("Patients on its list", nullable=True),
    ),
    key=("practice",),
)

PRACTICE_ZONES = Table(
    "practice_zones",
    "How many of a practice's list live in a zone, as its publisher gives it; never of an own register.",
    (zone_column(), Column("practice", Kind.CODE, "The practice's code"), _registered("Patients who live there")),
    key=("zone", "practice"),
)

PLACE_TABLES = (ZONE_NEIGHBOURS, ZONE_PLACES, PRACTICE_LISTS, PRACTICE_ZONES, INDICATORS)
"""Tables that boundaries are drawn on. A release holds those that are known and published; it may hold none."""

RELEASE_TABLES = (AREAS, LOCALITIES, POPULATION, SERVICE_USERS, SHARES, BUDGET, RECONCILIATION)
"""Every table that a release must hold, in the order of the bundle. One that lacks one of them is refused."""

ALL_TABLES = (*RELEASE_TABLES, *PLACE_TABLES)
"""Every table that a release may hold, in the order of the bundle."""
