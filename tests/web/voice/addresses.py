"""What the addresses of the room need besides partnership and locality, for the test of every address as every role."""

from __future__ import annotations

from typing import Any

from factories import boundary_talks, engagement_site, informed_site, sense_site, talks, votes_site
from locality_web.core.models import Partnership


def samples(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """Give the arguments of each address by its name, part by part of the room."""
    parts = (
        talks.samples(partnership),
        boundary_talks.samples(partnership),
        sense_site.samples(partnership),
        votes_site.samples(partnership),
        informed_site.samples(partnership),
        engagement_site.samples(partnership),
    )
    return {name: carried for part in parts for name, carried in part.items()}
