"""Polygons of zones from the file to the map: CPU seconds, and their ratio to reading the file, in one run.

    python bench/shapes.py DATA

DATA is the folder with the public files (docs/do/get-the-data.md). The sets are Fife, Glasgow, about 1,400 zones round
the Clyde, and all of Scotland. Bytes are those of the compressed topology that a map is drawn from.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import shapely

from locality.areas.shapes import (
    Shapes,
    as_svg_paths,
    match_borders,
    neighbours_of_shapes,
    read_shapes,
    simplify_together,
    take_shapes,
)

FILE = "dz11_boundaries/dz11_boundaries_bng.parquet"
OTHERS = ("dz11_boundaries/dz11_boundaries_wgs84.geojson.gz",)
CLYDE = ("Glasgow City", "South Lanarkshire", "East Renfrewshire", "Inverclyde")
# Codes, names and the corners where borders meet take 500,000 bytes for all of Scotland by themselves.
BUDGETS = (None, 800_000)
Given = TypeVar("Given")


def timed(do: Callable[..., Given], *given: Any, **options: Any) -> tuple[Given, float]:
    begun = time.process_time()
    return do(*given, **options), time.process_time() - begun


def sets(data: Path, scotland: Shapes) -> dict[str, Shapes]:
    with (data / "lookups/DataZone2011lookup_2024-12-16.csv").open(encoding="cp1252") as rows:
        partnership = {row["DZ2011_Code"]: row["HIA_Name"] for row in csv.DictReader(rows)}
    clyde = [zone for zone in scotland.zones if partnership[zone] in CLYDE][:1400]
    fife, glasgow = (
        [zone for zone in scotland.zones if partnership[zone] == name] for name in ("Fife", "Glasgow City")
    )
    chosen = {"Fife": fife, "Glasgow": glasgow, "Clyde": clyde}
    return {name: take_shapes(scotland, zones) for name, zones in chosen.items()} | {"Scotland": scotland}


def main() -> None:
    data = Path(sys.argv[1])
    scotland, reading = timed(read_shapes, data / FILE)
    print(f"reading {FILE}: {reading:.2f} s (1.0)")
    for other in OTHERS:
        _, seconds = timed(read_shapes, data / other)
        print(f"reading {other}: {seconds:.2f} s ({seconds / reading:.1f})")
    for name, shapes in sets(data, scotland).items():
        share = len(shapes) / len(scotland)
        corners = int(shapely.get_num_coordinates(shapes.polygons).sum())
        print(f"\n{name}: {len(shapes):,} zones, {corners:,} corners")
        for what, do in {"neighbours": neighbours_of_shapes, "match borders": match_borders}.items():
            _, seconds = timed(do, shapes)
            print(f"  {what}: {seconds:.2f} s ({seconds / reading / share:.1f})")
        for most in BUDGETS if name == "Scotland" else (500_000,):
            made, seconds = timed(simplify_together, shapes, target_bytes=most)
            allowed = f"at most {most:,}" if most else "as many as it takes"
            said = f"{len(made.content):,} bytes ({allowed}), tolerance {made.tolerance:g} m"
            print(f"  simplify together: {said}: {seconds:.2f} s ({seconds / reading / share:.1f})")
        picture, seconds = timed(as_svg_paths, made.topology)
        print(f"  picture of all zones: {sum(map(len, picture.paths.values())):,} bytes: {seconds:.2f} s")


if __name__ == "__main__":
    main()
