"""Residents of zones of another vintage, until a release counts them: spread from the zones before, by the overlaps."""

from __future__ import annotations

import pandas as pd

from locality.areas import spread_counts
from locality_web.areas.models import CarriedDivision, ZonePeople
from locality_web.areas.overlap_file import as_table

_AT_ONCE = 1000
_OPEN = 999
"""Stands for the open end of the oldest band while bands are columns of a table."""


def spread_residents(kept: CarriedDivision) -> bool:
    """Write the residents of an adopted division's zones as the table spreads them; none of the old ones is lost.

    Runs inside the caller's transaction. Zones that a release counted keep its count, and then nothing is spread.

    Returns:
        Whether they were spread; False: the residents of a zone before are not known, or those of its zones are.
    """
    assert kept.version is not None
    ours = set(kept.version.zones.values_list("zone", flat=True))
    old = set(kept.base.zones.values_list("zone", flat=True))
    people = ZonePeople.objects.filter(partnership=kept.partnership)
    bands = {zone: own for zone, own in people.values_list("zone", "bands") if zone in old}
    counted = people.filter(zone__in=kept.version.zones.values("zone")).exclude(zone__in=kept.base.zones.values("zone"))
    if set(bands) != old or (counted.exists() and not kept.spreads_residents):
        return False
    spread = spread_counts(as_table(kept.rows, kept.names, kept.counted), _as_counts(bands))
    shared = spread[spread.index.isin(ours)]
    people.filter(zone__in=kept.version.zones.values("zone")).exclude(zone__in=kept.base.zones.values("zone")).delete()
    ZonePeople.objects.bulk_create(
        (_zone_people(kept, str(zone), row) for zone, row in shared.iterrows() if zone not in old), batch_size=_AT_ONCE
    )
    return True


def _as_counts(bands: dict[str, list[list[int | None]]]) -> pd.DataFrame:
    """Give a row for each zone and a column for each age band."""
    counts = {
        zone: {(first, _OPEN if last is None else last): count for first, last, count in own}
        for zone, own in bands.items()
    }
    return pd.DataFrame.from_dict(counts, orient="index").fillna(0).astype("int64")


def _zone_people(kept: CarriedDivision, zone: str, row: pd.Series) -> ZonePeople:
    bands = [[int(first), None if last == _OPEN else int(last), int(count)] for (first, last), count in row.items()]
    bands.sort(key=lambda band: band[0] or 0)
    return ZonePeople(partnership=kept.partnership, zone=zone, people=sum(band[2] or 0 for band in bands), bands=bands)
