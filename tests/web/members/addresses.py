"""What the addresses of the room need besides partnership and locality, for the test of every address as every role."""

from __future__ import annotations

import datetime as dt
from typing import Any

from locality_web.core.models import Partnership
from locality_web.members.models import LeadTerm


def samples(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """Give the arguments of each address by its name."""
    locality = partnership.localities.all()[0]
    term, _ = LeadTerm.objects.get_or_create(
        locality=locality,
        role="lead",
        defaults={"name": "Dr A Sample", "starts": dt.date(2020, 4, 1), "ends": dt.date(2040, 3, 31)},
    )
    here = {"partnership": partnership.slug, "locality": locality.slug}
    named = {f"members:{name}": here for name in ("lead", "appoint", "briefing", "easy_read", "briefing_text")}
    return {**named, **{f"members:{name}": {**here, "term": term.pk} for name in ("extend", "end")}}
