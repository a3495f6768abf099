"""Pages about taking part that a locality has and the whole partnership too: one view, two addresses."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse

from locality_web.core.permissions import Place
from locality_web.members.meeting_places import Both


def paths_at_both(route: str, view: Both, name: str) -> list[URLPattern]:
    """Give the two addresses of a page; the partnership's has a name that begins so."""
    return [
        path(f"localities/<slug:locality>/{route}", view.at_locality, name=name),
        path(route, view.at_partnership, name=f"partnership_{name}"),
    ]


def address_here(place: Place, name: str, *rest: Any) -> str:
    """Give the address of such a page at a place."""
    if place.locality is None:
        return reverse(f"members:partnership_{name}", args=[place.partnership.slug, *rest])
    return reverse(f"members:{name}", args=[place.partnership.slug, place.locality.slug, *rest])
