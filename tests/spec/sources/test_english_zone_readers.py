"""English small areas: population by sex, names, districts, deprivation."""

import pyarrow as pa
import pyarrow.parquet
import pytest

from factories.reading import ask, typed, write
from locality.foundations import InputRefused

PENNINE = "england_pennine_gp_pcn"
PEOPLE = f"{PENNINE}/population_mid2020_lsoa11_single_year.csv.gz"
AGES = f"{PENNINE}/practice_age_sex_2020-04.csv.gz"
POPULATION = """
lsoa11_name,lsoa11_code,total_population,0,1,90+
Burnley 003A,E01024855,18,10,4,4
Ribble Valley 001B,E01025230,8,8,0,0
"""
# Of those registered: a quarter of age 0 are women, nobody is aged 1, three quarters are women from 90 on.
SEXES = "ORG_CODE,SEX,AGE,POP\nP1,MALE,0,-3\nP1,FEMALE,0,1\nP1,MALE,90,-1\nP1,FEMALE,95+,3"


def test_women_and_men_are_made_from_the_ratio_of_each_age_and_sum_to_the_published_persons(tmp_path):
    write(tmp_path, "ages.csv", SEXES)
    file = write(tmp_path, "population_mid2020.csv", POPULATION)
    people, faults = typed("ons-lsoa-population", file, root=tmp_path, sex_from="ages.csv", districts=["Burnley"])
    assert people[["sex", "age_from", "people"]].values.tolist() == [
        ["female", 0, 2.5],
        ["female", 1, 2],
        ["female", 90, 3],
        ["male", 0, 7.5],
        ["male", 1, 2],
        ["male", 90, 1],
    ]
    assert (people.year.unique().tolist(), people.age_to.isna().tolist()) == ([2020], [False, False, True] * 2)
    assert faults == []


def test_that_the_sexes_are_made_is_said(tmp_path):
    write(tmp_path, "ages.csv", SEXES)
    file = write(tmp_path, "population_mid2020.csv", POPULATION)
    (raw,) = ask("ons-lsoa-population", file, root=tmp_path, sex_from="ages.csv")
    assert raw.notes == (
        "population_mid2020.csv: women and men are made from the ratio of each age in ages.csv, alike in every zone.",
    )


def test_a_population_of_persons_is_refused_without_a_source_of_the_sexes(tmp_path):
    file = write(tmp_path, "population_mid2020.csv", POPULATION)
    with pytest.raises(InputRefused, match="it counts persons, not women and men"):
        ask("ons-lsoa-population", file, root=tmp_path)


def test_the_year_is_asked_for_where_the_file_name_does_not_say_it(tmp_path):
    write(tmp_path, "ages.csv", SEXES)
    file = write(tmp_path, "people.csv", POPULATION)
    with pytest.raises(InputRefused, match="does not say which year"):
        ask("ons-lsoa-population", file, root=tmp_path, sex_from="ages.csv")
    people, _ = typed("ons-lsoa-population", file, root=tmp_path, sex_from="ages.csv", year=2021)
    assert people.year.unique().tolist() == [2021]


def test_a_district_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputRefused, match="no LSOA is of the district Bury"):
        ask("ons-lsoa-zones", write(tmp_path, "p.csv", POPULATION), root=tmp_path, districts=["Burnley", "Bury"])


def test_the_locality_is_the_district_without_the_last_word_of_the_name(tmp_path):
    localities, _ = typed("ons-lsoa-districts", write(tmp_path, "p.csv", POPULATION), root=tmp_path)
    assert localities[["zone", "locality"]].values.tolist() == [
        ["E01024855", "Burnley"],
        ["E01025230", "Ribble Valley"],
    ]


def test_zones_are_read_from_a_boundary_file_without_touching_its_outlines(tmp_path):
    table = pa.table({"lsoa11cd": ["E01024855"], "lsoa11nm": ["Burnley 003A"], "geometry": [b"\x00"]})
    pyarrow.parquet.write_table(table, tmp_path / "lsoa.parquet")
    zones, faults = typed("ons-lsoa-zones", "lsoa.parquet", root=tmp_path)
    assert (zones.zone.item(), zones.name.item(), faults) == ("E01024855", "Burnley 003A", [])


def test_an_empty_boundary_file_is_refused(tmp_path):
    (tmp_path / "lsoa.parquet").touch()
    with pytest.raises(InputRefused, match=r"lsoa\.parquet"):
        ask("ons-lsoa-zones", "lsoa.parquet", root=tmp_path)


def test_deprivation_gives_rank_tenth_and_fifth(tmp_path):
    file = write(tmp_path, "imd.csv", "lsoa11_code,IMD_decile,IMD_rank\nE01012571,1.0,2666.0\nE01012572,4.0,11000.0")
    indicators, _ = typed("imd2019-lsoa", file, root=tmp_path)
    wide = indicators.pivot(index="zone", columns="indicator", values="value")
    assert wide.to_dict("index") == {
        "E01012571": {"imd_decile": 1, "imd_fifth": 1, "imd_rank": 2666},
        "E01012572": {"imd_decile": 4, "imd_fifth": 2, "imd_rank": 11_000},
    }


@pytest.mark.data
def test_pennine_lancashire_keeps_its_546110_people_when_they_are_split_by_sex(data_root):
    people, faults = typed("ons-lsoa-population", PEOPLE, root=data_root, sex_from=AGES)
    assert faults == []
    assert people.people.sum() == pytest.approx(546_110, abs=1e-6)
    assert (people.zone.nunique(), len(people)) == (343, 343 * 91 * 2)


@pytest.mark.data
def test_pennine_lancashire_has_343_zones_in_six_districts(data_root):
    zones, _ = typed("ons-lsoa-zones", f"{PENNINE}/pennine_lsoa11_boundaries_bng.parquet", root=data_root)
    localities, faults = typed("ons-lsoa-districts", PEOPLE, root=data_root)
    assert set(zones.zone) == set(localities.zone)
    assert localities.locality.value_counts().to_dict() == {
        "Blackburn with Darwen": 91,
        "Burnley": 60,
        "Pendle": 57,
        "Hyndburn": 52,
        "Rossendale": 43,
        "Ribble Valley": 40,
    }
    indicators, more = typed("imd2019-lsoa", f"{PENNINE}/imd2019_lsoa11.csv", root=data_root)
    assert (len(indicators), faults + more) == (3 * 343, [])
