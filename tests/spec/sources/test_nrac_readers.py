"""Scotland's weighted populations by data zone and by practice."""

import duckdb
import pytest

from factories.reading import ask, codes, typed, write
from locality.foundations import InputRefused, load_rule

LAYOUT = load_rule("locality.sources", "nrac_weighted_population_file").values[-1].value
AGES, GROUPS = LAYOUT["ages"], list(LAYOUT["programmes"])


def _make(path, change="select * from whole", *, zones=6976, unit="datazone", prefix="S", first=1006506):
    """Write a made-up national file: each cell has one weighted person; `change` spoils it.

    Zone 1 to 10 are in Fife, the others elsewhere.
    """
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        con.execute(
            f"""
            create table whole as
            select '{prefix}' || lpad((z.z + {first})::varchar, 8, '0') as {unit}, 'S12000047' as CA,
                   case when z.z < 10 then 'S37000032' else 'S37000034' end as HSCP, 'S08000029' as HB2018,
                   a.age, s.sex, g.caregrp, 1.0 as pop
            from range({zones}) z(z), (select unnest(?) as age) a, (select unnest(['Male', 'Female']) as sex) s,
                 (select unnest(?) as caregrp) g
            order by z.z
            """,
            [AGES, GROUPS],
        )
        kind = "(format parquet)" if path.suffix == ".parquet" else "(format csv, header)"
        con.execute(f"copy ({change}) to '{path}' {kind}")
    return path.name


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The whole layout at its real size: 2,343,936 rows."""
    folder = tmp_path_factory.mktemp("nrac")
    _make(folder / "whole.parquet")
    return folder


def _spoil(whole, tmp_path, change):
    with duckdb.connect() as con:
        con.execute(f"create view whole as from '{whole / 'whole.parquet'}'")
        con.execute(f"copy ({change}) to '{tmp_path / 'spoiled.parquet'}' (format parquet)")
    raw = ask("nrac-datazone-weights", "spoiled.parquet", root=tmp_path)[0]
    return raw.faults


def test_the_whole_file_has_2343936_rows_and_is_cut_to_the_partnership(whole):
    weights, faults = typed("nrac-datazone-weights", "whole.parquet", root=whole)
    assert faults == []
    assert (weights.index[0], weights.index[-1]) == (2, 3361)
    assert len(weights) == 10 * 21 * 2 * 8
    assert weights.groupby("programme").weighted_people.sum().to_dict() == {
        name: 420 for name in LAYOUT["programmes"].values()
    }
    first = weights[weights.age_from == 0].iloc[0]
    assert (first.zone, first.age_to, first.sex, first.stage) == ("S01006506", 1, "female", "supply")
    assert weights[weights.age_to.isna()].age_from.unique().tolist() == [90]


def test_stage_and_programmes_can_be_chosen(whole):
    weights, _ = typed(
        "nrac-datazone-weights", "whole.parquet", root=whole, stage="need", programmes=["acute", "prescribing"]
    )
    assert weights.groupby(["programme", "stage"]).size().to_dict() == {
        ("acute", "need"): 420,
        ("prescribing", "need"): 420,
    }


def test_a_programme_that_the_file_does_not_have_is_refused(whole):
    with pytest.raises(InputRefused, match="the programme dentistry is not one of this file"):
        ask("nrac-datazone-weights", "whole.parquet", root=whole, programmes="dentistry")


def test_the_same_rows_come_from_csv_with_their_spreadsheet_rows(tmp_path):
    file = _make(tmp_path / "small.csv", zones=12)
    (raw,) = ask("nrac-datazone-weights", file, root=tmp_path)
    assert (raw.frame.index[0], raw.frame.index[-1], len(raw.frame)) == (2, 3361, 3360)


def test_a_file_that_was_cut_off_says_how_many_rows_and_zones_it_lacks(whole, tmp_path):
    (fault,) = _spoil(whole, tmp_path, "select * from whole limit 1000000")
    assert str(fault) == (
        "spoiled.parquet: it has 1,000,000 rows without totals, not 2,343,936; 2,977 data zones, not 6,976; "
        "1 data zones without exactly 336: S01009482 (64 rows). "
        "It may be cut off, filtered or joined twice: take the publisher's file again."
    )


def test_rows_that_stand_twice_are_counted_by_zone(tmp_path):
    twice = "select * from whole union all select * from whole where datazone = 'S01006508' and age = '0-1'"
    (raw,) = ask("nrac-datazone-weights", _make(tmp_path / "t.csv", twice, zones=12), root=tmp_path)
    assert "1 data zones without exactly 336: S01006508 (352 rows)" in raw.faults[0].what


def test_an_age_a_care_group_and_a_sex_that_are_missing_are_named(tmp_path):
    less = "select * from whole where age <> '90+' and caregrp <> 'Maternity' and sex = 'Female'"
    (raw,) = ask("nrac-datazone-weights", _make(tmp_path / "l.csv", less, zones=12), root=tmp_path)
    assert [fault.what for fault in raw.faults[:3]] == [
        "it has no rows of age 90+",
        "it has no rows of sex Male",
        "it has no rows of caregrp Maternity",
    ]
    assert codes(raw.faults) == ["missing-group"] * 3 + ["wrong-row-count"]


ALL_AGES = """
select * from whole union all
select datazone, CA, HSCP, HB2018, 'All', sex, caregrp, {total} from whole group by all
"""


def test_rows_for_all_ages_are_left_out_and_not_counted_twice(tmp_path):
    file = _make(tmp_path / "all.csv", ALL_AGES.format(total="sum(pop)"), zones=12)
    weights, _ = typed("nrac-datazone-weights", file, root=tmp_path)
    assert weights[weights.programme == "nrac"].weighted_people.sum() == 420


def test_rows_for_all_ages_that_differ_from_their_parts_are_a_fault(tmp_path):
    total = "round(sum(pop + if(datazone = 'S01006507' and caregrp = 'Acute', 9/21, 0)))"
    file = _make(tmp_path / "all.csv", ALL_AGES.format(total=total), zones=12)
    (raw,) = ask("nrac-datazone-weights", file, root=tmp_path)
    assert raw.faults[-1].what == "S01006507, Acute: the row for all ages says 30.00, its parts sum to 21.00"
    assert (raw.faults[-1].code, raw.faults[-1].rows) == ("total-not-parts", 2)


def test_rows_for_both_sexes_are_compared_with_their_parts_too(tmp_path):
    total = "select datazone, CA, HSCP, HB2018, age, 'All', caregrp, 5 from whole group by all"
    both = f"select * from whole union all {total}"
    (raw,) = ask("nrac-datazone-weights", _make(tmp_path / "both.csv", both, zones=12), root=tmp_path)
    assert "the row for all sexes says 105.00, its parts sum to 42.00" in raw.faults[-1].what
    assert len(raw.frame) == 3360


def test_hchs_is_a_programme_of_its_own_and_need_not_be_the_sum_of_the_others(tmp_path):
    change = "select * replace (if(caregrp = 'HCHS', 7.0, pop) as pop) from whole"
    weights, faults = typed("nrac-datazone-weights", _make(tmp_path / "h.csv", change, zones=12), root=tmp_path)
    assert weights.groupby("programme").weighted_people.sum()[["hchs", "acute"]].to_list() == [7 * 420, 420]
    assert codes(faults) == ["wrong-row-count"]


def test_age_bands_that_a_spreadsheet_took_for_dates_are_recognised(tmp_path):
    change = "select * replace (if(age = '2-4', '02-Apr', age) as age) from whole"
    (raw,) = ask("nrac-datazone-weights", _make(tmp_path / "d.csv", change, zones=12), root=tmp_path)
    assert raw.faults[0].what == "the age bands '02-Apr' are dates"
    assert codes(raw.faults)[:2] == ["age-became-date", "missing-group"]


def test_words_that_are_not_published_are_named(tmp_path):
    change = "select * replace (if(sex = 'Male', '1', sex) as sex) from whole"
    (raw,) = ask("nrac-datazone-weights", _make(tmp_path / "s.csv", change, zones=12), root=tmp_path)
    assert raw.faults[0].what == "sex has values that are not published: '1'"


def test_a_partnership_whose_code_has_changed_is_found_by_its_older_code(tmp_path):
    file = _make(tmp_path / "old.csv", "select * replace ('S37000013' as HSCP) from whole", zones=12)
    with pytest.raises(InputRefused, match=r"code S37000032; the file has codes like S37000013"):
        ask("nrac-datazone-weights", file, root=tmp_path)
    weights, _ = typed("nrac-datazone-weights", file, root=tmp_path, hscp="S37000013")
    assert len(weights) == 12 * 336


def test_an_spss_file_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "w.sav").write_bytes(b"$FL2")
    with pytest.raises(InputRefused, match="save it as CSV or Parquet"):
        ask("nrac-datazone-weights", "w.sav", root=tmp_path)


@pytest.mark.parametrize(("name", "content"), [("w.csv", b""), ("w.parquet", b""), ("x.parquet", b"PAR1 cut off")])
def test_an_empty_or_damaged_file_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputRefused, match=name):
        ask("nrac-datazone-weights", name, root=tmp_path)


def test_a_file_without_the_published_columns_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="there is no column 'HSCP'"):
        ask("nrac-datazone-weights", write(tmp_path, "w.csv", "datazone,age,sex,caregrp,pop\na,b,c,d,1"), root=tmp_path)


def _practices(tmp_path, change="select * from whole", lists="practice_code,list_size\n00100001,50\n00100002,60"):
    """Make twelve practices of which the first ten are in Fife and two have lists."""
    write(tmp_path, "lists.csv", lists)
    return _make(tmp_path / "p.csv", change, zones=12, unit="gpprac", prefix="", first=100_001)


def test_practice_weights_are_added_over_ages_and_sexes_beside_the_list(tmp_path):
    weights, faults = typed("nrac-practice-weights", _practices(tmp_path), root=tmp_path, lists="lists.csv")
    assert faults == []
    acute = weights[weights.programme == "acute"]
    assert acute[["practice", "people", "weighted_people", "stage"]].values.tolist() == [
        ["00100001", 50, 42, "supply"],
        ["00100002", 60, 42, "supply"],
    ]


def test_practices_without_a_list_now_are_named_and_left_out(tmp_path):
    (raw,) = ask("nrac-practice-weights", _practices(tmp_path), root=tmp_path, lists="lists.csv")
    assert raw.notes == (
        "p.csv: weighted people of practices that have no list now (closed?) are left out: "
        "00100003, 00100004, 00100005, 00100006, 00100007.",
    )


def test_lists_may_come_from_our_own_practices_table(tmp_path):
    lists = "practice,patients\n" + "\n".join(f"{100_001 + place:08d},9" for place in range(12))
    (raw,) = ask("nrac-practice-weights", _practices(tmp_path, lists=lists), root=tmp_path, lists="lists.csv")
    assert (raw.frame.people.unique().tolist(), raw.notes) == (["9"], ())


def test_practice_weights_without_list_sizes_are_refused(tmp_path):
    with pytest.raises(InputRefused, match="it holds weighted people only"):
        ask("nrac-practice-weights", _practices(tmp_path), root=tmp_path)


def test_practices_without_a_partnership_are_named_with_their_weighted_people(tmp_path):
    change = "select * replace (if(gpprac = '00100012', null, HSCP) as HSCP) from whole"
    (raw,) = ask("nrac-practice-weights", _practices(tmp_path, change), root=tmp_path, lists="lists.csv")
    assert raw.notes[0] == "p.csv: 1 practices have no partnership (42 weighted people): 00100012."


def test_a_practice_under_two_partnerships_is_a_fault(tmp_path):
    change = "select * replace (if(gpprac = '00100002' and sex = 'Male', 'S37000004', HSCP) as HSCP) from whole"
    (raw,) = ask("nrac-practice-weights", _practices(tmp_path, change), root=tmp_path, lists="lists.csv")
    assert str(raw.faults[0]).startswith("p.csv: a practice stands under two partnerships: 00100002.")


def test_a_practice_that_stands_twice_has_too_many_rows(tmp_path):
    change = "select * from whole union all select * from whole where gpprac = '00100002'"
    (raw,) = ask("nrac-practice-weights", _practices(tmp_path, change), root=tmp_path, lists="lists.csv")
    assert "1 practices without exactly 336: 00100002 (672 rows)" in raw.faults[0].what


def test_a_gap_in_the_weighted_people_is_not_added_up(tmp_path):
    change = "select * replace (if(gpprac = '00100002' and age = '90+', null, pop) as pop) from whole"
    with pytest.raises(InputRefused, match="column pop: the cell is empty"):
        ask("nrac-practice-weights", _practices(tmp_path, change), root=tmp_path, lists="lists.csv")
