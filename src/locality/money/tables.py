"""The tables that the money room owns: what is spent, on what, and by which weights it would fairly be shared."""

from __future__ import annotations

from locality.foundations.core_tables import zone_column
from locality.foundations.declare import Column, Kind, Table

_PROGRAMME = Column("programme", Kind.CODE, "Need programme: a group of services whose need follows one pattern")
_STAGE = Column(
    "stage",
    Kind.CODE,
    "How far the weighting goes: age and sex; then need; then the unavoidable extra cost of supply",
    allowed=("age_sex", "need", "supply"),
)
_YEAR = Column("year", Kind.YEAR, "Financial year")
_SOURCE = Column("source", Kind.TEXT, "Publisher, title and year of the figure")

SERVICES = Table(
    "services",
    "One service that the partnership plans or pays for.",
    (
        Column("service", Kind.TEXT, "The service's name"),
        Column("heading", Kind.TEXT, "Service heading under which it is planned"),
        Column(
            "need_programme",
            Kind.CODE,
            "Programme whose need pattern sets its fair share; empty: shared like all other programmes together",
            nullable=True,
        ),
        Column(
            "scope",
            Kind.CODE,
            "delegated; set_aside (large hospitals, by use); hosted_here (our ledger holds other partnerships' cost); "
            "hosted_elsewhere (another's ledger holds ours); overhead (follows all other services)",
            allowed=("delegated", "set_aside", "hosted_here", "hosted_elsewhere", "overhead"),
        ),
        Column("in_plan", Kind.YES_NO, "Whether locality plans must list it"),
        Column(
            "split_by",
            Kind.CODE,
            "What the historic share follows; empty: the best evidence there is",
            nullable=True,
            optional=True,
            allowed=("cost", "units", "priced_units", "practice_list", "population", "weighted_population"),
        ),
        Column(
            "activity",
            Kind.TEXT,
            "Activity headings that show its use, separated by ';'; empty: the heading's own name",
            nullable=True,
            optional=True,
        ),
    ),
    key=("service",),
)

LEDGER = Table(
    "ledger",
    "What was spent on one service from one source in one year.",
    (
        Column("service", Kind.TEXT, "A service of the services table, or a heading that has one service"),
        _YEAR,
        Column("source", Kind.TEXT, "Where the money comes from (health board, council, grant)"),
        Column("pence", Kind.PENCE, "Amount; income is negative", unit="pence"),
    ),
    key=("service", "year", "source"),
)

HOSTED_USE = Table(
    "hosted_use",
    "How much of a hosted service the people of one partnership used.",
    (
        Column("service", Kind.TEXT, "A service whose scope is hosted_here or hosted_elsewhere"),
        Column("partnership", Kind.CODE, "Code of the partnership whose people used it"),
        Column("units", Kind.NUMBER, "Use, in the same unit for every partnership", minimum=0),
    ),
    key=("service", "partnership"),
)

UNIT_COSTS = Table(
    "unit_costs",
    "Direct cost of one unit of activity (a bed day in a specialty), for priced units.",
    (
        Column("heading", Kind.TEXT, "Activity heading, a hospital specialty for set-aside"),
        Column("unit", Kind.TEXT, "What is counted"),
        Column("pence_per_unit", Kind.PENCE, "Direct cost of one unit", unit="pence", minimum=0),
        _SOURCE,
    ),
    key=("heading",),
)

AREA_ACTIVITY = Table(
    "area_activity",
    "Published use of a service by the people of one zone or locality: no person-level file needed.",
    (
        Column("area", Kind.TEXT, "Code of a zone, or code or name of a locality"),
        Column("heading", Kind.TEXT, "Activity heading"),
        _YEAR,
        Column("unit", Kind.TEXT, "What is counted"),
        Column("units", Kind.NUMBER, "How many; empty when suppressed", nullable=True, minimum=0),
    ),
    key=("area", "heading", "year", "unit"),
)

FAIR_WEIGHTS = Table(
    "fair_weights",
    "Published weighted population of a zone for one programme.",
    (
        zone_column(),
        Column("sex", Kind.CODE, "Sex, or 'all' where the publisher does not split", allowed=("female", "male", "all")),
        Column("age_from", Kind.WHOLE, "Youngest age in the band", unit="years", minimum=0, maximum=120),
        Column("age_to", Kind.WHOLE, "Oldest age; empty when open", unit="years", nullable=True, minimum=0),
        _PROGRAMME,
        _STAGE,
        Column("weighted_people", Kind.NUMBER, "Population after weighting", unit="people", minimum=0),
    ),
    key=("zone", "sex", "age_from", "programme", "stage"),
)

PRACTICE_WEIGHTS = Table(
    "practice_weights",
    "Published weighted population of a practice for one programme.",
    (
        Column("practice", Kind.CODE, "Practice code"),
        _PROGRAMME,
        _STAGE,
        Column("people", Kind.NUMBER, "Population before weighting, as published", unit="people", minimum=0),
        Column("weighted_people", Kind.NUMBER, "Population after weighting", unit="people", minimum=0),
    ),
    key=("practice", "programme", "stage"),
)

COST_CURVES = Table(
    "cost_curves",
    "Cost (or use) per head by age, sex and deprivation fifth: national rates from which weights are made.",
    (
        _PROGRAMME,
        Column("sex", Kind.CODE, "Sex, or 'all'", allowed=("female", "male", "all")),
        Column("age_from", Kind.WHOLE, "Youngest age", unit="years", minimum=0, maximum=120),
        Column("age_to", Kind.WHOLE, "Oldest age; empty when open", unit="years", nullable=True, minimum=0),
        Column(
            "deprivation_fifth",
            Kind.WHOLE,
            "1 most deprived to 5 least; empty when not split",
            nullable=True,
            minimum=1,
            maximum=5,
        ),
        Column("per_head", Kind.NUMBER, "Cost in pounds or units of use per head; only ratios matter", minimum=0),
        _SOURCE,
    ),
    key=("programme", "sex", "age_from", "deprivation_fifth"),
)

NEED_COEFFICIENTS = Table(
    "need_coefficients",
    "A published (national) effect of an indicator on cost relative to that expected from age and sex.",
    (
        _PROGRAMME,
        Column("indicator", Kind.CODE, "An indicator of the indicators table"),
        Column("role", Kind.CODE, "Need moves money; supply is held at its mean", allowed=("need", "supply")),
        Column("coefficient", Kind.NUMBER, "Change in the logarithm of cost per unit of the indicator", nullable=True),
        Column("standard_error", Kind.NUMBER, "Its standard error", nullable=True, minimum=0),
        _SOURCE,
    ),
    key=("programme", "indicator"),
)

COUNCIL_LINES = Table(
    "council_lines",
    "One line of grant-aided expenditure for one council.",
    (
        Column("line", Kind.TEXT, "Name of the line"),
        Column("council", Kind.TEXT, "Council's name as published"),
        _YEAR,
        Column("indicator", Kind.NUMBER, "The publisher's indicator by which the line is shared", nullable=True),
        Column("pence", Kind.PENCE, "The line's amount", unit="pence"),
        Column(
            "programme",
            Kind.CODE,
            "Need programme whose pattern takes the line down to localities",
            nullable=True,
            optional=True,
        ),
    ),
    key=("line", "council", "year"),
)

COMMITMENTS = Table(
    "commitments",
    "Money that is promised already: this much of a heading in a locality does not move in the next budget.",
    (
        Column("locality", Kind.CODE, "The locality's code"),
        Column("heading", Kind.TEXT, "The service heading"),
        Column("pence", Kind.PENCE, "Amount committed", unit="pence", minimum=0),
        Column("why", Kind.TEXT, "Contract, decision or duty that commits it"),
    ),
    key=("locality", "heading"),
)

MONEY_TABLES = (
    SERVICES,
    LEDGER,
    HOSTED_USE,
    UNIT_COSTS,
    AREA_ACTIVITY,
    FAIR_WEIGHTS,
    PRACTICE_WEIGHTS,
    COST_CURVES,
    NEED_COEFFICIENTS,
    COUNCIL_LINES,
    COMMITMENTS,
)
