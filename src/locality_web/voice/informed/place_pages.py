"""The place on the map of which somebody wants to hear, while they fill in the form; and its news to look at first."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from locality_web.core.permissions import Place
from locality_web.voice.conversations.map_pages import picking
from locality_web.voice.conversations.marking import pick_map
from locality_web.voice.conversations.marks import FIELD, is_about_marks, marks_after, read_marks, write_marks
from locality_web.voice.informed.circles import USUAL, circle_of
from locality_web.voice.informed.forms import KeepInformedForm

_CHOSEN = ("locality", "heading", "conversation", "zone")


def typed_so_far(request: HttpRequest, place: Place) -> dict[str, Any] | None:
    """Give what the form shows before it is sent: of the address, or what was typed while a place was marked.

    Returns:
        Values by field; None: the form was sent.
    """
    if request.method != "POST":
        first = {name: request.GET.get(name, "") for name in _CHOSEN}
        around = request.GET.get("around", "") or USUAL
        return {**first, FIELD: request.GET.get("at", ""), "around": around}
    if not is_about_marks(request.POST):
        return None
    marks = marks_after(request.POST, place.partnership, pick_map(place.partnership), most=1)
    return {**{name: request.POST[name] for name in request.POST}, FIELD: write_marks(marks)}


def map_of_form(request: HttpRequest, place: Place, form: KeepInformedForm) -> dict[str, Any]:
    """Give the map with the place that the form has; nothing where no shapes were loaded."""
    if form.drawn is None:
        return {}
    circle = circle_of(str(form[FIELD].value() or ""), str(form["around"].value() or ""), form.drawn)
    marks = [(circle.longitude, circle.latitude)] if circle else []
    image = reverse("voice:map_picture", args=[place.partnership.slug])
    around = circle.metres if circle else 0
    shown = picking(place.partnership, form.drawn, marks, image=image, most=1, around=around)
    marking = request.method == "POST" and is_about_marks(request.POST)
    return {"pick": {**shown, "no_list": True, "around": form["around"].id_for_label}, "marking": marking}


def look_address(request: HttpRequest, place: Place) -> str:
    """Give the address of the page with the news and the feed of what was chosen in the form; nothing is kept."""
    said = {name: request.POST[name] for name in _CHOSEN if request.POST.get(name)}
    marks = read_marks(request.POST.get(FIELD, ""), pick_map(place.partnership))[:1]
    if marks:
        said |= {"at": write_marks(marks), "around": request.POST.get("around", "") or str(USUAL)}
    address = reverse("voice:keep_informed", args=[place.partnership.slug])
    return f"{address}?{urlencode(said)}" if said else address
