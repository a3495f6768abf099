"""The made-up linkage files have the published layout, agree with each other and lack what real files lack."""

import csv

import numpy as np
import pyarrow.parquet as pq
import pytest

from locality.synth.published import rule

MONTHS = ("apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jan", "feb", "mar")
SUMS = {
    "acute_cost": ("01B",),
    "mat_cost": ("02B",),
    "mh_cost": ("04B",),
    "gls_cost": ("GLS",),
    "op_cost_attend": ("00B",),
    "ae_cost": ("AE2",),
    "pis_cost": ("PIS",),
    "ooh_cost": ("OoH",),
    "ch_cost": ("CH",),
    "hc_total_cost": ("HC",),
    "health_net_cost": ("01B", "02B", "04B", "GLS", "00B", "AE2", "PIS", "OoH"),
}


@pytest.mark.data
@pytest.mark.parametrize("kind", ["episode", "individual"])
def test_columns_stand_in_the_published_order(made, cases_root, kind):
    with (cases_root / "money" / f"slf_{kind}_schema.csv").open() as published:
        names = [row["column"] for row in csv.DictReader(published)]
    assert pq.read_schema(made.folder / f"slf-{kind}-2223.parquet").names == names


def _by_person(made, recids, column="cost_total_net"):
    rows = made.episode[made.episode["recid"].isin(recids) & (made.episode["anon_chi"] != "")]
    return rows.groupby("anon_chi")[column].sum().astype(float)


@pytest.mark.parametrize("column", SUMS)
def test_a_persons_cost_is_the_sum_of_their_episodes(made, column):
    individual = made.individual.set_index("anon_chi")[column].astype(float)
    expected = _by_person(made, SUMS[column]).reindex(individual.index).fillna(0)
    assert np.abs(individual - expected).max() < 0.005


def test_appointments_not_kept_cost_nothing_net_and_are_told_apart(made):
    missed = made.episode[made.episode["attendance_status"] == 8]
    assert len(missed) > 100
    assert (missed["cost_total_net"] == 0).all()
    assert (missed["cost_total_net_inc_dnas"] > 0).all()


def test_months_add_up_to_the_year_to_the_penny(made):
    costed = made.episode[made.episode["cost_total_net"].notna()]
    months = (costed[[f"{month}_cost" for month in MONTHS]].astype(float) * 100).round().sum(axis=1)
    assert (months == (costed["cost_total_net"].astype(float) * 100).round()).all()


def test_bed_days_by_month_add_up_to_those_of_the_year(made):
    stays = made.episode[made.episode["yearstay"].notna()]
    months = stays[[f"{month}_beddays" for month in MONTHS]].astype(float).sum(axis=1)
    assert np.abs(months - stays["yearstay"].astype(float)).max() < 0.01


def test_some_stays_begin_before_the_year_and_some_go_on_after_it(made):
    stays = made.episode[made.episode["recid"].isin(["01B", "04B"])]
    began = stays["record_keydate1"].astype("datetime64[s]")
    ended = stays["record_keydate2"].astype("datetime64[s]")
    assert (began < np.datetime64("2022-04-01")).any()
    assert (ended > np.datetime64("2023-03-31")).any()
    assert (ended >= began).all()


def test_unlinked_records_are_a_documented_share_and_count_for_nobody(made):
    share = (made.episode["anon_chi"] == "").mean()
    assert share == pytest.approx(rule("file_defects")["unlinked"], abs=0.002)
    assert (made.individual["anon_chi"] != "").all()


def test_some_people_have_no_address_and_so_no_locality(made):
    unknown = made.individual[made.individual["datazone2011"].isna()]
    assert 0 < len(unknown) < 100
    assert unknown["postcode"].isna().all()
    assert (unknown["locality"] == "No Locality Information").all()


def test_everybody_who_lives_here_has_one_row(made):
    assert made.individual["anon_chi"].is_unique
    assert int(made.individual["datazone2011"].notna().sum()) == 12_000


def test_people_without_any_linked_record_are_marked_as_such(made):
    users = set(made.episode["anon_chi"])
    marked = made.individual["nsu"] == 1
    assert 0.02 < marked.mean() < 0.3
    assert not made.individual.loc[marked, "anon_chi"].isin(users).any()
    assert made.individual.loc[~marked, "anon_chi"].isin(users).all()


def test_care_home_cost_is_known_from_sixty_five_only(made):
    homes = made.episode[made.episode["recid"] == "CH"]
    assert (homes["cost_total_net"].isna() == (homes["age"] < 65)).all()


def test_prescribing_is_one_record_a_year_dated_31_march(made):
    items = made.episode[made.episode["recid"] == "PIS"]
    assert set(items["record_keydate1"].astype("string")) == {"2023-03-31"}
    assert items["anon_chi"][items["anon_chi"] != ""].is_unique


def test_records_without_a_price_occur(made):
    unpriced = made.episode[made.episode["cost_total_net"].isna()]
    assert {"NRS", "DD", "AT", "SDS", "HL1"} <= set(unpriced["recid"])


def test_age_and_date_of_birth_agree_at_the_middle_of_the_year(made):
    born = made.individual["dob"].astype("datetime64[s]")
    years = (np.datetime64("2022-09-30") - born).dt.days / 365.25
    assert np.abs(np.floor(years) - made.individual["age"].astype(float)).max() <= 1
    assert (np.floor(years) == made.individual["age"].astype(float)).mean() > 0.99


def test_only_what_nobody_models_is_empty_and_it_has_a_type(made):
    schema = pq.read_schema(made.folder / "slf-episode-2223.parquet")
    assert not any(str(field.type) == "null" for field in schema)
    assert made.episode["diag1"].isna().all()
