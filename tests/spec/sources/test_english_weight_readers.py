"""English practice weighted populations in both published layouts."""

import pytest

from factories.reading import ask, codes, typed, write
from locality.foundations import InputRefused

LATER = "england_place_tool/gp_weighted_pop_2025_26.csv.gz"
FIRST = "england_place_tool/gp_weighted_pop_2022_23_with_pcn.csv"
ENGLAND = 63_849_324.2

# Two practices are all of this England; every column sums to 100.
DRAWN = """
Practice_Code,GP_Practice_Name,ICS22,pop 2022/23,G&A WP,CS WP,MH WP,Mat WP,Health Ineq WP,Prescr WP,Final WP
A1,HILL HEALTH (MURRAY),QE1,60,70,50,40,100,30,20,55
A2,"MILL, THE",QF7,40,30,50,60,,70,80,45
"""


def test_a_blank_stays_blank_and_is_named(tmp_path):
    weights, faults = typed("nhs-england-practice-weights", write(tmp_path, "w.csv", DRAWN), root=tmp_path)
    maternity = weights[weights.programme == "maternity"].weighted_people
    assert maternity.isna().tolist() == [False, True]
    assert codes(faults) == ["empty-cell"]


def test_what_a_blank_might_mean_is_said(tmp_path):
    (raw,) = ask("nhs-england-practice-weights", write(tmp_path, "w.csv", DRAWN), root=tmp_path)
    assert raw.notes == (
        "w.csv: Mat WP is blank for 1 practices; if the publisher means nought, add blank_is_zero = true.",
    )


def test_a_blank_becomes_nought_only_when_the_entry_says_so(tmp_path):
    file = write(tmp_path, "w.csv", DRAWN)
    weights, faults = typed("nhs-england-practice-weights", file, root=tmp_path, blank_is_zero=True)
    assert weights[weights.programme == "maternity"].weighted_people.tolist() == [100, 0]
    assert faults == []


def test_a_nought_stays_nought(tmp_path):
    file = write(tmp_path, "w.csv", DRAWN.replace("100,30", "100,0").replace("70,80", "100,80"))
    weights, _ = typed("nhs-england-practice-weights", file, root=tmp_path, blank_is_zero=True)
    assert weights[weights.programme == "health_inequalities"].weighted_people.tolist() == [0, 100]


def test_brackets_and_commas_in_names_lose_no_practice(tmp_path):
    weights, _ = typed("nhs-england-practice-weights", write(tmp_path, "w.csv", DRAWN), root=tmp_path)
    assert set(weights.practice) == {"A1", "A2"}


def test_the_practices_of_one_board_are_kept(tmp_path):
    file = write(tmp_path, "w.csv", DRAWN)
    weights, faults = typed("nhs-england-practice-weights", file, root=tmp_path, icb="QE1", programmes=["core"])
    assert weights[["practice", "programme", "stage", "people", "weighted_people"]].values.tolist() == [
        ["A1", "core", "need", 60, 55]
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("option", "says"),
    [({"icb": ["QXX"]}, "no practice is of the board QXX"), ({"programmes": ["dental"]}, "no programme dental")],
)
def test_a_board_or_programme_that_is_not_there_is_refused(tmp_path, option, says):
    with pytest.raises(InputRefused, match=says):
        ask("nhs-england-practice-weights", write(tmp_path, "w.csv", DRAWN), root=tmp_path, **option)


def test_a_column_that_does_not_sum_to_england_is_a_fault(tmp_path):
    file = write(tmp_path, "w.csv", DRAWN.replace("70,50,40", "79,50,40"))
    (raw,) = ask("nhs-england-practice-weights", file, root=tmp_path)
    assert str(raw.faults[0]) == (
        "w.csv, column G&A WP: it sums to 109.0, the population to 100.0; they must be equal over England. "
        "Take the whole national file again; if it was cut on purpose, add part_of_england = true."
    )
    (raw,) = ask("nhs-england-practice-weights", file, root=tmp_path, part_of_england=True)
    assert raw.faults == ()


def test_a_file_without_a_population_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="there is no column 'Population'"):
        ask("nhs-england-practice-weights", write(tmp_path, "w.csv", DRAWN.replace("pop 2022/23", "P")), root=tmp_path)


def test_a_file_that_does_not_say_its_year_is_of_the_folders_year(tmp_path):
    later = DRAWN.replace("pop 2022/23", "Population").replace(
        "Final WP", "Final WP,Primary Medical Care WP,Final PMC WP"
    )
    later = later.replace("20,55", "20,55,50,60").replace("80,45", "80,45,50,40")
    file = write(tmp_path, "w.csv", later)
    weights, _ = typed("nhs-england-practice-weights", file, root=tmp_path, folder_year="2024/25")
    stages = weights.drop_duplicates("programme").set_index("programme").stage
    assert stages[["core", "primary_medical", "general_acute"]].tolist() == ["supply", "need", "need"]


@pytest.mark.data
def test_every_programme_of_2025_26_sums_to_england(cases_root):
    weights, faults = typed("nhs-england-practice-weights", LATER, root=cases_root / "money")
    sums = weights.groupby("programme").weighted_people.sum()
    assert faults == []
    assert weights.practice.nunique() == 6348
    assert sums.tolist() == pytest.approx([ENGLAND] * 9, abs=0.05)


@pytest.mark.data
def test_17_practices_of_2022_23_have_no_maternity_weight(cases_root):
    weights, faults = typed("nhs-england-practice-weights", FIRST, root=cases_root / "money")
    assert [(fault.code, fault.rows) for fault in faults] == [("empty-cell", 17)]
    assert weights.practice.nunique() == 6554
    assert set(weights.stage) == {"need"}


@pytest.mark.data
def test_primary_medical_care_is_85_parts_care_and_15_parts_inequalities(cases_root):
    weights, _ = typed("nhs-england-practice-weights", LATER, root=cases_root / "money")
    wide = weights.pivot(index="practice", columns="programme", values="weighted_people").astype(float)
    made = 0.85 * wide.primary_medical_before_inequalities + 0.15 * wide.health_inequalities
    assert made.to_list() == pytest.approx(wide.primary_medical.to_list(), rel=1e-6)
