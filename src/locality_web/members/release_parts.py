"""Take the practices of a verified release, where it holds them."""

from __future__ import annotations

from locality.release import Release
from locality_web.core.models import ReleaseLoaded
from locality_web.core.permissions import Place
from locality_web.members.practice_changes import keep_practices
from locality_web.members.practice_file import rows_of_release


def load_release(release: Release, place: Place, record: ReleaseLoaded) -> None:
    """Keep the practices of a release; runs inside the caller's transaction, after localities and zones were taken.

    Args:
        release: Verified whole.
        place: The partnership.
        record: What is kept of the loading; names who did it.
    """
    rows = rows_of_release(release, place.partnership)
    if rows:
        keep_practices(record.loaded_by, place, rows, release=release.id)
