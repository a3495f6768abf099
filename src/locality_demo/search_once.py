"""Search for boundaries once and keep nothing, so that the search is compiled and lies ready."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

from locality.areas import design_rules
from locality.areas.read_ground import read_ground
from locality.foundations import LocalityError
from locality.sources.area_inputs import open_areas


def search_once(folder: Path) -> None:
    """Search a made-up partnership for a moment.

    Args:
        folder: Its folder. One that is too small for a search is passed over: it needs none.
    """
    from locality.areas.propose import propose  # noqa: PLC0415 - what it needs takes a moment to load

    today = dt.datetime.now(tz=dt.UTC).date()
    with suppress(LocalityError):
        area = read_ground(open_areas(folder).tables, day=today, on=today)
        propose(area.ground, design_rules(area.ground, today, number=len(area.names)), effort=0.1, start=area.today)
