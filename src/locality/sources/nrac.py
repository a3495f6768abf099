"""Scotland's published weighted populations (NRAC) by data zone and by practice.

The files are national and long (2.3 million rows), so DuckDB counts and cuts them where they lie; only the rows of
one partnership become a table here.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd

from locality.foundations import load_rule
from locality.money.tables import FAIR_WEIGHTS, PRACTICE_WEIGHTS
from locality.sources.columns import as_text, counted, option_text, option_texts, refusal, take_columns
from locality.sources.files import read_cells
from locality.sources.nrac_file import NracFile, open_nrac
from locality.sources.readers import Asked, RawTable, Reader, register

_PUBLISHER = "Public Health Scotland, NRAC weighted populations"
_OGL = "Open Government Licence v3.0"
_OPTIONS = {
    "stage": "How far the weighting of this file goes: supply (the final figure; when not given), need or age_sex",
    "programmes": 'Keep these programmes only, like ["acute", "prescribing"]; all eight when not given',
    "hscp": "The partnership's code as this file has it, where it is older than the code in partnership.toml",
}


def _layout(asked: Asked) -> dict[str, Any]:
    value: dict[str, Any] = load_rule("locality.sources", "nrac_weighted_population_file").at(dt.date.max).value
    unknown = set(option_texts(asked.options, "programmes")) - set(value["programmes"].values())
    if unknown:
        known = ", ".join(value["programmes"].values())
        what = f"the programme {', '.join(sorted(unknown))} is not one of this file"
        raise refusal("partnership.toml", what, f"Use any of: {known}.", "unknown-programme")
    return value


def read_zone_weights(asked: Asked) -> list[RawTable]:
    """Read the weighted populations of the partnership's data zones by age band, sex and programme."""
    layout = _layout(asked)
    return [_zone_weights(path, name, asked, layout) for path, name in zip(asked.paths, asked.names, strict=True)]


def _zone_weights(path: Path, name: str, asked: Asked, layout: dict[str, Any]) -> RawTable:
    with open_nrac(path, name, "datazone", layout=layout) as nrac:
        faults = [*nrac.unknown_values(), *nrac.wrong_rows(layout["zones"]), *nrac.totals_not_parts()]
        cut = _cut(nrac, asked, name)
    ages = cut["age"].str.extract(r"^(\d+)(?:-(\d+)|\+)$").astype("string")
    frame = pd.DataFrame(
        {
            "zone": cut["unit"],
            "sex": cut["sex"].map(layout["sexes"]).fillna(cut["sex"]),
            "age_from": ages[0],
            "age_to": ages[1],
            "programme": cut["caregrp"].map(layout["programmes"]),
            "stage": option_text(asked.options, "stage", "supply"),
            "weighted_people": cut["pop"],
        },
        index=cut.index,
    )
    return RawTable(_wanted(frame, asked), name, tuple(faults))


def _cut(nrac: NracFile, asked: Asked, name: str) -> pd.DataFrame:
    """Keep the partnership's rows without the totals over ages or sexes."""
    code = option_text(asked.options, "hscp", asked.partnership.code)
    cut = nrac.rows_of(code)
    if cut.empty:
        raise refusal(
            name,
            f"no row has the partnership code {code}; the file has codes like {', '.join(nrac.partnerships()[:3])}",
            'If the file was made before the code was changed, add hscp = "..." with the older code to this entry.',
            "partnership-not-in-file",
        )
    return cut


def _wanted(frame: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    programmes = option_texts(asked.options, "programmes")
    return frame[frame["programme"].isin(list(programmes))] if programmes else frame


def read_practice_weights(asked: Asked) -> list[RawTable]:
    """Read the weighted populations of the partnership's practices by programme, all ages and both sexes together."""
    layout = _layout(asked)
    lists = _list_sizes(asked)
    return [
        _practice_weights(path, name, asked, layout, lists=lists)
        for path, name in zip(asked.paths, asked.names, strict=True)
    ]


def _practice_weights(
    path: Path, name: str, asked: Asked, layout: dict[str, Any], *, lists: pd.Series | None
) -> RawTable:
    with open_nrac(path, name, "gpprac", layout=layout) as nrac:
        faults = [*nrac.unknown_values(), *nrac.wrong_rows(None), *nrac.totals_not_parts(), *nrac.two_partnerships()]
        notes = nrac.without_partnership()
        cut = _cut(nrac, asked, name)
    if lists is None:
        raise refusal(
            name,
            "it holds weighted people only, not the people before weighting",
            'Add lists = "..." (a file of practices with practice_code and list_size) to this entry.',
            "no-list-sizes",
        )
    summed = _sum_practices(cut, layout, name)
    closed = ~summed["practice"].isin(lists.index)
    if closed.any():
        codes = ", ".join(sorted(summed.loc[closed, "practice"].unique())[:5])
        notes += (f"{name}: weighted people of practices that have no list now (closed?) are left out: {codes}.",)
    summed = summed[~closed]
    frame = summed.assign(stage=option_text(asked.options, "stage", "supply"), people=summed["practice"].map(lists))
    return RawTable(_wanted(frame, asked), name, tuple(faults), notes)


def _sum_practices(cut: pd.DataFrame, layout: dict[str, Any], name: str) -> pd.DataFrame:
    """Add up ages and sexes; each sum keeps the number of its first row."""
    amounts = counted(cut, "pop", name)
    keys = [cut["unit"].rename("practice"), cut["caregrp"].map(layout["programmes"]).rename("programme")]
    rows = pd.Series(cut.index, index=cut.index, name="row").groupby(keys).min()
    sums = amounts.groupby(keys).sum().rename("weighted_people")
    frame = pd.concat([rows, sums], axis=1).reset_index().set_index("row").rename_axis(None).sort_index()
    return frame.assign(weighted_people=as_text(frame["weighted_people"]))


def _list_sizes(asked: Asked) -> pd.Series | None:
    """Give list sizes by practice from the file that the entry names, in the published or in our own columns."""
    named = asked.options.get("lists")
    if named is None:
        return None
    cells = read_cells(asked.resolve(named), named)
    ours = "practice" in cells.columns
    columns = ("practice", "patients") if ours else ("practice_code", "list_size")
    lists = take_columns(cells, named, {"practice": columns[0], "people": columns[1]})
    return lists.drop_duplicates("practice").set_index("practice")["people"]


register(
    Reader(
        "nrac-datazone-weights",
        FAIR_WEIGHTS,
        _PUBLISHER,
        _OGL,
        "datazone, CA, HSCP, HB2018, age, sex, caregrp, pop as CSV or Parquet: 6,976 data zones x 21 age bands x 2 "
        "sexes x 8 care groups. Rows for all ages or both sexes are compared with their parts and left out. HCHS and "
        "NRAC are programmes of their own, never added to others. Cut to the partnership by HSCP.",
        read=read_zone_weights,
        national=True,
        options=_OPTIONS,
    )
)
register(
    Reader(
        "nrac-practice-weights",
        PRACTICE_WEIGHTS,
        _PUBLISHER,
        _OGL,
        "The same with gpprac instead of datazone: 21 age bands x 2 sexes x 8 care groups for each practice, added up. "
        "Practices without a partnership and practices without a list are left out, with a note.",
        read=read_practice_weights,
        national=True,
        options={**_OPTIONS, "lists": "A file of practices with list sizes (practice_code, list_size)"},
    )
)
