"""People: one for every resident in the population table, and a few whose address nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from locality.synth import dice
from locality.synth.national import condition_lean, death_hazard, national
from locality.synth.place import Place
from locality.synth.published import BANDS, rule

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# People without an address are numbered from here within a zone, far beyond any zone's residents.
_BEYOND = 1_000_000_000
YEAR_DAYS = 365


@dataclass(frozen=True)
class People:
    """Some whole zones' people, in order of zone; arrays of one length.

    Args:
        key: From which all draws of a person come.
        zone: Place of the zone among the place's zones.
        hidden: True where the files do not know the address.
        sex: 0 female, 1 male.
        age: Whole years at 30 September.
        frailty: Standard normal; drives use of care and long-term conditions.
        practice: Place of the practice among the place's practices; -1 when unknown.
        death: Day of the financial year on which the person dies, from 0; 1 beyond the year for everybody else.
        conditions: One column for each flag of the linkage layout.
    """

    key: dice.Keys
    zone: Whole
    hidden: Flags
    sex: Whole
    age: Whole
    frailty: Floats
    practice: Whole
    death: Whole
    conditions: Flags

    @property
    def band(self) -> Whole:
        """Give each person's five-year age band."""
        return np.minimum(self.age // 5, BANDS - 1)


def make_people(place: Place, seed: int, block: int) -> Iterator[People]:
    """Make a place's people, some zones at a time.

    Args:
        place: The place.
        seed: Decides everything that is not given.
        block: About how many people to make at once; changes no person.

    Yields:
        People of whole zones. All together, those with an address are the place's population exactly.
    """
    rows = place.residents
    size = rows.groupby("place")["people"].sum().to_numpy()
    part = (np.cumsum(size) - size) // block
    part_of_row = part[rows["place"].to_numpy()]
    for number in np.unique(part):
        yield _people_of(place, seed, np.flatnonzero(part_of_row == number))


def _people_of(place: Place, seed: int, chosen: Whole) -> People:
    rows = place.residents.iloc[chosen]
    count = rows["people"].to_numpy()
    row = np.repeat(np.arange(len(rows)), count)
    zone_of_row = rows["place"].to_numpy()
    zone = zone_of_row[row]
    first = np.r_[0, np.flatnonzero(np.diff(zone)) + 1]
    ordinal = np.arange(zone.size) - np.repeat(first, np.diff(np.r_[first, zone.size]))
    zone_key = dice.name_keys(seed, place.zones)
    copied = _without_address(zone_key[zone], ordinal)
    row = np.r_[row, row[copied]]
    zone = zone_of_row[row]
    ordinal = np.r_[ordinal, ordinal[copied] + _BEYOND]
    hidden = ordinal >= _BEYOND
    order = np.lexsort((ordinal, zone))
    row, zone, ordinal, hidden = row[order], zone[order], ordinal[order], hidden[order]
    key = dice.numbered(zone_key[zone], ordinal)
    sex = rows["sex"].to_numpy()[row]
    age = _ages(key, rows["age_from"].to_numpy()[row], rows["age_to"].to_numpy()[row])
    frailty = dice.normal(key, "frailty")
    fifth = place.fifth[zone] - 1
    return People(
        key=key,
        zone=zone,
        hidden=hidden,
        sex=sex,
        age=age,
        frailty=frailty,
        practice=_practices(place, key, zone, hidden),
        death=_deaths(key, age, frailty),
        conditions=_conditions(key, (sex, np.minimum(age // 5, BANDS - 1), fifth), frailty),
    )


def _without_address(zone_key: dice.Keys, ordinal: Whole) -> Whole:
    """Choose the residents on whom people without an address are modelled."""
    drawn = dice.uniform(dice.numbered(zone_key, ordinal), "no address")
    return np.flatnonzero(drawn < rule("file_defects")["no_address"])


def _ages(key: dice.Keys, youngest: Whole, oldest: Whole) -> Whole:
    """Spread ages evenly over their band; in an open band they fade, with a mean of three and a half years."""
    drawn = dice.uniform(key, "age")
    closed = youngest + np.floor(drawn * (oldest - youngest + 1)).astype(np.int64)
    faded = youngest + np.minimum(np.floor(-np.log(drawn) * 3.5), 18).astype(np.int64)
    return np.where(oldest >= 0, closed, faded)


def _practices(place: Place, key: dice.Keys, zone: Whole, hidden: Flags) -> Whole:
    """Register the residents of every zone so that each practice has its share of them, to the person."""
    practice = np.full(zone.size, -1, dtype=np.int64)
    if not place.practices:
        return practice
    order = np.lexsort((dice.uniform(key, "practice"), hidden, zone))
    here = zone[order]
    first = np.r_[0, np.flatnonzero(np.diff(here)) + 1]
    members = np.add.reduceat((~hidden[order]).astype(np.int64), first)
    rank = np.arange(here.size) - np.repeat(first, np.diff(np.r_[first, here.size]))
    for start, people in zip(first, members, strict=True):
        shares = place.lists[here[start]]
        if shares[-1] > 0:
            mine = order[start : start + people]
            bounds = np.rint(shares * people)
            practice[mine] = np.searchsorted(bounds, rank[start : start + people], side="right")
    return practice


def _deaths(key: dice.Keys, age: Whole, frailty: Floats) -> Whole:
    """Let people die; the older and frailer, the likelier."""
    deviation = rule("file_defects")["death_spread"]
    hazard = national().death_scale * death_hazard(age.astype(np.float64))
    chance = 1 - np.exp(-hazard * np.exp(deviation * frailty - deviation**2 / 2))
    day = np.floor(dice.uniform(key, "day of death") * YEAR_DAYS).astype(np.int64)
    return np.where(dice.uniform(key, "death") < chance, day, YEAR_DAYS)


def _conditions(key: dice.Keys, cell: tuple[Whole, Whole, Whole], frailty: Floats) -> Flags:
    """Give people long-term conditions: how many follows age, deprivation and frailty; which, how common they are."""
    terms = rule("long_term_conditions")
    load = terms["frailty"]
    lean = condition_lean()[cell] + load * frailty + np.sqrt(1 - load**2) * dice.normal(key, "conditions")
    count = np.searchsorted(np.array(national().condition_steps), lean)
    names = list(terms["weights"])
    flags = np.zeros((key.size, len(names)), dtype=bool)
    some = np.flatnonzero(count)
    # The smallest of exponential waiting times is a weighted choice without repetition.
    waits = np.stack(
        [-np.log(dice.uniform(key[some], f"condition {name}")) / terms["weights"][name] for name in names], axis=1
    )
    order = np.argsort(waits, axis=1, kind="stable")[:, : terms["most"]]
    for place in range(terms["most"]):
        has = count[some] > place
        flags[some[has], order[has, place]] = True
    return flags
