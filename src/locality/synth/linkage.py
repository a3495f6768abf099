"""Made-up people and events as rows of the linkage files, episode and individual, consistent with each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from locality.foundations import FinancialYear
from locality.synth import dice
from locality.synth.care import Events
from locality.synth.kinds import CODE, EVENT_KINDS
from locality.synth.layout import fill
from locality.synth.people import YEAR_DAYS, People
from locality.synth.place import Place
from locality.synth.published import rule

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_MONTHS = ("apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jan", "feb", "mar")
# Last days of the months, counted from 1 April. In a leap year nothing happens on 29 February.
_MONTH_ENDS = np.cumsum([0, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31])
_FIRST_OF_MARCH = 334
_EPOCH = dt.date(1970, 1, 1)
_NO_LOCALITY = "No Locality Information"
_STAYS = np.array([kind.stay for kind in EVENT_KINDS])
_ADMISSION = tuple(kind.admission for kind in EVENT_KINDS)
_SPREAD_OVER_YEAR = np.array([kind.recid == "HC" for kind in EVENT_KINDS])


def episode_table(schema: pa.Schema, year: FinancialYear, place: Place, people: People, events: Events) -> pa.Table:
    """Give one row per event, with the columns of the published episode layout.

    Args:
        schema: The layout.
        year: The financial year.
        place: Where the people live.
        people: Whose events they are.
        events: The events.
    """
    linked = is_linked(events)
    columns = _identity(place, people, year, events.who)
    chi = _identifiers(people.key[events.who])
    columns["anon_chi"] = pa.array(np.where(linked, chi, "")) if not linked.all() else pa.array(chi)
    columns |= (
        _what_happened(year, events) | _dates_of_death(people, year, events.who) | _conditions(people, events.who)
    )
    columns |= _money_and_days(events)
    return fill(schema, events.who.size, columns)


def individual_table(schema: pa.Schema, year: FinancialYear, place: Place, people: People, events: Events) -> pa.Table:
    """Give one row per person, the sums of the linked events, with the columns of the published individual layout.

    Everybody who lives in the place has a row, users of care or not; people without an address only if they used care.
    """
    linked = is_linked(events)
    used = np.bincount(events.who[linked], minlength=people.key.size) > 0
    shown = np.flatnonzero(used | ~people.hidden)
    columns = _identity(place, people, year, shown) | _conditions(people, shown)
    columns |= _dates_of_death(people, year, shown) | _sums(people.key.size, events, linked, shown)
    columns["anon_chi"] = pa.array(_identifiers(people.key[shown]))
    columns["nsu"] = pa.array((~used[shown]).astype(np.int32))
    columns["keep_population"] = pa.array(np.ones(shown.size))
    return fill(schema, shown.size, columns)


def is_linked(events: Events) -> Flags:
    """Tell the events whose record carries the person's identifier."""
    linked: Flags = dice.uniform(events.key, "unlinked") >= rule("file_defects")["unlinked"]
    return linked


def _identifiers(keys: dice.Keys) -> npt.NDArray[np.str_]:
    letters = dice.identifiers(keys)
    # One character is four octets in numpy's text, so widening octets gives text without a loop.
    return np.ascontiguousarray(letters.astype(np.uint32)).view("U16").reshape(-1)


def _words(names: Sequence[str], codes: Whole) -> pa.Array:
    """Write names in place of codes; -1 is empty."""
    return pa.array(list(names), pa.string()).take(pa.array(codes, mask=codes < 0))


def _known(numbers: Whole, unknown: Flags) -> pa.Array:
    return pa.array(numbers.astype(np.int32), mask=unknown)


def _days(year: FinancialYear, day: Whole) -> pa.Array:
    """Write days counted from 1 April as dates."""
    leap = (year.end - year.start).days + 1 > YEAR_DAYS
    shifted = day + ((day >= _FIRST_OF_MARCH) if leap else 0)
    return pa.array(((year.start - _EPOCH).days + shifted).astype(np.int32), pa.int32()).cast(pa.date32())


def _identity(place: Place, people: People, year: FinancialYear, who: Whole) -> dict[str, pa.Array]:
    """Give who a row is about and where they live."""
    hidden = people.hidden[who]
    zone = np.where(hidden, -1, people.zone[who])
    locality = [name or _NO_LOCALITY for name in place.locality]
    rank, urban = place.rank[zone], place.urban_rural[zone]
    practice = people.practice[who]
    codes = [int(code) if code.isdigit() else -1 for code in place.practices]
    number = np.array([*codes, -1], dtype=np.int64)[practice]
    names = pa.array([*locality, _NO_LOCALITY], pa.string()).take(pa.array(np.where(hidden, len(locality), zone)))
    middle = (dt.date(year.start_year, 9, 30) - _EPOCH).days
    age = people.age[who]
    born = middle - np.floor(age * 365.25) - 1 - np.floor(dice.uniform(people.key[who], "birthday") * 364)
    return {
        "year": _words([year.code], np.zeros(who.size, dtype=np.int64)),
        "gender": pa.array(2.0 - people.sex[who]),
        "dob": pa.array(born.astype(np.int32), pa.int32()).cast(pa.date32()),
        "age": pa.array(age.astype(np.int32)),
        "postcode": _words([_postcode(place_of) for place_of in range(len(place.zones))], zone),
        "gpprac": _known(number, number < 0),
        "cluster": _words([*place.clusters, ""], np.where(practice < 0, -1, practice)),
        "locality": names,
        "datazone2011": _words(place.zones, zone),
        "hscp2019": _words([place.code], np.zeros(who.size, dtype=np.int64)),
        "hscp2018": _words([place.code], np.zeros(who.size, dtype=np.int64)),
        "simd2020v2_rank": _known(rank, hidden | (rank == 0)),
        "simd2020v2_sc_quintile": _known(place.fifth[zone], hidden),
        "ur8_2022": _known(urban, hidden | (urban == 0)),
    }


def _postcode(number: int) -> str:
    """Make a seven-character postcode in the area XX, which does not exist."""
    letters = number // 1000
    return f"XX{number % 100:02d}{number // 100 % 10}{chr(65 + letters // 26 % 26)}{chr(65 + letters % 26)}"


def _what_happened(year: FinancialYear, events: Events) -> dict[str, pa.Array]:
    stay = _STAYS[events.kind]
    ongoing = (events.kind == CODE["care_home"]) & (events.end >= YEAR_DAYS)
    last = pa.array(np.asarray(_days(year, events.end)), mask=ongoing)
    day_case = np.where(events.kind == CODE["acute_daycase"], 1, 0)
    missed = events.kind == CODE["outpatient_missed"]
    outpatient = missed | (events.kind == CODE["outpatient"])
    ends = pa.array(np.asarray(_days(year, events.end)), mask=~stay)
    return {
        "recid": _words([kind.recid for kind in EVENT_KINDS], events.kind),
        "smrtype": _words([kind.smrtype for kind in EVENT_KINDS], events.kind),
        "record_keydate1": _days(year, events.start),
        "record_keydate2": last,
        "ipdc": _words(["I", "D"], np.where(stay, day_case, -1)),
        "cij_marker": pa.array(_stay_number(events.who, stay), mask=~stay),
        "cij_start_date": pa.array(np.asarray(_days(year, events.start)), mask=~stay),
        "cij_end_date": ends,
        "cij_ipdc": _words(["I", "D"], np.where(stay, day_case, -1)),
        "cij_pattype": _words(["Elective", "Non-Elective", "Maternity"], _pattern(events.kind)),
        "cij_pattype_code": pa.array(_pattern(events.kind).astype(np.float64), mask=~stay),
        "attendance_status": _words(["1", "8"], np.where(outpatient, missed.astype(np.int64), -1)),
        "stay": pa.array((events.end - events.start).astype(np.float64), mask=~stay),
    }


def _stay_number(who: Whole, stay: Flags) -> npt.NDArray[np.float64]:
    """Number each person's stays from 1; events are in order of person."""
    running = np.cumsum(stay)
    first = np.r_[0, np.flatnonzero(np.diff(who)) + 1][: who.size]
    before = np.repeat(running[first] - stay[first], np.diff(np.r_[first, who.size]))
    number: npt.NDArray[np.float64] = (running - before).astype(np.float64)
    return number


def _pattern(kind: Whole) -> Whole:
    names = ("elective", "emergency", "maternity")
    return np.array([names.index(name) if name else -1 for name in _ADMISSION])[kind]


def _dates_of_death(people: People, year: FinancialYear, who: Whole) -> dict[str, pa.Array]:
    alive = people.death[who] >= YEAR_DAYS
    day = np.asarray(_days(year, np.minimum(people.death[who], YEAR_DAYS - 1)))
    return {"deceased": pa.array(~alive), "death_date": pa.array(day, mask=alive)}


def _conditions(people: People, who: Whole) -> dict[str, pa.Array]:
    names = rule("long_term_conditions")["weights"]
    return {name: pa.array(people.conditions[who, place].astype(np.int32)) for place, name in enumerate(names)}


def _money_and_days(events: Events) -> dict[str, pa.Array]:
    """Give cost and days in all and by month; the months add up to the year to the penny."""
    unknown = events.pence < 0
    pence = np.maximum(events.pence, 0)
    bedded = events.days > 0
    span = np.where(events.days >= 1, events.days, np.where(_SPREAD_OVER_YEAR[events.kind], YEAR_DAYS, 1))
    run = np.clip(_MONTH_ENDS[:, None] - events.first, 0, span) / span
    run[-1] = 1.0
    by_month = np.diff(np.rint(run * pence), axis=0) / 100
    days_by_month = np.diff(np.rint(run * events.days * 100), axis=0) / 100
    columns = {
        "yearstay": pa.array(events.days, mask=~bedded),
        "cost_total_net": pa.array(pence / 100, mask=unknown),
        "cost_total_net_inc_dnas": pa.array((pence + events.missed) / 100, mask=unknown),
        "no_paid_items": pa.array(events.units, mask=events.kind != CODE["prescribing"]),
        "hc_hours_annual": pa.array(events.units, mask=~_SPREAD_OVER_YEAR[events.kind]),
    }
    for place, month in enumerate(_MONTHS):
        columns[f"{month}_cost"] = pa.array(by_month[place], mask=unknown)
        columns[f"{month}_beddays"] = pa.array(days_by_month[place], mask=~bedded)
    return columns


def _sums(people: int, events: Events, linked: Flags, shown: Whole) -> dict[str, pa.Array]:
    """Sum the linked events of each person by kind."""
    kinds = len(EVENT_KINDS)
    slot = events.who[linked] * kinds + events.kind[linked]

    def by_kind(amounts: npt.NDArray[np.generic] | None = None) -> npt.NDArray[np.float64]:
        weights = None if amounts is None else amounts[linked].astype(np.float64)
        summed = np.bincount(slot, weights, people * kinds).astype(np.float64)
        return summed.reshape(people, kinds)[shown]

    count, cost = by_kind(), by_kind(np.maximum(events.pence, 0))
    days, units, missed = by_kind(events.days), by_kind(events.units), by_kind(events.missed)

    def add(table: npt.NDArray[np.float64], *names: str) -> npt.NDArray[np.float64]:
        summed: npt.NDArray[np.float64] = table[:, [CODE[name] for name in names]].sum(axis=1)
        return summed

    columns: dict[str, npt.NDArray[np.float64]] = {}
    for column, names in _COUNTS.items():
        columns[column] = add(count, *names)
    for column, names in _COSTS.items():
        columns[column] = np.rint(add(cost, *names)) / 100
    for column, names in _DAYS.items():
        columns[column] = np.round(add(days, *names), 2)
    columns["op_cost_dnas"] = add(missed, "outpatient_missed") / 100
    columns["health_net_cost_inc_dnas"] = np.round(columns["health_net_cost"] + columns["op_cost_dnas"], 2)
    columns["pis_paid_items"] = add(units, "prescribing")
    columns["hc_total_hours"] = np.round(add(units, "home_care_personal", "home_care_other"), 1)
    columns["hc_personal_hours"] = np.round(add(units, "home_care_personal"), 1)
    columns["hc_non_personal_hours"] = np.round(add(units, "home_care_other"), 1)
    return {name: pa.array(column) for name, column in columns.items()}


_ACUTE = ("acute_emergency", "acute_planned", "acute_daycase")
_HEALTH = (
    *_ACUTE,
    "geriatric",
    "mental_health",
    "maternity",
    "outpatient",
    "emergency_department",
    "prescribing",
    "out_of_hours",
)

_COUNTS: dict[str, tuple[str, ...]] = {
    "cij_total": (*_ACUTE, "geriatric", "mental_health", "maternity"),
    "cij_el": ("acute_planned", "acute_daycase", "geriatric"),
    "cij_non_el": ("acute_emergency", "mental_health"),
    "cij_mat": ("maternity",),
    "cij_delay": ("delayed",),
    "acute_episodes": _ACUTE,
    "acute_inpatient_episodes": _ACUTE[:2],
    "acute_el_inpatient_episodes": ("acute_planned",),
    "acute_non_el_inpatient_episodes": ("acute_emergency",),
    "acute_daycase_episodes": ("acute_daycase",),
    "mat_episodes": ("maternity",),
    "mat_inpatient_episodes": ("maternity",),
    "gls_episodes": ("geriatric",),
    "gls_inpatient_episodes": ("geriatric",),
    "gls_el_inpatient_episodes": ("geriatric",),
    "mh_episodes": ("mental_health",),
    "mh_inpatient_episodes": ("mental_health",),
    "mh_non_el_inpatient_episodes": ("mental_health",),
    "op_newcons_attendances": ("outpatient",),
    "op_newcons_dnas": ("outpatient_missed",),
    "ae_attendances": ("emergency_department",),
    "dd_noncode9_episodes": ("delayed",),
    "ooh_cases": ("out_of_hours",),
    "ooh_pcc": ("out_of_hours",),
    "ch_cis_episodes": ("care_home",),
    "hc_episodes": ("home_care_personal", "home_care_other"),
    "hc_personal_episodes": ("home_care_personal",),
    "hc_non_personal_episodes": ("home_care_other",),
    "at_alarms": ("alarm",),
    "sds_option_3": ("self_directed",),
    "hl1_in_fy": ("homeless",),
}
_COSTS: dict[str, tuple[str, ...]] = {
    "health_net_cost": _HEALTH,
    "acute_cost": _ACUTE,
    "acute_inpatient_cost": _ACUTE[:2],
    "acute_el_inpatient_cost": ("acute_planned",),
    "acute_non_el_inpatient_cost": ("acute_emergency",),
    "acute_daycase_cost": ("acute_daycase",),
    "mat_cost": ("maternity",),
    "mat_inpatient_cost": ("maternity",),
    "gls_cost": ("geriatric",),
    "gls_inpatient_cost": ("geriatric",),
    "gls_el_inpatient_cost": ("geriatric",),
    "mh_cost": ("mental_health",),
    "mh_inpatient_cost": ("mental_health",),
    "mh_non_el_inpatient_cost": ("mental_health",),
    "op_cost_attend": ("outpatient",),
    "ae_cost": ("emergency_department",),
    "pis_cost": ("prescribing",),
    "ooh_cost": ("out_of_hours",),
    "ch_cost": ("care_home",),
    "hc_total_cost": ("home_care_personal", "home_care_other"),
    "hc_personal_hours_cost": ("home_care_personal",),
    "hc_non_personal_hours_cost": ("home_care_other",),
}
_DAYS: dict[str, tuple[str, ...]] = {
    "acute_inpatient_beddays": _ACUTE[:2],
    "acute_el_inpatient_beddays": ("acute_planned",),
    "acute_non_el_inpatient_beddays": ("acute_emergency",),
    "mat_inpatient_beddays": ("maternity",),
    "gls_inpatient_beddays": ("geriatric",),
    "gls_el_inpatient_beddays": ("geriatric",),
    "mh_inpatient_beddays": ("mental_health",),
    "mh_non_el_inpatient_beddays": ("mental_health",),
    "dd_noncode9_beddays": ("delayed",),
    "ch_beddays": ("care_home",),
}
