"""What every page's template may use besides its own figures."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from locality_web.core.hooks import Entry, ask_rooms
from locality_web.core.languages import ENGLISH, LANGUAGES, path_in, spoken
from locality_web.core.permissions import Place


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the place, its menu, and whether this is the demo."""
    place: Place | None = getattr(request, "place", None)
    return {
        "place": place,
        "partnership": place.partnership if place else None,
        "menu": _menu(place, request) if place else [],
        "is_demo": settings.DEMO,
        "language": spoken(),
        "other_languages": _other_languages(request),
    }


def _other_languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the languages besides its own in which this page is there, each with its address."""
    declared = getattr(request.resolver_match.func, "declared", None) if request.resolver_match else None
    there = [ENGLISH.code, *declared.languages] if declared and declared.languages else []
    path = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return [
        {"language": LANGUAGES[code], "address": path_in(LANGUAGES[code], path)}
        for code in there
        if LANGUAGES[code] is not spoken()
    ]


def _menu(place: Place, request: HttpRequest) -> list[Entry]:
    answers = ask_rooms("navigation", "entries", place, request.user)
    return sorted((entry for each in answers for entry in each), key=lambda entry: (entry.order, entry.title))
