"""The place that people are made for: real or made up, handed in as frames of the declared tables."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.foundations import Fault, InputRefused
from locality.synth.dice import name_key, name_keys, normal
from locality.synth.published import rule

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

_FIFTHS = ("simd_fifth", "imd_fifth", "simd_quintile", "imd_quintile")
_DECILES = ("simd_decile", "imd_decile")
_DRIVE = "drive_time"


@dataclass(frozen=True)
class RealPlace:
    """The frames that say what a place is like; columns as the declared tables have them.

    Args:
        code: The partnership's code.
        name: Its name.
        nation: The nation that it lies in.
        zones: One row per zone: zone, easting, northing (coordinates may be missing).
        localities: One row per zone: zone, locality, name (may be missing).
        population: One row per zone, year, sex and age band; the newest year is used.
        indicators: One row per zone and indicator; `simd_fifth` or `imd_fifth` (1 most deprived), or a decile, is used,
            and `drive_time` where there is one.
        practices: One row per practice; empty where none are known.
        registrations: One row per zone and practice; empty where none are known.
    """

    code: str
    name: str
    nation: str
    zones: pd.DataFrame
    localities: pd.DataFrame
    population: pd.DataFrame
    indicators: pd.DataFrame
    practices: pd.DataFrame = field(default_factory=pd.DataFrame)
    registrations: pd.DataFrame = field(default_factory=pd.DataFrame)


@dataclass(frozen=True)
class Place:
    """A place as arrays, zones in order of code.

    Args:
        code: The partnership's code.
        zones: Zone codes.
        fifth: Deprivation fifth of each zone, 1 most deprived.
        locality: Name of each zone's locality.
        urban_rural: 8-fold class of each zone; 0 where unknown.
        rank: Deprivation rank; 0 where unknown.
        need: Factor on all use in each zone, 1 on average.
        supply: Further factor on planned and walk-in care in each zone, 1 on average.
        practices: Practice codes.
        clusters: Cluster of each practice.
        lists: Cumulative share of each zone's people by practice (zones by practices); no columns when unknown.
        residents: Population rows in order of zone: zone's place, sex (0 female, 1 male), ages, whole people.
    """

    code: str
    zones: tuple[str, ...]
    fifth: Whole
    locality: tuple[str, ...]
    urban_rural: Whole
    rank: Whole
    need: Floats
    supply: Floats
    practices: tuple[str, ...]
    clusters: tuple[str, ...]
    lists: Floats
    residents: pd.DataFrame

    @property
    def people(self) -> int:
        """Give the number of residents."""
        return int(self.residents["people"].sum())


def read_place(real: RealPlace, seed: int) -> Place:
    """Turn the frames of a place into arrays.

    Args:
        real: The frames.
        seed: Decides the zones' and localities' own habits of use.

    Returns:
        The place; every zone that has residents, in order of code.

    Raises:
        InputRefused: There is no population, or no zone has a deprivation fifth.
    """
    residents = _residents(real.population)
    zones = tuple(sorted(residents["zone"].unique()))
    _refuse_unfit(real, zones)
    residents["place"] = residents["zone"].map({zone: place for place, zone in enumerate(zones)})
    residents = residents.sort_values(["place", "sex", "age_from"], kind="stable").reset_index(drop=True)
    size = residents.groupby("place")["people"].sum().to_numpy(dtype=np.float64)
    locality = _localities(real.localities, zones)
    practices, clusters, lists = _lists(real, zones)
    return Place(
        code=real.code,
        zones=zones,
        fifth=np.clip(np.nan_to_num(_fifths(real.indicators, zones), nan=3.0), 1, 5).astype(np.int64),
        locality=locality,
        urban_rural=_class(real.zones, zones),
        rank=np.nan_to_num(_indicator(real.indicators, zones, ("simd_rank", "imd_rank"))).astype(np.int64),
        need=_own_need(seed, zones, locality, size),
        supply=_supply(real.indicators, zones, size),
        practices=practices,
        clusters=clusters,
        lists=lists,
        residents=residents,
    )


def zone_need(seed: int, zones: tuple[str, ...]) -> Floats:
    """Draw by how much each zone's people need care beyond their age, sex and deprivation (a logarithm)."""
    drawn: Floats = rule("planted_effects")["need"] * normal(name_keys(seed, zones), "zone need")
    return drawn


def _refuse_unfit(real: RealPlace, zones: tuple[str, ...]) -> None:
    if not zones:
        what = "there is nobody in the population table"
        raise InputRefused([Fault("population", what, "Give residents by zone, sex and age.", "no-people")])
    if np.isnan(_fifths(real.indicators, zones)).all():
        what = "no zone has a deprivation fifth (simd_fifth or imd_fifth)"
        raise InputRefused(
            [Fault("indicators", what, "Name a deprivation file in partnership.toml.", "no-deprivation")]
        )


def _residents(population: pd.DataFrame) -> pd.DataFrame:
    """Give the newest year's residents as whole people; a zone's total stays within one of its unrounded total."""
    columns = ["zone", "sex", "age_from", "age_to", "people"]
    if population.empty:
        return pd.DataFrame(columns=columns)
    newest = population[population["year"].astype("int64") == int(population["year"].max())]
    rows = pd.DataFrame(
        {
            "zone": newest["zone"].astype("str"),
            "sex": (newest["sex"] == "male").astype("int64"),
            "age_from": newest["age_from"].astype("int64"),
            "age_to": newest["age_to"].astype("Float64").fillna(-1).astype("int64"),
            "people": newest["people"].astype("Float64").fillna(0).astype("float64"),
        }
    ).sort_values(["zone", "sex", "age_from"], kind="stable")
    # Rounding the running total keeps every zone, sex and run of ages within one person of the table.
    running = rows.groupby("zone")["people"].cumsum()
    rows["people"] = running.round().groupby(rows["zone"]).diff().fillna(running.round()).astype("int64")
    return rows[rows["people"] > 0].reset_index(drop=True)


def _indicator(indicators: pd.DataFrame, zones: tuple[str, ...], names: tuple[str, ...]) -> Floats:
    """Give the first of some indicators that the table has, its newest period, in order of zone."""
    for name in names:
        rows = indicators[indicators["indicator"] == name] if len(indicators) else indicators
        if len(rows):
            newest = rows.sort_values("period", kind="stable").drop_duplicates("zone", keep="last")
            by_zone = newest.set_index("zone")["value"].astype("Float64").astype("float64")
            values: Floats = by_zone.reindex(list(zones)).to_numpy(dtype=np.float64)
            return values
    return np.full(len(zones), np.nan)


def _fifths(indicators: pd.DataFrame, zones: tuple[str, ...]) -> Floats:
    fifths = _indicator(indicators, zones, _FIFTHS)
    if np.isnan(fifths).all():
        fifths = np.ceil(_indicator(indicators, zones, _DECILES) / 2)
    return fifths


def _localities(localities: pd.DataFrame, zones: tuple[str, ...]) -> tuple[str, ...]:
    if localities.empty:
        return ("",) * len(zones)
    rows = localities.drop_duplicates("zone", keep="last").set_index("zone")
    named = rows["name"].fillna(rows["locality"]) if "name" in rows else rows["locality"]
    return tuple(named.reindex(list(zones)).fillna("").astype("str"))


def _class(zones: pd.DataFrame, order: tuple[str, ...]) -> Whole:
    if "urban_rural" not in zones:
        return np.zeros(len(order), dtype=np.int64)
    by_zone = pd.to_numeric(zones.drop_duplicates("zone").set_index("zone")["urban_rural"]).astype("Float64")
    classes: Whole = by_zone.reindex(list(order)).fillna(0).astype("int64").to_numpy()
    return classes


def _own_need(seed: int, zones: tuple[str, ...], locality: tuple[str, ...], size: Floats) -> Floats:
    habit = {name: normal(np.array([name_key(seed, name)]), "locality habit")[0] for name in sorted(set(locality))}
    habits = rule("planted_effects")["habit"] * np.array([habit[name] for name in locality])
    return _mean_one(zone_need(seed, zones) + habits, size)


def _supply(indicators: pd.DataFrame, zones: tuple[str, ...], size: Floats) -> Floats:
    drive = _indicator(indicators, zones, (_DRIVE,))
    known = ~np.isnan(drive)
    if not known.any() or drive[known].std() == 0:
        return np.ones(len(zones))
    standard = np.where(known, (drive - drive[known].mean()) / drive[known].std(), 0.0)
    return _mean_one(rule("planted_effects")["supply"] * standard, size)


def _mean_one(logs: Floats, size: Floats) -> Floats:
    factors = np.exp(logs)
    scaled: Floats = factors * size.sum() / (factors * size).sum()
    return scaled


def _lists(real: RealPlace, zones: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], Floats]:
    """Give practices, their clusters and each zone's cumulative share of people by practice."""
    if not real.registrations.empty:
        rows = real.registrations[real.registrations["zone"].isin(zones)]
        counts = rows.pivot_table(index="zone", columns="practice", values="patients", aggfunc="sum", fill_value=0)
        counts = counts.reindex(list(zones), fill_value=0).astype("float64")
        codes, table = tuple(str(code) for code in counts.columns), counts.to_numpy(dtype=np.float64)
    else:
        codes, table = practice_pull(real, zones)
    clusters = (
        dict(zip(real.practices["practice"], real.practices["cluster"], strict=True))
        if ("cluster" in real.practices)
        else {}
    )
    named = tuple("" if pd.isna(clusters.get(code)) else str(clusters[code]) for code in codes)
    total = table.sum(axis=1, keepdims=True)
    return codes, named, np.cumsum(np.divide(table, total, out=np.zeros_like(table), where=total > 0), axis=1)


def practice_pull(real: RealPlace, zones: tuple[str, ...]) -> tuple[tuple[str, ...], Floats]:
    """Share each zone's people between the three nearest practices, nearer and larger ones first."""
    nothing: tuple[tuple[str, ...], Floats] = ((), np.zeros((len(zones), 0)))
    if real.practices.empty or "easting" not in real.zones:
        return nothing
    points = real.zones.drop_duplicates("zone").set_index("zone")[["easting", "northing"]].astype("float64")
    surgeries = real.practices[real.practices["zone"].isin(points.index)].sort_values("practice")
    if surgeries.empty:
        return nothing
    home = points.reindex(list(zones)).to_numpy()
    away = points.loc[list(surgeries["zone"])].to_numpy()
    metres = np.hypot(home[:, None, 0] - away[None, :, 0], home[:, None, 1] - away[None, :, 1])
    # Two kilometres is how fast the pull of a surgery is taken to fade: a guess, good enough for made-up people.
    pull = np.nan_to_num(np.exp(-(metres - metres.min(axis=1, keepdims=True)) / 2_000))
    pull = pull * surgeries["patients"].astype("Float64").fillna(1).to_numpy(dtype=np.float64)
    third = np.sort(pull, axis=1)[:, -min(3, pull.shape[1])][:, None]
    return tuple(surgeries["practice"].astype("str")), np.where(pull >= third, pull, 0.0)
