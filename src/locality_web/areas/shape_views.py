"""Shapes of zones: the page on which they are loaded, and the address from which maps take them."""

from __future__ import annotations

import gzip
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, quote_etag

from locality.foundations import InputRefused, ResultRefused
from locality_web.areas.shape_background import Waiting, is_large, newest_sent, send_shapes
from locality_web.areas.shape_changes import ShapeFile, load_shapes
from locality_web.areas.shape_forms import ShapesForm
from locality_web.areas.shape_pages import shapes_page
from locality_web.areas.shape_queries import newest_shapes
from locality_web.core import drafts
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place


@page("areas.edit", methods=("GET", "POST"))
def shapes(request: HttpRequest, place: Place) -> HttpResponse:
    """The shapes of zones: what is loaded, loading others, and a large file that is being read."""
    waiting = newest_sent(place.partnership)
    form = ShapesForm(drafts.form_data(request), request.FILES or None, initial=_typed_before(waiting))
    if request.method == "POST" and form.is_valid():
        try:
            says = _load(cast(Person, request.user), place, _file(form))
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, says)
            return redirect("areas:shapes", place.partnership.slug)
    return render(request, "areas/shapes.html", {"form": form, "waiting": waiting, **shapes_page(place)})


def _typed_before(waiting: Waiting | None) -> dict[str, str]:
    """Give back what was typed with a file that was refused."""
    return waiting.sent.typed if waiting is not None and waiting.sent.refusals else {}


def _load(person: Person, place: Place, file: ShapeFile) -> str:
    """Read a small file at once, and a large one in the background; say which."""
    if is_large(place, file):
        sent = send_shapes(person, place, file)
        return f"{sent.file_name} has arrived. It is read in the background."
    return f"The shapes of {load_shapes(person, place, file).zones:,} zones are loaded."


def _file(form: ShapesForm) -> ShapeFile:
    typed = form.cleaned_data
    sent = typed["shapes"]
    return ShapeFile(
        name=sent.name,
        content=sent.read(),
        source=typed["source"],
        licence=typed["licence"],
        attribution=typed["attribution"],
        zone_column=typed["zone_column"],
        system=typed["system"],
    )


@page(PUBLIC, same_for_all=True)
def topology(request: HttpRequest, place: Place) -> HttpResponse:
    """The shapes of zones as TopoJSON, for maps; a browser that has them already is told so."""
    found = newest_shapes(place.partnership)
    if found is None:
        raise Http404(f"The shapes of the zones of {place.partnership} are not on this site yet.")
    tag = quote_etag(found.sha256)
    if tag in parse_etags(request.headers.get("If-None-Match", "").replace("W/", "")):
        said = HttpResponse(status=304)
    else:
        said = _send(request, bytes(found.topology))
    # A browser keeps it, and asks each time whether it is still the newest.
    said["ETag"], said["Cache-Control"] = tag, "public, no-cache"
    patch_vary_headers(said, ["Accept-Encoding"])
    return said


def _send(request: HttpRequest, packed: bytes) -> HttpResponse:
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(packed), content_type="application/json")
    said = HttpResponse(packed, content_type="application/json")
    said["Content-Encoding"] = "gzip"
    return said
