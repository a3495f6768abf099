"""What the cost cube means, as expressions that DuckDB, Spark and PostgreSQL run alike.

Nothing here connects or executes. Money stays in whole pence throughout; only squares and units are floating.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis

from locality.foundations.periods import FinancialYear

OLDEST_BAND = 90
"""The open age band: 90 and over."""

PLACE_KINDS = ("zone", "practice")


@dataclass(frozen=True)
class CubeExpressions:
    """The cube as expressions.

    Args:
        person_headings: person, heading, year, pence, units, place, sex, age_from: one row for each person, heading
            and year; a record without a person stands alone, as if it were a person of its own.
        cells: place, heading, year, sex, age_from, pence, pence_squared, units, people.
        people_totals: place, year, pence_squared.
        unit_squares: place, heading, year, units_squared.
    """

    person_headings: Any
    cells: Any
    people_totals: Any
    unit_squares: Any

    def standing_on(self, held: Any) -> CubeExpressions:
        """Give the same results from a table that holds the person by heading costs."""
        return _on(held)


def cost_cube(activity: Any, persons: Any, *, years: tuple[FinancialYear, ...], place_kind: str) -> CubeExpressions:
    """Say what the cost cube is.

    Args:
        activity: Ibis table with person, heading, start, cost_pence and, where known, end, units and year.
        persons: Ibis table with person, zone, practice, sex and age; each person once.
        years: Financial years to count.
        place_kind: ``zone`` (residence) or ``practice`` (registration).

    Returns:
        The expressions. Every record of the years is in ``cells``, whether or not its person is known: the join
        keeps all activity, so no pound is lost, and what has no place stands under place ``""``.
    """
    assert place_kind in PLACE_KINDS, f"place_kind is one of {PLACE_KINDS}"
    costs = _person_heading_costs(activity_records(activity, years))
    who = _cell_of_person(persons, place_kind)
    person_headings = (
        costs.left_join(who, "person")
        .drop("person_right")
        .mutate(place=lambda row: ibis.coalesce(row.place, ibis.literal("")))
    )
    return _on(person_headings)


def _on(person_headings: Any) -> CubeExpressions:
    return CubeExpressions(
        person_headings, _cells(person_headings), _people_totals(person_headings), _unit_squares(person_headings)
    )


def activity_records(activity: Any, years: tuple[FinancialYear, ...]) -> Any:
    """Give person, heading, year, pence and units of the records that belong to the years."""
    return activity.select(
        person=activity["person"].nullif(""),
        heading=activity["heading"],
        year=_year_of(activity, years),
        pence=activity["cost_pence"].cast("int64"),
        units=activity["units"].cast("float64") if "units" in activity.columns else ibis.null("float64"),
    ).filter(ibis._.year.notnull())


def _year_of(activity: Any, years: tuple[FinancialYear, ...]) -> Any:
    """Give the year that a record says; where it says none, that of its last day, or of its only day."""
    last = ibis.coalesce(activity["end"], activity["start"]) if "end" in activity.columns else activity["start"]
    day = last.cast("date")
    said = activity["year"] if "year" in activity.columns else None
    branches = []
    for year in years:
        within = (day >= ibis.date(year.start.isoformat())) & (day <= ibis.date(year.end.isoformat()))
        belongs = within if said is None else ((said == str(year)) | (said.isnull() & within))
        branches.append((belongs, ibis.literal(str(year))))
    return ibis.cases(*branches)


def _person_heading_costs(records: Any) -> Any:
    """Add up what each person cost by heading and year; a record without a person stays by itself.

    Unlinked records are not one giant person: lumped together they would swamp the sum of squares.
    """
    linked = (
        records.filter(records.person.notnull())
        .group_by("person", "heading", "year")
        .agg(pence=_whole_sum(ibis._.pence), units=ibis._.units.sum())
    )
    unlinked = records.filter(records.person.isnull())
    unlinked = unlinked.mutate(pence=ibis.coalesce(unlinked.pence, ibis.literal(0, "int64")))
    return ibis.union(linked, unlinked.select(linked.columns), distinct=False)


def _whole_sum(pence: Any) -> Any:
    """Sum whole pence exactly; engines differ in the type of such a sum, so it is said."""
    total = ibis.coalesce(pence.sum(), ibis.literal(0, "int64"))
    return total.cast("decimal(38,0)").cast("int64")


def _cell_of_person(persons: Any, place_kind: str) -> Any:
    return persons.select(
        person=persons["person"],
        place=persons[place_kind],
        sex=persons["sex"],
        age_from=age_band(persons["age"]),
    )


def age_band(age: Any) -> Any:
    """Give the start of the five-year band of an age."""
    years = age.cast("int32")
    band = (years - years % 5).cast("int32")
    return ibis.ifelse(band > OLDEST_BAND, ibis.literal(OLDEST_BAND, "int32"), band)


def _cells(person_headings: Any) -> Any:
    exact = person_headings.pence.cast("float64")
    return (
        person_headings.mutate(square=exact * exact)
        .group_by("place", "heading", "year", "sex", "age_from")
        .agg(
            pence=_whole_sum(ibis._.pence),
            pence_squared=ibis._.square.sum(),
            units=ibis.coalesce(ibis._.units.sum(), 0.0),
            people=ibis._.count(),
        )
    )


def _people_totals(person_headings: Any) -> Any:
    """Square each person's total over all headings, and sum by place and year."""
    linked = (
        person_headings.filter(person_headings.person.notnull())
        .group_by("person", "year", "place")
        .agg(total=_whole_sum(ibis._.pence))
    )
    unlinked = person_headings.filter(person_headings.person.isnull())
    unlinked = unlinked.select(person=unlinked.person, year=unlinked.year, place=unlinked.place, total=unlinked.pence)
    every = ibis.union(linked, unlinked, distinct=False)
    exact = every.total.cast("float64")
    return every.mutate(square=exact * exact).group_by("place", "year").agg(pence_squared=ibis._.square.sum())


def _unit_squares(person_headings: Any) -> Any:
    """Square what each person used under a heading, and sum by place, heading and year."""
    units = ibis.coalesce(person_headings.units, 0.0)
    return (
        person_headings.mutate(square=units * units)
        .group_by("place", "heading", "year")
        .agg(units_squared=ibis._.square.sum())
    )
