"""Fair weights for every need programme, by the best way that a partnership's tables allow.

The order is: weights as published by zone; weights as published by practice, taken to where patients live; published
cost curves by age, sex and deprivation; an estimate from local cost. A partnership may choose otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.foundations import Fault, FinancialYear, InputRefused, load_rule
from locality.money.cost_curves import explain_curve_weights, weights_from_curves
from locality.money.cube import CostCube
from locality.money.fair import ProgrammeWeights, WeightSet, rebase_weights, weights_of_table
from locality.money.need_model import NationalFigures, NeedModel, fit_need_model
from locality.money.need_variables import NeedVariables
from locality.money.residence_weights import weights_by_residence
from locality.money.settings import ShareSettings
from locality.money.social_care_need import social_care_need

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class MadeWeights:
    """All weights, the models that were estimated for them, and what must be said of them."""

    weights: WeightSet
    models: tuple[NeedModel, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class WeightTables:
    """The tables from which weights are made.

    Args:
        zones: The partnership's zones, in order.
        tables: Declared tables by name, as far as the folder has them.
        cube: Cost cube by zone, for estimates.
        years: Years of the cube that count.
        on: The day whose rules hold.
    """

    zones: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame]
    cube: CostCube | None
    years: tuple[FinancialYear, ...]
    on: dt.date

    @property
    def newest(self) -> pd.DataFrame:
        """The newest year of the population."""
        return self.population_of(int(self.tables["population"]["year"].max()))

    def population_of(self, year: int) -> pd.DataFrame:
        """One year of the population, cut to the zones."""
        population = self.tables["population"]
        return population[(population["year"] == year) & population["zone"].isin(list(self.zones))]

    def wide_indicators(self) -> pd.DataFrame:
        """Indicators as columns, zones as rows; of several periods the last one counts.

        Raises:
            InputRefused: The folder has no indicators.
        """
        if "indicators" not in self.tables:
            raise InputRefused([_no_table("indicators", "need cannot be estimated")])
        long = self.tables["indicators"].sort_values("period").drop_duplicates(["zone", "indicator"], keep="last")
        wide = long.pivot(index="zone", columns="indicator", values="value")
        return wide.reindex(list(self.zones)).astype("Float64").astype("float64")


def make_weights(given: WeightTables, settings: ShareSettings) -> MadeWeights:
    """Make weights for every need programme of the services.

    Args:
        given: The tables.
        settings: What the partnership decides for itself.

    Returns:
        The weights. A programme for which nothing is known has none and is shared by heads; a note says so.

    Raises:
        InputRefused: A way that the settings name lacks its table.
    """
    people = given.newest.groupby("zone")["people"].sum().reindex(list(given.zones))
    made: dict[str, ProgrammeWeights] = {}
    models: list[NeedModel] = []
    notes: list[str] = []
    ways = {programme: _choose_way(programme, given, settings) for programme in _programmes(given)}
    for way, maker in (("published", _published), ("practices", _by_practice), ("curves", _by_curves)):
        asked = [programme for programme, chosen in ways.items() if chosen == way]
        if asked:
            found, said = maker(given, settings, asked)
            made |= found
            notes += said
    for programme in [name for name, chosen in ways.items() if chosen == "estimate"]:
        model = _estimate(given, settings, programme)
        models.append(model)
        made[programme] = _weights_of_model(model, given.zones, settings)
    for programme in [name for name, chosen in ways.items() if chosen == ""]:
        notes.append(f"There are no weights for programme '{programme}': it is shared by heads.")
    heads = people.to_numpy(dtype=np.float64, na_value=0.0)
    return MadeWeights(WeightSet(given.zones, heads, made), tuple(models), tuple(notes))


def _programmes(given: WeightTables) -> list[str]:
    return [str(name) for name in given.tables["services"]["need_programme"].dropna().unique()]


def _choose_way(programme: str, given: WeightTables, settings: ShareSettings) -> str:
    tables = {"published": "fair_weights", "practices": "practice_weights", "curves": "cost_curves"}
    has = {way: _has_programme(given.tables.get(table), programme) for way, table in tables.items()}
    has["estimate"] = given.cube is not None and bool(
        _need_names(programme, settings) or programme in settings.social_care
    )
    asked = settings.methods.get(programme)
    if asked and not has[asked]:
        raise InputRefused([_lacks(programme, asked, tables.get(asked, "need"))])
    return asked or next((way for way, there in has.items() if there), "")


def _has_programme(table: pd.DataFrame | None, programme: str) -> bool:
    return table is not None and bool((table["programme"] == programme).any())


def _need_names(programme: str, settings: ShareSettings) -> tuple[str, ...]:
    return settings.need.get(programme, settings.need.get("", ()))


def _lacks(programme: str, way: str, table: str) -> Fault:
    what = f"money.methods.{programme}: the way '{way}' needs "
    do = f"Add rows of programme '{programme}' to the table {table}, or choose another way."
    if way == "estimate":
        what += "person-level activity and a list of need indicators"
        do = f'Add activity and persons, and write need.{programme} = ["..."] under [money].'
    else:
        what += f"the table {table} with that programme"
    return Fault("partnership.toml", what, do, "method-without-table")


def _published(
    given: WeightTables, settings: ShareSettings, programmes: Sequence[str]
) -> tuple[dict[str, ProgrammeWeights], list[str]]:
    weights = given.tables["fair_weights"]
    weights = weights[weights["programme"].isin(list(programmes))]
    how = "Published weighted population of every zone, summed over the locality."
    if settings.weights_year:
        base = given.population_of(settings.weights_year)
        if base.empty:
            raise InputRefused([_no_base_year(settings.weights_year)])
        newest = int(given.newest["year"].iloc[0])
        weights = rebase_weights(weights, base, given.newest)
        how += f" Moved from the population of {settings.weights_year} to that of {newest} by age and sex."
    return weights_of_table(weights, given.zones, how), []


def _no_table(name: str, without: str) -> Fault:
    return Fault(
        "partnership.toml",
        f"without the table '{name}' {without}",
        f"Add {name} under [tables], or choose another way with money.methods.",
        "table-missing",
    )


def _no_base_year(year: int) -> Fault:
    return Fault(
        "partnership.toml",
        f"money.weights_year: there is no population of {year} to move the weights from",
        f"Add the population of {year}, or take the setting out.",
        "no-base-population",
    )


def _by_practice(
    given: WeightTables, settings: ShareSettings, programmes: Sequence[str]
) -> tuple[dict[str, ProgrammeWeights], list[str]]:
    weights = given.tables["practice_weights"]
    practices = given.tables.get("practices")
    if "registrations" not in given.tables:
        raise InputRefused([_no_table("registrations", "weights of practices cannot be taken to zones")])
    sizes = None if practices is None else practices.set_index("practice")["patients"].dropna().astype("float64")
    placed = weights_by_residence(
        weights[weights["programme"].isin(list(programmes))],
        given.tables["registrations"],
        zones=pd.Index(given.zones),
        list_sizes=sizes,
        on=given.on,
    )
    how = "Published weighted population of every practice, taken to the zones where its patients live."
    return weights_of_table(placed.weights, given.zones, how), list(placed.sentences)


def _by_curves(
    given: WeightTables, settings: ShareSettings, programmes: Sequence[str]
) -> tuple[dict[str, ProgrammeWeights], list[str]]:
    curves = given.tables["cost_curves"]
    curves = curves[curves["programme"].isin(list(programmes))]
    deprivation = None
    if curves["deprivation_fifth"].notna().any():
        deprivation = _deprivation(given, settings)
    weights = weights_from_curves(given.newest, curves, deprivation, by_age=False)
    sources = "; ".join(dict.fromkeys(curves["source"].dropna().astype(str)))
    how = f"Published rates per head by age, sex and deprivation, applied to every zone's residents. {sources}"
    return weights_of_table(weights, given.zones, how), list(explain_curve_weights(curves, has_national_mix=False))


def _deprivation(given: WeightTables, settings: ShareSettings) -> pd.Series:
    wanted = [settings.deprivation] if settings.deprivation else list(_known_fifths(given.on))
    wide = given.wide_indicators() if "indicators" in given.tables else pd.DataFrame()
    for name in wanted:
        if name in wide:
            return wide[name]
    raise InputRefused(
        [
            Fault(
                "indicators",
                f"the cost curves differ by deprivation fifth, and there is no indicator {' or '.join(wanted)}",
                "Add it, or name the indicator that holds the fifth with money.deprivation.",
                "no-deprivation",
            )
        ]
    )


def _known_fifths(on: dt.date) -> Sequence[str]:
    names: Sequence[str] = load_rule("locality.money", "deprivation_fifth_indicators").at(on).value
    return names


def _estimate(given: WeightTables, settings: ShareSettings, programme: str) -> NeedModel:
    costs = _costs_of_programme(given, programme)
    national = NationalFigures(coefficients=given.tables.get("need_coefficients"))
    supply = settings.supply.get(programme, settings.supply.get("", ()))
    if programme in settings.social_care:
        return social_care_need(
            costs,
            given.newest,
            given.wide_indicators(),
            programme=programme,
            on=given.on,
            supply=supply,
            national=national,
            missing="mean",
        )
    return fit_need_model(
        costs,
        given.newest,
        given.wide_indicators(),
        NeedVariables(_need_names(programme, settings), supply),
        programme=programme,
        on=given.on,
        national=national,
        missing="mean",
    )


def _costs_of_programme(given: WeightTables, programme: str) -> pd.DataFrame:
    """Cost by zone, sex and age of the activity of a programme's services, all years that count together."""
    assert given.cube is not None
    services = given.tables["services"]
    own = services[services["need_programme"] == programme]
    headings: set[str] = set()
    for row in own.itertuples(index=False):
        activity = "" if pd.isna(row.activity) else str(row.activity)
        headings |= {part.strip() for part in activity.split(";") if part.strip()} or {str(row.heading)}
    cells = given.cube.cells
    years = {str(year) for year in given.years}
    known = cells["place"].isin(list(given.zones)) & cells["age_from"].notna() & cells["sex"].notna()
    chosen = cells[known & cells["heading"].isin(headings) & cells["year"].astype(str).isin(years)]
    costs = chosen[["place", "sex", "age_from", "pence"]].rename(columns={"place": "zone"})
    return costs.astype({"zone": "string", "sex": "string", "age_from": "Int64"})


def _weights_of_model(model: NeedModel, zones: Sequence[str], settings: ShareSettings) -> ProgrammeWeights:
    how = (
        "Estimated from this partnership's own cost: actual over expected cost by zone on indicators of need, supply "
        "held at its mean, drawn towards national coefficients or, without them, towards no effect."
    )
    found = weights_of_table(model.weights, zones, how)[model.programme]
    draws = model.draw_weights(max(settings.resamples, 1), np.random.default_rng(settings.seed))
    order = pd.Index(model.zones.index).get_indexer(pd.Index(list(zones)))
    return ProgrammeWeights(found.programme, found.how, found.stages, draws[:, order])


def summarise_models(models: Sequence[NeedModel]) -> list[dict[str, object]]:
    """Give estimated models with plain values, for `summary.json`."""
    return [
        {
            "programme": model.programme,
            "zones": int(model.fit["zones"]),
            "deviance_explained": float(model.fit["deviance_explained"]),
            "ratio_r2": float(model.fit["ratio_r2"]),
            "dispersion": float(model.fit["dispersion"]),
            "coefficients": [
                {
                    "indicator": str(indicator),
                    "role": str(row["role"]),
                    "estimate": float(row["shrunk"]),
                    "low": float(row["shrunk_low"]),
                    "high": float(row["shrunk_high"]),
                    "local_estimate": float(row["estimate"]),
                    "local_weight": float(row["local_weight"]),
                    "effect_of_one_spread": float(row["effect_of_one_spread"]),
                }
                for indicator, row in model.coefficients.iterrows()
            ],
            "may_not_conclude": list(model.sentences),
        }
        for model in models
    ]
