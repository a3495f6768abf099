"""Load a release into a site from the command line."""

from __future__ import annotations

from pathlib import Path

from locality.foundations import Fault, InputRefused
from locality_web.core.bridge import take_release
from locality_web.core.models import Partnership
from locality_web.core.permissions import Place


def load_release_file(path: Path, slug: str, *, expected_id: str = "") -> str:
    """Verify a release and load it whole; give what came of it, in a sentence.

    Raises:
        InputRefused: There is no such partnership, or the file is not a whole, sound release of it.
    """
    partnership = Partnership.objects.filter(slug=slug).first()
    if partnership is None:
        there = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
        what, do = f"there is no partnership '{slug}' (there are: {there})", "Add it first."
        raise InputRefused([Fault("locality-web", what, do, "bad-beginning")])
    record, is_new = take_release(path, Place(partnership), None, expected_id=expected_id)
    if not is_new:
        return f"{partnership} has this release already ({record.release[:12]}...); nothing changed."
    return f"Loaded the release of {record.year} for {partnership}: {record.release}"
