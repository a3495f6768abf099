"""Who lives in a made-up place: zones of all degrees of deprivation and age, and the practices that serve them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.special import ndtr

from locality.areas.shapes import Shapes, measure_shapes
from locality.foundations import FinancialYear, round_to_total
from locality.synth import dice
from locality.synth.geography import Geography, make_geography
from locality.synth.national import condition_lean, national
from locality.synth.place import RealPlace, practice_pull, zone_need
from locality.synth.published import BAND_STARTS, FIFTHS, SEXES, rule, standard_people

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

CODE = "S37999999"
"""A partnership code that no real partnership can have."""
NAME = "Strathmirrin"
COUNCIL = "Strathmirrin Council"

# Real practice codes have five digits; these are few enough never to reach the dummy codes at 99995 and above.
_FIRST_PRACTICE = 90_001
# A guess, so that there is something to mend: practices of one cluster seldom all lie in one locality.
_WORK_ACROSS = 5


@dataclass(frozen=True)
class MadeUpPlace:
    """A place with what boundaries are drawn on.

    Args:
        real: Its frames, as those of a real place.
        borders: The table `zone_neighbours`.
        places: The table `zone_places`.
        shapes: The zones' polygons.
    """

    real: RealPlace
    borders: pd.DataFrame
    places: pd.DataFrame
    shapes: Shapes


def make_place(people: int, seed: int, year: FinancialYear) -> MadeUpPlace:
    """Make up a partnership.

    Args:
        people: Residents, in all.
        seed: Decides everything.
        year: The financial year; the population is that of its first calendar year.

    Returns:
        Its frames, the tables of neighbouring zones and of where zones lie, and their polygons.
    """
    land = make_geography(people, seed)
    keys = dice.name_keys(seed, land.zones)
    rank = _ranks(land, keys)
    fifth = np.ceil(rank * FIFTHS / rule("place_shape")["nation_zones"]).astype(np.int64)
    cells = _people_in_cells(land, keys, fifth, people)
    localities = pd.DataFrame(
        {
            "zone": land.zones,
            "locality": [f"L{place + 1:02d}" for place in land.locality],
            "name": [land.localities[place] for place in land.locality],
        }
    )
    zones = _zones(land, cells)
    practices = _practices(land, people)
    real = RealPlace(
        code=CODE,
        name=NAME,
        nation="Scotland",
        zones=zones,
        localities=localities,
        population=_population(land, cells, year),
        indicators=_indicators(land, keys, rank, cells, seed, zones),
        practices=practices,
    )
    registrations = _registrations(real, land.zones, cells.sum(axis=(1, 2)))
    lists = registrations.groupby("practice")["patients"].sum()
    practices = practices.assign(patients=practices["practice"].map(lists).fillna(0).astype("int64"))
    real = RealPlace(**{**real.__dict__, "practices": practices, "registrations": registrations})
    borders = pd.DataFrame(land.borders, columns=["zone_a", "zone_b", "kind", "metres"])
    return MadeUpPlace(real, borders, _places(land), land.shapes)


def _ranks(land: Geography, keys: dice.Keys) -> Whole:
    """Rank zones among the nation's by deprivation: towns' middles and some localities are more deprived."""
    by_locality = dice.normal(
        dice.name_keys(0, [f"{key}" for key in range(len(land.localities))]) ^ keys[0], "deprived"
    )
    score = 0.9 * (land.in_town * (1 - land.remoteness)) + 0.35 * by_locality[land.locality]
    score = score + 0.8 * dice.normal(keys, "deprivation")
    order = np.empty(score.size, dtype=np.int64)
    order[np.argsort(-score, kind="stable")] = np.arange(score.size)
    ranks: Whole = np.ceil((order + 0.5) / score.size * rule("place_shape")["nation_zones"]).astype(np.int64)
    return ranks


def _people_in_cells(land: Geography, keys: dice.Keys, fifth: Whole, people: int) -> Whole:
    """Give whole residents by zone, sex and age band; they sum to `people` exactly."""
    size = dice.spread(keys, "size", 0.2)
    whole = round_to_total(size / size.sum() * people, people)
    standard = standard_people()
    lean = 0.3 * dice.normal(keys, "age") + 0.35 * (~land.in_town) - 0.15
    tilt = np.exp(lean[:, None] * (np.array(BAND_STARTS)[None, :] - 40) / 40)
    cells = np.zeros((keys.size, len(SEXES), len(BAND_STARTS)), dtype=np.int64)
    for zone in range(keys.size):
        weight = standard[:, :, fifth[zone] - 1] * tilt[zone]
        expected = (weight / weight.sum() * whole[zone]).reshape(-1)
        cells[zone] = round_to_total(expected, int(whole[zone])).reshape(cells.shape[1:])
    return cells


def _zones(land: Geography, cells: Whole) -> pd.DataFrame:
    size = pd.Series(cells.sum(axis=(1, 2))).groupby(list(land.settlement)).transform("sum").to_numpy()
    large = rule("place_shape")["large_city_people"]
    town = np.select([size >= large, size >= 10_000, size >= 3_000], [1, 2, 3], 6)
    rural = np.select([land.remoteness > 1, land.remoteness > 0.75], [8, 7], 6)
    return pd.DataFrame(
        {
            "zone": land.zones,
            "name": land.shapes.names,
            "settlement": land.settlement,
            "urban_rural": np.where(land.in_town, town, rural).astype(str),
            "easting": land.point[:, 0],
            "northing": land.point[:, 1],
            "geometry": shapely.to_wkt(land.shapes.polygons, rounding_precision=0),
        }
    )


def _places(land: Geography) -> pd.DataFrame:
    measured = measure_shapes(land.shapes)
    return pd.DataFrame(
        {
            "zone": land.zones,
            "settlement": land.settlement,
            "easting": land.point[:, 0],
            "northing": land.point[:, 1],
            "area": np.rint(measured.area),
            "perimeter": np.round(measured.perimeter, 1),
            "council": COUNCIL,
        }
    )


def _population(land: Geography, cells: Whole, year: FinancialYear) -> pd.DataFrame:
    zones, sexes, bands = (axis.reshape(-1) for axis in np.indices(cells.shape))
    start = np.array(BAND_STARTS)[bands]
    return pd.DataFrame(
        {
            "zone": np.array(land.zones)[zones],
            "year": year.start_year,
            "sex": np.array(SEXES)[sexes],
            "age_from": start,
            "age_to": pd.array(start + 4, dtype="Int64"),
            "people": cells.reshape(-1),
        }
    ).assign(age_to=lambda rows: rows["age_to"].mask(rows["age_from"] == BAND_STARTS[-1]))


def _indicators(
    land: Geography, keys: dice.Keys, rank: Whole, cells: Whole, seed: int, zones: pd.DataFrame
) -> pd.DataFrame:
    """Make the indicators that a need model would use; some follow the planted effects, with noise."""
    nation = rule("place_shape")["nation_zones"]
    deprived = 1 - rank / nation
    size = cells.sum(axis=(1, 2))
    poor = np.clip(2 + 30 * deprived**2 + 1.5 * dice.normal(keys, "income noise"), 0.5, 60)
    fifth = np.ceil(rank * FIFTHS / nation).astype(np.int64)
    chance = ndtr(condition_lean() - national().condition_steps[0])[:, :, fifth - 1].transpose(2, 0, 1)
    ill = 100 * (chance * cells).sum(axis=(1, 2)) / np.maximum(size, 1)
    ill = np.clip(ill * np.exp(zone_need(seed, land.zones)) + 0.5 * dice.normal(keys, "illness noise"), 1, 99)
    alone = np.clip(28 + 12 * deprived + 4 * dice.normal(keys, "alone noise"), 5, 80)
    drive = np.round(2 + 9 * land.remoteness**2 + np.abs(dice.normal(keys, "drive noise")), 1)
    values = {
        "simd_rank": rank,
        "simd_decile": np.ceil(rank * 10 / nation),
        "simd_fifth": fifth,
        "income_rate": np.round(poor, 1),
        "living_alone": np.round(alone, 1),
        "ltc_rate": np.round(ill, 1),
        "urban_rural_8": zones["urban_rural"].astype(float),
        "drive_time": drive,
    }
    count = {"income_rate": np.rint(poor * size / 100)}
    parts = [
        pd.DataFrame(
            {
                "zone": land.zones,
                "indicator": name,
                "period": "made up",
                "value": np.asarray(value, dtype=np.float64),
                "numerator": pd.array(count.get(name, [pd.NA] * size.size), dtype="Float64"),
                "denominator": pd.array(size if name in count else [pd.NA] * size.size, dtype="Float64"),
            }
        )
        for name, value in values.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _practices(land: Geography, people: int) -> pd.DataFrame:
    """Open practices in every locality, in clusters of its own but for a few practices that work across its border."""
    shape = rule("place_shape")
    rows: list[tuple[str, str, str, str]] = []
    for name in range(len(land.localities)):
        members = np.flatnonzero(land.locality == name)
        here = people * members.size / len(land.zones)
        count = min(members.size, max(1, round(here / shape["practice_people"])))
        clusters = max(1, round(here / shape["cluster_people"]))
        for number, place in enumerate(np.linspace(0, members.size - 1, count + 2)[1:-1].round().astype(int)):
            zone = members[place]
            code = str(_FIRST_PRACTICE + len(rows))
            cluster = f"{land.localities[name]} cluster {number * clusters // count + 1}"
            rows.append((code, f"{land.settlement[zone]} surgery {len(rows) + 1}", cluster, land.zones[zone]))
    frame = pd.DataFrame(rows, columns=["practice", "name", "cluster", "zone"])
    frame["cluster"] = _work_across(land, frame)
    return frame.assign(patients=pd.array([pd.NA] * len(frame), dtype="Int64"))


def _work_across(land: Geography, practices: pd.DataFrame) -> pd.Series:
    """Put every fifth practice of the mainland into the cluster of the nearest practice of another locality."""
    zone = practices["zone"].map({code: place for place, code in enumerate(land.zones)}).to_numpy()
    locality, point = land.locality[zone], land.point[zone]
    islands = len(land.localities) - 1
    clusters = practices["cluster"].copy()
    for place in range(_WORK_ACROSS - 1, len(practices), _WORK_ACROSS):
        others = np.flatnonzero((locality != locality[place]) & (locality != islands))
        if locality[place] != islands and others.size:
            nearest = others[np.hypot(*(point[others] - point[place]).T).argmin()]
            clusters[place] = practices["cluster"][nearest]
    return clusters


def _registrations(real: RealPlace, zones: tuple[str, ...], size: Whole) -> pd.DataFrame:
    practices, pull = practice_pull(real, zones)
    rows = []
    for place, zone in enumerate(zones):
        share = pull[place] / pull[place].sum() * size[place]
        counts = round_to_total(share, int(size[place]))
        rows += [(zone, practices[one], int(counts[one])) for one in np.flatnonzero(counts)]
    return pd.DataFrame(rows, columns=["zone", "practice", "patients"])
