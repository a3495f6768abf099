"""What the addresses of the room need besides partnership and locality, for the test of every address as every role."""

from __future__ import annotations

import datetime as dt
from typing import Any

from factories import boundaries_site, overlaps, site
from locality_web.areas.boundary_ground import keep_ground
from locality_web.areas.models import (
    AreaVersion,
    BoundaryConsultation,
    BoundaryNote,
    BoundaryOption,
    CarriedDivision,
    Crossing,
    ProposedChange,
    ZoneIn,
)
from locality_web.core.models import Partnership


def samples(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """Give the arguments of each address by its name."""
    version = partnership.area_versions.first() or AreaVersion.objects.create(
        partnership=partnership, applies_from=dt.date(2020, 4, 1), reason="The first localities."
    )
    proposal = ProposedChange.objects.create(
        partnership=partnership, base=version, rows=[], applies_from=dt.date(2030, 4, 1), reason="A sample."
    )
    boundaries_site.shape(partnership)
    where = {"partnership": partnership.slug}
    here = {**where, "locality": site.locality(partnership, partnership.localities.all()[0].slug).slug}
    option, note, crossing = _boundaries(partnership)
    later = AreaVersion.objects.create(partnership=partnership, applies_from=dt.date(1991, 4, 1), reason="A sample.")
    BoundaryConsultation.objects.create(option=option, version=version, agreed_on=dt.date(2020, 3, 1))
    waiting, adopted = _carried(partnership), _carried(partnership, later)
    this = {**where, "option": option.pk}
    return {
        "areas:options": where,
        "areas:new_option": where,
        "areas:wishes": where,
        "areas:propose": where,
        "areas:stop_search": where,
        "areas:compare": where,
        "areas:option": this,
        "areas:option_step": this,
        "areas:option_zones": this,
        "areas:option_csv": this,
        "areas:option_file": {**this, "kind": "geojson"},
        "areas:adopt": this,
        "areas:editor": this,
        "areas:editor_ground": where,
        "areas:editor_state": this,
        "areas:editor_edit": this,
        "areas:remove_note": {**this, "note": note.pk},
        "areas:crossings": where,
        "areas:remove_crossing": {**where, "crossing": crossing.pk},
        "areas:practices": where,
        "areas:practice_moves_csv": where,
        "areas:carry_over": where,
        "areas:carried": {**where, "carried": waiting.pk},
        "areas:split_zones_csv": {**where, "carried": adopted.pk},
        "areas:home": where,
        "areas:localities": where,
        "areas:locality": here,
        "areas:zones_csv": here,
        "areas:residents_csv": here,
        "areas:all_zones_csv": where,
        "areas:history": where,
        "areas:version": {**where, "version": version.pk},
        "areas:consultation_file": {**where, "version": version.pk, "kind": "csv"},
        "areas:division_zip": {**where, "version": version.pk},
        "areas:change": where,
        "areas:preview": {**where, "proposal": proposal.pk},
        "areas:names": where,
        "areas:shapes": where,
        "areas:topology": where,
    }


def _carried(partnership: Partnership, became: AreaVersion | None = None) -> CarriedDivision:
    """A table of overlaps: two zones of long ago, each a new one; it waits to be looked at, or became a version."""
    base, is_new = AreaVersion.objects.get_or_create(
        partnership=partnership, applies_from=dt.date(1990, 4, 1), defaults={"reason": "The localities of long ago."}
    )
    if is_new:
        for zone, home in zip(boundaries_site.ZONES, partnership.localities.all()[:2], strict=False):
            ZoneIn.objects.create(version=base, zone=zone, locality=home)
    rows = [[zone, overlaps.new_zone(at), 100] for at, zone in enumerate(boundaries_site.ZONES[:2])]
    return CarriedDivision.objects.create(
        partnership=partnership,
        base=base,
        version=became,
        file_name="overlaps.csv",
        counted="people",
        rows=rows,
        applies_from=dt.date(2031, 4, 1),
        reason="A sample.",
    )


def _boundaries(partnership: Partnership) -> tuple[BoundaryOption, BoundaryNote, Crossing]:
    """An option that everybody may read, with a note, and a crossing, on the ground of eight zones."""
    if not hasattr(partnership, "design_ground"):
        keep_ground(partnership, boundaries_site.ground(), made_of=boundaries_site.MADE_OF, release="")
    zones = {zone: "north" if number < 4 else "south" for number, zone in enumerate(boundaries_site.ZONES)}
    option = BoundaryOption.objects.create(
        partnership=partnership,
        name="A sample",
        origin="hand",
        zones=zones,
        names={"north": "North", "south": "South"},
        for_consultation=True,
    )
    note = option.notes.create(kind="settlement", spot="Alloway", text="A sample.")
    crossing = Crossing.objects.create(
        partnership=partnership,
        zone_a=boundaries_site.ZONES[0],
        zone_b=boundaries_site.ZONES[7],
        kind="ferry",
        name="A ferry",
        why="A sample.",
    )
    return option, note, crossing
