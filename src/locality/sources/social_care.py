"""Published use of home care by locality."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from locality.foundations import FinancialYear
from locality.money.tables import AREA_ACTIVITY
from locality.sources.columns import as_text, need_columns, numbers, option_text, option_texts, place_key, refusal
from locality.sources.files import read_cells
from locality.sources.readers import Asked, RawTable, Reader, register

_QUARTERS = ("Q1", "Q2", "Q3", "Q4")
_OUTSIDE = "Outside Partnership"


def read_home_care_by_locality(asked: Asked) -> list[RawTable]:
    """Read hours of home care of a financial year, its four quarters added up, for each locality."""
    return [
        _home_care(read_cells(path, name), name, asked) for path, name in zip(asked.paths, asked.names, strict=True)
    ]


def _home_care(cells: pd.DataFrame, file: str, asked: Asked) -> RawTable:
    need_columns(cells, file, "financial_quarter", "sending_location", "locality", "age_group", "measure", "value")
    year = FinancialYear.parse(option_text(asked.options, "year", str(asked.year)))
    ours = _of_partnership(cells, asked, file)
    hours = ours[(ours["age_group"] == "All Ages") & (ours["measure"] == "Number of Hours")]
    wanted = hours[hours["financial_quarter"].isin([f"{year} {quarter}" for quarter in _QUARTERS])]
    if wanted.empty:
        found = sorted(hours["financial_quarter"].dropna().str[:7].unique())
        what = f"it has no quarter of {year} for this partnership; it has quarters of {', '.join(found)}"
        raise refusal(file, what, 'Add year = "..." with one of these to this entry.', "year-not-in-file")
    frame, notes = _add_quarters(wanted, str(year), option_text(asked.options, "heading", "Home care"), file)
    if asked.options.get("outside", "leave") == "keep":
        return RawTable(frame, file, notes=tuple(notes))
    outside = frame["area"] == _OUTSIDE
    if outside.any():
        units = float(numbers(frame.loc[outside, "units"]).sum())
        notes.append(f"{file}: {units:,.0f} hours went to people outside the partnership and are left out.")
    return RawTable(frame[~outside], file, notes=tuple(notes))


def _of_partnership(cells: pd.DataFrame, asked: Asked, file: str) -> pd.DataFrame:
    """Keep the rows that the partnership (or the councils that the entry names) sent."""
    wanted = option_texts(asked.options, "sending_location") or (asked.partnership.name,)
    known = {place_key(name): name for name in cells["sending_location"].dropna().unique()}
    absent = [name for name in wanted if place_key(name) not in known]
    if absent:
        what = f"no rows were sent by {', '.join(absent)}; the file has {', '.join(list(known.values())[:6])} ..."
        raise refusal(file, what, 'Add sending_location = ["..."] to this entry.', "partnership-not-in-file")
    return cells[cells["sending_location"].isin([known[place_key(name)] for name in wanted])]


def _add_quarters(hours: pd.DataFrame, year: str, heading: str, file: str) -> tuple[pd.DataFrame, list[str]]:
    """Sum four quarters by locality; a quarter that is suppressed or absent leaves the sum empty, and is named."""
    area = hours["locality"].str.strip()
    units = numbers(hours["value"])
    first = pd.Series(hours.index, hours.index).groupby(area).min()
    whole = (units.notna().groupby(area).sum() == len(_QUARTERS)) & (area.groupby(area).size() == len(_QUARTERS))
    sums = units.groupby(area).sum().where(whole)
    notes = _gaps(list(whole.index[~whole.astype(bool)]), year, file)
    frame = pd.DataFrame({"units": as_text(sums), "row": first}).reset_index(names="area").set_index("row")
    frame = frame.rename_axis(None).sort_index()
    return frame.assign(heading=heading, year=year, unit="hours"), notes


def _gaps(areas: Sequence[str], year: str, file: str) -> list[str]:
    if not areas:
        return []
    return [f"{file}: {', '.join(areas)} lack a quarter of {year} (absent or suppressed); their hours stay empty."]


register(
    Reader(
        "phs-home-care-locality",
        AREA_ACTIVITY,
        "Public Health Scotland, Insights into Social Care: home care by locality",
        "Open Government Licence v3.0",
        "financial_quarter, sending_location, locality, age_group, measure, value (rounded to 5). All ages, hours, the "
        "four quarters of a year added up. The area is the locality's name as published, without spaces around it.",
        read=read_home_care_by_locality,
        national=True,
        options={
            "year": "Financial year, where it is not the folder's",
            "sending_location": "Senders as the file names them; the partnership's own name when not given",
            "heading": "Activity heading to write; Home care when not given",
            "outside": "keep: hours of people who live outside stay, as the area 'Outside Partnership'",
        },
    )
)
