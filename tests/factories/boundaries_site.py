"""A site on which boundaries are drawn: eight zones of a hundred people, two in a row, four rows; a town in the middle.

1 2   levenmouth        settlements  A A
3 4   north-east-fife                A A
5 6   kirkcaldy                      B B
7 8   dunfermline                    B -
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import shapely
from django.db import transaction

from factories import areas, drawn_grounds, site
from locality.areas.ground import Ground
from locality.areas.shapes import Shapes, as_topology, topology_bytes
from locality_web.areas import boundary_making
from locality_web.areas.boundary_ground import keep_ground
from locality_web.areas.models import BoundaryOption, ZoneShapes
from locality_web.core.audit import record_event
from locality_web.core.models import Partnership, Person

ZONES = tuple(areas.zone(number) for number in range(1, 9))
MADE_OF = {
    "sources": ["zone_borders.csv"],
    "modelled": ["registrations"],
    "attribution": ["Contains public sector information licensed under the Open Government Licence v3.0."],
}


def ground() -> Ground:
    """Two practices of one cluster in the north, one of another in the south; 60 patients live across."""
    north = "50 50\n 50 50\n 10 0\n 0 0"
    south = "0 0\n 0 50\n 90 90\n 90 90"
    drawn = drawn_grounds.draw(
        "100 100\n 100 100\n 100 100\n 100 100",
        settlements="A A\n A A\n B B\n B -",
        practices=replace(
            drawn_grounds.practices_with({"10001": north, "10002": south}, {"10001": "North", "10002": "South"}),
            points=np.array([[500.0, -500.0], [500.0, -2500.0]]),
            modelled=True,
        ),
    )
    names = tuple(f"Zone {number}" for number in range(1, 9))
    return replace(drawn, zones=ZONES, names=names, settlements=("Alloway", "Burntisle"))


def island() -> Ground:
    """The same with zones 7 and 8 beyond the water: nothing joins them to the rest."""
    drawn = ground()
    over = (drawn.borders.first < 6) & (drawn.borders.second >= 6)
    kept = {name: getattr(drawn.borders, name)[~over] for name in ("first", "second", "metres", "crossing")}
    return replace(drawn, borders=replace(drawn.borders, **kept))


def bring(of: Partnership, drawn: Ground | None = None) -> Partnership:
    """Divide a partnership into its four localities and bring the ground, as a release does."""
    areas.load(of, areas.release(areas.FOUR))
    with transaction.atomic():
        keep_ground(of, drawn or ground(), made_of=MADE_OF, release="a" * 64)
        record_event(None, "money.release_loaded", "Loaded a release.", place=site.place(of))
    return of


def shape(of: Partnership) -> ZoneShapes:
    """Load the zones' shapes: squares of a kilometre, as the drawing above; the last has an islet."""
    squares = np.empty(len(ZONES), dtype=object)
    for number in range(len(ZONES)):
        east, north = 300_000 + number % 2 * 1_000, 700_000 - number // 2 * 1_000
        squares[number] = shapely.box(east, north, east + 1_000, north + 1_000)
    islet = shapely.Polygon([(303_000, 696_000), (303_400, 696_000), (303_000, 696_400)])
    squares[-1] = shapely.MultiPolygon([squares[-1], islet])
    content = topology_bytes(as_topology(Shapes(ZONES, ZONES, squares)))
    return ZoneShapes.objects.create(
        partnership=of,
        topology=content,
        sha256=hashlib.sha256(content).hexdigest(),
        zones=len(ZONES),
        tolerance=0,
        step=1,
        attribution="Contains OS data © Crown copyright and database right 2026.",
    )


def option(by: Person, of: Partnership, name: str = "As today") -> BoundaryOption:
    """An option that begins as the localities of today."""
    return boundary_making.copy_today(by, site.place(of), name)
