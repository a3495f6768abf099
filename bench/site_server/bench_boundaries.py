"""Fills the site of `bench/boundary_editor.py` with a partnership of real zones, in a process of its own.

    python bench_boundaries.py DATA NAME MOST

DATA is the folder with the public files, NAME a partnership of the lookup file, or several with commas; of their zones
the first MOST are taken. People, practices and registrations are made up: what is measured is time. Prints as JSON what
a client must know.
"""

# ruff: noqa: E402 - the site must be set up before its models are imported

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

import numpy as np
import pandas as pd
from bench_ground import session_of
from django.core.management import call_command
from django.db import transaction
from scipy import sparse

from factories import areas, site
from locality.areas.ground import Floats, Ground, Ints, Practices
from locality.areas.shapes import Shapes, measure_shapes, neighbours_of_shapes, read_shapes, take_shapes
from locality.release import Release
from locality_web.areas import boundary_making
from locality_web.areas.boundary_ground import keep_ground
from locality_web.areas.shape_changes import ShapeFile, load_shapes
from locality_web.core.audit import record_event
from locality_web.core.models import Partnership

PATIENTS_OF_ZONE = (400, 250, 150)  # to the nearest practices


def rows_of(file: Path, encoding: str) -> list[dict[str, str]]:
    with file.open(encoding=encoding) as lines:
        return list(csv.DictReader(lines))


def registrations(points: Floats, practices: Ints) -> Practices:
    """Patients of each zone at the nearest practices; four practices to a cluster, from west to east."""
    ways = ((points[:, None, :] - points[practices][None]) ** 2).sum(2)
    nearest = np.argsort(ways, axis=1)[:, : len(PATIENTS_OF_ZONE)]
    patients = np.zeros(ways.shape, dtype=np.int64)
    for column, many in enumerate(PATIENTS_OF_ZONE):
        patients[np.arange(len(points)), nearest[:, column]] = many
    cluster = np.argsort(np.argsort(points[practices, 0])) // 4
    return Practices(
        codes=tuple(f"{10_000 + number}" for number in range(len(practices))),
        cluster=cluster.astype(np.int64),
        clusters=tuple(f"Cluster {number + 1}" for number in range(int(cluster.max()) + 1)),
        patients=sparse.csr_matrix(patients),
        points=points[practices],
        modelled=True,
    )


def ground_of(shapes: Shapes, towns: list[str]) -> Ground:
    draw = np.random.default_rng(7)
    measured = measure_shapes(shapes)
    settlements = sorted(set(towns))
    count = len(shapes.zones)
    return Ground(
        zones=tuple(shapes.zones),
        names=tuple(shapes.names),
        people=draw.integers(500, 1_200, count),
        settlement=np.array([settlements.index(town) for town in towns]),
        settlements=tuple(settlements),
        points=measured.points,
        borders=neighbours_of_shapes(shapes),
        practices=registrations(measured.points, draw.choice(count, count // 7, replace=False)),
    )


def release_of(ground: Ground, homes: dict[str, str]) -> Release:
    """The areas of a release: real localities and the ground's people."""
    people = pd.DataFrame(
        [
            (zone, 2021, sex, first, last, many / 8)
            for zone, many in zip(ground.zones, ground.people.tolist(), strict=True)
            for sex in ("female", "male")
            for first, last in areas.BANDS
        ],
        columns=["zone", "year", "sex", "age_from", "age_to", "people"],
    )
    there = sorted({homes[zone] for zone in ground.zones})
    codes = {name: f"L{number:02d}" for number, name in enumerate(there, 1)}
    table = pd.DataFrame(
        [(zone, name, codes[homes[zone]]) for zone, name in zip(ground.zones, ground.names, strict=True)],
        columns=["zone", "name", "locality"],
    )
    named = pd.DataFrame([(code, name, 1) for name, code in codes.items()], columns=["locality", "name", "population"])
    tables = {
        "areas": table.astype("string").assign(easting=None, northing=None),
        "localities": named,
        "population": people.astype({"age_to": "Int64"}),
    }
    return Release("b" * 64, dt.date(2026, 3, 31), {"made_up": True}, tables)


def fill(data: Path, names: list[str], most: int) -> dict[str, Any]:
    lookup = rows_of(data / "lookups/DataZone2011lookup_2024-12-16.csv", "cp1252")
    own = {row["DZ2011_Code"]: row["IZ2011_Name"] for row in lookup if row["HIA_Name"] in names}
    homes = rows_of(data / "hscp_locality/dz11_locality_best_available.csv", "utf-8-sig")
    file = data / "dz11_boundaries/dz11_boundaries_bng.parquet"
    whole = read_shapes(file)
    shapes = take_shapes(whole, [zone for zone in whole.zones if zone in own][:most])
    drawn = ground_of(shapes, [own[zone] for zone in shapes.zones])
    made = Partnership.objects.create(slug="bench", name=" and ".join(names), code="BENCH", made_up=True)
    areas.load(made, release_of(drawn, {row["DataZone"]: row["Locality"] for row in homes}))
    planner = site.person("planner", made, name="Pat Planner")
    with transaction.atomic():
        keep_ground(made, drawn, made_of={}, release="b" * 64)
        record_event(None, "money.release_loaded", "Loaded a release.", place=site.place(made))
    sent = ShapeFile(file.name, file.read_bytes(), "Scottish Government, 2011", "OGL v3.0", "Contains data of others.")
    kept = load_shapes(planner, site.place(made), sent)
    option = boundary_making.copy_today(planner, site.place(made), "As today")
    return {
        "option": option.pk,
        "session": session_of(planner),
        "zones": list(drawn.zones),
        "keys": list(option.names),
        "topology": len(kept.topology),
    }


def main() -> None:
    """Fill the site."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    data, names, most = Path(sys.argv[1]), sys.argv[2].split(","), int(sys.argv[3])
    print(json.dumps(fill(data, names, most)))


if __name__ == "__main__":
    main()
