"""Fair share: the locality's population weighted for age and sex, need, and the unavoidable cost of supply.

Published weighted populations are summed over a locality's zones; nothing is estimated again. Weights from cost
curves and from an estimate come in the same shape, so that everything after them is one calculation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.foundations import Fault, InputRefused
from locality.money.places import LocalityList

Floats = npt.NDArray[np.float64]

STAGES = ("age_sex", "need", "supply")


@dataclass(frozen=True)
class ProgrammeWeights:
    """Weighted population of every zone for one need programme.

    Args:
        programme: Its name.
        how: How the weights were made, in a sentence for the report.
        stages: Weighted people by stage and zone, in the order of `WeightSet.zones`; stages may be missing.
        replicates: Draws by zones of the last stage, where the weights themselves were estimated.
    """

    programme: str
    how: str
    stages: Mapping[str, Floats]
    replicates: Floats | None = None


@dataclass(frozen=True)
class WeightSet:
    """All programmes' weights on one list of zones.

    Args:
        zones: The partnership's zones, in order.
        people: Residents of each zone.
        programmes: Weights by programme.
    """

    zones: tuple[str, ...]
    people: Floats
    programmes: Mapping[str, ProgrammeWeights] = field(default_factory=dict)

    def chain(self, programme: str, stage: str) -> Floats:
        """Give a programme's weights stage by stage.

        Args:
            programme: One of the set; any other name stands for plain heads.
            stage: The last stage that counts: 'need' or 'supply'.

        Returns:
            Four rows by zones: people, after age and sex, after need, after supply. A stage that was not published
            repeats the one before it; when only a later stage exists, the whole step is taken there.

        Raises:
            InputRefused: Need alone is asked for, but the publisher gives only need and supply together.
        """
        rows = [self.people]
        found = self.programmes[programme].stages if programme in self.programmes else {}
        if stage == "need" and "supply" in found and "need" not in found:
            raise InputRefused([_only_with_supply(programme)])
        for name in STAGES:
            counts = name in found and not (name == "supply" and stage == "need")
            rows.append(found[name] if counts else rows[-1])
        return np.array(rows)


def _only_with_supply(programme: str) -> Fault:
    return Fault(
        "fair_weights",
        f"the weights of programme '{programme}' hold need and supply together, so need alone cannot be shown",
        'Set stage = "supply" under [money], or add the weights at stage need.',
        "need-not-separate",
    )


def weights_of_table(weights: pd.DataFrame, zones: Sequence[str], how: str) -> dict[str, ProgrammeWeights]:
    """Sum a `fair_weights` table to programme, stage and zone.

    Args:
        weights: Declared table `fair_weights` (people after weighting, by zone, sex and age band).
        zones: The partnership's zones, in order; rows of other zones are left out.
        how: The sentence that says where the weights are from.

    Returns:
        Weights by programme.

    Raises:
        InputRefused: A zone of the partnership has no weight in a programme and stage that others have: a lost zone
            would quietly move its money to all others.
    """
    inside = weights[weights["zone"].isin(list(zones))]
    sums = inside.groupby(["programme", "stage", "zone"], sort=True)["weighted_people"].sum()
    found: dict[str, dict[str, Floats]] = {}
    faults: list[Fault] = []
    for (programme, stage), rows in sums.groupby(level=["programme", "stage"]):
        by_zone = rows.droplevel(["programme", "stage"]).reindex(list(zones))
        if by_zone.isna().any():
            faults.append(_lost_zones(str(programme), str(stage), by_zone))
        found.setdefault(str(programme), {})[str(stage)] = by_zone.to_numpy(dtype=np.float64, na_value=0.0)
    if faults:
        raise InputRefused(faults)
    return {name: ProgrammeWeights(name, how, stages) for name, stages in found.items()}


def _lost_zones(programme: str, stage: str, by_zone: pd.Series) -> Fault:
    lost = by_zone.index[by_zone.isna()]
    return Fault(
        "fair_weights",
        f"programme '{programme}', stage {stage}, has no weight for zone {lost[0]}",
        "Use weights of the same zone vintage that cover every zone of the partnership.",
        "zone-without-weight",
        rows=len(lost),
    )


def rebase_weights(weights: pd.DataFrame, base: pd.DataFrame, newest: pd.DataFrame) -> pd.DataFrame:
    """Move published weights to a newer population, holding the weight of each head fixed.

    Args:
        weights: Declared table `fair_weights`, by zone, sex and age band.
        base: Declared table `population` for the year that the weights were made for.
        newest: The same for the newest year.

    Returns:
        The weights times newest / base people of the same zone, sex and band; a band that was empty in the base year
        takes the zone's overall change.

    Source:
        WP' = WP x P_new[z,a,s] / P_base[z,a,s]: possible because the published weights are by age and sex.
    """
    _refuse_lost_base(weights, base, newest)
    overall = newest.groupby("zone")["people"].sum() / base.groupby("zone")["people"].sum()
    parts = []
    # Programmes may have bands of their own, so each is moved by itself.
    for _, part in weights.groupby("programme", sort=False):
        bands = part[["zone", "sex", "age_from", "age_to"]].drop_duplicates()
        old, new = people_in_bands(bands, base), people_in_bands(bands, newest)
        whole = np.array(bands["zone"].map(overall), dtype=np.float64)
        change = np.divide(new, old, out=whole, where=old > 0)
        moved = part.merge(bands.assign(change=change), on=["zone", "sex", "age_from", "age_to"], how="left")
        moved["weighted_people"] = moved["weighted_people"].astype(float) * moved.pop("change")
        parts.append(moved)
    return pd.concat(parts, ignore_index=True)


def _refuse_lost_base(weights: pd.DataFrame, base: pd.DataFrame, newest: pd.DataFrame) -> None:
    faults = []
    for name, population in (("base year", base), ("newest year", newest)):
        lived = population.groupby("zone")["people"].sum()
        lost = sorted(set(weights["zone"]) - set(lived.index[lived > 0]))
        if lost:
            what = f"zone {lost[0]} has weights but no people in the {name}, so its weight cannot be moved"
            do = "Add its people, or use the weights as published."
            faults.append(Fault("population", what, do, "zone-without-people", rows=len(lost)))
    if faults:
        raise InputRefused(faults)


def people_in_bands(bands: pd.DataFrame, population: pd.DataFrame) -> Floats:
    """Count people of a finer population table in zone, sex and age bands.

    Args:
        bands: zone, sex (or 'all'), age_from, age_to (empty when open).
        population: Declared table `population`; its bands lie within those asked for.

    Returns:
        People for each row of `bands`.
    """
    edges = sorted({int(age) for age in bands["age_from"]})
    start = np.array(edges)[np.searchsorted(edges, population["age_from"].to_numpy(dtype=int), side="right") - 1]
    rows = pd.DataFrame(
        {
            "zone": population["zone"],
            "sex": population["sex"],
            "age_from": start,
            "people": population["people"].astype(float),
        }
    )
    every = rows.assign(sex="all")
    sums = pd.concat([rows, every]).groupby(["zone", "sex", "age_from"])["people"].sum()
    key = pd.MultiIndex.from_arrays([bands["zone"], bands["sex"], bands["age_from"].astype(int)])
    people: Floats = sums.reindex(key).fillna(0.0).to_numpy(dtype=np.float64)
    return people


def fair_shares(weights: WeightSet, programme: str, localities: LocalityList, stage: str) -> Floats:
    """Share of each locality at every stage.

    Args:
        weights: All weights.
        programme: A need programme, or another name for plain heads.
        localities: The localities.
        stage: The last stage that counts.

    Returns:
        Four rows (population, age and sex, need, supply) by localities; each row sums to 1.
    """
    return locality_shares(weights.chain(programme, stage), weights.zones, localities)


def locality_shares(by_zone: Floats, zones: Sequence[str], localities: LocalityList) -> Floats:
    """Sum rows of zone figures by locality and scale each row to 1."""
    row = localities.rows_of_zones(pd.Series(list(zones), dtype="string"))
    sums = np.zeros((by_zone.shape[0], localities.count + 1))
    np.add.at(sums.T, row, by_zone.T)
    inside = sums[:, :-1]
    shares: Floats = inside / inside.sum(axis=1, keepdims=True)
    return shares


def draw_shares(
    weights: WeightSet, localities: LocalityList, stage: str, *, resamples: int, seed: int
) -> dict[str, Floats]:
    """Draw the fair shares anew: what they might have been with other zones of the same kind.

    Zones are drawn with replacement within each locality, the same draw for every programme; a locality's weight for
    each head is taken from the draw and applied to its real population. Where the weights were estimated, the
    estimate's own draws are used instead.

    Args:
        weights: All weights.
        localities: The localities.
        stage: The last stage that counts.
        resamples: Number of draws.
        seed: Start of the random numbers.

    Returns:
        Draws by localities for every programme, and for plain heads under ""; rows sum to 1.
    """
    generator = np.random.default_rng(seed)
    row = localities.rows_of_zones(pd.Series(list(weights.zones), dtype="string"))
    people = np.bincount(row, weights=weights.people, minlength=localities.count + 1)[:-1]
    last = {name: weights.chain(name, stage)[-1] for name in weights.programmes}
    per_head = {name: np.empty((resamples, localities.count)) for name in last}
    for locality in range(localities.count):
        inside = np.flatnonzero(row == locality)
        times = generator.multinomial(inside.size, np.full(inside.size, 1 / inside.size), size=resamples)
        heads = times @ weights.people[inside]
        for name, weighted in last.items():
            # A draw of empty zones only says nothing of need for each head; it takes the locality's own.
            own = weighted[inside].sum() / weights.people[inside].sum()
            per_head[name][:, locality] = np.divide(
                times @ weighted[inside], heads, out=np.full(resamples, own), where=heads > 0
            )
    drawn = {name: _scaled(people * index) for name, index in per_head.items()}
    for name, programme in weights.programmes.items():
        if programme.replicates is not None:
            drawn[name] = locality_shares(programme.replicates[:resamples], weights.zones, localities)
    drawn[""] = np.tile(people / people.sum(), (resamples, 1))
    return drawn


def _scaled(rows: Floats) -> Floats:
    scaled: Floats = rows / rows.sum(axis=1, keepdims=True)
    return scaled
