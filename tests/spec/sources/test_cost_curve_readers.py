"""National costs and use per head by age, sex and deprivation."""

import pandas as pd
import pytest

from factories.reading import ask, typed, write
from locality.foundations import InputRefused
from locality.sources.files import read_cells

CARE = "phs_social_care"
PEOPLE = "population_dz11/sape2020_dz11_single_year.parquet"
RANKS = "simd2020v2/simd2020_ranks_dz11.csv"

ENGLISH = """
year,age,sex,imd_quintile,cost_per_person
2011/12,0,Female,Q1,1000.5
2014/15,84,Female,Q1,1100.5
2014/15,85,Male,Q5,3000
"""


def test_the_english_curve_of_the_latest_year_is_given_to_each_programme(tmp_path):
    file = write(tmp_path, "c.csv", ENGLISH)
    curve, faults = typed("english-cost-curves", file, root=tmp_path, programmes=["acute", "prescribing"])
    columns = ["programme", "sex", "age_from", "deprivation_fifth", "per_head"]
    assert curve[columns].values.tolist() == [
        ["acute", "female", 84, 1, 1100.5],
        ["acute", "male", 85, 5, 3000],
        ["prescribing", "female", 84, 1, 1100.5],
        ["prescribing", "male", 85, 5, 3000],
    ]
    assert curve.age_to.isna().tolist() == [False, True, False, True]
    assert faults == []


def test_the_year_of_the_english_curve_can_be_chosen(tmp_path):
    file = write(tmp_path, "c.csv", ENGLISH)
    curve, _ = typed("english-cost-curves", file, root=tmp_path, programmes="acute", year="2011/12")
    assert curve.per_head.tolist() == [1000.5]
    with pytest.raises(InputRefused, match="no year 2012/13; it has 2011/12, 2014/15"):
        ask("english-cost-curves", file, root=tmp_path, programmes="acute", year="2012/13")


def test_a_curve_must_say_for_which_programmes_it_is(tmp_path):
    with pytest.raises(InputRefused, match="it does not say which programmes it is for"):
        ask("english-cost-curves", write(tmp_path, "c.csv", ENGLISH), root=tmp_path)


@pytest.mark.data
def test_the_english_curve_has_every_age_sex_and_fifth(data_root):
    file = "cost_weights/english_nhs_cost_by_age_sex_imd_quintile.csv"
    curve, faults = typed("english-cost-curves", file, root=data_root, programmes="acute")
    assert (len(curve), faults) == (86 * 2 * 5, [])
    assert curve[curve.age_to.isna()].age_from.unique().tolist() == [85]
    by_fifth = curve.groupby("deprivation_fifth").per_head.mean()
    assert by_fifth.is_monotonic_decreasing


@pytest.mark.data
def test_the_scottish_acute_curve_has_forty_cells(cases_root):
    curve, faults = typed("nrac-acute-cost-curve", "money/nrac_2026_27_acute_cost_per_head.csv", root=cases_root)
    assert (len(curve), faults) == (40, [])
    oldest = curve[curve.age_to.isna()].set_index("sex").per_head
    assert oldest.to_dict() == {"female": 6843.57, "male": 6667.89}
    assert curve.iloc[1][["programme", "sex", "age_from", "age_to", "per_head"]].tolist() == [
        "acute",
        "male",
        0,
        1,
        2983.81,
    ]


GROUPS = ("0-17 years", "18-64 years", "65-74 years", "75-84 years", "85+ years")


def _nation(folder):
    """Five zones, one in each fifth, each with one woman and one man of every age group; 85+ lives in fifth 1 twice."""
    ages = {"age_0": 1, "age_17": 0, "age_18": 1, "age_65": 1, "age_75": 1, "age_85": 1, "age_90": 0}
    rows = [
        {"DataZone": f"S0100000{zone}", "sex": sex, **ages, "age_90": 2 if zone == 1 else 0}
        for zone in range(1, 6)
        for sex in ("f", "m", "persons")
    ]
    pd.DataFrame(rows).to_csv(folder / "people.csv", index=False)
    ranks = "\n".join(f"S0100000{zone},{zone}" for zone in range(1, 6))
    write(folder, "ranks.csv", f"dz11_code,IMD_rank\n{ranks}")


def _use(folder, *, hours=30, quarters=4):
    """Write national hours by quarter and people receiving care by deprivation; one fifth has twice the others'."""
    use = ["time_period,financial_quarter,sending_location,age_group,measure,value"]
    poor = ["financial_quarter,sending_location,age_group,deprivation,nclient"]
    for quarter in range(1, quarters + 1):
        for group in GROUPS:
            use.append(f"Financial Quarter,2019/20 Q{quarter},Scotland (Estimated),{group},Number of Hours,{hours}")
            for fifth in ("1 (Most Deprived)", "2", "3", "4", "5 (Least Deprived)", "Unknown"):
                clients = 20 if fifth[0] == "1" else 10
                poor.append(f"2019/20 Q{quarter},Scotland (All Areas Submitted),{group},{fifth},{clients}")
    use.append("Financial Quarter,2019/20 Q1,Fife,85+ years,Number of Hours,999")
    use.append("Census Week,2019/20,Scotland (Estimated),85+ years,Number of Hours,999")
    write(folder, "poor.csv", "\n".join(poor))
    return write(folder, "use.csv", "\n".join(use))


FILES = {"deprivation": "poor.csv", "population": "people.csv", "ranks": "ranks.csv", "year": "2019/20"}


def test_home_care_per_head_is_hours_by_age_shared_by_the_use_of_each_fifth(tmp_path):
    _nation(tmp_path)
    curve, faults = typed("phs-home-care-curve", _use(tmp_path), root=tmp_path, **FILES)
    assert faults == []
    # 120 hours a year: 40 for the first fifth and 20 for each other; two people in each, but six aged 85 in the first.
    wide = curve.pivot(index="age_from", columns="deprivation_fifth", values="per_head")
    assert wide.loc[65].tolist() == pytest.approx([20, 10, 10, 10, 10])
    assert wide.loc[85].tolist() == pytest.approx([40 / 6, 10, 10, 10, 10])
    assert curve.drop_duplicates("age_from").age_to.fillna(-1).tolist() == [17, 64, 74, 84, -1]
    assert set(curve.programme) == {"home_care"}


def test_a_curve_that_is_made_says_of_what(tmp_path):
    _nation(tmp_path)
    curve, _ = typed("phs-home-care-curve", _use(tmp_path), root=tmp_path, **FILES)
    assert curve.source.unique().tolist() == [
        "Made from Public Health Scotland, home care hours and clients 2019/20, over population by SIMD 2020v2 fifth"
    ]


def test_a_curve_of_a_year_with_three_quarters_is_refused(tmp_path):
    _nation(tmp_path)
    with pytest.raises(InputRefused, match="it has 3 quarters of 2019/20 for Scotland, not 4"):
        ask("phs-home-care-curve", _use(tmp_path, quarters=3), root=tmp_path, **FILES)


def test_a_curve_of_a_year_that_is_not_there_is_refused(tmp_path):
    _nation(tmp_path)
    with pytest.raises(InputRefused, match="it has nothing of 2022/23; it has 2019/20"):
        ask("phs-home-care-curve", _use(tmp_path), root=tmp_path, **{**FILES, "year": "2022/23"})


@pytest.mark.parametrize("option", ["deprivation", "population", "ranks"])
def test_the_further_files_of_a_curve_are_needed(tmp_path, option):
    _nation(tmp_path)
    file = _use(tmp_path)
    given = {name: value for name, value in FILES.items() if name != option}
    with pytest.raises(InputRefused, match=f"cannot be made without a file of {option}"):
        ask("phs-home-care-curve", file, root=tmp_path, **given)


def _residents(folder):
    text = ["financial_year,sending_location,stay_type,age_group,sex,rate,nclient"]
    for group in GROUPS:
        text.append(f"2019/20,Scotland (All Areas Submitted),Long Stay,{group},Female,1,10")
        text.append(f"2019/20,Scotland (All Areas Submitted),Long Stay,{group},Male,1,5")
        text.append(f"2019/20,Scotland (All Areas Submitted),Long Stay,{group},Not Known / Unspecified,1,5")
    return write(folder, "homes.csv", "\n".join(text))


def test_care_home_residents_per_head_by_age_and_sex(tmp_path):
    _nation(tmp_path)
    curve, faults = typed(
        "phs-care-home-curve", _residents(tmp_path), root=tmp_path, population="people.csv", year="2019/20"
    )
    assert faults == []
    by_sex = curve.pivot(index="age_from", columns="sex", values="per_head")
    assert by_sex.loc[65].to_dict() == {"female": 2, "male": 1}
    assert by_sex.loc[85].to_dict() == pytest.approx({"female": 10 / 7, "male": 5 / 7})
    assert curve.deprivation_fifth.isna().all()


def test_a_stay_type_that_is_not_there_is_refused(tmp_path):
    _nation(tmp_path)
    with pytest.raises(InputRefused, match="no such stays of 2019/20"):
        ask(
            "phs-care-home-curve",
            _residents(tmp_path),
            root=tmp_path,
            population="people.csv",
            year="2019/20",
            stay_type="Respite",
        )


@pytest.mark.data
def test_the_home_care_curve_gives_back_the_national_hours(data_root):
    curve, faults = typed(
        "phs-home-care-curve",
        f"{CARE}/homecare_hscp_201920_202021.csv.gz",
        root=data_root,
        year="2019/20",
        deprivation=f"{CARE}/homecare_deprivation_201920_202021.csv.gz",
        population=PEOPLE,
        ranks=RANKS,
    )
    assert (len(curve), faults) == (25, [])
    wide = curve.pivot(index="age_from", columns="deprivation_fifth", values="per_head")
    assert wide.loc[85].tolist() == pytest.approx([89.678, 85.192, 78.367, 68.808, 60.964], abs=0.001)
    # From 18 on, use per head falls from each fifth to the next less deprived one.
    assert (wide.loc[18:].diff(axis=1).iloc[:, 1:] < 0).all(axis=None)
    cells = read_cells(data_root / PEOPLE, PEOPLE)
    oldest = cells[[f"age_{age}" for age in range(85, 91)]].astype(float).sum(axis=1).groupby(cells.DataZone).sum()
    ranks = read_cells(data_root / RANKS, RANKS).set_index("dz11_code").IMD_rank.astype(float)
    fifth = -(-ranks * 5 // 6976)
    hours = (oldest * fifth.map(wide.loc[85].to_dict()).reindex(oldest.index)).sum()
    use = read_cells(data_root / f"{CARE}/homecare_hscp_201920_202021.csv.gz", "use")
    published = use[
        use.sending_location.eq("Scotland (Estimated)")
        & use.time_period.eq("Financial Quarter")
        & use.financial_quarter.str.startswith("2019/20")
        & use.age_group.eq("85+ years")
        & use.measure.eq("Number of Hours")
    ]
    assert hours == pytest.approx(published.value.astype(float).sum())


@pytest.mark.data
def test_one_woman_in_five_aged_85_or_more_lived_in_a_care_home_during_2019_20(data_root):
    curve, _ = typed(
        "phs-care-home-curve",
        f"{CARE}/care_home_age_sex_201920_202021.csv.gz",
        root=data_root,
        population=PEOPLE,
        year="2019/20",
    )
    oldest = curve[curve.age_from == 85].set_index("sex").per_head
    assert oldest.to_dict() == pytest.approx({"female": 0.2045, "male": 0.1217}, abs=0.0001)
