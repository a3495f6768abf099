"""What the addresses of the room need besides partnership and locality, for the test of every address as every role."""

from __future__ import annotations

import datetime as dt
import gzip
from typing import Any

from factories import site
from locality_web.areas.models import AreaVersion, ProposedChange, ZoneShapes
from locality_web.core.models import Partnership


def samples(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """Give the arguments of each address by its name."""
    version = partnership.area_versions.first() or AreaVersion.objects.create(
        partnership=partnership, applies_from=dt.date(2020, 4, 1), reason="The first localities."
    )
    proposal = ProposedChange.objects.create(
        partnership=partnership, base=version, rows=[], applies_from=dt.date(2030, 4, 1), reason="A sample."
    )
    ZoneShapes.objects.create(
        partnership=partnership, topology=gzip.compress(b"{}"), sha256="a" * 64, zones=0, tolerance=0, step=1
    )
    where = {"partnership": partnership.slug}
    here = {**where, "locality": site.locality(partnership, partnership.localities.all()[0].slug).slug}
    return {
        "areas:home": where,
        "areas:localities": where,
        "areas:locality": here,
        "areas:zones_csv": here,
        "areas:residents_csv": here,
        "areas:all_zones_csv": where,
        "areas:history": where,
        "areas:version": {**where, "version": version.pk},
        "areas:change": where,
        "areas:preview": {**where, "proposal": proposal.pk},
        "areas:names": where,
        "areas:shapes": where,
        "areas:topology": where,
    }
