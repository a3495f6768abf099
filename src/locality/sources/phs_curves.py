"""Scottish curves of social care use per head, made from published national use and population.

These are not published rates. They are made here, from published counts that are rounded to 5, and say so.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from locality.foundations import FinancialYear
from locality.money.tables import COST_CURVES
from locality.sources.columns import as_text, counted, need_columns, numbers, option_text, refusal
from locality.sources.files import read_cells
from locality.sources.readers import Asked, RawTable, Reader, register

_OGL = "Open Government Licence v3.0"
_SCOTLAND = "Scotland"
# The age groups that Public Health Scotland prints; the last is open.
_GROUPS = {"0-17 years": 0, "18-64 years": 18, "65-74 years": 65, "75-84 years": 75, "85+ years": 85}
_STARTS = list(_GROUPS.values())
_SEXES = {"f": "female", "m": "male"}
_AGE = r"^age_(\d+)$"
_QUARTERS = 4


def _year(asked: Asked, found: pd.Series, file: str) -> str:
    """Give the year asked for; refuse one of which the file has nothing."""
    year = str(FinancialYear.parse(option_text(asked.options, "year", str(asked.year))))
    years = sorted(found.dropna().str[:7].unique())
    if year not in years:
        what = f"it has nothing of {year}; it has {', '.join(years)}"
        raise refusal(file, what, 'Add year = "..." with one of these to this entry.', "year-not-in-file")
    return year


def _named(asked: Asked, option: str) -> tuple[pd.DataFrame, str]:
    """Read a further file that the entry must name."""
    file = option_text(asked.options, option)
    if not file:
        what = f"the curve cannot be made without a file of {option}"
        raise refusal(asked.names[0], what, f'Add {option} = "..." to this entry.', "missing-setting")
    return read_cells(asked.resolve(file), file), file


def _people(asked: Asked) -> pd.DataFrame:
    """Give the nation's people by zone, sex and age group (columns are the groups' first ages)."""
    cells, file = _named(asked, "population")
    need_columns(cells, file, "DataZone", "sex")
    ages = cells.columns[cells.columns.str.match(_AGE)]
    amounts = pd.DataFrame({int(age.removeprefix("age_")): counted(cells, age, file) for age in ages}).astype(float)
    group = np.array(_STARTS)[np.searchsorted(_STARTS, amounts.columns.to_numpy(), side="right") - 1]
    people = amounts.T.groupby(group).sum().T
    sex = cells["sex"].str[0].str.lower().map(_SEXES)
    keys = pd.MultiIndex.from_arrays([cells["DataZone"], sex], names=["zone", "sex"])
    # Rows of persons, where the file has them, would count everybody twice.
    return people.set_axis(keys)[sex.notna().to_numpy()]


def _fifth_of_zone(asked: Asked) -> pd.Series:
    """Give each zone's fifth by rank: fifths of zones, not of people."""
    cells, file = _named(asked, "ranks")
    code, rank = ("dz11_code", "IMD_rank") if "dz11_code" in cells.columns else ("DataZone", "SIMD2020v2_Rank")
    need_columns(cells, file, code, rank)
    place = counted(cells, rank, file).astype(float)
    return np.ceil(place * 5 / len(cells)).astype(int).set_axis(cells[code])


def read_home_care_curve(asked: Asked) -> list[RawTable]:
    """Make hours of home care per head by age group and deprivation fifth.

    Hours per head of an age group are shared over fifths in proportion to people receiving care per head of the
    fifth; so the curve, applied to the nation, gives back the published hours of each age group.
    """
    use, file = read_cells(asked.paths[0], asked.names[0]), asked.names[0]
    need_columns(use, file, "time_period", "financial_quarter", "sending_location", "age_group", "measure", "value")
    use = use[(use["time_period"] == "Financial Quarter") & (use["measure"] == "Number of Hours")]
    year = _year(asked, use["financial_quarter"], file)
    hours = _national(use, year, "value", file).groupby(level=0).sum()
    clients = _clients_by_fifth(asked, year)
    zone_people = _people(asked).groupby("zone").sum()
    people = zone_people.groupby(_fifth_of_zone(asked).reindex(zone_people.index)).sum().T
    share = clients.div(clients.sum(axis=1), axis=0)
    per_head = share.mul(hours, axis=0) / people
    long = per_head.rename_axis(index="age", columns="fifth").stack().rename("per_head").reset_index()
    source = (
        f"Made from Public Health Scotland, home care hours and clients {year}, over population by SIMD 2020v2 fifth"
    )
    frame = _as_curve(long, option_text(asked.options, "programme", "home_care"), source)
    return [RawTable(frame.assign(sex="all", deprivation_fifth=long["fifth"].astype("string").to_numpy()), file)]


def _clients_by_fifth(asked: Asked, year: str) -> pd.DataFrame:
    """Give people receiving home care by age group and fifth; those of no known fifth are left out of the shares."""
    cells, file = _named(asked, "deprivation")
    need_columns(cells, file, "financial_quarter", "sending_location", "age_group", "deprivation", "nclient")
    known = cells[cells["deprivation"].str.match(r"^[1-5]\b")]
    table = _national(known, year, "nclient", file, by=known["deprivation"].str[0].astype(int)).unstack()
    return pd.DataFrame(table)


def _national(cells: pd.DataFrame, year: str, column: str, file: str, *, by: Any = None) -> pd.Series:
    """Sum a year's national figures by age group (and by a further key)."""
    wanted = (
        cells["sending_location"].str.startswith(_SCOTLAND)
        & cells["financial_quarter"].str.startswith(year)
        & cells["age_group"].isin(list(_GROUPS))
    )
    ours = cells[wanted]
    quarters = ours["financial_quarter"].nunique()
    if quarters != _QUARTERS:
        what = f"it has {quarters} quarters of {year} for Scotland, not {_QUARTERS}"
        raise refusal(file, what, "Use a year that is whole.", "missing-quarter")
    keys = [ours["age_group"].map(_GROUPS)] + ([by[wanted]] if by is not None else [])
    return counted(ours, column, file).astype(float).groupby(keys).sum()


def read_care_home_curve(asked: Asked) -> list[RawTable]:
    """Make care home residents per head by age group and sex over a year; not split by deprivation."""
    use, file = read_cells(asked.paths[0], asked.names[0]), asked.names[0]
    need_columns(use, file, "financial_year", "sending_location", "stay_type", "age_group", "sex", "nclient")
    year = _year(asked, use["financial_year"], file)
    wanted = (
        use["sending_location"].str.startswith(_SCOTLAND)
        & (use["financial_year"] == year)
        & (use["stay_type"] == option_text(asked.options, "stay_type", "Long Stay"))
        & use["age_group"].isin(list(_GROUPS))
        & use["sex"].isin(["Female", "Male"])
    )
    ours = use[wanted]
    if ours.empty:
        what = f"it has no such stays of {year} for Scotland"
        raise refusal(file, what, 'Use stay_type = "Long Stay" or "All Stays".', "no-stays")
    keys = [ours["age_group"].map(_GROUPS).rename("age"), ours["sex"].str.lower()]
    residents = counted(ours, "nclient", file).astype(float).groupby(keys).sum()
    people = _people(asked).groupby("sex").sum().T.stack().rename_axis(["age", "sex"])
    long = (residents / people).rename("per_head").reset_index()
    source = f"Made from Public Health Scotland, care home residents by age and sex {year}, over population"
    frame = _as_curve(long, option_text(asked.options, "programme", "care_homes"), source)
    blank = pd.Series(pd.NA, index=frame.index, dtype="string")
    return [RawTable(frame.assign(sex=long["sex"].to_numpy(), deprivation_fifth=blank), file)]


def _as_curve(long: pd.DataFrame, programme: str, source: str) -> pd.DataFrame:
    """Give the columns that both curves share; the rows are made, so they are numbered from 2 on."""
    ends = dict(zip(_STARTS, [str(start - 1) for start in _STARTS[1:]] + [pd.NA], strict=True))
    return pd.DataFrame(
        {
            "programme": programme,
            "age_from": long["age"].astype("string"),
            "age_to": long["age"].map(ends).astype("string"),
            "per_head": as_text(numbers(long["per_head"].astype("string"))),
            "source": source,
        }
    ).set_axis(pd.RangeIndex(2, 2 + len(long)))


_YEAR_OPTION = {"year": "Financial year of the use, where it is not the folder's"}
register(
    Reader(
        "phs-home-care-curve",
        COST_CURVES,
        "Public Health Scotland, Insights into Social Care: home care by HSCP and by deprivation",
        _OGL,
        "Made, not published: Scotland's hours per head of each age group (file: time_period, financial_quarter, "
        "sending_location, age_group, measure, value) times clients per head of each deprivation fifth relative to the "
        "age group's own. Fifths are fifths of zones by rank.",
        read=read_home_care_curve,
        options={
            "deprivation": "The file of clients by age group and deprivation (needed)",
            "population": "National population by DataZone, sex, age_0 to age_90 (needed)",
            "ranks": "SIMD ranks of all zones: dz11_code and IMD_rank, or DataZone and SIMD2020v2_Rank (needed)",
            "programme": "Programme to write; home_care when not given",
            **_YEAR_OPTION,
        },
    )
)
register(
    Reader(
        "phs-care-home-curve",
        COST_CURVES,
        "Public Health Scotland, Insights into Social Care: care home residents by age and sex",
        _OGL,
        "Made, not published: Scotland's residents of each age group and sex (file: financial_year, sending_location, "
        "stay_type, age_group, sex, nclient) over population. Not split by deprivation.",
        read=read_care_home_curve,
        options={
            "population": "National population by DataZone, sex, age_0 to age_90 (needed)",
            "stay_type": "Long Stay (when not given), Short Stay / Respite or All Stays",
            "programme": "Programme to write; care_homes when not given",
            **_YEAR_OPTION,
        },
    )
)
