"""What this room takes from a release: the deprivation fifth of each zone, by which it is told who was heard."""

from __future__ import annotations

from locality.release import Release
from locality_web.core.models import ReleaseLoaded
from locality_web.core.permissions import Place
from locality_web.voice.conversations.fifths import take_fifths


def load_release(release: Release, place: Place, record: ReleaseLoaded) -> None:
    """Keep the deprivation fifths of a verified release; runs inside the transaction that loads the release."""
    take_fifths(release, place, record)
