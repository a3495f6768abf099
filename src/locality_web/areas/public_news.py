"""What of this room those who keep informed hear of: options that are put to everybody, and localities that change."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from locality_web.areas.models import AreaVersion, BoundaryOption
from locality_web.core.hooks import PublicNews
from locality_web.core.models import Partnership
from locality_web.core.remembered import ANEW, Reader


def happened(partnership: Partnership, since: dt.datetime, memory: Reader = ANEW) -> list[PublicNews]:
    """Give the options opened for consultation and the divisions adopted since a moment."""
    return memory.read(("areas.public_news",), ("areas",), lambda: _read(partnership, since))


def _read(partnership: Partnership, since: dt.datetime) -> list[PublicNews]:
    opened = partnership.boundary_options.filter(for_consultation=True, opened_at__gte=since)
    shown = [each for each in opened.only("name", "state", "for_consultation", "opened_at") if each.is_public]
    versions = list(partnership.area_versions.select_related("consultation"))
    # The first division is how the partnership begins on this site: nothing changed by it.
    changed = [each for each in versions[1:] if each.made_at >= since]
    return [
        *(_of_option(partnership, each) for each in shown if each.state != BoundaryOption.State.ADOPTED),
        *(_of_version(partnership, each) for each in changed),
    ]


def _of_option(partnership: Partnership, option: BoundaryOption) -> PublicNews:
    assert option.opened_at is not None
    return PublicNews(
        f"boundary-option:{option.pk}:opened:{option.opened_at:%Y%m%dT%H%M%S}",
        f"How the localities could be drawn: {option.name}",
        "Everybody can look at this option for the localities, with its map and its list of places.",
        reverse("areas:option", args=[partnership.slug, option.pk]),
        option.opened_at,
    )


def _of_version(partnership: Partnership, version: AreaVersion) -> PublicNews:
    day = f"{version.applies_from.day} {version.applies_from:%B %Y}"
    agreed = getattr(version, "consultation", None)
    by = "It was consulted on; its page says who agreed and what changed." if agreed else version.reason
    return PublicNews(
        f"areas:{version.pk}:adopted",
        f"The localities change on {day}",
        by,
        reverse("areas:version", args=[partnership.slug, version.pk]),
        version.made_at,
    )
