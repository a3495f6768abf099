"""Scottish GP practices: the published list sizes, with and without the zone of the surgery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pandas as pd

from locality.foundations import Fault, load_rule
from locality.foundations.core_tables import PRACTICES
from locality.sources.columns import need_columns, refusal, take_columns
from locality.sources.files import read_cells
from locality.sources.readers import Asked, RawTable, Reader, register

_PUBLISHER = "Public Health Scotland, GP practices and list sizes"
_OGL = "Open Government Licence v3.0"


def read_scottish_practices(asked: Asked) -> list[RawTable]:
    """Read practice codes and list sizes; where the surgery stands is not known as a zone."""
    tables = []
    for path, name in zip(asked.paths, asked.names, strict=True):
        cells = read_cells(path, name)
        frame = take_columns(cells, name, {"practice": "practice_code", "patients": "list_size"})
        tables.append(RawTable(frame.assign(zone=pd.Series(pd.NA, index=frame.index, dtype="string")), name))
    return tables


def read_practices_with_zones(asked: Asked) -> list[RawTable]:
    """Read the practices of the folder's partnership with the zone of each surgery."""
    tables = []
    for path, name in zip(asked.paths, asked.names, strict=True):
        cells = read_cells(path, name)
        need_columns(cells, name, "HSCP")
        ours = cells[cells["HSCP"] == asked.partnership.code]
        if ours.empty:
            raise refusal(
                name,
                f"no practice has the partnership code {asked.partnership.code}",
                "Correct the partnership's code in partnership.toml, or use the file that covers it.",
                "partnership-not-in-file",
            )
        columns = {"practice": "practice_code", "zone": "DataZone", "patients": "list_size"}
        tables.append(RawTable(take_columns(ours, name, columns), name))
    return tables


def check_practice_lists(
    practices: pd.DataFrame, file: str, *, accept: Collection[str] = (), on: dt.date = dt.date.max
) -> list[Fault]:
    """Question lists that are too long to be one practice.

    Args:
        practices: One row per practice: `practice`, `patients` (typed, gaps allowed); its index holds the row numbers.
        file: The file's name for messages.
        accept: Codes of practices whose long list somebody knows to be right.
        on: The day whose rule is used; the latest when not given.

    Returns:
        One fault (`implausible-list`) for each such practice; none in most places.

    Source:
        Rule `practice_list_outlier`, which is a guess and says so.
    """
    rule = load_rule("locality.sources", "practice_list_outlier").at(on).value
    patients = practices["patients"].astype("Float64")
    median = patients.median()
    if pd.isna(median):
        return []
    limit = max(rule["times_median"] * median, rule["at_least"])
    long = (patients > limit).fillna(False) & ~practices["practice"].isin(list(accept))
    return [_long_list(practices, int(row), float(median), file) for row in practices.index[long.astype(bool)]]


def _long_list(practices: pd.DataFrame, row: int, median: float, file: str) -> Fault:
    code, patients = practices.at[row, "practice"], float(practices.at[row, "patients"])
    return Fault(
        file,
        f"practice {code} has {patients:,.0f} patients, {patients / median:.0f} times the median of {median:,.0f}",
        f'Correct it; if the list is right, add accept = ["{code}"] to the entry of practices in partnership.toml.',
        "implausible-list",
        row=row,
        column="patients",
    )


ACCEPT = {"accept": 'Codes of practices whose very long list is right, like ["43576"]'}
"""The option by which a user accepts a questioned list; the folder's check reads it for any practices table."""

register(
    Reader(
        "scottish-gp-practices",
        PRACTICES,
        _PUBLISHER,
        _OGL,
        "Practice codes and list sizes with co-ordinates (practice_code, list_size); no zone, name or cluster.",
        read=read_scottish_practices,
        national=True,
        options=ACCEPT,
    )
)
register(
    Reader(
        "gp-practices-with-zones",
        PRACTICES,
        _PUBLISHER,
        _OGL,
        "The same practices with the data zone in which the surgery stands (DataZone) and the partnership (HSCP), "
        "by which the file is cut.",
        read=read_practices_with_zones,
        national=True,
        options=ACCEPT,
    )
)
