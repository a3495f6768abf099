"""A partnership's own colour as a small stylesheet, so that no page needs an inline style."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place

DEFAULT_ACCENT = "#00437a"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_WHITE, _BLACK = "#ffffff", "#000000"
_KEPT_SECONDS = 24 * 60 * 60


@page(PUBLIC, same_for_all=True)
def look_css(request: HttpRequest, place: Place) -> HttpResponse:
    """The colours of a partnership's header; the address carries the colour, so it may be kept for a day."""
    said = HttpResponse(accent_css(place.partnership.accent), content_type="text/css; charset=utf-8")
    said["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    return said


def accent_css(accent: str) -> str:
    """Give the stylesheet of a colour; anything that is no colour gives the site's own."""
    colour = accent if _COLOUR.fullmatch(accent) else DEFAULT_ACCENT
    return f":root {{ --accent: {colour}; --on-accent: {readable_on(colour)}; }}\n"


def readable_on(colour: str) -> str:
    """Give white or black, whichever stands out more on a colour; one of them always does, by 4.5 at least."""
    return max((_WHITE, _BLACK), key=lambda text: contrast(text, colour))


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours as WCAG defines it, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
