"""Grant-aided expenditure lines and adult social work spend of Scottish councils."""

import pytest

from factories.reading import ask, typed, write
from locality.foundations import InputRefused
from locality.sources.council_money import cost_per_unit
from locality.sources.files import read_cells

WHOLE = "lgbf/LGBF_ScotDataCash_ISSpatialHub.csv.gz"
SHORT = "lgbf/lgbf_social_work_cash.csv"


def test_a_line_takes_its_name_and_year_from_the_files_name(tmp_path):
    file = write(tmp_path, "gae_residential_elderly_2022_23.csv", "council,indicator,gae_k\nFife,621561,40191.0")
    lines, faults = typed("gae-lines", file, root=tmp_path)
    assert lines.iloc[0, :5].tolist() == ["residential elderly", "Fife", "2022/23", 621_561, 4_019_100_000]
    assert lines["programme"].isna().all()
    assert faults == []


def test_name_and_year_can_be_said_in_the_entry(tmp_path):
    file = write(tmp_path, "line.csv", "council,indicator,gae_k\nFife,10,1,200.5".replace("1,200.5", '"1,200.5"'))
    lines, _ = typed("gae-lines", file, root=tmp_path, line="Home care", year="2021-22", programme="home_care")
    assert lines.values.tolist() == [["Home care", "Fife", "2021/22", 10, 120_050_000, "home_care"]]


def test_a_file_without_a_year_in_its_name_is_of_the_folders_year(tmp_path):
    lines, _ = typed("gae-lines", write(tmp_path, "line.csv", "council,gae_k\nFife,1"), root=tmp_path)
    assert lines.year.item() == "2022/23"


TWO = "council,adj_pop,effect1_k,composite,effect2_k,gae_k\nFife,377272,4162,43573,128,4290"


def test_a_line_of_two_indicators_has_no_indicator_unless_one_is_named(tmp_path):
    file = write(tmp_path, "gae_dual_indicator_street_cleaning_2023_24_partial.csv", TWO)
    lines, _ = typed("gae-lines", file, root=tmp_path)
    assert lines.indicator.isna().all()
    lines, _ = typed("gae-lines", file, root=tmp_path, indicator="adj_pop")
    assert lines.indicator.tolist() == [377_272]
    with pytest.raises(InputRefused, match="there is no column 'people'"):
        ask("gae-lines", file, root=tmp_path, indicator="people")


def test_an_amount_that_is_no_number_is_named(tmp_path):
    with pytest.raises(InputRefused, match="row 2, column gae_k: 'n/a' is not a number"):
        ask("gae-lines", write(tmp_path, "line.csv", "council,gae_k\nFife,n/a"), root=tmp_path)


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "councils", "thousands"),
    [
        ("gae_residential_elderly_2022_23.csv", 32, 539_774),
        ("gae_dual_indicator_street_cleaning_2023_24_partial.csv", 15, 42_889),
        ("gae_floor_land_access_2022_23_partial.csv", 17, 5_030),
    ],
)
def test_published_lines_keep_every_pound(cases_root, file, councils, thousands):
    lines, faults = typed("gae-lines", file, root=cases_root / "money")
    assert (len(lines), int(lines.pence.sum()), faults) == (councils, thousands * 100_000, [])


SPEND = """
LocalAuthority,IndicatorCode,Year,IndicatorCash_LA,NumeratorCash_LA,DenominatorCash_LA
Argyll & Bute,SW01,2022-23,33.38,18869.0,565344
Argyll & Bute,SW02,2022-23,0.0456,3586.0,78713.5
Argyll & Bute,SW05,2022-23,673.7796,18219.0041,520
Moray,SW01,2022-23,30,1000,33
"""


def test_what_is_left_of_gross_spend_is_other_adult_social_care(tmp_path):
    file = write(tmp_path, "lgbf.csv", SPEND)
    ledger, faults = typed("lgbf-social-work", file, root=tmp_path, name="Argyll and Bute")
    assert ledger.values.tolist() == [
        ["Home care", "2022/23", "Argyll & Bute council, gross, people over 65 (LGBF SW01)", 1_886_900_000],
        ["Care homes", "2022/23", "Argyll & Bute council, net, people over 65 (LGBF SW05)", 1_821_900_410],
        [
            "Other adult social care",
            "2022/23",
            "Argyll & Bute council, gross, all adults, less home care and care homes (LGBF SW02)",
            7_871_350_000 - 1_886_900_000 - 1_821_900_410,
        ],
    ]
    assert (ledger.index.tolist(), faults) == ([2, 4, 3], [])


def test_a_council_that_is_not_there_is_named_with_names_like_it(tmp_path):
    with pytest.raises(InputRefused, match="no council called Argyl; names like it: Argyll & Bute"):
        ask("lgbf-social-work", write(tmp_path, "lgbf.csv", SPEND), root=tmp_path, councils=["Argyl"])
    with pytest.raises(InputRefused, match="no council called Q; names like it: Argyll & Bute, Moray"):
        ask("lgbf-social-work", write(tmp_path, "lgbf.csv", SPEND), root=tmp_path, councils=["Q"])


def test_a_year_that_is_not_there_is_named_with_those_that_are(tmp_path):
    with pytest.raises(InputRefused, match="no social work spend of 2023/24; it has 2022-23"):
        ask("lgbf-social-work", write(tmp_path, "lgbf.csv", SPEND), root=tmp_path, folder_year="2023/24")


def test_a_council_without_one_of_the_three_lines_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="Moray has no SW05 in 2022/23"):
        ask("lgbf-social-work", write(tmp_path, "lgbf.csv", SPEND), root=tmp_path, name="Moray")


@pytest.mark.data
@pytest.mark.parametrize("file", [WHOLE, SHORT])
@pytest.mark.parametrize(
    ("councils", "thousands"),
    [
        (["Fife"], [50_221, 69_483, 181_486]),
        (["Argyll and Bute"], [18_869, 18_219, 41_625]),
        (["Glasgow City"], [87_813, 117_207, 304_948]),
        (["Clackmannanshire", "Stirling"], [6_680, 6_169, 25_841, 9_727, 13_729, 39_788]),
    ],
)
def test_adult_social_work_spend_of_2022_23(data_root, file, councils, thousands):
    ledger, faults = typed("lgbf-social-work", file, root=data_root, councils=councils)
    assert ledger.pence.tolist() == [amount * 100_000 for amount in thousands]
    assert faults == []


@pytest.mark.data
def test_spend_with_parts_of_a_pound_is_exact(data_root):
    ledger, _ = typed("lgbf-social-work", WHOLE, root=data_root, councils="Glasgow City", year="2019/20")
    assert int(ledger.pence.iloc[1]) == 11_420_594_280


@pytest.mark.data
def test_published_unit_costs_follow_from_numerator_and_denominator(data_root):
    figures = cost_per_unit(read_cells(data_root / SHORT, SHORT), SHORT)
    assert figures.indicator.value_counts().to_dict() == {"SW01": 416, "SW02": 416, "SW05": 416}
    # Home care is printed in pounds and pence, the others to four decimals.
    allowed = figures.indicator.map({"SW01": 0.005, "SW02": 0.0001, "SW05": 0.0002})
    assert ((figures.published - figures.again).abs() <= allowed).all()
