"""What people may do with shapes of zones: load them from a file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction

from locality.areas import zone_vintage
from locality.areas.shapes import Shapes, Simplified, read_shapes, simplify_together
from locality.foundations import Fault, InputRefused
from locality_web.areas.dividing import membership
from locality_web.areas.shape_models import ZoneShapes
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require

# Own choice of the founders, 2026-11: a page with its map of 1,400 zones stays below 500 kB, and most of it is the map.
MOST_BYTES = 400_000
_REPAIRS_SAID = 20
Made = tuple[Shapes, Simplified]


@dataclass(frozen=True)
class ShapeFile:
    """A file of shapes as somebody sent it, and what they said about it.

    Args:
        name: The file's name.
        content: Its bytes.
        source: Publisher, title and year.
        licence: The licence under which it was published.
        attribution: The line that stands beneath every map.
        zone_column: The column with the codes of zones; "": find it.
        system: The coordinate system; "": the file's own.
    """

    name: str
    content: bytes
    source: str
    licence: str
    attribution: str
    zone_column: str = ""
    system: str = ""


def load_shapes(person: Person, place: Place, file: ShapeFile) -> ZoneShapes:
    """Read the shapes of the partnership's zones from a file, simplify them together and keep them.

    Raises:
        NotAllowed: The person may not.
        InputRefused: All that is wrong with the file; nothing is kept.
        ResultRefused: The borders cannot be made to match, or the map would be too large.
    """
    require(person, "areas.edit", place)
    # The work takes seconds, so it is done before the database is held.
    made = make_shapes(place, file)
    with transaction.atomic():
        return keep_shapes(person, place, file, made)


def make_shapes(place: Place, file: ShapeFile) -> Made:
    """Read the shapes of the partnership's zones from a file and simplify them together; nothing is written.

    Raises:
        InputRefused: All that is wrong with the file.
        ResultRefused: The borders cannot be made to match, or the map would be too large.
    """
    zones = membership(place.partnership.area_versions.last())
    if not zones:
        what = f"the zones of {place.partnership} are not on this site yet"
        raise InputRefused([Fault(file.name, what, "Load a release first.", "no-zones")])
    shapes = read_shapes(
        file.content,
        name=file.name,
        zone_column=file.zone_column or None,
        crs=file.system or None,
        zones=zones,
        only_ours=True,
    )
    return shapes, simplify_together(shapes, target_bytes=MOST_BYTES)


def keep_shapes(person: Person, place: Place, file: ShapeFile, made: Made) -> ZoneShapes:
    """Keep what was made of a file, with its event; must run inside a transaction.

    Raises:
        NotAllowed: The person may not, or not any more: reading the file took its time.
    """
    require(person, "areas.edit", place)
    shapes, simplified = made
    kept = ZoneShapes.objects.create(
        partnership=place.partnership,
        topology=simplified.content,
        sha256=hashlib.sha256(simplified.content).hexdigest(),
        zones=len(shapes),
        edition=" and ".join(sorted({edition for zone in shapes.zones if (edition := zone_vintage(zone))}))[:100],
        file_name=file.name[-200:],
        source=file.source,
        licence=file.licence,
        attribution=file.attribution,
        system=shapes.system,
        tolerance=simplified.tolerance,
        step=simplified.step,
        said=what_was_done(shapes, simplified),
        loaded_by=person,
    )
    record_event(
        person,
        "areas.shapes_loaded",
        f"Loaded the shapes of {len(shapes):,} zones from {kept.file_name} ({file.source})",
        place=place,
        subject=f"shapes:{kept.pk}",
        detail={"sha256": kept.sha256, "zones": len(shapes), "bytes": len(simplified.content), "said": kept.said},
    )
    return kept


def what_was_done(shapes: Shapes, simplified: Simplified) -> list[str]:
    """Say what was repaired, matched, simplified and left out, one sentence each."""
    matched = simplified.matched
    said = [f"{repair}." for repair in shapes.repairs[:_REPAIRS_SAID]]
    if len(shapes.repairs) > _REPAIRS_SAID:
        said.append(f"{len(shapes.repairs) - _REPAIRS_SAID:,} more shapes were repaired.")
    if matched.unmatched:
        said.append(f"The borders of {len(matched.unmatched):,} zones did not match their neighbours' and were joined.")
    said += [
        f"{each.first} and {each.second} overlapped by {each.square_metres:,.0f} square metres; one of them keeps them."
        for each in matched.overlaps[:_REPAIRS_SAID]
    ]
    if simplified.tolerance:
        said.append(
            "Borders were simplified, all together: a corner fell away where the triangle that it makes with those "
            f"beside it was smaller than a square of {simplified.tolerance:,.0f} metres."
        )
    if shapes.left_out:
        others = "1 zone" if shapes.left_out == 1 else f"{shapes.left_out:,} zones"
        said.append(f"Left out, for not being the partnership's: {others} of the file.")
    return said
