"""The boundaries of the demo: shapes on the map, sizes, a crossing, options side by side, what people say of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np

from locality.areas import Borders, Ground
from locality.areas.ground import Ints
from locality.areas.pieces import parts_of_area
from locality_demo.content_files import read_content
from locality_demo.passing_days import on_day
from locality_demo.people import Cast
from locality_web.areas.boundary_changes import move_zones
from locality_web.areas.boundary_crossings import Way, declare_crossing
from locality_web.areas.boundary_ground import ground_of
from locality_web.areas.boundary_making import copy_option, copy_today
from locality_web.areas.boundary_notes import pin_note
from locality_web.areas.boundary_proposing import ask_for_options
from locality_web.areas.boundary_states import consult_on
from locality_web.areas.models import BoundaryOption
from locality_web.areas.queries import zones_today
from locality_web.areas.shape_changes import ShapeFile, load_shapes
from locality_web.core.jobs import work_once
from locality_web.core.models import Person
from locality_web.core.partnership_settings import change_setting


def show_shapes(cast: Cast, shapes: ShapeFile, day: dt.date) -> None:
    """Load the shapes of the zones, as a planner would."""
    with on_day(day):
        load_shapes(cast.one("planner"), cast.place, shapes)


def draw_boundaries(cast: Cast, day: dt.date) -> None:
    """Compare options of boundaries: the program's, today's localities, one changed by hand; one is open to everybody.

    Args:
        cast: Who is who; the partnership's release has brought what boundaries are drawn on.
        day: When the work began; it takes a week.
    """
    ground = ground_of(cast.partnership)
    if ground is None:
        return
    said = read_content("boundaries")
    with on_day(day):
        _set_sizes(cast, int(ground.people.sum()) / len(cast.localities), said["sizes"])
        _declare_bridge(cast, ground, said["bridge"])
    with on_day(day + dt.timedelta(days=3)):
        copy_today(cast.one("planner"), cast.place, said["options"]["today"])
        best = _propose(cast)
    with on_day(day + dt.timedelta(days=5)):
        _change_by_hand(cast, ground, best, said["options"]["by_hand"])
    with on_day(day + dt.timedelta(days=7)):
        opened = consult_on(cast.one("planner"), best, is_open=True)
        _pin_notes(cast, ground, opened, said)


def _set_sizes(cast: Cast, mean: float, sizes: dict[str, dict[str, Any]]) -> None:
    for name, each in sizes.items():
        # Two digits: nobody decides for 7,001 people.
        residents, boss = int(float(f"{mean * each['of_mean']:.2g}")), cast.one("administrator")
        change_setting(boss, cast.place, f"areas.{name}_residents", value=residents, reason=each["reason"])


def _propose(cast: Cast) -> BoundaryOption:
    """Let the program look for options, and give the one that it names first."""
    ask_for_options(cast.one("planner"), cast.place)
    while work_once("demo"):
        pass
    found = BoundaryOption.objects.filter(partnership=cast.partnership, origin=BoundaryOption.Origin.TOOL)
    return found.order_by("pk")[0]


def _declare_bridge(cast: Cast, ground: Ground, said: dict[str, str]) -> None:
    """Declare a bridge where the two largest lands lie nearest each other, beside those that the release knows."""
    lands = lands_of(ground)
    if lands.max() == 0:
        return
    one, two = np.argsort(-np.bincount(lands), kind="stable")[:2]
    ours, theirs = np.flatnonzero(lands == one), np.flatnonzero(lands == two)
    way = ground.points[ours][:, None, :] - ground.points[theirs][None, :, :]
    metres = np.hypot(way[..., 0], way[..., 1])
    known = set(zip(ground.borders.first.tolist(), ground.borders.second.tolist(), strict=True))
    for place in np.argsort(metres, axis=None):
        first, second = (int(ours[place // len(theirs)]), int(theirs[place % len(theirs)]))
        if (min(first, second), max(first, second)) not in known:
            ends = (ground.zones[first], ground.zones[second])
            declare_crossing(cast.one("planner"), cast.place, Way(*ends, said["kind"], said["name"], said["why"]))
            return


def lands_of(ground: Ground) -> Ints:
    """Number the pieces of land: what borders join, without bridges and ferries."""
    land, borders = ~ground.borders.crossing, ground.borders
    kept = Borders(borders.first[land], borders.second[land], borders.metres[land], borders.crossing[land])
    return parts_of_area(replace(ground, borders=kept))


def _change_by_hand(cast: Cast, ground: Ground, option: BoundaryOption, name: str) -> None:
    """Move the smallest land into the largest locality on a copy: a draft that the site warns of."""
    copy = copy_option(cast.one("planner"), option, name)
    lands = lands_of(ground)
    smallest = int(np.bincount(lands).argmin())
    moved = [zone for zone, land in zip(ground.zones, lands.tolist(), strict=True) if land == smallest]
    sizes = dict.fromkeys(copy.names, 0)
    for zone, people in zip(ground.zones, ground.people.tolist(), strict=True):
        sizes[copy.zones[zone]] += people
    largest = max(sizes, key=lambda key: sizes[key])
    move_zones(cast.one("planner"), copy, dict.fromkeys(moved, largest), copy.version)


def _pin_notes(cast: Cast, ground: Ground, option: BoundaryOption, said: dict[str, Any]) -> None:
    """Pin what people say to the settlements of the smallest and of the largest land."""
    lands = lands_of(ground)
    for notes, land in (("island_notes", np.bincount(lands).argmin()), ("town_notes", np.bincount(lands).argmax())):
        there = np.bincount(ground.settlement[(lands == land) & (ground.settlement >= 0)])
        settlement = int(there.argmax())
        zone = ground.zones[int(np.flatnonzero((lands == land) & (ground.settlement == settlement))[0])]
        for note in said[notes]:
            writer = _member_at(cast, zone) if note["by"] == "member" else cast.one(note["by"])
            pin_note(writer, option, ground.settlements[settlement], note["text"])


def _member_at(cast: Cast, zone: str) -> Person:
    """Give a member of the group of a zone's locality."""
    code = dict(zones_today(cast.partnership) or ())[zone]
    number = next(place for place, locality in enumerate(cast.localities) if locality.code == code)
    return cast.members(number)[0]
