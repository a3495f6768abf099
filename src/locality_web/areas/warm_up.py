"""What the room reads and prepares before anybody waits for it."""

from __future__ import annotations

from django.template.loader import get_template
from django.urls import reverse

from locality_web.areas.boundary_editor import ground_bytes
from locality_web.areas.boundary_measuring import board_of
from locality_web.areas.boundary_pages import today_measured
from locality_web.core.models import Partnership
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory


def read_ahead(partnership: Partnership) -> None:
    """Read what boundaries are drawn on, as the map of options asks for it; the web processes have it from then on."""
    memory = Memory(partnership)
    today_measured(Place(partnership), board_of(partnership, memory), memory)
    ground_bytes(partnership, memory)
    get_template("areas/boundaries/editor.html")
    reverse("areas:options", args=[partnership.slug])  # the first of all makes the table of addresses by name


def prepare_worker() -> None:
    """Have the search for options compiled, in the process that searches."""
    from locality_web.areas.boundary_warm_up import search_once  # noqa: PLC0415 - web processes load no compiled code

    search_once()
