"""The small tables that stand beside agreed plans when they are consolidated from files."""

from __future__ import annotations

from locality.foundations import Column, Kind, Table

_HEADING = Column("heading", Kind.TEXT, "Service heading")

PARTNERSHIP_LINES = Table(
    "partnership-lines",
    "Planned expenditure on one service that is planned once for the whole partnership, from one source.",
    (
        Column("service", Kind.CODE, "The service's code in the catalogue"),
        Column("source", Kind.CODE, "The funding source's code"),
        Column("pence", Kind.PENCE, "Planned for the year", unit="pence", minimum=0),
        Column(
            "last_year_pence", Kind.PENCE, "Planned last year", unit="pence", nullable=True, optional=True, minimum=0
        ),
    ),
    key=("service", "source"),
)

LEDGER = Table(
    "ledger",
    "What the ledger of the year behind the budgets has under one heading.",
    (
        _HEADING,
        Column("year", Kind.YEAR, "Financial year of the ledger; the same in every row"),
        Column("pence", Kind.PENCE, "Spent", unit="pence"),
        Column(
            "change_pence",
            Kind.PENCE,
            "What the decision on budgets added, or took away; left out where it does not say",
            unit="pence",
            nullable=True,
            optional=True,
        ),
    ),
    key=("heading",),
)

HELD = Table(
    "held",
    "Money under one heading that is kept for the whole partnership.",
    (_HEADING, Column("pence", Kind.PENCE, "Held for the year", unit="pence", minimum=0)),
    key=("heading",),
)

LOCALITY_LIST = Table(
    "localities",
    "One locality of the partnership.",
    (
        Column("locality", Kind.CODE, "The locality's code, as its plan names it"),
        Column("name", Kind.TEXT, "Its name"),
        Column(
            "residents", Kind.WHOLE, "People who live there", unit="people", nullable=True, optional=True, minimum=0
        ),
    ),
    key=("locality",),
)

CONSOLIDATION_TABLES = (PARTNERSHIP_LINES, LEDGER, HELD, LOCALITY_LIST)
"""Every table that may stand beside agreed plans."""
