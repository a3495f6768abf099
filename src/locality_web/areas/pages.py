"""What the pages of this room show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from locality_web.areas.bands import Band, add_bands, say_band
from locality_web.areas.boundary_log_pages import log_shown
from locality_web.areas.models import AreaVersion, BoundaryConsultation, CarriedDivision, LocalityFacts, ZonePeople
from locality_web.areas.overlap_pages import carried_record
from locality_web.areas.queries import Facts, facts_in, localities, version_on, versions, zones_of
from locality_web.areas.shape_map import DrawnAreas, drawn_localities, drawn_zones, map_of_localities, places_of_zones
from locality_web.areas.thresholds import outside_thresholds
from locality_web.core.charts import Chart, grouped_bars
from locality_web.core.hooks import Section, ask_rooms
from locality_web.core.maps import Map, MapPlace, draw_map
from locality_web.core.models import Locality, Person
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory
from locality_web.core.tables import Column, Link, Table


def partnership_page(place: Place, person: Person | AnonymousUser) -> dict[str, Any]:
    """The front of a partnership: what it is, its localities, and what the rooms have to say."""
    return list_page(place, person) | {"sections": _sections("partnership_page", place, person)}


def localities_page(place: Place, person: Person | AnonymousUser) -> dict[str, Any]:
    """The localities: their map, where shapes were loaded, and their list."""
    memory = Memory(place.partnership)
    shapes = drawn_localities(place.partnership, memory)
    shown = list_page(place, person)
    return shown | {
        "map": _locality_map(place, shapes, shown["localities"]) if shapes.areas else None,
        "attribution": shapes.attribution,
    }


def _locality_map(place: Place, shapes: DrawnAreas, found: Sequence[Locality]) -> Map | None:
    names = {
        each.code: (each.name, reverse("areas:locality", args=[place.partnership.slug, each.slug])) for each in found
    }
    return map_of_localities(f"The localities of {place.partnership} on a map", names, shapes)


def list_page(place: Place, person: Person | AnonymousUser) -> dict[str, Any]:
    """The list of localities with their residents."""
    version = version_on(place.partnership)
    facts = facts_in(version)
    found = list(localities(place.partnership, version=version))
    names = {each.code: each.name for each in found}
    outside = outside_thresholds(place.partnership, facts)
    return {
        "table": _locality_table(place, person, found, facts),
        "localities": found,
        "count": len(found),
        "estimates_of": next((fact.estimates_of for fact in facts.values()), None),
        "outside": [f"{names[one.locality]}: {one.says}" if one.locality in names else one.says for one in outside],
        "version": version,
    }


def _locality_table(
    place: Place, person: Person | AnonymousUser, found: list[Locality], facts: dict[str, Facts]
) -> Table:
    """Show each locality with what the rooms say of it, then its residents and zones."""
    told = sorted(
        (column for columns in ask_rooms("locality_list", "columns", place, person) for column in columns),
        key=lambda column: column.order,
    )
    rows = []
    for each in found:
        known = facts.get(each.code)
        address = reverse("areas:locality", args=[place.partnership.slug, each.slug])
        said = [column.cells.get(each.pk, column.otherwise) for column in told]
        rows.append([Link(each.name, address), *said, known and known.population, known and known.zones])
    people = [row[-2] for row in rows]
    zones = [row[-1] for row in rows]
    whole = bool(rows) and None not in people and None not in zones
    return Table(
        caption=f"Localities of {place.partnership}",
        columns=[
            Column("Locality"),
            *(Column(column.title) for column in told),
            Column("Residents", "people"),
            Column("Zones", "number"),
        ],
        rows=rows,
        totals=["All", *("" for _ in told), sum(people), sum(zones)] if whole else None,
        empty="The localities are not on this site yet.",
    )


def locality_page(place: Place, person: Person | AnonymousUser) -> dict[str, Any]:
    """A locality: people, priorities and money first, then its residents and zones."""
    assert place.locality is not None
    version = version_on(place.partnership)
    known = facts_in(version)
    facts = known.get(place.locality.code)
    outside = outside_thresholds(place.partnership, {facts.code: facts}) if facts else []
    everybody = add_bands(each.bands for each in known.values())
    return {
        "locality": place.locality,
        "sections": _sections("locality_page", place, person),
        "facts": facts,
        "outside": [one.says for one in outside if one.locality],
        **_zones(place, version),
        "ages": _age_chart(place, facts, everybody) if facts and len(facts.bands) == len(everybody) > 0 else None,
        "version": version,
    }


def _zones(place: Place, version: AreaVersion | None) -> dict[str, Any]:
    """Give the locality's zones: as a map with its list where shapes or places are known, or else as a table."""
    locality = place.locality
    assert locality is not None
    known = ZonePeople.objects.filter(partnership=place.partnership, zone=OuterRef("zone"))
    parts = {name: Subquery(known.values(name)) for name in ("people", "easting", "northing")}
    zones: list[Any] = list(zones_of(version, locality).annotate(**parts))
    shapes = drawn_zones(place.partnership, (each.zone for each in zones))
    csv = reverse("areas:zones_csv", args=[place.partnership.slug, locality.slug])
    return {"zones": _zone_map(f"Zones of {locality}", zones, shapes, csv), "attribution": shapes.attribution}


def _zone_map(title: str, zones: list[Any], shapes: DrawnAreas, csv: str) -> Table | Map:
    counted = all(each.people is not None for each in zones)
    if placed := places_of_zones({each.zone: (str(each), each.people) for each in zones}, shapes):
        return draw_map(title, placed, unit="people" if counted else None, what="Residents", of="Zone", csv=csv)
    if zones and counted and all(each.easting is not None for each in zones):
        places = [MapPlace(str(each), point=(each.easting, each.northing), amount=each.people) for each in zones]
        return draw_map(title, places, unit="people", what="Residents", of="Zone", csv=csv)
    return Table(
        caption=title,
        columns=[Column("Zone"), Column("Code"), Column("Residents", "people")],
        rows=[[str(each), each.zone, each.people] for each in zones],
        csv=csv,
        empty="Its zones are not on this site yet.",
    )


def _age_chart(place: Place, facts: Facts, everybody: list[Band]) -> Chart:
    """Set the locality's ages beside those of the whole partnership."""
    locality = place.locality
    assert locality is not None
    return grouped_bars(
        "Residents by age",
        [say_band(band) for band in everybody],
        {f"All of {place.partnership}": _parts(everybody), locality.name: _parts(facts.bands)},
        unit="percent",
        of="Age",
        csv=reverse("areas:residents_csv", args=[place.partnership.slug, locality.slug]),
    )


def _parts(bands: Sequence[Band]) -> list[float]:
    total = sum(people for _, _, people in bands)
    return [people / total if total else 0.0 for _, _, people in bands]


def age_table(locality: Locality, facts: Facts | None) -> Table:
    """Give a locality's residents by age as figures, for the file."""
    rows = [list(each) for each in facts.by_age] if facts else []
    return Table(f"Residents of {locality} by age", [Column("Age"), Column("Residents", "people")], rows)


def _sections(page: str, place: Place, person: Person | AnonymousUser) -> list[Section]:
    answers = ask_rooms(page, "sections", place, person)
    return sorted((section for each in answers for section in each), key=lambda section: section.order)


def history_page(place: Place) -> dict[str, Any]:
    """Every division, the newest first, with what it has."""
    found = list(versions(place.partnership))
    in_force = version_on(place.partnership)
    count, zones = Counter[int](), Counter[int]()
    for version, own in LocalityFacts.objects.filter(version__in=found).values_list("version", "zones"):
        count[version] += 1
        zones[version] += own
    lines = [
        {
            "version": each,
            "localities": count[each.pk],
            "zones": zones[each.pk],
            "in_force": each == in_force,
            "to_come": each.applies_from > timezone.localdate(),
        }
        for each in found
    ]
    return {"lines": lines}


def version_page(version: AreaVersion) -> dict[str, Any]:
    """One division: its localities and what moved against the one before."""
    before = version.partnership.area_versions.filter(applies_from__lt=version.applies_from).last()
    carried = CarriedDivision.objects.filter(version=version).select_related("base", "partnership").first()
    old = dict(before.zones.values_list("zone", "locality__name")) if before else {}
    new = version.zones.values_list("zone", "locality__name")
    moves = Counter((old.get(zone, "no locality"), name) for zone, name in new if old.get(zone) != name)
    facts = version.facts.select_related("locality").order_by("locality__name")
    consultation = BoundaryConsultation.objects.filter(version=version).select_related("option").first()
    return {
        "version": version,
        "consultation": consultation,
        "log_of_consultation": log_shown(consultation.log) if consultation else {},
        "carried": carried_record(carried) if carried else None,
        "localities": Table(
            caption="Localities",
            columns=[Column("Locality"), Column("Residents", "people"), Column("Zones", "number")],
            rows=[[each.locality.name, each.population, each.zones] for each in facts],
        ),
        "before": before,
        "moves": Table(
            caption="Zones that moved",
            columns=[Column("From"), Column("To"), Column("Zones", "number")],
            rows=[[leaves, joins, zones] for (leaves, joins), zones in sorted(moves.items())],
            empty="No zone moved.",
        ),
    }
