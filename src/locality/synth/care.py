"""What care people have in a year, event by event, and what each event costs."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from locality.synth import dice
from locality.synth.kinds import CODE
from locality.synth.national import National, Programme, SocialCare, level_for_days, national
from locality.synth.people import YEAR_DAYS, People
from locality.synth.place import Place
from locality.synth.published import by_age, rule

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Cell = tuple[Whole, Whole, Whole]

_NO_COST = -1
_SUPPLIED = ("acute_planned", "outpatients", "emergency_department")


@dataclass(frozen=True)
class Events:
    """Events of some people; arrays of one length.

    Args:
        who: Place of the person among the people.
        kind: Place of the kind in `EVENT_KINDS`.
        key: From which further draws come.
        start: First day, counted from 1 April = 0; negative when it began in an earlier year.
        end: Last day; 365 or more when it goes on into the next year.
        first: First day within the year.
        days: Days within the year; a third of a day for a day case, 0 for contacts.
        units: Items, hours or contacts; days for stays.
        pence: Cost within the year; -1 where the files have none.
        missed: Pence that an appointment not kept would have cost.
    """

    who: Whole
    kind: Whole
    key: dice.Keys
    start: Whole
    end: Whole
    first: Whole
    days: Floats
    units: Floats
    pence: Whole
    missed: Whole


def make_events(people: People, place: Place, *, acute_spread: float | None = None) -> Events:
    """Make every event of some people, in order of person, first day and kind.

    Args:
        people: The people.
        place: Where they live.
        acute_spread: Spread of acute stays, to try another value than the rule's.
    """
    rates = national()
    cell = (people.sex, people.band, place.fifth[people.zone] - 1)
    spread = rule("stay_shape")["acute_spread"] if acute_spread is None else acute_spread
    parts = [_stays(people, place, cell, name, spread) for name in ("acute_emergency", "geriatric", "mental_health")]
    parts += [_stays(people, place, cell, "maternity", spread), *_planned(people, place, cell, spread)]
    parts += [_contacts(people, place, cell, name) for name in ("emergency_department", "out_of_hours")]
    parts += _outpatients(people, place, cell)
    parts += [_prescribing(people, place, cell), _care_homes(people, place, cell, rates.care_home)]
    parts += _home_care(people, place, cell, rates)
    parts += [_deaths(people), _homeless(people), _delayed(parts[0])]
    return _in_order(_before_death(join_events(parts), people))


def join_events(parts: list[Events]) -> Events:
    """Put several runs of events behind one another."""
    return Events(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Events)))


def take_events(events: Events, chosen: npt.NDArray[np.generic]) -> Events:
    """Choose events by a mask or by their places."""
    return Events(*(getattr(events, field.name)[chosen] for field in fields(Events)))


def _in_order(events: Events) -> Events:
    return take_events(events, np.lexsort((events.key, events.kind, events.start, events.who)))


def _counts(people: People, place: Place, cell: Cell, programme: Programme) -> tuple[Whole, dice.Keys]:
    """Draw how many events each person has; give each event's person and key."""
    rate = programme.rate[cell] * _local(people, place, programme.name)
    rate = rate * np.exp(programme.spread * people.frailty - programme.spread**2 / 2)
    counts = dice.poisson(rate, dice.uniform(people.key, f"how many {programme.name}"))
    return _numbered(people, counts, programme.name)


def _numbered(people: People, counts: Whole, name: str) -> tuple[Whole, dice.Keys]:
    who = np.repeat(np.arange(counts.size), counts)
    ordinal = np.arange(who.size) - np.repeat(np.cumsum(counts) - counts, counts)
    return who, dice.numbered(people.key[who] ^ dice.name_key("event", name), ordinal)


def _local(people: People, place: Place, name: str) -> Floats:
    """Give the factor by which people here use more or less than the nation."""
    factor = place.need[people.zone]
    return factor * place.supply[people.zone] if name in _SUPPLIED else factor


def _events(
    name: str, who: Whole, key: dice.Keys, start: Whole, pence: Floats | Whole, **further: Floats | Whole
) -> Events:
    """Fill what a kind of event does not have."""
    none = np.zeros(who.size)
    return Events(
        who=who,
        kind=np.full(who.size, CODE[name], dtype=np.int64),
        key=key,
        start=start.astype(np.int64),
        end=further.get("end", start).astype(np.int64),
        first=further.get("first", start).astype(np.int64),
        days=further.get("days", none).astype(np.float64),
        units=further.get("units", none + 1).astype(np.float64),
        pence=np.rint(pence).astype(np.int64),
        missed=np.rint(further.get("missed", none)).astype(np.int64),
    )


def _stays(people: People, place: Place, cell: Cell, name: str, spread: float) -> Events:
    """Make hospital stays, whose length sets their cost."""
    programme = national().programmes[name]
    who, key = _counts(people, place, cell, programme)
    each = programme.each
    price = _mean_each(programme) / programme.days
    return _stay_events(name, who, key, _levels(each / price, name, spread)[cell][who], price, spread)


def _mean_each(programme: Programme) -> float:
    people = programme.rate > 0
    return float((programme.cost[people]).sum() / programme.rate[people].sum())


def _levels(days: Floats, name: str, spread: float) -> Floats:
    return level_for_days(days, _deviation(name, spread))


def _deviation(name: str, spread: float) -> float:
    shape = rule("stay_shape")
    return float(
        {"geriatric": shape["long_spread"], "mental_health": shape["long_spread"], "maternity": 0.6}.get(name, spread)
    )


def _stay_events(name: str, who: Whole, key: dice.Keys, level: Floats, price: float, spread: float) -> Events:
    length = np.exp(level + _deviation(name, spread) * dice.normal(key, "length of stay"))
    days: Whole = np.clip(np.ceil(length), 1, YEAR_DAYS).astype(np.int64)
    first, start, end = _when(key, days)
    pence: Floats = days.astype(np.float64) * price * 100
    return _events(name, who, key, start, pence, end=end, first=first, days=days, units=days)


def _when(key: dice.Keys, days: Whole) -> tuple[Whole, Whole, Whole]:
    """Place stays of known length in the year; some began before it and some go on after it.

    Only days within the year are counted and paid, so days before and after change no cost.
    """
    defects = rule("file_defects")
    first = np.floor(dice.uniform(key, "first day") * (YEAR_DAYS + 1 - days)).astype(np.int64)
    crossing = dice.uniform(key, "crossing")
    beyond = 1 + np.floor(-np.log(dice.uniform(key, "days beyond")) * defects["days_beyond"]).astype(np.int64)
    before = crossing < defects["began_before"]
    after = crossing > 1 - defects["ended_after"]
    first = np.where(before, 0, np.where(after, YEAR_DAYS - days, first))
    start = np.where(before, -beyond, first)
    return first, start, np.where(after, YEAR_DAYS - 1 + beyond, first + days - 1)


def _planned(people: People, place: Place, cell: Cell, spread: float) -> list[Events]:
    """Make planned admissions: day cases at a price, the others by length of stay."""
    shape, programme = rule("stay_shape"), national().programmes["acute_planned"]
    who, key = _counts(people, place, cell, programme)
    share, cost = shape["day_case_share"], shape["day_case_cost"]
    by_day = dice.uniform(key, "day case") < share
    pence = programme.each[cell][who[by_day]] * cost * 100 * dice.spread(key[by_day], "price", shape["contact_spread"])
    day = np.floor(dice.uniform(key[by_day], "first day") * YEAR_DAYS).astype(np.int64)
    third = np.full(day.size, 0.33)
    cases = _events("acute_daycase", who[by_day], key[by_day], day, pence, days=third, units=third)
    # Overnight stays carry what day cases leave of the mean cost.
    each = programme.each * (1 - share * cost) / (1 - share)
    price = _mean_each(programme) * (1 - share * cost) / (1 - share) / programme.days
    level = _levels(each / price, "acute_planned", spread)[cell][who[~by_day]]
    return [cases, _stay_events("acute_planned", who[~by_day], key[~by_day], level, price, spread)]


def _contacts(people: People, place: Place, cell: Cell, name: str) -> Events:
    """Make contacts of one day at about one price."""
    programme = national().programmes[name]
    who, key = _counts(people, place, cell, programme)
    pence = programme.each[cell][who] * 100 * dice.spread(key, "price", rule("stay_shape")["contact_spread"])
    day = np.floor(dice.uniform(key, "first day") * YEAR_DAYS).astype(np.int64)
    return _events("outpatient" if name == "outpatients" else name, who, key, day, pence)


def _outpatients(people: People, place: Place, cell: Cell) -> list[Events]:
    """Make outpatient appointments; beside those kept, some are missed, and their cost is told apart."""
    kept = _contacts(people, place, cell, "outpatients")
    again = take_events(kept, dice.uniform(kept.key, "missed") < rule("file_defects")["missed"])
    key = dice.numbered(again.key, np.zeros(again.key.size, dtype=np.int64))
    day = np.floor(dice.uniform(key, "first day") * YEAR_DAYS).astype(np.int64)
    missed = _events("outpatient_missed", again.who, key, day, np.zeros(day.size), missed=again.pence)
    return [kept, missed]


def _prescribing(people: People, place: Place, cell: Cell) -> Events:
    """Make one record a year for everybody with a paid item, dated 31 March as the files date it."""
    programme = national().programmes["prescribing"]
    rate = programme.rate[cell] * _local(people, place, "prescribing")
    rate = rate * np.exp(programme.spread * people.frailty - programme.spread**2 / 2)
    items = np.floor(rate + dice.uniform(people.key, "items"))
    who = np.flatnonzero(items)
    key = dice.numbered(people.key[who] ^ dice.name_key("event", "prescribing"), np.zeros(who.size, dtype=np.int64))
    price = programme.each[cell][who] * dice.spread(key, "price", rule("stay_shape")["item_spread"])
    last = np.full(who.size, YEAR_DAYS - 1)
    return _events("prescribing", who, key, last, items[who] * price * 100, units=items[who])


def _has(people: People, place: Place, cell: Cell, name: str, care: SocialCare) -> Whole:
    spread = rule("social_care")["frailty_spread"]
    rate = care.intensity[cell] * _local(people, place, name)
    rate = rate * np.exp(spread * people.frailty - spread**2 / 2)
    return np.flatnonzero(dice.uniform(people.key, f"has {name}") < 1 - np.exp(-rate))


def _care_homes(people: People, place: Place, cell: Cell, care: SocialCare) -> Events:
    """Make care-home stays; the files know the cost from an age on only."""
    terms = rule("social_care")
    who = _has(people, place, cell, "care_home", care)
    key = dice.numbered(people.key[who] ^ dice.name_key("event", "care_home"), np.zeros(who.size, dtype=np.int64))
    all_year = dice.uniform(key, "all year") < terms["care_home_all_year"]
    part = 1 + np.floor(dice.uniform(key, "days") * YEAR_DAYS).astype(np.int64)
    days = np.where(all_year, YEAR_DAYS, part)
    beyond = np.floor(-np.log(dice.uniform(key, "years before")) * 700).astype(np.int64)
    # Stays that do not fill the year begin in it and go on; their end is not yet known.
    first = YEAR_DAYS - days
    start = np.where(all_year, -1 - beyond, first)
    pence = np.where(
        people.age[who] >= terms["care_home_cost_from_age"], days * terms["care_home_pence_a_day"], _NO_COST
    )
    return _events("care_home", who, key, start, pence, end=start * 0 + YEAR_DAYS, first=first, days=days, units=days)


def _home_care(people: People, place: Place, cell: Cell, rates: National) -> list[Events]:
    """Make a year of home care, told apart into personal and other care, and the alarms that often go with it."""
    terms, defects = rule("social_care"), rule("file_defects")
    who = _has(people, place, cell, "home_care", rates.home_care)
    key = dice.numbered(people.key[who] ^ dice.name_key("event", "home_care"), np.zeros(who.size, dtype=np.int64))
    mean_hours = by_age(terms["home_care_hours_a_quarter"])[people.band[who]] * 4
    hours = mean_hours * dice.spread(key, "hours", terms["hours_spread"])
    share = np.where(dice.uniform(key, "some other care") < 0.2, terms["personal_care_share"], 1.0)
    parts = [
        _hours("home_care_personal", who, key, np.maximum(np.round(hours * share, 1), 0.1)),
        _hours("home_care_other", who[share < 1], key[share < 1], np.round((hours * (1 - share))[share < 1], 1)),
    ]
    for name, chance in (("alarm", defects["alarms"]), ("self_directed", defects["self_directed"])):
        has = dice.uniform(key, name) < chance
        first = np.zeros(int(has.sum()), dtype=np.int64)
        parts.append(_events(name, who[has], key[has], first, first + _NO_COST, end=first + YEAR_DAYS - 1))
    return parts


def _hours(name: str, who: Whole, key: dice.Keys, hours: Floats) -> Events:
    first = np.zeros(who.size, dtype=np.int64)
    pence = hours * rule("social_care")["home_care_pence_an_hour"]
    return _events(name, who, key, first, pence, end=first + YEAR_DAYS - 1, units=hours)


def _deaths(people: People) -> Events:
    who = np.flatnonzero(people.death < YEAR_DAYS)
    key = people.key[who] ^ dice.name_key("event", "death")
    return _events("death", who, key, people.death[who], np.full(who.size, _NO_COST))


def _homeless(people: People) -> Events:
    adult = (people.age >= 16) & (people.age < 60)
    who = np.flatnonzero(adult & (dice.uniform(people.key, "homeless") < rule("file_defects")["homeless"]))
    key = people.key[who] ^ dice.name_key("event", "homeless")
    day = np.floor(dice.uniform(key, "first day") * YEAR_DAYS).astype(np.int64)
    return _events("homeless", who, key, day, np.full(who.size, _NO_COST))


def _delayed(emergencies: Events) -> Events:
    """Let some long emergency stays end with a delayed discharge."""
    long = (emergencies.days >= 7) & (dice.uniform(emergencies.key, "delayed") < rule("file_defects")["delayed"])
    stays = take_events(emergencies, long)
    days = np.maximum(1, np.floor(stays.days / 3)).astype(np.int64)
    first = stays.first + stays.days.astype(np.int64) - days
    key = stays.key ^ dice.name_key("event", "delayed")
    none = np.full(first.size, _NO_COST)
    return _events("delayed", stays.who, key, first, none, end=first + days - 1, days=days, units=days)


def _before_death(events: Events, people: People) -> Events:
    """Move the contacts of people who died to before their death; stays and yearly records keep their days."""
    death = people.death[events.who]
    contact = (events.start == events.end) & (events.days < 1) & (events.start < YEAR_DAYS - 1)
    moved = contact & (death < YEAR_DAYS) & (events.kind != CODE["death"])
    day = np.where(moved, events.start * (death + 1) // YEAR_DAYS, events.start)
    return Events(
        **{
            field.name: getattr(events, field.name)
            for field in fields(Events)
            if field.name not in ("start", "end", "first")
        },
        start=day,
        end=np.where(moved, day, events.end),
        first=np.where(moved, day, events.first),
    )
