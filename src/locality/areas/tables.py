"""The declared tables that only boundaries use."""

from __future__ import annotations

from locality.foundations import Column, Kind, Table
from locality.foundations.core_tables import zone_column


def _metres(name: str, what: str, *, unit: str = "metres", minimum: float | None = None) -> Column:
    return Column(name, Kind.NUMBER, what, unit=unit, nullable=True, optional=True, minimum=minimum)


ZONE_PLACES = Table(
    "zone_places",
    "Where a zone lies, how large it is, and where its people say they live. What it says goes before the zones table.",
    (
        zone_column(),
        Column(
            "settlement",
            Kind.TEXT,
            "Town, village, island or neighbourhood that people say they live in",
            nullable=True,
            optional=True,
        ),
        _metres("easting", "A point inside, British National Grid"),
        _metres("northing", "A point inside, British National Grid"),
        _metres("area", "How large it is", unit="square metres", minimum=0),
        _metres("perimeter", "How long the border round it is", minimum=0),
        Column("council", Kind.TEXT, "The council to which it belongs", nullable=True, optional=True),
    ),
    key=("zone",),
)

AREA_TABLES = (ZONE_PLACES,)

ZONE_OVERLAPS = Table(
    "zone_overlaps",
    "How many people live in both a zone of one vintage and a zone of another. Every zone of the division that is "
    "carried over has all its rows; rows of other places are allowed.",
    (
        zone_column("zone", "Code of the zone that the localities are made of"),
        zone_column("new_zone", "Code of the zone of the other vintage"),
        Column("new_name", Kind.TEXT, "The publisher's name of that zone", nullable=True, optional=True),
        Column("people", Kind.WHOLE, "Residents of both, or addresses in both", unit="people", minimum=0),
        Column(
            "counted",
            Kind.CODE,
            "What was counted, the same in every row; people when not said",
            nullable=True,
            optional=True,
            allowed=("people", "addresses"),
        ),
    ),
    key=("zone", "new_zone"),
)

OVERLAP_TABLES = (ZONE_OVERLAPS,)
"""Handed over by themselves, when zones of another vintage come; not named in a partnership folder."""
