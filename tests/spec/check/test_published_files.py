"""Folders of real published files: cut to the partnership, or refused with the reason."""

from pathlib import Path

import pytest

from factories.linkage import write_episodes, write_individuals
from locality.sources import check_folder, open_folder

FIFE = """
[partnership]
code = "S37000032"
name = "Fife"
nation = "Scotland"
[year]
financial_year = "2023/24"
[tables]
zones = { file = "lookups/DataZone2011lookup_2024-12-16.csv", reader = "scotgov-zone-lookup-2011" }
localities = { file = "hscp_locality/datazone-to-locality-lookup.csv", reader = "phs-datazone-locality" }
indicators = { file = "simd2020v2/simd2020_ranks_dz11.csv", reader = "simd2020v2-ranks" }
practices = { file = "gp_practices/gp_practices_with_zones.csv", reader = "gp-practices-with-zones" }
population = { file = "population_dz11/sape2021_dz11_single_year.parquet", reader = "single-year-population" }
"""

PENNINE = """
[partnership]
code = "E54000048"
name = "Pennine Lancashire"
nation = "England"
[year]
financial_year = "2020/21"
[tables]
zones = { file = "england_pennine_gp_pcn/POPULATION", reader = "ons-lsoa-zones" }
localities = { file = "england_pennine_gp_pcn/POPULATION", reader = "ons-lsoa-districts" }
registrations = { file = "england_pennine_gp_pcn/REGISTRATIONS", reader = "nhs-practice-lsoa-registrations" }

[tables.practices]
file = "england_pennine_gp_pcn/PCNdefs.csv"
reader = "nhs-practice-pcn"
registrations = "england_pennine_gp_pcn/REGISTRATIONS"

[tables.population]
file = "england_pennine_gp_pcn/POPULATION"
reader = "ons-lsoa-population"
sex_from = "england_pennine_gp_pcn/practice_age_sex_2020-04.csv.gz"
""".replace("POPULATION", "population_mid2020_lsoa11_single_year.csv.gz").replace(
    "REGISTRATIONS", "practice_lsoa_registrations_2020-04.csv.gz"
)


def write(folder: Path, toml: str) -> Path:
    (folder / "partnership.toml").write_text(toml, encoding="utf-8")
    return folder


@pytest.mark.data
def test_national_files_are_cut_to_fife(tmp_path, data_root, connection):
    opened = open_folder(write(tmp_path, FIFE), data_root=data_root, connection=connection)
    assert len(opened.tables["zones"]) == 494
    assert opened.tables["localities"]["name"].nunique() == 7
    assert opened.tables["population"]["people"].sum() == 374_730
    assert set(opened.tables["indicators"]["zone"]) == set(opened.tables["zones"]["zone"])
    assert not opened.made_up
    assert [one.vintage for one in opened.inputs if one.table == "population"] == ["2021, 2011 data zones"]
    assert all(len(one.sha256) == 64 and one.publisher for one in opened.inputs)


@pytest.mark.data
def test_an_english_place_of_lsoas_and_registrations(tmp_path, data_root, connection):
    opened = open_folder(write(tmp_path, PENNINE), data_root=data_root, connection=connection)
    assert len(opened.tables["zones"]) == 343
    assert opened.tables["practices"]["practice"].nunique() == 74
    assert "registrations: 21,992 patients are with 189 practices outside the practices table" in opened.notes
    # A file that only an option names is an input like any other.
    assert "england_pennine_gp_pcn/practice_age_sex_2020-04.csv.gz" in [one.file for one in opened.inputs]


@pytest.mark.data
def test_zones_of_2022_with_national_files_of_2011(tmp_path, data_root, connection):
    toml = FIFE.replace("DataZone2011lookup", "DataZone2022lookup").replace("lookup-2011", "lookup-2022")
    report = check_folder(write(tmp_path, toml), data_root=data_root, connection=connection)
    assert [(fault.file.rpartition("/")[2], fault.code) for fault in report.faults] == [
        ("datazone-to-locality-lookup.csv", "zone-other-vintage"),
        ("sape2021_dz11_single_year.parquet", "zone-other-vintage"),
        ("simd2020_ranks_dz11.csv", "zone-other-vintage"),
        ("gp_practices_with_zones.csv", "zone-other-vintage"),
    ]


@pytest.mark.data
def test_without_zones_national_files_wait_and_own_files_do_not(tmp_path, data_root, connection):
    toml = FIFE.replace("DataZone2011lookup_2024-12-16", "gone") + 'ledger = { file = "ledger.csv" }\n'
    toml += 'services = { file = "services.csv" }\n'
    (tmp_path / "ledger.csv").write_text("service,year,source,pence\nA,2023/24,council,1.5\n")
    (tmp_path / "services.csv").write_text("service,heading,need_programme,scope,in_plan\nA,A,,delegated,yes\n")
    report = check_folder(write(tmp_path, toml), data_root=data_root, connection=connection)
    assert [(fault.file, fault.code) for fault in report.faults] == [
        ("lookups/gone.csv", "no-such-file"),
        ("ledger.csv", "not-pence"),
    ]
    assert "zones of population: not checked, because of the faults in zones and population" in report.skipped


@pytest.mark.data
def test_linkage_files_beside_published_ones(tmp_path, data_root, connection):
    write_individuals(tmp_path / "individual.parquet", {"anon_chi": "ann", "datazone2011": "S01009000"})
    write_episodes(tmp_path / "episode.parquet", {"anon_chi": "ann"})
    toml = FIFE + (
        'persons = { file = "individual.parquet", reader = "slf-individual", made_up = true }\n'
        'activity = { file = "epis*.parquet", reader = "slf-episode", made_up = true }\n'
    )
    opened = open_folder(write(tmp_path, toml), data_root=data_root, connection=connection)
    assert opened.made_up
    assert connection.execute(opened.scans["activity"].count()) == 1
    assert [one.file for one in opened.inputs if one.made_up] == ["individual.parquet", "episode.parquet"]
