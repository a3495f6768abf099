"""The bridge from the analyst's environment: a release is verified whole, then loaded in one transaction by every room.

A release that is broken, changed, or of another partnership is refused whole with the reason; the earlier one stays.
Loading the same release again changes nothing.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality.release import Release, read_release
from locality_web.core.audit import record_event
from locality_web.core.hooks import ask_rooms
from locality_web.core.models import Partnership, Person, ReleaseLoaded
from locality_web.core.permissions import Place, require


def load_release(
    source: Path | bytes,
    place: Place,
    person: Person | AnonymousUser | None,
    *,
    expected_id: str = "",
    file_name: str = "",
) -> ReleaseLoaded:
    """Verify a release and load it whole; see `take_release`.

    Returns:
        The record of its loading: a new one, or the earlier one of the same release.
    """
    return take_release(source, place, person, expected_id=expected_id, file_name=file_name)[0]


def take_release(
    source: Path | bytes,
    place: Place,
    person: Person | AnonymousUser | None,
    *,
    expected_id: str = "",
    file_name: str = "",
) -> tuple[ReleaseLoaded, bool]:
    """Verify a release and load it whole.

    Args:
        source: The file, or its bytes.
        place: The partnership that it must belong to.
        person: Who loads it; None: the site itself, from the command line.
        expected_id: The id as the analyst gave it by another way; empty: not compared.
        file_name: The name under which it is kept and named in faults; empty: the path's own.

    Returns:
        The record of its loading, and whether anything was loaded (False: this release was there already).

    Raises:
        NotAllowed: The person may not load releases here.
        InputRefused: The file is not a whole, sound release of this partnership; nothing was changed.
    """
    if person is not None:
        require(person, "money.load_release", Place(place.partnership))
    name = file_name or (source.name if isinstance(source, Path) else "release.zip")
    release = _read(source, name, expected_id.strip().lower())
    _refuse_other_partnership(release, place.partnership, name)
    with transaction.atomic():
        # Two people who load the same file at the same moment wait for each other here.
        Partnership.objects.select_for_update().get(pk=place.partnership.pk)
        kept = ReleaseLoaded.objects.filter(partnership=place.partnership, release=release.id).first()
        if kept is not None:
            return kept, False
        return _load(release, Place(place.partnership), person, name), True


def _read(source: Path | bytes, name: str, expected_id: str) -> Release:
    """Read it from disk: `read_release` looks at the size before it reads."""
    if isinstance(source, Path):
        return _read_named(source, name, expected_id)
    with tempfile.NamedTemporaryFile(suffix=".release.zip") as file:
        file.write(source)
        file.flush()
        return _read_named(Path(file.name), name, expected_id)


def _read_named(path: Path, name: str, expected_id: str) -> Release:
    """Read a file and name it in faults as the person knows it, not as this machine does."""
    try:
        return read_release(path, expected_id=expected_id or None)
    except InputRefused as refused:
        faults = [Fault(name, each.what, each.do, each.code, each.row, each.column) for each in refused.faults]
        raise InputRefused(faults) from refused


def _refuse_other_partnership(release: Release, partnership: Partnership, name: str) -> None:
    said = release.about["partnership"]
    if said["code"] == partnership.code:
        return
    what = f"it is a release of {said['name']} ({said['code']}), not of {partnership} ({partnership.code or 'no code'})"
    do = "Choose this partnership's release."
    if not partnership.code:
        do = f"Give {partnership} its code in the settings of this site first, if this is its release."
    raise InputRefused([Fault(name, f"{what}; nothing was loaded", do, "release-of-other-partnership")])


def _load(release: Release, place: Place, person: Person | AnonymousUser | None, name: str) -> ReleaseLoaded:
    record = ReleaseLoaded.objects.create(
        partnership=place.partnership,
        release=release.id,
        day=release.day,
        year=str(release.about["year"]),
        about=dict(release.about),
        file_name=name[:200],
        made_up=release.made_up,
        loaded_by=person if isinstance(person, Person) else None,
        loaded_at=timezone.now(),
    )
    for _ in ask_rooms("release_parts", "load_release", release, place, record):
        pass
    record_event(
        person,
        "money.release_loaded",
        f"Loaded the release of {record.year}, made on {record.day.isoformat()}.",
        place=place,
        subject=f"release:{record.release}",
        detail={"release": record.release, "file": record.file_name, "made_up": record.made_up},
    )
    return record
