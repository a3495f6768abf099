"""Sample values for the addresses of core, with the rows that they name."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from factories import site
from locality_web.core.invitations import _hash
from locality_web.core.models import Invitation, Partnership


def samples(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """What each address carries besides `partnership` and `locality`."""
    administrator = site.person("administrator", partnership)
    member = site.person("member", partnership, partnership.localities.first().slug)
    invitation = Invitation.objects.create(
        email=f"ann@{partnership.slug}.example",
        name="Ann Lee",
        role="planner",
        partnership=partnership,
        made_by=administrator,
        token_hash=_hash(partnership.slug),
        expires_at=timezone.now() + dt.timedelta(days=14),
    )
    return {
        "core:invitation": {"token": partnership.slug},
        "core:invite_again": {"number": invitation.pk},
        "core:withdraw": {"number": invitation.pk},
        "core:give_role": {"number": member.pk},
        "core:lost_second_factor": {"number": member.pk},
        "core:end_role": {"number": member.roles.get().pk},
        "core:mail_one": {"number": 1},
        "core:setting": {"name": "core.invitation_days"},
    }
