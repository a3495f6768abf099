"""The deprivation fifth of each zone, taken from the partnership's release; nobody has to enter it."""

from __future__ import annotations

from locality.release import Release, fifths_of
from locality_web.core.audit import record_event
from locality_web.core.models import ReleaseLoaded
from locality_web.core.permissions import Place
from locality_web.voice.conversations.models import ZoneFifth

_AT_ONCE = 1000


def take_fifths(release: Release, place: Place, record: ReleaseLoaded) -> bool:
    """Keep the deprivation fifths of a release; runs inside the caller's transaction.

    A release that holds none leaves those that are known: an index holds until its next edition. Zones of an earlier
    vintage keep theirs, for conversations that were held on them. What was kept with contributions never changes.

    Returns:
        Whether anything is another than before.
    """
    found = fifths_of(release)
    if found is None:
        return False
    there = ZoneFifth.objects.filter(partnership=place.partnership, zone__in=found.by_zone)
    before = {zone: (fifth, source) for zone, fifth, source in there.values_list("zone", "fifth", "source")}
    rows = [
        ZoneFifth(partnership=place.partnership, zone=zone, fifth=fifth, source=found.source)
        for zone, fifth in found.by_zone.items()
        if before.get(zone) != (fifth, found.source)
    ]
    if not rows:
        return False
    ZoneFifth.objects.bulk_create(
        rows,
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["partnership", "zone"],
        update_fields=["fifth", "source"],
    )
    record_event(
        record.loaded_by,
        "voice.fifths_from_release",
        f"Took the deprivation fifths of {len(found.by_zone):,} zones from a release: {found.source}",
        place=place,
        subject="deprivation-fifths",
        detail={"release": release.id, "source": found.source, "zones": len(found.by_zone), "changed": len(rows)},
    )
    return True
