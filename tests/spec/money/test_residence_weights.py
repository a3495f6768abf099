"""A practice's weighted people follow its patients to the zones where they live."""

import datetime as dt

import pandas as pd
import pytest

from locality.foundations import InputRefused
from locality.money.residence_weights import weights_by_residence

ON = dt.date(2026, 4, 1)
HILL, SHORE, AWAY = "E01000001", "E01000002", "E01000009"


def weights(*rows):
    return pd.DataFrame(rows, columns=["practice", "people", "weighted_people"]).assign(programme="core", stage="need")


def registered(*rows):
    return pd.DataFrame(rows, columns=["zone", "practice", "patients"])


def by_zone(result):
    return result.weights.set_index("zone")["weighted_people"].to_dict()


def test_three_quarters_of_the_patients_bring_three_quarters_of_the_weight():
    result = weights_by_residence(
        weights(("A", 110, 200.0), ("B", 50, 40.0)),
        registered((HILL, "A", 75), (SHORE, "A", 25), (SHORE, "B", 50)),
        on=ON,
    )
    assert by_zone(result) == {HILL: 150, SHORE: 90}
    assert result.people.to_dict() == {HILL: 82.5, SHORE: 77.5}
    assert result.unweighted == ()
    row = result.weights.iloc[0]
    assert (row["sex"], row["age_from"], row["programme"], row["stage"]) == ("all", 0, "core", "need")
    assert pd.isna(row["age_to"])


def test_patients_who_live_outside_are_said_and_left_out():
    result = weights_by_residence(
        weights(("A", 100, 200.0), ("Z", 100, 999.0)),
        registered((HILL, "A", 60), (AWAY, "A", 40), (AWAY, "Z", 100)),
        zones=pd.Index([HILL, SHORE]),
        on=ON,
    )
    assert by_zone(result) == {HILL: 120, SHORE: 0}
    assert result.outside["weighted_people"].tolist() == [80]
    assert "80 weighted people of these practices live outside" in result.sentences[-1]


def test_registrations_cut_to_the_partnership_need_the_whole_list():
    cut = registered((HILL, "A", 60))
    whole = weights_by_residence(weights(("A", 100, 200.0)), cut, list_sizes=pd.Series({"A": 100}), on=ON)
    assert by_zone(whole) == {HILL: 120}
    assert whole.outside["weighted_people"].tolist() == pytest.approx([80])
    assert by_zone(weights_by_residence(weights(("A", 100, 200.0)), cut, on=ON)) == {HILL: 200}


def test_a_few_patients_of_a_practice_without_weight_count_at_the_average_and_it_is_named():
    result = weights_by_residence(weights(("A", 990, 1980.0)), registered((HILL, "A", 990), (SHORE, "NEW", 10)), on=ON)
    assert by_zone(result) == {HILL: 1980, SHORE: pytest.approx(20)}
    assert result.unweighted == ("NEW",)
    assert result.estimated["weighted_people"].tolist() == pytest.approx([20])
    assert "Practices without a published weight, whose patients here (10) count" in result.sentences[1]


def test_a_blank_in_one_programme_adds_nothing_there_and_is_named():
    table = pd.concat(
        [
            weights(("A", 100, 200.0), ("B", 100, 100.0)),
            weights(("A", 100, None), ("B", 100, 50.0)).assign(programme="maternity"),
        ]
    )
    result = weights_by_residence(table, registered((HILL, "A", 100), (SHORE, "B", 100)), on=ON)
    maternity = result.weights[result.weights["programme"] == "maternity"]
    assert maternity["weighted_people"].tolist() == [0, 50]
    assert result.sentences[1] == "Practice A has no published weight for maternity: it adds nothing there."


def test_many_patients_without_weight_are_refused():
    with pytest.raises(InputRefused, match=r"50\.0% of patients have a practice without a published weight \(B\)"):
        weights_by_residence(weights(("A", 50, 60.0)), registered((HILL, "A", 50), (HILL, "B", 50)), on=ON)


def test_no_patients_here_at_all_is_refused():
    with pytest.raises(InputRefused, match="none has patients here"):
        weights_by_residence(weights(("A", 50, 60.0)), registered((HILL, "A", 0)), on=ON)


def test_a_list_smaller_than_its_patients_is_refused():
    with pytest.raises(InputRefused, match="fewer patients on their list than live in the zones: A"):
        weights_by_residence(
            weights(("A", 50, 60.0)), registered((HILL, "A", 50)), list_sizes=pd.Series({"A": 49}), on=ON
        )


@pytest.mark.data
def test_real_practices_zones_and_outside_together_keep_every_weighted_person(cases_root, data_root):
    wide = pd.read_csv(
        cases_root / "money" / "england_place_tool" / "gp_weighted_pop_2022_23_with_pcn.csv", encoding="utf-8-sig"
    )
    table = pd.DataFrame(
        {"practice": wide["Practice_Code"], "people": wide["pop 2022/23"], "weighted_people": wide["Final WP"]}
    ).assign(programme="core", stage="need")
    folder = data_root / "england_pennine_gp_pcn"
    rows = pd.read_csv(folder / "practice_lsoa_registrations_2020-04.csv.gz")
    rows.columns = [name.lower() for name in rows.columns]
    real = pd.DataFrame(
        {"zone": rows["lsoa_code"], "practice": rows["practice_code"], "patients": rows["number.of.patients"]}
    )
    home = real.groupby("zone")["patients"].sum().nlargest(100).index
    known = real[real["practice"].isin(table["practice"])]
    result = weights_by_residence(table, known, zones=home, on=ON)
    served = known.loc[known["zone"].isin(home) & (known["patients"] > 0), "practice"].unique()
    published = table.loc[table["practice"].isin(served), "weighted_people"].sum()
    placed = result.weights["weighted_people"].sum() + result.outside["weighted_people"].sum()
    assert placed == pytest.approx(published, rel=1e-12)
