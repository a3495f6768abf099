"""Options of boundaries in words, for people who compare them: what is in each locality, and what would change.

The same is said for every option in the same order, so that whoever cannot see the map misses nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from locality.areas.ground import Ground
from locality_web.areas.boundary_figures import measures_table
from locality_web.areas.boundary_ground import division_of, ground_known, ground_of, in_force
from locality_web.areas.boundary_map import map_of_zones
from locality_web.areas.boundary_moves import moves_between
from locality_web.areas.boundary_practice_pages import practice_titles
from locality_web.areas.models import ZoneIn, ZonePeople
from locality_web.areas.queries import version_on
from locality_web.areas.shape_map import attribution_of
from locality_web.core.languages import tell, tell_count
from locality_web.core.maps import Map
from locality_web.core.models import Partnership
from locality_web.core.remembered import Memory
from locality_web.core.tables import Column, Table


@dataclass(frozen=True)
class PutOption:
    """An option as people are asked about it.

    Args:
        key: What tells it from the others; also in the address of its part of the page.
        title: Its name.
        zones: Key of the locality by zone.
        names: Name of each locality by its key, in order.
        measures: Its measures, as they are kept with an option.
    """

    key: str
    title: str
    zones: Mapping[str, str]
    names: Mapping[str, str]
    measures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LocalityTold:
    """A locality of an option in words: its number on the map, who lives there, and what lies in it."""

    number: int
    name: str
    people: int | None
    places: tuple[str, ...]
    settlements: tuple[str, ...]
    practices: tuple[str, ...]


@dataclass(frozen=True)
class OptionTold:
    """An option in words, with its map where shapes are known, and what would change against today."""

    key: str
    title: str
    map: Map | None
    localities: tuple[LocalityTold, ...]
    says: str
    moves: Table | None


@dataclass(frozen=True)
class OptionsTold:
    """All options that people compare, with the measures of all beside each other."""

    options: tuple[OptionTold, ...]
    measures: Table
    attribution: str
    lines: tuple[str, ...]


def tell_options(partnership: Partnership, options: Sequence[PutOption], memory: Memory) -> OptionsTold:
    """Give options in words, each with its map and with what changes against the localities of today."""
    ground, today = ground_of(partnership, memory), in_force(partnership, memory)
    names = zone_names(partnership, ground)
    people = _people(partnership, ground)
    told = []
    for each in options:
        moves = _moves(ground, PutOption("", "", today.zones, today.names), each) if today else None
        drawn = map_of_zones(partnership, each.title, memory, zones=each.zones, names=each.names)
        localities = tuple(_localities(each, ground, names, people))
        told.append(OptionTold(each.key, each.title, drawn, localities, _say(localities, moves), moves))
    columns = [(each.title, each.measures) for each in options]
    known = ground_known(partnership, memory)
    lines = (*known.made_of.get("notes", ()), *known.made_of.get("attribution", ()))
    return OptionsTold(
        tuple(told),
        measures_table(tell("Every measure of every option"), columns),
        attribution_of(partnership, memory),
        lines,
    )


def zone_names(partnership: Partnership, ground: Ground | None) -> dict[str, str]:
    """Give the name of each zone by its code, from what boundaries are drawn on or from the newest division."""
    if ground is not None:
        return {zone: name or zone for zone, name in zip(ground.zones, ground.names, strict=True)}
    rows = ZoneIn.objects.filter(version=version_on(partnership)).values_list("zone", "name")
    return {zone: name or zone for zone, name in rows}


def _people(partnership: Partnership, ground: Ground | None) -> dict[str, int]:
    if ground is not None:
        return dict(zip(ground.zones, ground.people.tolist(), strict=True))
    return dict(ZonePeople.objects.filter(partnership=partnership).values_list("zone", "people"))


def _localities(
    option: PutOption, ground: Ground | None, names: Mapping[str, str], people: Mapping[str, int]
) -> list[LocalityTold]:
    towns, practices = _towns(ground, option), _practices(ground, option)
    inside: dict[str, list[str]] = {key: [] for key in option.names}
    for zone, key in option.zones.items():
        inside.setdefault(key, []).append(zone)
    return [
        LocalityTold(
            number,
            name,
            sum(people[zone] for zone in inside[key]) if all(zone in people for zone in inside[key]) else None,
            tuple(sorted(names.get(zone, zone) for zone in inside[key])),
            towns.get(key, ()),
            practices.get(key, ()),
        )
        for number, (key, name) in enumerate(option.names.items(), 1)
    ]


def _towns(ground: Ground | None, option: PutOption) -> dict[str, tuple[str, ...]]:
    """Give the settlements of each locality, those with most people there first."""
    if ground is None:
        return {}
    found: dict[str, Counter[str]] = {}
    for number, zone in enumerate(ground.zones):
        if zone in option.zones and ground.settlement[number] >= 0:
            town = ground.settlements[ground.settlement[number]]
            found.setdefault(option.zones[zone], Counter())[town] += int(ground.people[number])
    return {key: tuple(town for town, _ in towns.most_common()) for key, towns in found.items()}


def _practices(ground: Ground | None, option: PutOption) -> dict[str, tuple[str, ...]]:
    """Give the practices most of whose patients live in each locality."""
    if ground is None or ground.practices is None or not set(option.zones) & set(ground.zones):
        return {}
    keys = list(option.names)
    division = division_of(ground, dict(option.zones), keys)
    patients = np.vstack([ground.practices.patients[division == at].sum(axis=0) for at in range(len(keys))])
    found: dict[str, list[str]] = {}
    for practice, title in enumerate(practice_titles(ground.practices)):
        if patients[:, practice].sum():
            found.setdefault(keys[int(np.argmax(patients[:, practice]))], []).append(title)
    return {key: tuple(sorted(titles)) for key, titles in found.items()}


def _moves(ground: Ground | None, before: PutOption, after: PutOption) -> Table | None:
    """Say who would be in another locality than before; None: the zones are not those that are known."""
    if ground is None or not before.zones:
        return None
    moves = moves_between(ground, (before.zones, before.names), (after.zones, after.names))
    if moves is None:
        return None
    rows = [[each.leaves, each.joins, each.people, len(each.zones)] for each in moves]
    heads = [Column(tell("From")), Column(tell("To")), Column(tell("Residents"), "people")]
    heads.append(Column(tell("Neighbourhoods"), "number"))
    caption = tell("Who would be in another locality than today: {title}", title=after.title)
    return Table(caption, heads, rows, empty=tell("Nobody would be in another locality."))


def _say(localities: Sequence[LocalityTold], moves: Table | None) -> str:
    """Say an option in a sentence or two."""
    says = tell_count(len(localities), "{number} locality.", "{number} localities.")
    sizes = [each.people for each in localities if each.people is not None]
    if sizes and len(sizes) == len(localities):
        least, most = f"{min(sizes):,}", f"{max(sizes):,}"
        says += " " + tell("From {least} to {most} people live in each.", least=least, most=most)
    if moves is not None:
        moved = sum(row[2] for row in moves.rows)
        says += " " + tell_count(
            moved,
            "{number} person would be in another locality than today.",
            "{number} people would be in another locality than today.",
        )
    return says
