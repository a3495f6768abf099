"""Scottish council money: grant-aided expenditure lines and what councils spent on adult social work."""

from __future__ import annotations

import difflib
import re
from decimal import Decimal
from typing import Any

import pandas as pd

from locality.foundations import FinancialYear, load_rule, pounds_to_pence
from locality.money.tables import COUNCIL_LINES, LEDGER
from locality.sources.columns import counted, need_columns, numbers, option_text, option_texts, place_key, refusal
from locality.sources.files import read_cells
from locality.sources.readers import Asked, RawTable, Reader, register

_OGL = "Open Government Licence v3.0"
_DATED = re.compile(r"(\d{4})[_-](\d{2})(?!\d)")


def thousands_to_pence(thousands: str) -> int:
    """Turn thousands of pounds as published into whole pence, without passing through a binary number.

    Example:
        >>> thousands_to_pence("114205.9428")
        11420594280
    """
    return pounds_to_pence(Decimal(thousands.replace(",", "")) * 1000)


def read_gae_lines(asked: Asked) -> list[RawTable]:
    """Read one grant-aided expenditure line from each file, in thousands of pounds by council."""
    return [_gae_line(read_cells(path, name), name, asked) for path, name in zip(asked.paths, asked.names, strict=True)]


def _gae_line(cells: pd.DataFrame, file: str, asked: Asked) -> RawTable:
    need_columns(cells, file, "council", "gae_k")
    # A line of two indicators is shared by both at once; no single column is its indicator unless the entry names one.
    column = option_text(asked.options, "indicator", "indicator")
    if "indicator" in asked.options:
        need_columns(cells, file, column)
    blank = pd.Series(pd.NA, index=cells.index, dtype="string")
    stem = file.rsplit("/", 1)[-1].partition(".")[0]
    dated = _DATED.search(stem)
    year = FinancialYear.parse(f"{dated[1]}/{dated[2]}") if dated else asked.year
    title = _DATED.split(stem)[0].removeprefix("gae_").replace("_", " ").strip()
    counted(cells, "gae_k", file)
    frame = pd.DataFrame(
        {
            "line": option_text(asked.options, "line", title),
            "council": cells["council"],
            "year": option_text(asked.options, "year", str(year)),
            "indicator": cells[column] if column in cells.columns else blank,
            "pence": cells["gae_k"].map(thousands_to_pence).astype("string"),
            "programme": option_text(asked.options, "programme", "") or pd.NA,
        }
    )
    return RawTable(frame, file)


def read_social_work_spend(asked: Asked) -> list[RawTable]:
    """Read the council's home care, care home and other adult social work spend of one year as a ledger."""
    return [
        _social_work(read_cells(path, name), name, asked) for path, name in zip(asked.paths, asked.names, strict=True)
    ]


def _social_work(cells: pd.DataFrame, file: str, asked: Asked) -> RawTable:
    need_columns(cells, file, "LocalAuthority", "IndicatorCode", "Year", "NumeratorCash_LA", "DenominatorCash_LA")
    year = FinancialYear.parse(option_text(asked.options, "year", str(asked.year)))
    lines: dict[str, Any] = load_rule("locality.sources", "lgbf_social_work_lines").at(year.start).value
    dated = cells[cells["Year"].eq(f"{year.start_year}-{year.code[2:]}") & cells["IndicatorCode"].isin(list(lines))]
    if dated.empty:
        years = sorted(cells.loc[cells["IndicatorCode"].isin(list(lines)), "Year"].dropna().unique())
        what = f"it has no social work spend of {year}; it has {', '.join(years)}"
        raise refusal(file, what, 'Add year = "..." with one of these to this entry.', "year-not-in-file")
    parts = [_council(dated, council, lines, file, year=year) for council in _councils(dated, asked, file)]
    return RawTable(pd.concat(parts), file)


def _councils(cells: pd.DataFrame, asked: Asked, file: str) -> list[str]:
    """Give the councils as the file writes them; the partnership's own name when the entry names none."""
    known = {place_key(name): str(name) for name in cells["LocalAuthority"].dropna().unique()}
    wanted = option_texts(asked.options, "councils") or (asked.partnership.name,)
    absent = [name for name in wanted if place_key(name) not in known]
    if absent:
        near = difflib.get_close_matches(place_key(absent[0]), known, n=3, cutoff=0.3)
        like = ", ".join(known[key] for key in near) or ", ".join(list(known.values())[:5])
        what = f"it has no council called {', '.join(absent)}; names like it: {like}"
        raise refusal(file, what, 'Add councils = ["..."] to this entry.', "council-not-in-file")
    return [known[place_key(name)] for name in wanted]


def _council(
    cells: pd.DataFrame, council: str, lines: dict[str, Any], file: str, *, year: FinancialYear
) -> pd.DataFrame:
    """Make the lines of one council; the last of them is what is left of the whole."""
    ours = cells[cells["LocalAuthority"] == council]
    rows, spent = [], 0
    for code, line in lines.items():
        of_code = ours[ours["IndicatorCode"] == code]
        if of_code.empty:
            raise refusal(file, f"{council} has no {code} in {year}", "Use another year.", "line-not-in-file")
        counted(of_code, line["column"], file)
        amount = thousands_to_pence(of_code[line["column"]].iloc[0])
        pence = amount - spent if line["less_lines_above"] else amount
        spent += amount
        rows.append((of_code.index[0], line["service"], str(year), f"{council} council, {line['basis']}", str(pence)))
    frame = pd.DataFrame(rows, columns=["row", "service", "year", "source", "pence"]).set_index("row")
    return frame.rename_axis(None).astype("string")


def cost_per_unit(cells: pd.DataFrame, file: str) -> pd.DataFrame:
    """Work the published social work unit costs out again from their numerators and denominators.

    Args:
        cells: The file's cells.
        file: Its name for messages.

    Returns:
        One row per published figure of the lines that the ledger uses: council, indicator, year, `published` and
        `again`, both as the publisher's unit (pounds, or a ratio).
    """
    lines: dict[str, Any] = load_rule("locality.sources", "lgbf_social_work_lines").values[-1].value
    ours = cells[cells["IndicatorCode"].isin(list(lines)) & cells["LocalAuthority"].notna()]
    multiplier = ours["IndicatorCode"].map({code: float(line["multiplier"]) for code, line in lines.items()})
    again = counted(ours, "NumeratorCash_LA", file) * multiplier / counted(ours, "DenominatorCash_LA", file)
    named = ours[["LocalAuthority", "IndicatorCode", "Year"]].set_axis(["council", "indicator", "year"], axis=1)
    return named.assign(published=numbers(ours["IndicatorCash_LA"]), again=again)


register(
    Reader(
        "gae-lines",
        COUNCIL_LINES,
        "Scottish Government, Grant Aided Expenditure (Green Book)",
        _OGL,
        "council, gae_k (thousands of pounds) and, where one indicator shares the line, indicator. The year and the "
        "line's name are taken from the file's name (gae_residential_elderly_2022_23.csv) unless the entry says them.",
        read=read_gae_lines,
        national=True,
        options={
            "line": "The line's name",
            "year": "Its financial year",
            "indicator": "The column that holds the indicator, for lines of two indicators; empty when not given",
            "programme": "Need programme whose pattern takes the line down to localities; by heads when not given",
        },
    )
)
register(
    Reader(
        "lgbf-social-work",
        LEDGER,
        "Improvement Service, Local Government Benchmarking Framework, from councils' local financial returns",
        _OGL,
        "LocalAuthority, IndicatorCode, Year, NumeratorCash_LA, DenominatorCash_LA in thousands of pounds, cash of the "
        "year. Home care is the gross numerator of SW01, Care homes the net numerator of SW05 (both for people over "
        "65), Other adult social care the gross denominator of SW02 less these two, so that what residents pay "
        "towards care homes stays in the last.",
        read=read_social_work_spend,
        national=True,
        options={
            "councils": 'Councils as the file writes them, like ["Clackmannanshire", "Stirling"]; the partnership\'s '
            "own name when not given",
            "year": "Financial year, where it is not the folder's",
        },
    )
)
