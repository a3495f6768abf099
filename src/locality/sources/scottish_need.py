"""Urban-rural class and deprivation of Scottish data zones."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pandas as pd

from locality.areas import zone_vintages
from locality.foundations import load_rule
from locality.foundations.core_tables import INDICATORS
from locality.sources.columns import need_columns, numbers, take_columns
from locality.sources.files import read_cells
from locality.sources.partnerships import read_each
from locality.sources.readers import Asked, RawTable, Reader, register
from locality.sources.scottish_zones import OGL

_URBAN_RURAL = re.compile(r"^UrbanRural([2368])fold(\d{4})$")
_SUPPRESSED = "*"
_SIMD_PERIOD = "2020v2"
_DOMAINS = ("Income", "Employment", "Health", "Education", "Housing", "Access", "Crime")
_SIMD_ZONES = "2011 data zones"


def stack_indicators(zone: pd.Series, period: str, values: dict[str, pd.Series]) -> pd.DataFrame:
    """Put indicators below each other.

    Args:
        zone: The zone of each row of the file.
        period: What time they describe.
        values: The text of each indicator, by its name, under the same index.

    Returns:
        zone, indicator, period and value; index = row in the file, once for each indicator.
    """
    parts = [
        pd.DataFrame({"zone": zone, "indicator": name, "period": period, "value": texts}, dtype="string")
        for name, texts in values.items()
    ]
    return pd.concat(parts)


def read_urban_rural(asked: Asked) -> list[RawTable]:
    """Read the urban-rural classes of a file; the columns' names tell fold and year."""

    def read_one(path: Path, name: str) -> RawTable:
        cells = read_cells(path, name)
        need_columns(cells, name, "DataZone", "UrbanRural8fold2020")
        found = [match for column in cells.columns if (match := _URBAN_RURAL.match(column))]
        parts = [stack_indicators(cells["DataZone"], m[2], {f"urban_rural_{m[1]}": cells[m[0]]}) for m in found]
        return RawTable(pd.concat(parts), name)

    return read_each(asked, read_one)


def read_simd_indicators(asked: Asked) -> list[RawTable]:
    """Read the indicators behind SIMD 2020v2; what the publisher suppressed is missing."""
    listed = load_rule("locality.sources", "simd2020v2_indicators").at(dt.date.max).value

    def read_one(path: Path, name: str) -> RawTable:
        cells = read_cells(path, name)
        need_columns(cells, name, "Data_Zone", *(one["column"] for one in listed))
        return RawTable(pd.concat([_simd_indicator(cells, one) for one in listed]), name)

    return read_each(asked, read_one)


def _simd_indicator(cells: pd.DataFrame, one: dict[str, Any]) -> pd.DataFrame:
    shown = stack_indicators(cells["Data_Zone"], _SIMD_PERIOD, {one["indicator"]: _shown(cells[one["column"]])})
    for count in ("numerator", "denominator"):
        shown[count] = _shown(cells[one[count]]) if count in one else pd.NA
    return shown.astype("string")


def _shown(texts: pd.Series) -> pd.Series:
    """Take the percent sign away, and the mark that stands for a suppressed figure."""
    return texts.mask(texts.eq(_SUPPRESSED).fillna(False).astype(bool)).str.removesuffix("%")


def read_simd_ranks(asked: Asked) -> list[RawTable]:
    """Read overall and domain ranks; tenth and fifth are cut here from the overall rank, by zones."""

    def read_one(path: Path, name: str) -> RawTable:
        ranks = {"simd_rank": "IMD_rank", **{f"simd_{domain.lower()}_rank": f"{domain}_rank" for domain in _DOMAINS}}
        columns = take_columns(read_cells(path, name), name, {"zone": "dz11_code", **ranks})
        texts = {indicator: columns[indicator] for indicator in ranks}
        texts["simd_decile"] = cut_rank(columns["simd_rank"], 10)
        texts["simd_fifth"] = cut_rank(columns["simd_rank"], 5)
        return RawTable(stack_indicators(columns["zone"], _SIMD_PERIOD, texts), name)

    return read_each(asked, read_one)


def cut_rank(rank: pd.Series, groups: int) -> pd.Series:
    """Cut a rank among all data zones into groups with as many zones each.

    Args:
        rank: Ranks as text, 1 is most deprived.
        groups: How many groups: 10 or 5.

    Returns:
        The rounded-up quotient of rank and zones per group as text, 1 is most deprived; missing where there is no rank.

    Example:
        >>> cut_rank(pd.Series(["1395", "1396"]), 5).tolist()
        ['1', '2']
    """
    zones = next(vintage.zones for vintage in zone_vintages() if vintage.name == _SIMD_ZONES)
    # Upside-down whole division rounds up without the errors of fractions.
    group = -((-numbers(rank) * groups) // zones)
    return group.astype("Int64").astype("string")


register(
    Reader(
        "phs-urban-rural-2020",
        INDICATORS,
        "Public Health Scotland, Urban Rural Classification 2020 of data zones",
        OGL,
        "DataZone, UrbanRural2fold2020 to UrbanRural8fold2020; gives urban_rural_2, _3, _6 and _8, period 2020. The "
        "classes are names in the form of numbers: 1 is most urban.",
        read=read_urban_rural,
        national=True,
    )
)
register(
    Reader(
        "simd2020v2-indicators",
        INDICATORS,
        "Scottish Government, Scottish Index of Multiple Deprivation 2020v2, indicators",
        OGL,
        "Data_Zone and 27 indicators, percentages as text ('8%' is read as 8), '*' where suppressed (read as missing); "
        "income and employment with both their counts, crime, overcrowding and central heating with the upper one.",
        read=read_simd_indicators,
        national=True,
    )
)
register(
    Reader(
        "simd2020v2-ranks",
        INDICATORS,
        "Scottish Government, Scottish Index of Multiple Deprivation 2020v2, ranks",
        OGL,
        "dz11_code, IMD_rank and seven domain ranks, 1 is most deprived. simd_decile and simd_fifth are cut from the "
        "overall rank so that each has as many zones (rank / 697.6 and rank / 1,395.2, rounded up); the publisher "
        "also gives groups with as many people each, which differ.",
        read=read_simd_ranks,
        national=True,
    )
)
