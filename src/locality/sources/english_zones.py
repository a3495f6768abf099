"""English small areas (LSOAs of 2011): population, names, districts as localities, deprivation."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet

from locality.foundations.core_tables import INDICATORS, LOCALITIES, POPULATION, ZONES
from locality.sources.columns import (
    as_text,
    need_columns,
    numbers,
    option_text,
    option_texts,
    place_key,
    refusal,
    take_columns,
)
from locality.sources.english_practices import people_by_age
from locality.sources.files import read_cells
from locality.sources.readers import Asked, RawTable, Reader, register

_OGL = "Open Government Licence v3.0"
_DISTRICTS = {"districts": 'Keep these districts only, like ["Burnley", "Pendle"]; all when not given'}
_AGE = re.compile(r"^(\d{1,2})(\+?)$")
# The boundary files of the Office for National Statistics, and tables made from its workbooks.
_NAME_COLUMNS = (("lsoa11cd", "lsoa11nm"), ("LSOA11CD", "LSOA11NM"), ("lsoa11_code", "lsoa11_name"))


def _district(name: pd.Series) -> pd.Series:
    """Give the district: an LSOA's name without its last word ("Burnley 003A")."""
    return name.str.rsplit(n=1).str[0]


def _in_districts(cells: pd.DataFrame, name_column: str, asked: Asked, file: str) -> pd.DataFrame:
    """Keep the districts that the entry names; refuse a name that the file does not have."""
    wanted = option_texts(asked.options, "districts")
    if not wanted:
        return cells
    keys = _district(cells[name_column]).fillna("").map(place_key)
    absent = [district for district in wanted if place_key(district) not in set(keys)]
    if absent:
        what = f"no LSOA is of the district {', '.join(absent)}"
        do = "Write the district as the LSOA names have it: 'Burnley' for 'Burnley 003A'."
        raise refusal(file, what, do, "district-not-in-file")
    return cells[keys.isin([place_key(district) for district in wanted])]


def read_lsoa_zones(asked: Asked) -> list[RawTable]:
    """Read the codes and names of LSOAs from a boundary Parquet or from any table with both."""
    return _from_names(asked, lambda names: names)


def read_lsoa_districts(asked: Asked) -> list[RawTable]:
    """Read the local authority district of each LSOA as its locality."""
    return _from_names(
        asked,
        lambda names: pd.DataFrame(
            {"zone": names["zone"], "locality": _district(names["name"]), "name": _district(names["name"])}
        ),
    )


def _from_names(asked: Asked, make: Callable[[pd.DataFrame], pd.DataFrame]) -> list[RawTable]:
    return [
        RawTable(make(_in_districts(_zone_names(path, name), "name", asked, name)), name)
        for path, name in zip(asked.paths, asked.names, strict=True)
    ]


def _zone_names(path: Path, file: str) -> pd.DataFrame:
    """Read code and name alone, so that outlines in the same Parquet are not touched."""
    known = [column for pair in _NAME_COLUMNS for column in pair]
    if path.suffix == ".parquet" and path.stat().st_size:
        header = pyarrow.parquet.read_schema(path).names
        table = pyarrow.parquet.read_table(path, columns=[column for column in header if column in known])
        cells = table.to_pandas().astype("string")
        cells.index = pd.RangeIndex(2, 2 + len(cells))
    else:
        cells = read_cells(path, file)
    code, name = next((pair for pair in _NAME_COLUMNS if pair[0] in cells.columns), _NAME_COLUMNS[-1])
    return take_columns(cells, file, {"zone": code, "name": name})


def read_lsoa_population(asked: Asked) -> list[RawTable]:
    """Read single years of age; the sexes are made from the ratio of each age in a practice age-sex file."""
    tables = []
    for path, name in zip(asked.paths, asked.names, strict=True):
        cells = read_cells(path, name)
        need_columns(cells, name, "lsoa11_code", "lsoa11_name", "total_population")
        ours = _in_districts(cells, "lsoa11_name", asked, name)
        women, note = _share_of_women(asked, name)
        tables.append(RawTable(_by_sex(ours, _year(asked, name), women), name, notes=(note,)))
    return tables


def _year(asked: Asked, file: str) -> str:
    """Give the calendar year from the entry, or from the file's name where it says one ("mid2020")."""
    in_name = re.search(r"mid-?((?:19|20)\d{2})", file)
    year = option_text(asked.options, "year", in_name[1] if in_name else "")
    if not year:
        raise refusal(file, "it does not say which year it is of", "Add year = 2020, say, to this entry.", "no-year")
    return year


def _share_of_women(asked: Asked, file: str) -> tuple[pd.Series, str]:
    """Give the share of women at each age from 0 to 90 (90 and over), over the whole practice file."""
    named = asked.options.get("sex_from")
    if named is None:
        raise refusal(
            file,
            "it counts persons, not women and men",
            'Add sex_from = "..." (a practice age-sex file of the same place) to this entry, or use a file by sex.',
            "no-sex",
        )
    cells = read_cells(asked.resolve(named), named)
    people, _ = people_by_age(cells, named, absolute=True)
    age = cells["AGE"].str.rstrip("+").astype(int).clip(upper=90)
    count = people.groupby([age, cells["SEX"].str.lower()]).sum().unstack().reindex(range(91))
    share = (count["female"] / count.sum(axis=1)).astype(float)
    # An age at which nobody is registered says nothing, so its people are halved.
    return share.fillna(
        0.5
    ), f"{file}: women and men are made from the ratio of each age in {named}, alike in every zone."


def _by_sex(cells: pd.DataFrame, year: str, women: pd.Series) -> pd.DataFrame:
    """Turn one row per zone into one row per zone, age and sex; the two sexes sum to the published persons."""
    ages = [column for column in cells.columns if _AGE.match(column)]
    persons = np.column_stack([numbers(cells[age]).to_numpy(float, na_value=np.nan) for age in ages])
    start = [int(age.rstrip("+")) for age in ages]
    female = persons * women.loc[start].to_numpy()
    one = pd.DataFrame(
        {
            "zone": np.repeat(cells["lsoa11_code"].to_numpy(), len(ages)),
            "year": year,
            "age_from": np.tile([str(age) for age in start], len(cells)),
            "age_to": np.tile(["" if age.endswith("+") else age for age in ages], len(cells)),
        },
        index=np.repeat(cells.index.to_numpy(), len(ages)),
        dtype="string",
    )
    both = {"female": female, "male": persons - female}
    sides = [one.assign(sex=sex, people=as_text(pd.Series(part.ravel(), one.index))) for sex, part in both.items()]
    return pd.concat(sides)


def read_imd2019(asked: Asked) -> list[RawTable]:
    """Read rank, tenth and fifth of the English Indices of Deprivation 2019 (1 is most deprived)."""
    tables = []
    for path, name in zip(asked.paths, asked.names, strict=True):
        columns = {"zone": "lsoa11_code", "imd_rank": "IMD_rank", "imd_decile": "IMD_decile"}
        wide = take_columns(read_cells(path, name), name, columns)
        fifth = ((numbers(wide["imd_decile"]) + 1) // 2).astype("Int64").astype("string")
        wide = wide.assign(imd_fifth=fifth, row=wide.index)
        long = wide.melt(["zone", "row"], var_name="indicator", value_name="value").set_index("row")
        tables.append(RawTable(long.rename_axis(None).assign(period="2019"), name))
    return tables


register(
    Reader(
        "ons-lsoa-population",
        POPULATION,
        "Office for National Statistics, lower layer super output area population estimates",
        _OGL,
        "lsoa11_code, lsoa11_name, total_population, 0 to 90+, persons only. Women and men are made from the ratio of "
        "each age in a practice age-sex file (sex_from), the same in every zone: a stand-in, not a published figure.",
        read=read_lsoa_population,
        national=True,
        options={
            "sex_from": "A practice age-sex file (ORG_CODE, SEX, AGE, POP), from which the ratio of the sexes comes",
            "year": "Year of the estimate, where the file's name does not say mid2020 or the like",
            **_DISTRICTS,
        },
    )
)
register(
    Reader(
        "ons-lsoa-zones",
        ZONES,
        "Office for National Statistics, LSOA 2011 boundaries or population estimates",
        _OGL,
        "Codes and names of LSOAs from a boundary Parquet (lsoa11cd, lsoa11nm) or a table (lsoa11_code, lsoa11_name).",
        read=read_lsoa_zones,
        options=_DISTRICTS,
    )
)
register(
    Reader(
        "ons-lsoa-districts",
        LOCALITIES,
        "Office for National Statistics, LSOA 2011 boundaries or population estimates",
        _OGL,
        "The same file; the locality is the district, which is the LSOA's name without its last word.",
        read=read_lsoa_districts,
        options=_DISTRICTS,
    )
)
register(
    Reader(
        "imd2019-lsoa",
        INDICATORS,
        "Ministry of Housing, Communities and Local Government, English Indices of Deprivation 2019",
        _OGL,
        "lsoa11_code, IMD_rank, IMD_decile; gives imd_rank, imd_decile and imd_fifth, 1 most deprived.",
        read=read_imd2019,
        national=True,
    )
)
