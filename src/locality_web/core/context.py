"""What every page's template may use besides its own figures."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from locality_web.core.hooks import Entry, ask_rooms
from locality_web.core.permissions import Place


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the place, its menu, and whether this is the demo."""
    place: Place | None = getattr(request, "place", None)
    return {
        "place": place,
        "partnership": place.partnership if place else None,
        "menu": _menu(place, request) if place else [],
        "is_demo": settings.DEMO,
    }


def _menu(place: Place, request: HttpRequest) -> list[Entry]:
    answers = ask_rooms("navigation", "entries", place, request.user)
    return sorted((entry for each in answers for entry in each), key=lambda entry: (entry.order, entry.title))
