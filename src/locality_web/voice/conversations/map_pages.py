"""The map on which places are marked: what a form shows of it, its picture, and what each part of it is near to."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from locality_web.core.models import Partnership
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place
from locality_web.voice.conversations.marking import WIDTH, PickMap, pick_map
from locality_web.voice.conversations.marks import MOST, Point, named, read_marks, write_marks
from locality_web.voice.conversations.near import middles

_FURTHEST = 50_000  # metres: no circle that somebody asks for is wider


def picking(
    partnership: Partnership, drawn: PickMap, marks: list[Point], *, image: str, most: int = MOST, around: int = 0
) -> dict[str, Any]:
    """Give what the template of the map shows.

    Args:
        partnership: Whose map it is.
        drawn: The map.
        marks: The places that are marked.
        image: Address of its picture, without marks.
        most: How many places can be marked.
        around: Metres of a circle that is drawn around each; 0: none.
    """
    at = "&".join([f"at={quote(write_marks(marks))}"] * bool(marks) + [f"around={around}"] * bool(marks and around))
    return {
        "bare": image,
        "image": f"{image}?{at}" if at else image,
        "width": WIDTH,
        "height": drawn.height,
        "attribution": drawn.attribution,
        "marks": named(marks, partnership, drawn),
        "most": most,
        "metres": drawn.metres,
        "near": reverse("voice:map_places", args=[partnership.slug]),
    }


def svg_answer(request: HttpRequest, place: Place) -> HttpResponse:
    """Draw the map of a partnership with the marks that the address names; without shapes, an empty picture."""
    drawn = pick_map(place.partnership) or PickMap((), "", 0, 0, 1, WIDTH)
    around = 0
    with suppress(ValueError):
        around = min(max(int(request.GET.get("around", "0")), 0), _FURTHEST)
    text = drawn.draw(read_marks(request.GET.get("at", "")), around=around)
    return HttpResponse(text, content_type="image/svg+xml")


@page(PUBLIC, same_for_all=True)
def map_picture(request: HttpRequest, place: Place) -> HttpResponse:
    """The map of a partnership on which places are marked, as a picture."""
    return svg_answer(request, place)


@page(PUBLIC, same_for_all=True)
def map_places(request: HttpRequest, place: Place) -> HttpResponse:
    """The neighbourhoods of a partnership with the points of the map's picture at which their middles lie."""
    drawn = pick_map(place.partnership)
    known = middles(place.partnership) if drawn else []
    points = [(*drawn.point_of_metres(each.east, each.north), each.said) for each in known] if drawn else []
    return JsonResponse({"places": [[round(x), round(y), said] for x, y, said in points]})
