"""What is wrong with a division: zones left out, localities in pieces, too small, too large, and broken wishes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from locality.areas.ground import DesignRules, Division, Ground, Ints
from locality.areas.pieces import is_island_alone, pieces_by_locality
from locality.areas.tallies import locality_count, sum_by_locality

_ZONES_NAMED = 3


@dataclass(frozen=True)
class DivisionFault:
    """One thing that keeps a division from being final.

    Args:
        code: A stable name of this kind of fault.
        what: What is wrong, with names and numbers.
        do: What to do next.
        localities: Numbers of the localities that are at fault.
        zones: Numbers of the zones that are at fault; those of a whole locality are left out.
    """

    code: str
    what: str
    do: str
    localities: tuple[int, ...] = ()
    zones: tuple[int, ...] = ()


def find_division_faults(
    ground: Ground, division: Division, rules: DesignRules, *, names: Sequence[str] | None = None
) -> tuple[DivisionFault, ...]:
    """Name everything that keeps a division from being final.

    Args:
        ground: What it is drawn on.
        division: The locality of every zone; -1: in none yet.
        rules: What it must keep to.
        names: Names of the localities by number; "locality 1", "locality 2" ... when not given.

    Returns:
        The faults; none for a division that may be adopted.
    """
    checked = _Checked(ground, division, rules, names)
    return (
        *checked.left_out(),
        *checked.number(),
        *checked.pieces(),
        *checked.sizes(),
        *checked.wishes(),
        *checked.councils(),
    )


class _Checked:
    def __init__(self, ground: Ground, division: Division, rules: DesignRules, names: Sequence[str] | None) -> None:
        self.ground, self.division, self.rules = ground, division, rules
        self.count = locality_count(division)
        self.names = names
        self.zones: Ints = np.bincount(division[division >= 0], minlength=self.count).astype(np.int64)
        self.index = {code: number for number, code in enumerate(ground.zones)} if _has_wishes(rules) else {}

    def name(self, number: int) -> str:
        return self.names[number] if self.names is not None else f"locality {number + 1}"

    def left_out(self) -> Iterator[DivisionFault]:
        out = np.flatnonzero(self.division < 0)
        if out.size:
            people = int(self.ground.people[out].sum())
            verb = "zone is" if out.size == 1 else "zones are"
            what = f"{out.size:,} {verb} in no locality, with {people:,} people: {self._named(out)}"
            yield DivisionFault("zone-without-locality", what, "Put every zone into a locality.", zones=_ints(out))

    def number(self) -> Iterator[DivisionFault]:
        empty = np.flatnonzero(self.zones == 0)
        for one in empty:
            what = f"{self.name(int(one))} has no zone"
            yield DivisionFault("locality-empty", what, "Give it a zone, or leave it out.", (int(one),))
        asked, found = self.rules.number, self.count - empty.size
        if asked is not None and found != asked:
            what = f"there are {found} localities; {asked} were asked for"
            yield DivisionFault(
                "other-number-of-localities", what, "Add or join localities, or ask for another number."
            )

    def pieces(self) -> Iterator[DivisionFault]:
        pieces = pieces_by_locality(self.ground, self.division)
        for one in np.flatnonzero(pieces > 1):
            what = f"{self.name(int(one))} is in {pieces[one]} pieces"
            do = "Join them by zones between, or declare the crossing (bridge, ferry, tunnel) that joins them."
            yield DivisionFault("locality-in-pieces", what, do, (int(one),))

    def sizes(self) -> Iterator[DivisionFault]:
        people = sum_by_locality(self.division, self.ground.people).astype(np.int64)
        small = (people < self.rules.least) & (self.zones > 0)
        if self.rules.islands_alone and small.any():
            small &= ~is_island_alone(self.ground, self.division)
        for one in np.flatnonzero(small):
            what = f"{self.name(int(one))} has {people[one]:,} people, {self.rules.least - people[one]:,} too few"
            yield DivisionFault(
                "locality-too-small", what, "Give it further zones, or join it to another.", (int(one),)
            )
        for one in np.flatnonzero(people > self.rules.most):
            what = f"{self.name(int(one))} has {people[one]:,} people, {people[one] - self.rules.most:,} too many"
            yield DivisionFault("locality-too-large", what, "Give zones of it away, or divide it.", (int(one),))

    def wishes(self) -> Iterator[DivisionFault]:
        for group in self.rules.together:
            if self._homes(group).size > 1:
                yield self._wish("zones-parted", f"{_codes(group)} are to stay together and do not", group)
        for pair in self.rules.apart:
            if self._homes(pair).size == 1:
                yield self._wish("zones-joined", f"{_codes(pair)} are to be apart and are in one locality", pair)
        for group in self.rules.kept:
            homes = self._homes(group)
            if homes.size > 1 or self.zones[homes].sum() != len(group):
                what = f"the locality of {_codes(group)} is to stay as it is and does not"
                yield self._wish("kept-locality-changed", what, group)
        if self.rules.seeds and self._homes(self.rules.seeds).size < len(self.rules.seeds):
            what = f"{_codes(self.rules.seeds)} are each to be in a locality of their own, and two share one"
            yield self._wish("seeds-share-locality", what, self.rules.seeds)

    def councils(self) -> Iterator[DivisionFault]:
        if not self.rules.within_councils or self.ground.council is None:
            return
        for one in range(self.count):
            number = np.unique(self.ground.council[self.division == one]).size
            if number > 1:
                what = f"{self.name(one)} lies in {number} councils"
                yield DivisionFault("council-border-crossed", what, "Give away the zones of all but one.", (one,))

    def _homes(self, codes: Sequence[str]) -> Ints:
        """Give the localities in which zones are; zones that the area does not have are left out."""
        known = [self.index[code] for code in codes if code in self.index]
        homes = np.unique(self.division[known]).astype(np.int64)
        return homes[homes >= 0]

    def _wish(self, code: str, what: str, codes: Sequence[str]) -> DivisionFault:
        zones = tuple(self.index[one] for one in codes if one in self.index)
        return DivisionFault(code, what, "Move the zones, or take the wish back.", zones=zones)

    def _named(self, zones: Ints) -> str:
        return _codes([self.ground.zones[zone] for zone in zones])


def _has_wishes(rules: DesignRules) -> bool:
    return bool(rules.together or rules.apart or rules.kept or rules.seeds)


def _codes(codes: Sequence[str]) -> str:
    more = f" and {len(codes) - _ZONES_NAMED:,} more" if len(codes) > _ZONES_NAMED else ""
    return ", ".join(codes[:_ZONES_NAMED]) + more


def _ints(numbers: Ints) -> tuple[int, ...]:
    return tuple(int(number) for number in numbers)
