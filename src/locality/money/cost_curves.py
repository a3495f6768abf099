"""Fair weights from published cost curves: cost per head by age, sex and deprivation fifth.

Two stages. *age_sex*: every person counts what people of that age and sex cost on average over all fifths. *need*: a
person counts what people of that age and sex cost in the fifth of the zone where they live. Each stage is scaled so
that weighted people sum to people: weighting moves money, it makes none.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.foundations import Fault, InputRefused
from locality.money.age_bands import Codes, Floats
from locality.money.age_sex_rates import grouped_rates, people_in_bands
from locality.money.zone_people import SEXES, ZonePeople, name_some, scale_to

FIFTHS = 5


def weights_from_curves(
    population: pd.DataFrame,
    curves: pd.DataFrame,
    deprivation: pd.Series | None,
    *,
    national_mix: pd.DataFrame | None = None,
    by_age: bool = True,
) -> pd.DataFrame:
    """Make weighted populations from cost curves, for every programme of the curves.

    Args:
        population: The declared table `population`, one year.
        curves: The declared table `cost_curves`. Age bands need not be those of the population.
        deprivation: Deprivation fifth (1 most deprived to 5) by zone; needed when a curve is split by fifth.
        national_mix: sex, age_from, age_to, deprivation_fifth, people: over whom the fifths are averaged in the
            *age_sex* stage. Without it the partnership's own residents are the mix.
        by_age: Rows by sex and age band of the population; otherwise one row for each zone.

    Returns:
        The declared table `fair_weights`: stages *age_sex* and *need* of each programme, each summing to the people.
        A programme whose curve is not split by fifth has no *need* stage: nothing is known beyond age and sex.

    Raises:
        InputRefused: A curve lacks an age, sex or fifth that lives here, or has one twice, or is nought throughout; a
            zone has no fifth from 1 to 5.

    Source:
        Direct use of published rates, as in NHS Scotland's resource allocation (age-sex cost weights).
    """
    people = ZonePeople.read(population)
    split = curves["deprivation_fifth"].notna()
    fifth = _fifth_of_zones(people.zones, deprivation) if split.any() else None
    parts = []
    for programme, curve in curves.groupby("programme", sort=True):
        has_fifths = curve["deprivation_fifth"].notna()
        if has_fifths.any() and not has_fifths.all():
            what = f"programme {programme} has rates with and without a deprivation fifth"
            raise InputRefused([Fault("cost_curves", what, "Give every row a fifth, or none.", "fifths-mixed")])
        if has_fifths.all():
            assert fifth is not None
            parts += _two_stages(str(programme), curve, people, fifth, national_mix)
        else:
            rates = grouped_rates(curve, np.zeros(len(curve), dtype=np.int64), 1, people, _name(programme))[0]
            parts.append((str(programme), "age_sex", rates[people.sex, people.band]))
    write = people.weights_by_cell if by_age else people.weights_by_zone
    frames = []
    for programme, stage, per_head in parts:
        weighted = people.people * per_head
        if weighted.sum() <= 0:
            what = f"the curve of programme {programme} is nought for everybody here"
            raise InputRefused([Fault("cost_curves", what, "Give rates above nought for it.", "curve-nought")])
        scaled = scale_to(weighted, people.total)
        frames.append(write(scaled if by_age else people.by_zone(scaled), programme, stage))
    return pd.concat(frames, ignore_index=True)


def explain_curve_weights(curves: pd.DataFrame, *, has_national_mix: bool) -> tuple[str, ...]:
    """Say in plain sentences what weights from curves rest on.

    Args:
        curves: The declared table `cost_curves` that was used.
        has_national_mix: Whether a national mix was given for the first stage.
    """
    mix = "the national population" if has_national_mix else "this partnership's own population"
    sources = sorted({str(source) for source in curves.get("source", pd.Series(dtype="string")).dropna()})
    return (
        f"Cost per head by age, sex and deprivation fifth is taken from: {'; '.join(sources) or 'a source not named'}.",
        f"For the age and sex stage the rates of the five fifths are averaged over {mix}.",
        "Use is taken for need: where deprived people come late or not at all, the curves are too flat for them.",
        "Only ratios between the rates count; the pounds come from this partnership's ledger.",
    )


def _name(programme: object) -> str:
    return f"cost_curves, programme {programme}"


def _fifth_of_zones(zones: pd.Index, deprivation: pd.Series | None) -> Codes:
    """Number each zone's fifth from 0, refusing zones that have none."""
    if deprivation is None:
        what = "the cost curves are split by deprivation fifth, but no zone's fifth is given"
        raise InputRefused([Fault("indicators", what, "Add the deprivation indicator.", "no-deprivation")])
    given = pd.to_numeric(deprivation, errors="coerce").astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    if deprivation.index.has_duplicates:
        what = f"zone {deprivation.index[deprivation.index.duplicated()][0]} has two deprivation fifths"
        raise InputRefused([Fault("indicators", what, "Keep one period of that indicator.", "fifth-twice")])
    fifth = pd.Series(given, index=deprivation.index).reindex(zones).to_numpy()
    wrong = zones[~np.isin(fifth, np.arange(1, FIFTHS + 1))]
    if len(wrong):
        what = f"{len(wrong):,} zones have no deprivation fifth from 1 to 5: {name_some(wrong)}"
        raise InputRefused([Fault("indicators", what, "Give their fifth: it decides their share.", "fifth-missing")])
    numbered: Codes = fifth.astype(np.int64) - 1
    return numbered


def _two_stages(
    programme: str, curve: pd.DataFrame, people: ZonePeople, fifth: Codes, mix: pd.DataFrame | None
) -> list[tuple[str, str, Floats]]:
    group = curve["deprivation_fifth"].to_numpy(dtype=np.int64) - 1
    rates = grouped_rates(curve, group, FIFTHS, people, _name(programme))
    own = fifth[people.zone]
    living = _people_by_fifth(people, own) if mix is None else _mix_by_fifth(people, mix)
    everybody = living.sum(axis=0)
    # Where nobody of a sex and band lives, no money hangs on the average: the plain mean keeps it defined.
    share = np.divide(living, everybody, out=np.full(living.shape, 1.0 / FIFTHS), where=everybody > 0)
    average = (share * rates).sum(axis=0)
    return [
        (programme, "age_sex", average[people.sex, people.band]),
        (programme, "need", rates[own, people.sex, people.band]),
    ]


def _people_by_fifth(people: ZonePeople, own: npt.NDArray[np.int64]) -> Floats:
    living = np.zeros((FIFTHS, len(SEXES), people.bands.starts.size))
    np.add.at(living, (own, people.sex, people.band), people.people)
    return living


def _mix_by_fifth(people: ZonePeople, mix: pd.DataFrame) -> Floats:
    """Lay a national mix out in the population's own bands."""
    living = np.zeros((FIFTHS, len(SEXES), people.bands.starts.size))
    grid = pd.DataFrame(
        {
            "sex": np.repeat(SEXES, people.bands.starts.size),
            "age_from": np.tile(people.bands.starts, 2),
            "age_to": np.tile(people.bands.ends, 2),
        }
    )
    for number in range(FIFTHS):
        part = mix[(mix["deprivation_fifth"] == number + 1) & (mix["people"] > 0)]
        if part.empty:
            continue
        national = ZonePeople.read(part.assign(zone="all"))
        living[number] = people_in_bands(national, grid).reshape(len(SEXES), -1)
    return living
