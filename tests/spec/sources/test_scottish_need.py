"""Urban-rural class and deprivation come as one indicator a row, and what is suppressed is missing, not nought."""

from pathlib import Path

import pandas as pd
import pytest

import locality.sources  # noqa: F401  (fills the register of readers)
from factories.asking import ask, rows, said
from locality.foundations import check_frame, load_rule
from locality.foundations.core_tables import INDICATORS
from locality.sources.scottish_need import cut_rank

SIMD = "simd2020v2/SIMD2020v2_indicators.csv"
RANKS = "simd2020v2/simd2020_ranks_dz11.csv"
URBAN_RURAL = "lookups/datazone2011_urban_rural_2020.csv"
DOMAINS = ("Income", "Employment", "Health", "Education", "Housing", "Access", "Crime")


def simd_columns() -> list[str]:
    (value,) = load_rule("locality.sources", "simd2020v2_indicators").values
    counts = [one[count] for one in value.value for count in ("numerator", "denominator") if count in one]
    return ["Data_Zone", *(one["column"] for one in value.value), *counts]


def write_simd(folder: Path, **cells: str) -> None:
    """One zone; every cell is 1 unless it is given."""
    columns = simd_columns()
    text = ",".join(columns) + "\nS01006506," + ",".join(cells.get(column, "1") for column in columns[1:]) + "\n"
    (folder / "simd.csv").write_text(text, encoding="utf-8")


def indicator(frame: pd.DataFrame, name: str) -> list[tuple[object, ...]]:
    return rows(frame.loc[frame["indicator"] == name, ["period", "value", "numerator", "denominator"]])


def test_a_percentage_written_as_text_is_its_number(tmp_path: Path) -> None:
    write_simd(tmp_path, Income_rate="8%", Income_count="71", Total_population="894", ALCOHOL='"1,656"')
    (table,) = ask("simd2020v2-indicators", tmp_path, "simd.csv")
    assert indicator(table.frame, "simd_income_rate") == [(2, "2020v2", "8", "71", "894")]
    assert indicator(table.frame, "simd_university") == [(2, "2020v2", "1", None, None)]
    typed, faults = check_frame(INDICATORS, table.frame, "simd.csv")
    assert faults == []
    assert typed.loc[typed["indicator"] == "simd_alcohol", "value"].tolist() == [1656.0]


def test_a_suppressed_figure_is_missing(tmp_path: Path) -> None:
    write_simd(tmp_path, crime_rate="*", crime_count="*", Attendance="*")
    (table,) = ask("simd2020v2-indicators", tmp_path, "simd.csv")
    assert indicator(table.frame, "simd_crime_rate") == [(2, "2020v2", None, None, None)]
    assert indicator(table.frame, "simd_attendance") == [(2, "2020v2", None, None, None)]


def test_a_deprivation_file_without_some_of_its_columns_is_refused_with_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "simd.csv").write_text("Data_Zone,Income_rate\nS01006506,8%\n", encoding="utf-8")
    (table,) = ask("simd2020v2-indicators", tmp_path, "simd.csv")
    assert {fault.code for fault in table.faults} == {"missing-column"}
    assert len(table.faults) == 26


def test_ranks_give_tenths_and_fifths_with_as_many_zones_each(tmp_path: Path) -> None:
    header = "dz11_code,IMD_decile," + ",".join(f"{name}_rank" for name in ("IMD", *DOMAINS))
    line = "S01006506,9,1396.0," + ",".join(str(place) + ".5" for place in range(1, 8))
    (tmp_path / "ranks.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    (table,) = ask("simd2020v2-ranks", tmp_path, "ranks.csv")
    assert dict(zip(table.frame["indicator"], table.frame["value"], strict=True)) == {
        "simd_rank": "1396.0",
        "simd_decile": "3",
        "simd_fifth": "2",
        **{f"simd_{name.lower()}_rank": f"{place}.5" for place, name in enumerate(DOMAINS, start=1)},
    }


@pytest.mark.parametrize(
    ("rank", "fifth", "decile"),
    [
        ("1", "1", "1"),
        ("697", "1", "1"),
        ("698", "1", "2"),
        ("1395", "1", "2"),
        ("1396", "2", "3"),
        ("6976", "5", "10"),
    ],
)
def test_a_rank_falls_into_its_fifth_and_tenth(rank: str, fifth: str, decile: str) -> None:
    ranks = pd.Series([rank], dtype="string")
    assert cut_rank(ranks, 5).tolist() == [fifth]
    assert cut_rank(ranks, 10).tolist() == [decile]


def test_a_rank_that_is_no_number_falls_into_no_group() -> None:
    assert cut_rank(pd.Series(["*", None], dtype="string"), 5).isna().all()


def test_urban_rural_classes_are_four_indicators(tmp_path: Path) -> None:
    header = "DataZone," + ",".join(f"UrbanRural{fold}fold2020" for fold in (2, 3, 6, 8))
    (tmp_path / "ur.csv").write_text(f"{header}\nS01006506,2,3,5,7\n", encoding="utf-8")
    (table,) = ask("phs-urban-rural-2020", tmp_path, "ur.csv")
    assert rows(table.frame) == [
        (2, "S01006506", "urban_rural_2", "2020", "2"),
        (2, "S01006506", "urban_rural_3", "2020", "3"),
        (2, "S01006506", "urban_rural_6", "2020", "5"),
        (2, "S01006506", "urban_rural_8", "2020", "7"),
    ]


def test_an_urban_rural_file_without_the_eight_classes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ur.csv").write_text("DataZone,UR\nS01006506,2\n", encoding="utf-8")
    (table,) = ask("phs-urban-rural-2020", tmp_path, "ur.csv")
    assert said(table) == [("missing-column", None)]


@pytest.mark.data
def test_the_published_deprivation_indicators_have_their_suppressed_cells_missing(data_root: Path) -> None:
    (table,) = ask("simd2020v2-indicators", data_root, SIMD)
    typed, faults = check_frame(INDICATORS, table.frame, SIMD)
    assert faults == []
    assert typed.groupby("indicator").size().eq(6976).all()
    assert typed["indicator"].nunique() == 27
    # "*" stands in 1,783 cells of the file.
    assert (
        typed["value"].isna().sum() + typed["numerator"][typed["indicator"] == "simd_crime_rate"].isna().sum() == 1783
    )


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "points"),
    [
        # Every published income rate is its count over the population, rounded.
        ("simd_income_rate", 0.5),
        # The publisher divides by a working-age population that differs a little from the one it prints.
        ("simd_employment_rate", 1.6),
    ],
)
def test_counts_give_the_published_percent(data_root: Path, name: str, points: float) -> None:
    (table,) = ask("simd2020v2-indicators", data_root, SIMD)
    typed, _ = check_frame(INDICATORS, table.frame, SIMD)
    rate = typed[(typed["indicator"] == name) & typed["value"].notna()]
    made = 100 * rate["numerator"] / rate["denominator"]
    assert (made - rate["value"]).abs().max() <= points


@pytest.mark.data
def test_each_fifth_of_the_published_ranks_has_as_many_zones(data_root: Path) -> None:
    (table,) = ask("simd2020v2-ranks", data_root, RANKS)
    typed, faults = check_frame(INDICATORS, table.frame, RANKS)
    assert faults == []
    fifth = typed.loc[typed["indicator"] == "simd_fifth", "value"].value_counts().sort_index()
    assert fifth.tolist() == [1395, 1395, 1395, 1395, 1396]


@pytest.mark.data
def test_the_eight_classes_of_the_published_file(data_root: Path) -> None:
    (table,) = ask("phs-urban-rural-2020", data_root, URBAN_RURAL)
    typed, faults = check_frame(INDICATORS, table.frame, URBAN_RURAL)
    assert faults == []
    assert typed.groupby("indicator")["value"].agg(["count", "max"]).to_numpy().tolist() == [
        [6976, 2], [6976, 3], [6976, 6], [6976, 8],
    ]  # fmt: skip
