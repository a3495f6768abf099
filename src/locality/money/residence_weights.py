"""Practice weights taken to where patients live: a practice's weighted people follow its registered patients."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from locality.foundations import Fault, InputRefused, load_rule
from locality.money.zone_people import name_some, weights_by_zone


@dataclass(frozen=True)
class ResidenceWeights:
    """Weighted people by zone, and what could not be placed as published.

    Args:
        weights: The declared table `fair_weights` (sex 'all', all ages), for the partnership's zones.
        people: Published (unweighted) people by zone, carried in the same way: index zone.
        outside: programme, stage, weighted_people of patients who live outside the partnership's zones.
        unweighted: Practices whose patients live here but that have no published weight.
        estimated: programme, stage, weighted_people that stand for these practices' patients, in and outside.
        sentences: The same in words.
    """

    weights: pd.DataFrame
    people: pd.Series
    outside: pd.DataFrame
    unweighted: tuple[str, ...]
    estimated: pd.DataFrame
    sentences: tuple[str, ...]


def weights_by_residence(
    practice_weights: pd.DataFrame,
    registrations: pd.DataFrame,
    *,
    zones: pd.Index | None = None,
    list_sizes: pd.Series | None = None,
    on: dt.date,
) -> ResidenceWeights:
    """Spread every practice's weighted people over the zones where its patients live.

    Args:
        practice_weights: The declared table `practice_weights`; practices without registrations here do not matter.
        registrations: The declared table `registrations`.
        zones: The partnership's zones; left out: every zone of the registrations.
        list_sizes: All registered patients of each practice. Needed when `registrations` is cut to the partnership:
            without it a practice on the border would bring all its weighted people in.
        on: The day whose rules hold.

    Returns:
        Weights by zone. For each programme and stage, zones and outside together sum to the practices' published
        weighted people plus what is estimated for practices that have none.

    Raises:
        InputRefused: More patients than the rule allows are with practices that have no weight; a list is smaller than
            its patients counted by zone.
    """
    rows = registrations[["zone", "practice"]].astype("string")
    rows["patients"] = registrations["patients"].astype("float64").to_numpy()
    rows = rows[rows["patients"] > 0]
    sizes = _list_sizes(rows, list_sizes)
    rows["part"] = rows["patients"] / rows["practice"].map(sizes).astype("float64")
    inside = rows["zone"].isin(rows["zone"] if zones is None else zones)
    here = rows[rows["practice"].isin(rows.loc[inside, "practice"])]
    published = practice_weights[practice_weights["practice"].isin(here["practice"])]
    weighted = published.loc[published["weighted_people"].notna(), "practice"]
    missing = rows[inside & ~rows["practice"].isin(weighted)]
    _refuse_too_many(missing, rows.loc[inside, "patients"].sum(), on)
    published = published[published["practice"].isin(weighted)]
    lists = sizes.reindex(pd.Index(here["practice"].unique()))
    all_zones = pd.Index(rows["zone"].unique() if zones is None else zones).sort_values()
    parts = [_spread(group, here, lists, all_zones, key) for key, group in published.groupby(["programme", "stage"])]
    outside = pd.DataFrame([part.outside for part in parts])
    unweighted = tuple(sorted(missing["practice"].unique()))
    return ResidenceWeights(
        weights=pd.concat([part.weights for part in parts], ignore_index=True),
        people=parts[0].people,
        outside=outside,
        unweighted=unweighted,
        estimated=pd.DataFrame([part.estimated for part in parts]),
        sentences=_say(unweighted, missing, outside, published),
    )


def _list_sizes(rows: pd.DataFrame, given: pd.Series | None) -> pd.Series:
    counted = rows.groupby("practice")["patients"].sum()
    sizes = counted if given is None else given.astype("float64").reindex(counted.index).fillna(counted)
    short = sizes.index[sizes < counted]
    if len(short):
        what = f"these practices have fewer patients on their list than live in the zones: {name_some(short)}"
        raise InputRefused([Fault("practices", what, "Take list and registrations of one day.", "list-too-small")])
    return sizes


def _refuse_too_many(missing: pd.DataFrame, patients: float, on: dt.date) -> None:
    limit = float(load_rule("locality.money", "unweighted_patients_limit").at(on).value)
    part = float(missing["patients"].sum() / patients) if patients > 0 else 1.0
    if part > limit:
        named = name_some(sorted(missing["practice"].unique())) or "none has patients here"
        what = f"{part:.1%} of patients have a practice without a published weight ({named}); at most {limit:.0%} may"
        do = "Add the weights of these practices, or use registrations of the year of the weights."
        raise InputRefused([Fault("practice_weights", what, do, "practice-without-weight")])


@dataclass(frozen=True)
class _Placed:
    weights: pd.DataFrame
    people: pd.Series
    outside: dict[str, object]
    estimated: dict[str, object]


def _spread(
    group: pd.DataFrame, here: pd.DataFrame, lists: pd.Series, zones: pd.Index, key: tuple[str, str]
) -> _Placed:
    """Place one programme and stage; a practice's blank in one programme adds nothing there."""
    published = (
        group.set_index("practice")[["people", "weighted_people"]].astype("Float64").fillna(0.0).astype("float64")
    )
    with_list = lists.reindex(published.index)
    average = published.sum() / with_list.sum()
    # Every practice with patients here: as published, or its list at the average of the others.
    whole = published.reindex(lists.index)
    absent = whole["weighted_people"].isna()
    whole.loc[absent] = np.outer(lists[absent], average)
    placed = whole.loc[here["practice"]].mul(here["part"].to_numpy(), axis=0).set_axis(here["zone"])
    by_zone = placed.groupby(level=0).sum().reindex(zones, fill_value=0.0)
    label = {"programme": key[0], "stage": key[1]}
    return _Placed(
        weights_by_zone(zones, by_zone["weighted_people"], *key),
        by_zone["people"],
        {**label, "weighted_people": float(whole["weighted_people"].sum() - by_zone["weighted_people"].sum())},
        {**label, "weighted_people": float(whole.loc[absent, "weighted_people"].sum())},
    )


def _say(
    unweighted: tuple[str, ...], missing: pd.DataFrame, outside: pd.DataFrame, published: pd.DataFrame
) -> tuple[str, ...]:
    said = ["A practice's weighted people follow its registered patients to the zones where they live."]
    if unweighted:
        said.append(
            f"Practices without a published weight, whose patients here ({missing['patients'].sum():,.0f}) count at "
            f"the average of the others: {name_some(list(unweighted))}."
        )
    for row in published[published["weighted_people"].isna()].itertuples():
        said.append(f"Practice {row.practice} has no published weight for {row.programme}: it adds nothing there.")
    for row in outside.itertuples():
        if row.weighted_people > 0.5:
            said.append(
                f"{row.programme}, {row.stage}: {row.weighted_people:,.0f} weighted people of these practices live "
                "outside the partnership and are left out."
            )
    return tuple(said)
