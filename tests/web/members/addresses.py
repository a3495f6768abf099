"""What the addresses of the room need besides partnership and locality, for the test of every address as every role."""

from __future__ import annotations

import datetime as dt
from typing import Any

from factories import meetings_site, register_site, taking_part, voices
from locality_web.core.models import Partnership
from locality_web.members.address_confirming import token_for
from locality_web.members.models import LeadTerm, Member, PaperBatch
from locality_web.members.notice_text import stop_address


def samples(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """Give the arguments of each address by its name."""
    locality = partnership.localities.all()[0]
    term, _ = LeadTerm.objects.get_or_create(
        locality=locality,
        role="lead",
        defaults={"name": "Dr A Sample", "starts": dt.date(2020, 4, 1), "ends": dt.date(2040, 3, 31)},
    )
    here = {"partnership": partnership.slug, "locality": locality.slug}
    bare = ("lead", "appoint", "briefing", "briefing_give", "easy_read", "briefing_text")
    named = {f"members:{name}": here for name in bare}
    of_a_term = {f"members:{name}": {**here, "term": term.pk} for name in ("extend", "end")}
    others = (
        _notices(partnership),
        meetings_site.samples(partnership),
        register_site.samples(partnership),
        taking_part.samples(partnership),
        voices.samples(partnership),
    )
    return {**named, **of_a_term, **{name: said for each in others for name, said in each.items()}}


def _notices(partnership: Partnership) -> dict[str, dict[str, Any]]:
    here = {"partnership": partnership.slug}
    batch, _ = PaperBatch.objects.get_or_create(partnership=partnership)
    member, _ = Member.objects.get_or_create(partnership=partnership, name="Agnes Sample", address="Leven")
    token = stop_address(partnership, member).rstrip("/").rpartition("/")[2]
    asked, _ = Member.objects.get_or_create(
        partnership=partnership, name="Bella Sample", email_to_confirm="bella@example.org"
    )
    return {
        "members:letters": here,
        "members:letters_batch": {**here, "batch": batch.pk},
        "members:stop_notices": {**here, "token": token},
        "members:confirm_address": {**here, "token": token_for(asked)},
    }
