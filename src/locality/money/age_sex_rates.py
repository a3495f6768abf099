"""Cost per head by age and sex, and the cost that a zone would have if only age and sex decided."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.foundations import Fault, InputRefused
from locality.money.age_bands import AGES, AgeBands, Codes, Floats, say_ages, values_by_age
from locality.money.zone_people import SEXES, ZonePeople

_OPEN = -1


def age_sex_rates(costs: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Give a partnership's own cost per head by sex and age band.

    Args:
        costs: sex (empty when unknown), age_from (empty when unknown), age_to (empty when open; the whole column may be
            missing: a band then ends where the next begins), pence. Any further columns are added up.
        population: The declared table `population`, one year. Its bands need not be those of the costs.

    Returns:
        sex, age_from, age_to, people, pence, per_head (pence), one row for each sex and band of the costs; ages that
        cost nothing stand with a rate of nought. People times rate sums to the whole cost: the part without sex or
        age is spread in proportion.

    Raises:
        InputRefused: There is cost where nobody lives, or no cost with a sex and an age at all.

    Example:
        >>> people = pd.DataFrame({"zone": "S01000001", "sex": ["female", "male"], "age_from": 0, "age_to": pd.NA,
        ...                        "people": [60, 40]})
        >>> spent = pd.DataFrame({"sex": ["female", "male"], "age_from": 0, "age_to": pd.NA, "pence": [600, 800]})
        >>> age_sex_rates(spent, people)["per_head"].round(6).tolist()
        [10.0, 20.0]
    """
    known = costs[costs["sex"].isin(SEXES) & costs["age_from"].notna()].reset_index(drop=True)
    spent = float(costs["pence"].sum())
    if float(known["pence"].sum()) <= 0:
        what = "no cost has both a sex and an age"
        raise InputRefused(
            [Fault("activity", what, "Add sex and age to the persons, or give published rates.", "no-cost-by-age")]
        )
    rates = _add_up(known if "age_to" in known else known.assign(age_to=_band_ends(known["age_from"])))
    rates = pd.concat([rates, _bands_without_cost(rates)], ignore_index=True)
    rates["people"] = people_in_bands(ZonePeople.read(population), rates)
    if (nobody := (rates["people"] <= 0) & (rates["pence"] != 0)).any():
        row = rates[nobody].iloc[0]
        what = f"there is cost for {row['sex']} aged {row['age_from']} and over, but nobody of that age lives here"
        raise InputRefused(
            [Fault("population", what, "Check year and age bands of population and activity.", "cost-without-people")]
        )
    scale = spent / float(rates["pence"].sum())
    rates["per_head"] = rates["pence"] * scale / rates["people"].where(rates["people"] > 0, 1.0)
    return rates


def _add_up(costs: pd.DataFrame) -> pd.DataFrame:
    costs = costs.assign(age_to=costs["age_to"].astype("Int64").fillna(_OPEN), sex=costs["sex"].astype("string"))
    costs = costs.assign(age_from=costs["age_from"].astype("Int64"), pence=costs["pence"].astype("float64"))
    rates = costs.groupby(["sex", "age_from", "age_to"], as_index=False)["pence"].sum()
    return rates.assign(age_to=rates["age_to"].mask(rates["age_to"] == _OPEN))


def _bands_without_cost(rates: pd.DataFrame) -> pd.DataFrame:
    """The runs of ages in which a sex costs nothing: no cost is a cost of nought, not a gap."""
    bands, band = AgeBands.read(rates, "activity")
    sex = pd.Index(SEXES).get_indexer(pd.Index(rates["sex"])).astype(np.int64)
    _, covered = values_by_age(bands, band, sex, np.zeros(len(rates)), len(SEXES))
    starts = (covered == 0) & np.column_stack([np.ones(len(SEXES), dtype=bool), covered[:, :-1] > 0])
    ends = (covered == 0) & np.column_stack([covered[:, 1:] > 0, np.ones(len(SEXES), dtype=bool)])
    (number, first), (_, last) = np.nonzero(starts), np.nonzero(ends)
    free = pd.DataFrame({"sex": np.array(SEXES)[number], "age_from": first, "age_to": last, "pence": 0.0})
    return free.astype({"sex": "string", "age_from": "Int64", "age_to": "Int64"})


def _band_ends(starts: pd.Series) -> pd.Series:
    """A band ends where the next begins; the oldest is open."""
    known = np.unique(starts.to_numpy(dtype=np.int64))
    last = pd.array([*(known[1:] - 1), _OPEN], dtype="Int64")
    ends = pd.Series(last.take(np.searchsorted(known, starts.to_numpy(dtype=np.int64))), index=starts.index)
    return ends.mask(ends == _OPEN)


def people_in_bands(people: ZonePeople, table: pd.DataFrame) -> Floats:
    """Count the people of each row's sex and age band, whatever bands the population has.

    Args:
        people: The population.
        table: With sex, age_from and age_to.

    Returns:
        People for each row; a population band is split evenly over its years, an open one by its declining ratio.
    """
    of_band = np.zeros((len(SEXES), people.bands.starts.size))
    np.add.at(of_band, (people.sex, people.band), people.people)
    by_age = of_band @ people.bands.spread()
    bands, band = AgeBands.read(table, "activity")
    running = np.concatenate([np.zeros((len(SEXES), 1)), by_age.cumsum(axis=1)], axis=1)
    sex = pd.Index(SEXES).get_indexer(pd.Index(table["sex"].astype("string")))
    counted: Floats = running[sex, bands.ends[band] + 1] - running[sex, bands.starts[band]]
    return counted


def rates_by_band(rates: pd.DataFrame, people: ZonePeople, name: str = "cost_curves") -> Floats:
    """Give a rate for every sex and age band of the population.

    Args:
        rates: sex ('all' where not split), age_from, age_to (empty when open), per_head; one group only.
        people: The population whose bands are wanted.
        name: The table's name for messages.

    Returns:
        Sex by population band: mean rate over the ages of the band.

    Raises:
        InputRefused: The rates leave out an age at which people live, or give one twice.
    """
    only: Floats = grouped_rates(rates, np.zeros(len(rates), dtype=np.int64), 1, people, name)[0]
    return only


def grouped_rates(rates: pd.DataFrame, group: Codes, groups: int, people: ZonePeople, name: str) -> Floats:
    """Give rates as `rates_by_band` does, for several groups (deprivation fifths) at once: group by sex by band."""
    bands, band = AgeBands.read(rates, name)
    sex, row = _both_sexes(rates["sex"])
    cell = group[row] * len(SEXES) + sex
    per_head = rates["per_head"].to_numpy(dtype=np.float64)[row]
    laid, covered = values_by_age(bands, band[row], cell, per_head, groups * len(SEXES))
    spread = people.bands.spread()
    lived = np.zeros((len(SEXES), AGES), dtype=bool)
    for number in range(len(SEXES)):
        here = np.unique(people.band[(people.sex == number) & (people.people > 0)])
        lived[number] = (spread[here] > 0).any(axis=0)
    _refuse_gaps(covered.reshape(groups, len(SEXES), AGES), lived, name)
    rate: Floats = laid.reshape(groups, len(SEXES), AGES) @ spread.T
    return rate


def _both_sexes(sex: pd.Series) -> tuple[Codes, Codes]:
    """Number each row's sex; a row for 'all' counts once for each."""
    number = pd.Index(SEXES).get_indexer(pd.Index(sex.astype("string")))
    rows = np.arange(number.size)
    both = rows[number < 0]
    first = np.concatenate([rows[number >= 0], both, both])
    code = np.concatenate([number[number >= 0], np.zeros(both.size), np.ones(both.size)]).astype(np.int64)
    return code, first.astype(np.int64)


def _refuse_gaps(covered: Floats, lived: npt.NDArray[np.bool_], name: str) -> None:
    faults = []
    for number, sex in enumerate(SEXES):
        gap = np.asarray((covered[:, number] == 0).any(axis=0) & lived[number])
        twice = np.asarray((covered[:, number] > 1).any(axis=0))
        if gap.any():
            what = f"it has no rate for {sex} aged {say_ages(gap)}, though people of that age live here"
            faults.append(Fault(name, what, "Add the rows; where nothing is spent, write a rate of 0.", "rate-missing"))
        if twice.any():
            what = f"it has two rates for {sex} aged {say_ages(twice)}"
            faults.append(Fault(name, what, "Let age bands not overlap, nor 'all' stand beside a sex.", "rate-twice"))
    if faults:
        raise InputRefused(faults)


def expected_cost(population: pd.DataFrame, rates: pd.DataFrame) -> pd.Series:
    """Give each zone's cost if every person cost what people of that age and sex cost on average.

    Args:
        population: The declared table `population`, one year.
        rates: sex ('all' where not split), age_from, age_to, per_head.

    Returns:
        Expected cost by zone, in the unit of the rates.

    Raises:
        InputRefused: The rates have a gap or an overlap.
    """
    people = ZonePeople.read(population)
    per_head = rates_by_band(rates, people)[people.sex, people.band]
    return pd.Series(people.by_zone(people.people * per_head), index=people.zones, name="expected")
