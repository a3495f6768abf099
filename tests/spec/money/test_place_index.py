"""Need of places in England, the same to three decimals as NHS England's own tool."""

import pandas as pd
import pytest

from locality.foundations import InputRefused
from locality.money.place_index import index_places

PROGRAMMES = {
    "G&A WP": "G&A Index",
    "CS WP": "Community Index",
    "MH WP": "MH Index",
    "Mat WP": "Maternity Index",
    "Health Ineq WP": "Health Inequalities Index",
    "Prescr WP": "Prescribing Index",
    "Final WP": "Overall Core Index",
}


def practice_weights(*rows):
    return pd.DataFrame(rows, columns=["practice", "people", "weighted_people"]).assign(programme="core", stage="need")


def by_practice(**places):
    return pd.Series(places)


def long(wide, people):
    return wide.melt(["Practice_Code", people], list(PROGRAMMES), "programme", "weighted_people").rename(
        columns={"Practice_Code": "practice", people: "people"}
    )


def test_a_place_is_compared_with_its_board_head_for_head():
    weights = practice_weights(("A", 100, 150.0), ("B", 100, 90.0), ("C", 200, 160.0))
    place = by_practice(A="hill", B="hill", C="shore")
    table = index_places(weights, place).table
    # hill 240 for 200 heads = 1.2; shore 160 for 200 = 0.8; the board 400 for 400 = 1.
    assert table["index"].tolist() == pytest.approx([1.2, 0.8])
    assert table["share"].tolist() == pytest.approx([0.6, 0.4])
    assert table["people_share"].tolist() == pytest.approx([0.5, 0.5])


def test_a_place_across_two_boards_has_an_index_in_each():
    weights = practice_weights(("A", 100, 150.0), ("B", 100, 50.0), ("C", 100, 100.0))
    table = index_places(weights, by_practice(A="hill", B="hill"), by_practice(A="east", B="west", C="west")).table
    assert table[["whole", "index"]].to_numpy().tolist() == [["east", 1.0], ["west", pytest.approx(50 / 75)]]


def test_a_blank_adds_nothing_and_a_nought_stays_nought_and_neither_becomes_one():
    weights = practice_weights(("A", 100, None), ("B", 100, 50.0), ("C", 100, 0.0), ("D", 0, 0.0))
    places = index_places(weights, by_practice(A="a", B="b", C="c", D="d"))
    table = places.table.set_index("place")
    assert table["weighted_people"].fillna(-1).tolist() == [-1, 50, 0, 0]
    assert pd.isna(table.at["a", "index"]) and pd.isna(table.at["d", "index"])
    assert table.at["c", "index"] == 0
    assert places.blanks["practice"].tolist() == ["A"]


def test_rounding_comes_after_the_arithmetic():
    weights = practice_weights(("A", 3, 1.4), ("B", 3, 1.6))
    places = index_places(weights, by_practice(A="a", B="b"))
    assert places.rounded()["index"].tolist() == [0.933, 1.067]
    assert places.rounded()["weighted_people"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("weights", "place", "whole", "code"),
    [
        (practice_weights(("A", 1, 1.0), ("A", 1, 1.0)), by_practice(A="a"), None, "repeated-practice"),
        (practice_weights(("A", 1, 1.0)), by_practice(A="a", Z="a"), None, "practice-without-weight"),
        (
            practice_weights(("A", 1, 1.0), ("B", 1, 1.0)),
            by_practice(B="b"),
            by_practice(A="x"),
            "practice-without-board",
        ),
    ],
)
def test_practices_that_cannot_be_placed_are_named(weights, place, whole, code):
    with pytest.raises(InputRefused) as refused:
        index_places(weights, place, whole)
    assert [fault.code for fault in refused.value.faults] == [code]


@pytest.mark.data
def test_twenty_primary_care_networks_come_out_as_in_the_place_tool(cases_root):
    folder = cases_root / "money" / "england_place_tool"
    wide = pd.read_csv(folder / "gp_weighted_pop_2022_23_with_pcn.csv", encoding="utf-8-sig")
    said = pd.read_csv(folder / "expected_place_index_2022_23_by_PCN.csv")
    code = wide.set_index("Practice_Code")
    network = code["PCN_Code"].where(code["PCN_Code"].isin(said["place"]))
    places = index_places(long(wide, "pop 2022/23"), network, code["ICS22name"])
    boards = index_places(long(wide, "pop 2022/23"), code["ICS22name"]).table
    for programme, column in PROGRAMMES.items():
        ours = places.table[places.table["programme"] == programme].set_index(["place", "whole"])
        want = said.set_index(["place", "icb"])
        assert ours["index"].to_dict() == pytest.approx(want[f"unrounded {column}"].to_dict(), abs=1e-9)
        assert ours["index"].round(3).to_dict() == want[column].to_dict()
        assert ours["weighted_people"].round(0).to_dict() == want[programme].to_dict()
        assert ours["practices"].to_dict() == want["practices"].to_dict()
        board = boards[boards["programme"] == programme].set_index("place")["index"].round(3)
        assert board.reindex(said["icb"]).tolist() == said[f"ICB {column}"].tolist()


@pytest.mark.data
def test_boards_shares_of_england_come_out_as_published(cases_root):
    folder = cases_root / "money" / "england_place_tool"
    wide = pd.read_csv(folder / "gp_weighted_pop_2025_26.csv.gz", encoding="utf-8-sig")
    said = pd.read_csv(folder / "icb_shares_2025_26.csv").set_index("ICB")
    table = index_places(long(wide, "Population"), wide.set_index("Practice_Code")["ICB"]).table
    core = table[table["programme"] == "Final WP"].set_index("place")
    assert len(core) == 42
    assert core["share"].to_dict() == pytest.approx(said["core_target_share"].to_dict(), abs=1e-9)
    assert core["people_share"].to_dict() == pytest.approx(said["pop_share"].to_dict(), abs=1e-9)
    assert core["index"].to_dict() == pytest.approx(said["core_need_index_vs_England"].to_dict(), abs=1e-9)
