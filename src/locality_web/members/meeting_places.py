"""Meetings are of a locality or of the whole partnership: one view, two addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path, reverse

from locality_web.core.pages import page
from locality_web.core.permissions import Place
from locality_web.members.meeting_models import Meeting

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Both:
    """The same page at a locality and at the whole partnership."""

    at_locality: View
    at_partnership: View


def page_at_both(permission: str, *, methods: Iterable[str] = ("GET",)) -> Callable[[View], Both]:
    """Declare a page that each locality has, and the whole partnership too (see `core.pages.page`)."""
    those = tuple(methods)

    def decorate(view: View) -> Both:
        return Both(page(permission, at="locality", methods=those)(view), page(permission, methods=those)(view))

    return decorate


def paths_of_both(route: str, view: Both, name: str) -> list[URLPattern]:
    """Give the two addresses of a page below "meetings/"; the partnership's has a name that begins so."""
    return [
        path(f"localities/<slug:locality>/meetings/{route}", view.at_locality, name=name),
        path(f"meetings/{route}", view.at_partnership, name=f"partnership_{name}"),
    ]


def address_at(place: Place, name: str, *rest: Any) -> str:
    """Give the address of a page of meetings, wherever the place is."""
    if place.locality is None:
        return reverse(f"members:partnership_{name}", args=[place.partnership.slug, *rest])
    return reverse(f"members:{name}", args=[place.partnership.slug, place.locality.slug, *rest])


def place_of(meeting: Meeting) -> Place:
    """Give the place whose meeting it is."""
    return Place(meeting.partnership, meeting.locality)
