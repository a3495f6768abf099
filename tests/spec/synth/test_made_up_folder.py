"""A made-up partnership folder is complete, sound and says that it is made up."""

import tomllib
from itertools import pairwise

import pandas as pd
import pyarrow.parquet as pq
import pytest

from locality.areas.tables import AREA_TABLES
from locality.foundations import FinancialYear, InputRefused, check_frame
from locality.foundations.core_tables import CORE_TABLES
from locality.money.tables import MONEY_TABLES
from locality.synth import make_partnership

DECLARED = {table.name: table for table in (*CORE_TABLES, *AREA_TABLES, *MONEY_TABLES)}


def test_every_made_table_passes_the_check_of_its_declaration(made):
    for name, cells in made.tables.items():
        cells.index = pd.RangeIndex(2, len(cells) + 2)
        _, faults = check_frame(DECLARED[name], cells, f"{name}.csv")
        assert faults == [], name


def test_the_settings_name_every_file_and_call_it_made_up(made):
    settings = tomllib.loads((made.folder / "partnership.toml").read_text())
    named = {entry["file"] for entry in settings["tables"].values()}
    assert named == {f"{name}.csv" for name in made.tables} | {
        "slf-episode-2223*.parquet",
        "slf-individual-2223*.parquet",
    }
    assert all(entry["made_up"] for entry in settings["tables"].values())
    assert settings["partnership"] == {"code": "S37999999", "name": "Strathmirrin", "nation": "Scotland"}
    assert settings["year"] == {"financial_year": "2022/23"}


def test_registers_of_patients_name_who_made_them_and_may_leave_in_a_release(made):
    tables = tomllib.loads((made.folder / "partnership.toml").read_text())["tables"]
    named = {name for name, entry in tables.items() if "publisher" in entry}
    assert named == {"practices", "registrations"}
    assert tables["registrations"]["publisher"] == "made up by locality synth"


def test_everything_written_says_that_it_is_made_up(made):
    assert "nobody in it exists" in (made.folder / "README.txt").read_text()
    for name in ("slf-episode-2223.parquet", "slf-individual-2223.parquet"):
        assert pq.read_schema(made.folder / name).metadata[b"locality.made_up"] == b"yes"


def test_the_report_of_what_was_written_agrees_with_the_files(made):
    assert sorted(made.told.files) == sorted(file.name for file in made.folder.iterdir())
    assert made.told.people == 12_000
    assert made.told.events == len(made.episode)
    assert made.told.ledger_pence == made.tables["ledger"]["pence"].astype(int).sum()


def test_progress_is_told_up_to_the_last_person(made):
    assert made.progress[-1] == (12_000, 12_000)
    assert len(made.progress) > 1


def test_there_are_islands_a_bridge_and_ferries(made):
    borders, zones = made.tables["zone_neighbours"], made.tables["zones"].set_index("zone")
    crossings = borders[borders["kind"] == "crossing"]
    isles = zones["settlement"].str.startswith("Isle of")
    by_island = crossings["zone_a"].map(isles) | crossings["zone_b"].map(isles)
    assert by_island.sum() >= 2
    assert (~by_island).sum() >= 1
    assert "The Islands" in made.tables["localities"]["name"].tolist()


def test_no_land_border_joins_an_island_to_the_mainland(made):
    zones = made.tables["zones"].set_index("zone")["settlement"].str.startswith("Isle of")
    land = made.tables["zone_neighbours"].query("kind == 'land'")
    assert (land["zone_a"].map(zones) == land["zone_b"].map(zones)).all()


def test_the_river_is_crossed_by_the_bridge_alone(made):
    borders = made.tables["zone_neighbours"]
    land = borders[borders["kind"] == "land"]
    assert len(_pieces(made.tables["zones"]["zone"], land)) >= 4
    assert len(_pieces(made.tables["zones"]["zone"], borders)) == 1


def test_every_mainland_locality_is_in_one_piece(made):
    localities = made.tables["localities"].set_index("zone")["name"]
    land = made.tables["zone_neighbours"].query("kind == 'land'")
    for name in set(localities) - {"The Islands"}:
        members = localities.index[localities == name]
        inside = land[land["zone_a"].isin(members) & land["zone_b"].isin(members)]
        assert len(_pieces(members, inside)) == 1, name


def _pieces(zones, borders):
    piece = {zone: {zone} for zone in zones}
    for one, other in zip(borders["zone_a"], borders["zone_b"], strict=True):
        if piece[one] is not piece[other]:
            piece[one] |= piece[other]
            for zone in piece[other]:
                piece[zone] = piece[one]
    return {id(members) for members in piece.values()}


def test_outlines_hold_their_centre_and_do_not_overlap(made):
    zones = made.tables["zones"]
    areas = [_area(outline) for outline in zones["geometry"]]
    assert min(areas) > 10_000


def _area(outline):
    points = [tuple(map(int, pair.split())) for pair in outline[len("POLYGON ((") : -2].split(", ")]
    assert points[0] == points[-1]
    # Counter-clockwise, so the area is positive; a crossed outline would give much less.
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points)) / 2


def test_all_five_deprivation_fifths_occur(made):
    fifths = made.tables["indicators"].query("indicator == 'simd_fifth'")["value"].astype(float)
    assert sorted(set(fifths)) == [1, 2, 3, 4, 5]


def test_registrations_add_up_to_the_people_of_each_zone_and_the_list_of_each_practice(made):
    registered, people = made.tables["registrations"], made.tables["population"]
    patients = registered["patients"].astype(int)
    assert patients.groupby(registered["zone"]).sum().equals(people["people"].astype(int).groupby(people["zone"]).sum())
    lists = made.tables["practices"].set_index("practice")["patients"].astype(int).sort_index()
    assert patients.groupby(registered["practice"]).sum().tolist() == lists.tolist()


def test_the_ledger_lies_near_the_activity_but_nowhere_equals_it(made):
    services = made.tables["services"]
    ledger = made.tables["ledger"].assign(pence=lambda rows: rows["pence"].astype(int))
    spent = ledger.groupby("service")["pence"].sum()
    costed = {"00B": "outpatients", "PIS": "prescribing", "04B": "mental_health", "CH": "care_home", "HC": "home_care"}
    for recid, activity in costed.items():
        of_kind = made.episode[made.episode["recid"] == recid]["cost_total_net"].astype(float).sum() * 100
        service = services.loc[services["activity"] == activity, "service"].iloc[0]
        ratio = spent[service] / of_kind
        assert 0.849 < ratio < 1.151
        assert spent[service] != round(of_kind)


def test_the_ledger_has_two_sources(made):
    assert set(made.tables["ledger"]["source"]) == {"Health board", "Council"}


def test_every_hosted_service_names_our_use_and_that_of_others(made):
    use = made.tables["hosted_use"]
    assert set(use["service"]) == {"GP out of hours", "Specialist rehabilitation"}
    assert (use.groupby("service")["partnership"].nunique() == 3).all()


def test_every_need_programme_of_a_service_has_its_national_rates(made):
    programmes = set(made.tables["services"]["need_programme"].dropna())
    assert programmes <= set(made.tables["cost_curves"]["programme"])


def test_too_few_people_are_refused_with_what_to_do(tmp_path):
    with pytest.raises(InputRefused, match=r"999 people are too few.*1,000 people or more"):
        make_partnership(999, 1, FinancialYear(2022), tmp_path)
