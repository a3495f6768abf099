"""Need of a place in England from published practice weights, as NHS England's place tool gives it.

Index of a place = (weighted people / people of the place) / (weighted people / people of the whole). The whole is the
integrated care board by default; with England as the whole the figures differ and the two are not comparable. Figures
are rounded only when shown. A blank adds nothing and is named; neither a blank nor a nought is ever replaced.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from locality.foundations import Fault, InputRefused
from locality.money.zone_people import name_some


@dataclass(frozen=True)
class PlaceIndex:
    """Need of places against their whole.

    Args:
        table: place, whole, programme, practices, people, weighted_people, index, share (of the whole's weighted
            people), people_share; one row for each place and programme; index and share are missing where nobody
            is registered or no practice has a weight.
        blanks: practice and programme of every weight that the publisher left blank.
    """

    table: pd.DataFrame
    blanks: pd.DataFrame

    def rounded(self) -> pd.DataFrame:
        """Give the table as the tool shows it: people whole, index to three decimals."""
        return self.table.round({"people": 0, "weighted_people": 0, "index": 3})


def index_places(weights: pd.DataFrame, place: pd.Series, whole: pd.Series | None = None) -> PlaceIndex:
    """Compare the need of places with that of the wholes to which they belong.

    Args:
        weights: The declared table `practice_weights`, one stage; weighted_people may be blank. All practices of
            each whole must be there.
        place: Place of each practice (index: practice code); practices without one count in their whole only.
        whole: Integrated care board of each practice; left out: all practices together are the whole.

    Returns:
        Totals, index and shares by place, whole and programme. A place that lies in two boards has a row for each.

    Raises:
        InputRefused: A practice stands twice for a programme, a named practice is not in the table, or one that
            has a place has no whole.

    Source:
        NHS England, integrated care board place-based allocation tool: index relative to the board.
    """
    rows = weights[["practice", "programme", "people"]].astype({"people": "float64"})
    rows["weighted_people"] = weights["weighted_people"].astype("Float64").to_numpy(dtype=float, na_value=float("nan"))
    rows["place"] = rows["practice"].map(place)
    rows["whole"] = "all" if whole is None else rows["practice"].map(whole)
    _refuse(rows, place)
    totals = _totals(rows.dropna(subset=["whole"]), ["whole", "programme"])
    table = _totals(rows.dropna(subset=["place", "whole"]), ["place", "whole", "programme"])
    of_whole = table.merge(totals, on=["whole", "programme"], suffixes=("", "_whole"))
    table["people_share"] = of_whole["people"] / of_whole["people_whole"]
    table["share"] = of_whole["weighted_people"] / of_whole["weighted_people_whole"]
    here = of_whole["weighted_people"] / of_whole["people"].where(of_whole["people"] > 0)
    everywhere = of_whole["weighted_people_whole"] / of_whole["people_whole"]
    table["index"] = here / everywhere
    blank = rows.loc[rows["weighted_people"].isna(), ["practice", "programme"]]
    return PlaceIndex(table, blank.reset_index(drop=True))


def _totals(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    groups = rows.groupby(keys, sort=True)
    sums = groups[["people", "weighted_people"]].sum(min_count=1)
    return sums.assign(practices=groups["practice"].nunique()).reset_index()


def _refuse(rows: pd.DataFrame, place: pd.Series) -> None:
    faults = []
    twice = rows.loc[rows.duplicated(["practice", "programme"]), "practice"].drop_duplicates()
    if len(twice):
        what = f"these practices stand twice for one programme: {name_some(list(twice))}"
        faults.append(
            Fault("practice_weights", what, "Keep one row for each practice, programme and stage.", "repeated-practice")
        )
    unknown = place.index[place.notna() & ~place.index.isin(rows["practice"])]
    if len(unknown):
        what = f"these practices of the places have no published weights: {name_some(unknown)}"
        do = "Take closed practices out of the places, or add the others to the weights."
        faults.append(Fault("practice_weights", what, do, "practice-without-weight"))
    adrift = rows.loc[rows["place"].notna() & rows["whole"].isna(), "practice"].drop_duplicates()
    if len(adrift):
        what = f"these practices have a place but no board: {name_some(list(adrift))}"
        faults.append(Fault("practice_weights", what, "Fill in the board of each.", "practice-without-board"))
    if faults:
        raise InputRefused(faults)
