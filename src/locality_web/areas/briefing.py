"""What a locality's briefing says of where it is and how many people live there."""

from __future__ import annotations

from locality_web.areas.queries import facts_of
from locality_web.core.hooks import BriefingFact
from locality_web.core.permissions import Place


def facts(place: Place) -> list[BriefingFact]:
    """Say how many people live in the locality, where that is known."""
    assert place.locality is not None
    known = facts_of(place.locality)
    if known is None or known.population is None:
        return []
    people = f"{known.population:,}"
    return [
        BriefingFact("what", f"{people} people live in {place.locality}.", (f"{people} people live here.",), order=20)
    ]
