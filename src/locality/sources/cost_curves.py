"""National costs per head by age, sex and deprivation, as publishers print them."""

from __future__ import annotations

import pandas as pd

from locality.money.tables import COST_CURVES
from locality.sources.columns import need_columns, option_text, option_texts, refusal, take_columns
from locality.sources.files import read_cells
from locality.sources.readers import Asked, RawTable, Reader, register


def read_english_cost_curves(asked: Asked) -> list[RawTable]:
    """Read hospital and primary care cost by single year of age, sex and deprivation fifth for the named programmes."""
    programmes = option_texts(asked.options, "programmes")
    if not programmes:
        do = 'Add programmes = ["acute", ...] to this entry: the programmes whose need follows this curve.'
        raise refusal(asked.names[0], "it does not say which programmes it is for", do, "no-programmes")
    return [
        _english_curve(read_cells(path, name), name, asked, programmes)
        for path, name in zip(asked.paths, asked.names, strict=True)
    ]


def _english_curve(cells: pd.DataFrame, file: str, asked: Asked, programmes: tuple[str, ...]) -> RawTable:
    need_columns(cells, file, "year")
    years = sorted(cells["year"].dropna().unique())
    year = option_text(asked.options, "year", years[-1])
    ours = cells[cells["year"] == year]
    if ours.empty:
        raise refusal(
            file, f"it has no year {year}; it has {', '.join(years)}", "Use one of these.", "year-not-in-file"
        )
    columns = {"age_from": "age", "sex": "sex", "deprivation_fifth": "imd_quintile", "per_head": "cost_per_person"}
    frame = take_columns(ours, file, columns)
    age = frame["age_from"]
    oldest = age.astype(int).max()
    frame = frame.assign(
        sex=frame["sex"].str.lower(),
        # The last age stands for itself and all older people.
        age_to=age.mask(age.astype(int) == oldest),
        deprivation_fifth=frame["deprivation_fifth"].str.removeprefix("Q"),
        source=f"NHS cost per person in England by age, sex and deprivation fifth, {year} (Asaria, York)",
    )
    return RawTable(pd.concat([frame.assign(programme=programme) for programme in programmes]), file)


def read_nrac_acute_curve(asked: Asked) -> list[RawTable]:
    """Read acute hospital cost per head by age band and sex, not split by deprivation."""
    tables = []
    for path, name in zip(asked.paths, asked.names, strict=True):
        columns = {"sex": "sex", "band": "age_band", "per_head": "cost_per_head_gbp"}
        frame = take_columns(read_cells(path, name), name, columns)
        ages = frame["band"].str.extract(r"^(\d+)(?:-(\d+)|\+)$").astype("string")
        frame = frame.assign(
            sex=frame["sex"].str.lower(),
            age_from=ages[0],
            age_to=ages[1],
            deprivation_fifth=pd.Series(pd.NA, index=frame.index, dtype="string"),
            programme=option_text(asked.options, "programme", "acute"),
            source=option_text(
                asked.options, "source", "Public Health Scotland, NRAC 2026/27 acute age-sex cost weights"
            ),
        )
        tables.append(RawTable(frame.drop(columns="band"), name))
    return tables


register(
    Reader(
        "english-cost-curves",
        COST_CURVES,
        "University of York (M. Asaria), after Hospital Episode Statistics and programme budgets",
        "GPL-3.0 repository; cite the paper",
        "year, age, sex, imd_quintile, cost_per_person: English cost per head, Q1 most deprived, the last age open. "
        "Only its ratios are used; it is not a Scottish figure.",
        read=read_english_cost_curves,
        options={
            "programmes": 'Programmes whose need follows this curve, like ["acute", "prescribing"] (needed)',
            "year": "Year of the curve, 2011/12 or 2014/15; the latest when not given",
        },
    )
)
register(
    Reader(
        "nrac-acute-cost-curve",
        COST_CURVES,
        "Public Health Scotland, NRAC age-sex cost weights",
        "Open Government Licence v3.0",
        "sex, age_band (0-1 to 90+), cost_per_head_gbp; not split by deprivation.",
        read=read_nrac_acute_curve,
        options={
            "programme": "Programme for which it is used; acute when not given",
            "source": "What to print as its source, where the file is of another year",
        },
    )
)
