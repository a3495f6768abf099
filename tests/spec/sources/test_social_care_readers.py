"""Published home care by locality."""

import pytest

from factories.reading import ask, typed, write
from locality.foundations import InputRefused
from locality.sources.columns import numbers, place_key
from locality.sources.files import read_cells

FILE = "phs_social_care/homecare_locality_201920_202021.csv.gz"
COUNCILS = "phs_social_care/homecare_hscp_201920_202021.csv.gz"


def _quarters(*rows, year="2019/20", sender="Fife"):
    """Draw a file: locality, then its hours of four quarters."""
    lines = ["financial_quarter,sending_location,locality,age_group,measure,value"]
    for locality, *hours in rows:
        for quarter, value in enumerate(hours, start=1):
            lines.append(f"{year} Q{quarter},{sender},{locality},All Ages,Number of Hours,{value}")
    return "\n".join(lines)


def _read(tmp_path, text, **options):
    return typed("phs-home-care-locality", write(tmp_path, "h.csv", text), root=tmp_path, **options)


def test_the_hours_of_a_year_are_the_sum_of_its_quarters(tmp_path):
    use, faults = _read(tmp_path, _quarters(("Levenmouth ", 10, 20, 30, 40)), folder_year="2019/20")
    assert use.values.tolist() == [["Levenmouth", "Home care", "2019/20", "hours", 100]]
    assert faults == []


def test_other_ages_and_measures_are_not_added(tmp_path):
    text = _quarters(("Levenmouth", 1, 1, 1, 1))
    text += "\n2019/20 Q1,Fife,Levenmouth,85+ years,Number of Hours,9"
    text += "\n2019/20 Q1,Fife,Levenmouth,All Ages,Number of People,9"
    use, _ = _read(tmp_path, text, year="2019-20", heading="Care at home")
    assert use[["heading", "units"]].values.tolist() == [["Care at home", 4]]


@pytest.mark.parametrize("hours", [(10, 20, 30), (10, 20, "*", 40)], ids=["absent", "suppressed"])
def test_a_missing_quarter_leaves_the_year_empty_and_is_named(tmp_path, hours):
    file = write(tmp_path, "h.csv", _quarters(("Isles", *hours), ("East", 1, 1, 1, 1)))
    (raw,) = ask("phs-home-care-locality", file, root=tmp_path, year="2019/20")
    assert raw.frame.units.isna().tolist() == [True, False]
    assert raw.notes == ("h.csv: Isles lack a quarter of 2019/20 (absent or suppressed); their hours stay empty.",)


def test_hours_of_people_outside_the_partnership_are_left_out_and_said(tmp_path):
    file = write(tmp_path, "h.csv", _quarters(("East", 1, 1, 1, 1), ("Outside Partnership", 5, 5, 5, 5)))
    (raw,) = ask("phs-home-care-locality", file, root=tmp_path, year="2019/20")
    assert raw.frame.area.tolist() == ["East"]
    assert raw.notes == ("h.csv: 20 hours went to people outside the partnership and are left out.",)
    (raw,) = ask("phs-home-care-locality", file, root=tmp_path, year="2019/20", outside="keep")
    assert (raw.frame.area.tolist(), raw.notes) == (["East", "Outside Partnership"], ())


def test_a_sender_is_found_however_its_and_is_written(tmp_path):
    text = _quarters(("Cowal", 1, 1, 1, 1), sender="Argyll and Bute")
    use, _ = _read(tmp_path, text, name="Argyll & Bute", year="2019/20")
    assert use.area.tolist() == ["Cowal"]


def test_a_sender_that_is_not_there_is_refused(tmp_path):
    text = _quarters(("Cowal", 1, 1, 1, 1), sender="Argyll and Bute")
    with pytest.raises(InputRefused, match="no rows were sent by Fife; the file has Argyll and Bute"):
        _read(tmp_path, text, year="2019/20")


def test_a_year_that_is_not_there_is_named_with_those_that_are(tmp_path):
    with pytest.raises(InputRefused, match="no quarter of 2022/23 for this partnership; it has quarters of 2019/20"):
        _read(tmp_path, _quarters(("East", 1, 1, 1, 1)))


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "localities", "hours"),
    [("Fife", 7, 3_280_130), ("Argyll and Bute", 8, 1_067_665), ("Glasgow City", 3, 2_555_645)],
)
def test_home_care_hours_of_2019_20(data_root, name, localities, hours):
    use, faults = typed("phs-home-care-locality", FILE, root=data_root, name=name, year="2019/20")
    assert (len(use), use.units.sum(), faults) == (localities, hours, [])


@pytest.mark.data
def test_localities_sum_to_the_partnership_within_four_hundredths_of_a_per_cent(data_root):
    cells = read_cells(data_root / COUNCILS, COUNCILS)
    cells = cells[
        (cells.time_period == "Financial Quarter")
        & (cells.age_group == "All Ages")
        & (cells.measure == "Number of Hours")
        & cells.financial_quarter.str.startswith("2019/20")
    ]
    whole = numbers(cells.value).groupby(cells.sending_location).sum()
    # Orkney and Shetland have suppressed localities; Aberdeen City sent nothing by locality in that year.
    for sender in whole.index.difference(["Scotland (Estimated)", "Aberdeen City", "Orkney Islands", "Shetland"]):
        (raw,) = ask("phs-home-care-locality", FILE, root=data_root, name=sender, year="2019/20", outside="keep")
        assert float(numbers(raw.frame.units).sum()) == pytest.approx(float(whole[sender]), rel=0.0004), sender


@pytest.mark.data
def test_the_localities_of_fife_have_the_names_of_the_lookup(data_root):
    use, _ = typed("phs-home-care-locality", FILE, root=data_root, year="2019/20")
    lookup = read_cells(data_root / "hscp_locality/dz11_locality_best_available.csv", "lookup")
    names = lookup[lookup.HSCPName == "Fife"].Locality.unique()
    assert {place_key(area) for area in use.area} == {place_key(name) for name in names}
