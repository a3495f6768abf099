"""Carry a division over to zones of another vintage, by a declared table of how many people live in both."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import pandas as pd

from locality.areas.overlap_faults import KnownZones, check_overlaps
from locality.foundations import Fault, InputRefused

Chosen = Literal["whole", "most", "tied", "empty", "hand"]


@dataclass(frozen=True)
class LocalityShare:
    """How many people of a zone live in a locality as it was."""

    locality: str
    people: int


@dataclass(frozen=True)
class CarriedZone:
    """A zone of the new vintage and the locality that it comes to.

    Args:
        zone: Its code.
        name: The publisher's name; empty: not given.
        locality: Its locality.
        shares: Where its people live as the localities were, most people first, then by code.
        outside: People of it who live beyond the partnership's border as it was.
        chosen: Why this locality: all its people live there, most do, as many as in another (the first by code is
            taken), nobody lives in the zone, or somebody decided by hand.
    """

    zone: str
    name: str
    locality: str
    shares: tuple[LocalityShare, ...]
    outside: int
    chosen: Chosen

    @property
    def people(self) -> int:
        """All its people, those from beyond the border too."""
        return sum(share.people for share in self.shares) + self.outside

    @property
    def is_split(self) -> bool:
        """Whether it lies in several localities as they were, so that somebody may decide."""
        return len(self.shares) > 1


@dataclass(frozen=True)
class LocalityFlow:
    """People whose locality is another one after it, because their zone is."""

    before: str
    after: str
    people: int


@dataclass(frozen=True)
class CarryOver:
    """A division on zones of another vintage.

    Args:
        zones: Every zone of the new vintage that is the partnership's, in order of code.
        left: People by locality who live in a zone that is the partnership's no more.
        counted: What the table counts: people or addresses.
    """

    zones: tuple[CarriedZone, ...]
    left: Mapping[str, int]
    counted: str = "people"

    @property
    def division(self) -> dict[str, str]:
        """The locality of every zone of the new vintage."""
        return {one.zone: one.locality for one in self.zones}

    @property
    def split(self) -> tuple[CarriedZone, ...]:
        """Zones that lie in several localities as they were, in order of code."""
        return tuple(one for one in self.zones if one.is_split)

    @cached_property
    def before(self) -> dict[str, int]:
        """People by locality as it was, in order of code."""
        found = Counter({share.locality: 0 for one in self.zones for share in one.shares})
        found.update(self.left)
        for one in self.zones:
            found.update({share.locality: share.people for share in one.shares})
        return dict(sorted(found.items()))

    @cached_property
    def after(self) -> dict[str, int]:
        """People by locality after it, in order of code; a locality that has no zone any more is left out."""
        found = Counter[str]()
        for one in self.zones:
            found[one.locality] += one.people
        return dict(sorted(found.items()))

    @property
    def lost(self) -> tuple[str, ...]:
        """Localities that would have no zone any more."""
        return tuple(one for one in self.before if one not in self.after)

    @cached_property
    def flows(self) -> tuple[LocalityFlow, ...]:
        """Who comes to another locality, most people first."""
        found = Counter[tuple[str, str]]()
        for one in self.zones:
            found.update({(share.locality, one.locality): share.people for share in one.shares})
        moved = [LocalityFlow(*pair, people) for pair, people in found.items() if pair[0] != pair[1] and people]
        return tuple(sorted(moved, key=lambda flow: (-flow.people, flow.before, flow.after)))

    @property
    def moving(self) -> int:
        """People whose locality is another one after it."""
        return sum(flow.people for flow in self.flows)

    @property
    def joined(self) -> int:
        """People who lived beyond the border as it was and live in a locality after it."""
        return sum(one.outside for one in self.zones)


def carry_over(
    overlaps: pd.DataFrame, division: Mapping[str, str], *, file: str, day: dt.date, known: KnownZones | None = None
) -> CarryOver:
    """Give each zone of another vintage the locality in which most of its people live.

    Args:
        overlaps: The `zone_overlaps` table: one row for each zone and new_zone, people; index = row in the file.
        division: The locality of each zone of the vintage in force.
        file: The table's file for messages.
        day: The day whose rule values hold.
        known: What is known of the zones besides: those of the new vintage, and residents of either.

    Returns:
        The division on the new zones: where `known` names them exactly those, or else those that touch the old ones
        and have no more people beyond the border than inside. No person is counted twice; the order of rows changes
        nothing. Of localities with as many people the first by code is taken.

    Raises:
        InputRefused: A zone is missing or uncovered, people do not add up, or the table is of other zones: all at once.

    Source:
        `rules/overlap_people.yaml`.
    """
    wanted = known or KnownZones()
    faults = check_overlaps(overlaps, division, file=file, day=day, known=wanted)
    if faults:
        raise InputRefused(faults)
    rows = overlaps.assign(locality=overlaps["zone"].map(dict(division)).fillna(""))
    people = rows.groupby(["new_zone", "locality"], sort=True)["people"].sum()
    by_zone: dict[str, dict[str, int]] = {}
    for (zone, locality), count in people.items():
        by_zone.setdefault(str(zone), {})[str(locality)] = int(count)
    names = _names(overlaps)
    inside = {zone for zone, found in by_zone.items() if _is_ours(zone, found, wanted.new_zones)}
    zones = tuple(_carried(zone, names.get(zone, ""), by_zone[zone]) for zone in sorted(inside))
    left = Counter[str]()
    for zone in by_zone.keys() - inside:
        left.update({locality: count for locality, count in by_zone[zone].items() if locality})
    return CarryOver(zones, dict(sorted(left.items())), counted_in(overlaps))


def counted_in(overlaps: pd.DataFrame) -> str:
    """Say what an overlap table counts.

    Args:
        overlaps: The `zone_overlaps` table.

    Returns:
        "people" or "addresses".
    """
    said = overlaps["counted"].dropna()
    return str(said.iloc[0]) if len(said) else "people"


def _names(overlaps: pd.DataFrame) -> dict[str, str]:
    named = overlaps.dropna(subset=["new_name"]).drop_duplicates("new_zone")
    return {str(zone): str(name).strip() for zone, name in zip(named["new_zone"], named["new_name"], strict=True)}


def _is_ours(zone: str, found: Mapping[str, int], new_zones: frozenset[str] | None) -> bool:
    if new_zones is not None:
        return zone in new_zones
    within = sum(count for locality, count in found.items() if locality)
    return set(found) != {""} and within >= found.get("", 0)


def _carried(zone: str, name: str, found: Mapping[str, int]) -> CarriedZone:
    homes = sorted(((locality, count) for locality, count in found.items() if locality), key=_most_first)
    lived_in = [home for home in homes if home[1]] or homes
    shares = tuple(LocalityShare(*home) for home in lived_in)
    return CarriedZone(zone, name, shares[0].locality, shares, found.get("", 0), _why(shares))


def _most_first(home: tuple[str, int]) -> tuple[int, str]:
    return -home[1], home[0]


def _why(shares: tuple[LocalityShare, ...]) -> Chosen:
    if len(shares) == 1:
        return "whole"
    if not shares[0].people:
        return "empty"
    return "tied" if shares[0].people == shares[1].people else "most"


def settle_zones(carried: CarryOver, choices: Mapping[str, str]) -> CarryOver:
    """Decide split zones by hand.

    Args:
        carried: As the table carries the division over.
        choices: The locality of each zone that somebody decided; the others stay as they are.

    Returns:
        The same with these zones in the localities that were chosen; a choice that the table makes by itself is kept
        as the table's, unless two localities have as many people there.

    Raises:
        InputRefused: A zone is not split, or nobody of it lives in the chosen locality: every such choice.
    """
    faults = list(_wrong_choices(carried, choices))
    if faults:
        raise InputRefused(faults)
    return replace(carried, zones=tuple(_settled(one, choices.get(one.zone)) for one in carried.zones))


def _settled(zone: CarriedZone, choice: str | None) -> CarriedZone:
    if choice is None or (choice == zone.locality and zone.chosen == "most"):
        return zone
    return replace(zone, locality=choice, chosen="hand")


def _wrong_choices(carried: CarryOver, choices: Mapping[str, str]) -> Iterator[Fault]:
    split = {one.zone: one for one in carried.split}
    for zone, locality in choices.items():
        if zone not in split:
            what, do = f"{zone} does not lie in several localities", "Leave it out of what is decided by hand."
        elif locality not in _homes(split[zone].shares):
            what = f"nobody of {zone} lives in {locality}"
            do = f"Choose one of {', '.join(_homes(split[zone].shares))}."
        else:
            continue
        yield Fault("choices", what, do, "overlap-choice", column=zone)


def _homes(shares: Iterable[LocalityShare]) -> list[str]:
    return [share.locality for share in shares]
