"""A sample for each address of the room voice, gathered from all of its parts."""

from __future__ import annotations

from typing import Any

from factories import boundary_talks, engagement_site, informed_site, sense_site, talks, votes_site
from locality_web.core.models import Partnership

_PARTS = (talks, boundary_talks, sense_site, votes_site, informed_site, engagement_site)


def samples(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """Give the arguments of each address by its name, part by part of the room."""
    return {name: carried for part in _PARTS for name, carried in part.samples(partnership).items()}
