"""The declared tables that more than one room uses.

Tables of one room alone (the ledger, for example) are declared in that room's `tables.py`.
"""

from __future__ import annotations

from locality.foundations.declare import Column, Kind, Table

ZONE_CODE = r"[SEWN]\d{8}"
_ZONE_SAYS = "a letter and eight digits, like S01008962 or E01012571"


def zone_column(name: str = "zone", description: str = "Code of the small area", *, nullable: bool = False) -> Column:
    """Declare a column that holds a small area's code."""
    return Column(name, Kind.CODE, description, pattern=ZONE_CODE, pattern_says=_ZONE_SAYS, nullable=nullable)


_SEX = Column("sex", Kind.CODE, "Sex as recorded by the publisher", allowed=("female", "male"))
_AGE_FROM = Column("age_from", Kind.WHOLE, "Youngest age in the band", unit="years", minimum=0, maximum=120)
_AGE_TO = Column(
    "age_to",
    Kind.WHOLE,
    "Oldest age in the band; empty when the band is open",
    unit="years",
    nullable=True,
    minimum=0,
    maximum=130,
)

ZONES = Table(
    "zones",
    "One small area (data zone, LSOA) of the partnership.",
    (
        zone_column(),
        Column("name", Kind.TEXT, "The publisher's name of the zone", nullable=True),
        Column(
            "settlement",
            Kind.TEXT,
            "Town, village or island that people say they live in",
            nullable=True,
            optional=True,
        ),
        Column(
            "urban_rural",
            Kind.CODE,
            "Urban-rural class, Scottish 8-fold: 1 large urban to 8 very remote rural",
            nullable=True,
            optional=True,
            allowed=("1", "2", "3", "4", "5", "6", "7", "8"),
        ),
        Column(
            "easting",
            Kind.NUMBER,
            "Centroid, British National Grid",
            unit="metres",
            nullable=True,
            optional=True,
        ),
        Column(
            "northing",
            Kind.NUMBER,
            "Centroid, British National Grid",
            unit="metres",
            nullable=True,
            optional=True,
        ),
        Column(
            "geometry",
            Kind.TEXT,
            "Outline as well-known text, British National Grid",
            nullable=True,
            optional=True,
        ),
    ),
    key=("zone",),
)

ZONE_NEIGHBOURS = Table(
    "zone_neighbours",
    "Two zones that touch, or that a declared crossing joins.",
    (
        zone_column("zone_a", "One zone"),
        zone_column("zone_b", "The other zone"),
        Column(
            "kind",
            Kind.CODE,
            "How they meet: a land border, or a bridge, ferry or tunnel",
            allowed=("land", "crossing"),
        ),
        Column(
            "metres",
            Kind.NUMBER,
            "Length of the shared border; empty for a crossing",
            unit="metres",
            nullable=True,
            optional=True,
            minimum=0,
        ),
    ),
    key=("zone_a", "zone_b"),
)

LOCALITIES = Table(
    "localities",
    "Which locality a zone belongs to, and from when to when.",
    (
        zone_column(),
        Column("locality", Kind.CODE, "The locality's code; its name where it has no code"),
        Column("name", Kind.TEXT, "The locality's name", nullable=True, optional=True),
        Column("from", Kind.DATE, "First day of this membership", nullable=True, optional=True),
        Column("to", Kind.DATE, "Last day of this membership; empty while it lasts", nullable=True, optional=True),
    ),
    key=("zone", "from"),
)

POPULATION = Table(
    "population",
    "Residents of a zone by year, sex and age band.",
    (
        zone_column(),
        Column("year", Kind.WHOLE, "Calendar year of the mid-year estimate", minimum=1990, maximum=2100),
        _SEX,
        _AGE_FROM,
        _AGE_TO,
        Column("people", Kind.NUMBER, "Residents", unit="people", minimum=0),
    ),
    key=("zone", "year", "sex", "age_from"),
)

INDICATORS = Table(
    "indicators",
    "One indicator of need or supply for one zone.",
    (
        zone_column(),
        Column("indicator", Kind.CODE, "The indicator's name"),
        Column("period", Kind.TEXT, "What time it describes"),
        Column(
            "value",
            Kind.NUMBER,
            "The value; a percentage is written 8, not 0.08; empty when suppressed",
            nullable=True,
        ),
        Column("numerator", Kind.NUMBER, "Count above the line, where published", nullable=True, optional=True),
        Column("denominator", Kind.NUMBER, "Count below the line, where published", nullable=True, optional=True),
    ),
    key=("zone", "indicator", "period"),
)

PRACTICES = Table(
    "practices",
    "One GP practice.",
    (
        Column("practice", Kind.CODE, "The practice's code, as text: leading noughts count"),
        Column("name", Kind.TEXT, "The practice's name", nullable=True, optional=True),
        Column("cluster", Kind.TEXT, "GP cluster or primary care network", nullable=True, optional=True),
        zone_column("zone", "Zone in which its main surgery stands", nullable=True),
        Column("patients", Kind.WHOLE, "Registered patients", unit="people", nullable=True, minimum=0),
    ),
    key=("practice",),
)

REGISTRATIONS = Table(
    "registrations",
    "Patients of one practice who live in one zone.",
    (
        zone_column(),
        Column("practice", Kind.CODE, "The practice's code"),
        Column("patients", Kind.WHOLE, "Registered patients", unit="people", minimum=0),
    ),
    key=("zone", "practice"),
)

PERSONS = Table(
    "persons",
    "One person, as the linkage agency's identifier names them. Never leaves the analyst's environment.",
    (
        Column("person", Kind.CODE, "Pseudonymous identifier"),
        zone_column("zone", "Zone of residence; empty when unknown", nullable=True),
        Column("practice", Kind.CODE, "Practice of registration; empty when unknown", nullable=True),
        Column("sex", Kind.CODE, "Sex as recorded", allowed=("female", "male"), nullable=True),
        Column(
            "age",
            Kind.WHOLE,
            "Age at the middle of the financial year",
            unit="years",
            minimum=0,
            maximum=130,
            nullable=True,
        ),
    ),
    key=("person",),
    person_level=True,
)

ACTIVITY = Table(
    "activity",
    "One costed event or spell of care for one person. Never leaves the analyst's environment.",
    (
        Column(
            "person",
            Kind.CODE,
            "Pseudonymous identifier; empty when the record was never linked",
            nullable=True,
        ),
        Column("heading", Kind.CODE, "Service heading that the cost belongs to"),
        Column("start", Kind.DATE, "First day"),
        Column("end", Kind.DATE, "Last day; empty for a single contact", nullable=True, optional=True),
        Column(
            "units",
            Kind.NUMBER,
            "Bed days, contacts, items or hours, as the heading counts them",
            nullable=True,
            optional=True,
            minimum=0,
        ),
        Column(
            "cost_pence",
            Kind.PENCE,
            "Modelled cost within the financial year; empty where the publisher has no price",
            unit="pence",
            nullable=True,
            minimum=0,
        ),
        Column("payer", Kind.CODE, "Who pays: health board, council or other", nullable=True, optional=True),
        Column(
            "year",
            Kind.YEAR,
            "Financial year that the cost belongs to; empty: that of the last day",
            nullable=True,
            optional=True,
        ),
    ),
    person_level=True,
)

CORE_TABLES = (
    ZONES,
    ZONE_NEIGHBOURS,
    LOCALITIES,
    POPULATION,
    INDICATORS,
    PRACTICES,
    REGISTRATIONS,
    PERSONS,
    ACTIVITY,
)
