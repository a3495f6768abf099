"""Historic share: activity gives shares, the ledger gives pounds, and every pound carries its grade.

In all tables below there are two localities, North and South; a third number stands for people without a locality.
"""

import numpy as np
import pandas as pd
import pytest

from locality.foundations import FinancialYear, InputRefused
from locality.money.cube import CostCube
from locality.money.evidence_of_use import Evidence, evidence_from_cube, share_variance, units_from_areas
from locality.money.historic import share_services
from locality.money.places import LocalityList
from locality.money.resources import ServiceMoney, move_hosted, service_money

YEAR = FinancialYear(2022)
BEFORE = FinancialYear(2021)


def _service(pence, *, scope="delegated", split_by="", activity=("Acute",), name="Hospital", programme=""):
    return ServiceMoney(name, name, programme, scope, split_by, activity, pence)


def _share(line, evidence, *, years=(YEAR,), no_locality="spread"):
    return share_services([line], evidence, years=years, no_locality=no_locality)[0]


def _array(*numbers):
    return np.array(numbers, dtype=float)


def test_costs_of_people_split_the_ledger_and_earn_grade_a():
    #                    North  South  none
    cost = {("Acute", "2022/23"): _array(300, 100, 0)}
    share = _share(_service(1_000_001), Evidence(cost=cost))
    assert share.pence.tolist() == [750_001, 250_000]
    assert share.grade_pence.tolist() == [[750_001, 0, 0, 0], [250_000, 0, 0, 0]]


def test_cost_without_a_locality_is_spread_in_proportion():
    cost = {("Acute", "2022/23"): _array(300, 100, 100)}
    share = _share(_service(1_000), Evidence(cost=cost), no_locality="spread")
    assert (share.pence.tolist(), share.apart_pence) == ([750, 250], 0)


def test_cost_without_a_locality_is_kept_apart_when_so_declared():
    cost = {("Acute", "2022/23"): _array(300, 100, 100)}
    share = _share(_service(1_000), Evidence(cost=cost), no_locality="apart")
    assert (share.pence.tolist(), share.apart_pence) == ([600, 200], 200)


def test_a_mean_of_years_gives_every_year_the_same_say():
    cost = {("Acute", "2021/22"): _array(50, 50, 0), ("Acute", "2022/23"): _array(900, 100, 0)}
    share = _share(_service(1_000), Evidence(cost=cost), years=(BEFORE, YEAR))
    assert share.pence.tolist() == [700, 300]


@pytest.mark.parametrize(
    ("evidence", "pence", "grade"),
    [
        ({"units": {("Acute", "2022/23"): _array(3, 1, 0)}}, [750, 250], "B"),
        ({"practice_list": _array(20, 20, 0)}, [500, 500], "C"),
        ({"weighted": {"acute": _array(2, 8, 0)}, "population": _array(1, 1, 0)}, [200, 800], "D"),
        ({"population": _array(6, 4, 0)}, [600, 400], "D"),
    ],
)
def test_without_costs_the_next_best_evidence_splits_with_its_lower_grade(evidence, pence, grade):
    share = _share(_service(1_000, programme="acute"), Evidence(**evidence))
    assert share.pence.tolist() == pence
    assert share.use.grade == grade


def test_a_declared_way_of_splitting_comes_before_better_evidence():
    evidence = Evidence(cost={("Acute", "2022/23"): _array(9, 1, 0)}, population=_array(5, 5, 0))
    assert _share(_service(1_000, split_by="population"), evidence).pence.tolist() == [500, 500]


def test_a_service_of_whose_use_nothing_is_known_is_refused_by_name():
    with pytest.raises(InputRefused, match="the service 'Hospital' cannot be split by units"):
        _share(_service(1_000, split_by="units"), Evidence(population=_array(5, 5, 0)))


def test_a_set_aside_budget_follows_bed_days_at_the_direct_cost_of_each_specialty():
    #                                      bed days        pounds a day
    # general medicine            North 10, South 30                300
    # geriatric medicine          North 20, South  0                150
    units = {("General medicine", "2022/23"): _array(10, 30, 0), ("Geriatrics", "2022/23"): _array(20, 0, 0)}
    prices = {"General medicine": 30_000, "Geriatrics": 15_000}
    line = _service(1_500, scope="set_aside", activity=("General medicine", "Geriatrics"))
    share = _share(line, Evidence(units=units, prices=prices))
    assert share.pence.tolist() == [600, 900]
    assert share.use.grade == "B"


def test_overheads_follow_all_other_services_and_take_their_grades():
    evidence = Evidence(cost={("Acute", "2022/23"): _array(3, 1, 0)}, population=_array(1, 1, 0))
    lines = [
        _service(800, name="Hospital"),
        _service(200, name="Wellbeing", split_by="population"),
        _service(100, name="Management", scope="overhead"),
    ]
    management = share_services(lines, evidence, years=(YEAR,), no_locality="spread")[2]
    assert management.pence.tolist() == [70, 30]  # as 600 + 100 to 200 + 100
    assert management.grade_pence.tolist() == [[60, 0, 0, 10], [20, 0, 0, 10]]


def test_an_overhead_with_nothing_to_follow_is_refused():
    with pytest.raises(InputRefused, match="the overhead 'Management' has no other service to follow"):
        _share(_service(100, name="Management", scope="overhead"), Evidence())


def test_one_long_stay_makes_a_small_localitys_share_uncertain():
    # Ten people of 100 each in South; in North one person of 500 and five of 100.
    cost, squares = _array(1_000, 1_000), _array(500**2 + 5 * 100**2, 10 * 100**2)
    #  Var(share) = ((1-s)^2 V_own + s^2 V_other) / C^2, with s = 1/2
    expected = (0.25 * 300_000 + 0.25 * 100_000) / 2_000**2
    assert share_variance(cost, squares) == pytest.approx([expected, expected])
    assert np.sqrt(expected) == pytest.approx(0.158, abs=0.001)


def test_hosted_money_moves_to_the_people_who_used_it_and_what_goes_out_comes_in():
    services = pd.DataFrame(
        [
            ["Sexual health", "Sexual health", None, "hosted_here"],
            ["Prison health", "Prison health", None, "hosted_elsewhere"],
        ],
        columns=["service", "heading", "need_programme", "scope"],
    )
    ledger = pd.DataFrame(
        [["Sexual health", "2022/23", "health board", 900_000], ["Prison health", "2022/23", "health board", 300_001]],
        columns=["service", "year", "source", "pence"],
    )
    use = pd.DataFrame(
        [
            ["Sexual health", "S37000001", 50.0],
            ["Sexual health", "S37000002", 100.0],
            ["Prison health", "S37000001", 1.0],
            ["Prison health", "S37000002", 1.0],
        ],
        columns=["service", "partnership", "units"],
    )
    lines, moves = service_money(services, ledger, use, partnership="S37000001", year=YEAR)
    hosted, used = lines
    assert (hosted.ledger_pence, hosted.hosted_out_pence, hosted.resources_pence) == (900_000, 600_000, 300_000)
    assert (used.ledger_pence, used.hosted_in_pence, used.resources_pence) == (0, 150_001, 150_001)
    assert [sum(move.used_pence.values()) for move in moves] == [900_000, 300_001]


def test_every_partnerships_part_of_a_hosted_service_adds_up_to_the_penny():
    assert move_hosted(100, {"A": 1, "B": 1, "C": 1}) == {"A": 34, "B": 33, "C": 33}


def test_a_hosted_service_without_its_use_is_refused():
    services = pd.DataFrame(
        [["Dental", "Dental", None, "hosted_here"]], columns=["service", "heading", "need_programme", "scope"]
    )
    ledger = pd.DataFrame([["Dental", "2022/23", "board", 1]], columns=["service", "year", "source", "pence"])
    with pytest.raises(InputRefused, match="'Dental' has no use by the people of S37000001"):
        service_money(services, ledger, None, partnership="S37000001", year=YEAR)


def test_a_ledger_line_may_name_a_heading_that_has_one_service_and_nothing_unknown():
    services = pd.DataFrame(
        [["District nursing", "Community", None, "delegated"]],
        columns=["service", "heading", "need_programme", "scope"],
    )
    rows = [["Community", "2022/23", "board", 70], ["Comunity", "2022/23", "board", 30]]
    ledger = pd.DataFrame(rows, columns=["service", "year", "source", "pence"])
    with pytest.raises(InputRefused, match="'Comunity', which is neither a service nor a heading with one service"):
        service_money(services, ledger, None, partnership="S37000001", year=YEAR)
    lines, _ = service_money(services, ledger.head(1), None, partnership="S37000001", year=YEAR)
    assert lines[0].ledger_pence == 70


def test_a_ledger_of_another_year_is_refused():
    services = pd.DataFrame([["A", "A", None, "delegated"]], columns=["service", "heading", "need_programme", "scope"])
    ledger = pd.DataFrame([["A", "2021/22", "board", 1]], columns=["service", "year", "source", "pence"])
    with pytest.raises(InputRefused, match="it has no line for 2022/23"):
        service_money(services, ledger, None, partnership="S37000001", year=YEAR)


NORTH_SOUTH = LocalityList(("N", "S"), ("North", "South & East"), {"S01000001": "N", "S01000002": "S"})


def test_a_cost_cube_is_added_up_by_locality():
    cells = pd.DataFrame(
        [
            ["S01000001", "Acute", "2022/23", "female", 80, 500, 90_000.0, 2.0, 3],
            ["S01000001", "Acute", "2022/23", "male", 80, 100, 10_000.0, 1.0, 1],
            ["S01000002", "Acute", "2022/23", "male", 20, 50, 2_500.0, 1.0, 1],
            ["", "Acute", "2022/23", "male", 20, 7, 49.0, 1.0, 1],
        ],
        columns=["place", "heading", "year", "sex", "age_from", "pence", "pence_squared", "units", "people"],
    )
    found = evidence_from_cube(CostCube(cells, cells.head(0), "zone"), NORTH_SOUTH)
    assert found["cost"]["Acute", "2022/23"].tolist() == [600, 50, 7]
    assert found["squares"]["Acute", "2022/23"].tolist() == [100_000, 2_500, 49]
    assert found["units"]["Acute", "2022/23"].tolist() == [3, 1, 1]


def test_published_use_finds_its_locality_by_zone_code_or_name_however_the_name_is_written():
    use = pd.DataFrame(
        [
            ["North", "Home care", "2022/23", "hours", 10],
            ["South and  east", "Home care", "2022/23", "hours", 30],
            ["N", "Home care", "2022/23", "hours", 5],
            ["Outside Partnership", "Home care", "2022/23", "hours", 2],
        ],
        columns=["area", "heading", "year", "unit", "units"],
    )
    found = units_from_areas(use, NORTH_SOUTH, pd.Series({"S01000001": 1.0, "S01000002": 1.0}))
    assert found["Home care", "2022/23"].units.tolist() == [15, 30, 2]


TWO_HUNDRED = pd.Series({"S01000001": 150.0, "S01000002": 50.0})


def _area_use(*rows):
    frame = pd.DataFrame(rows, columns=["area", "heading", "year", "unit", "units"])
    return frame.astype({"units": "Float64"})


def test_a_suppressed_figure_is_not_nought_but_estimated_from_people_and_marked_grade_d():
    # North's 150 people used 300 hours; South's figure is hidden: 50 people at 2 hours each.
    use = _area_use(["N", "Home care", "2022/23", "hours", 300], ["S", "Home care", "2022/23", "hours", None])
    found = units_from_areas(use, NORTH_SOUTH, TWO_HUNDRED)
    assert found["Home care", "2022/23"].units.tolist() == [300, 100, 0]
    share = _share(_service(1_000, activity=("Home care",)), Evidence(area_units=found))
    assert share.pence.tolist() == [750, 250]
    assert share.grade_pence.tolist() == [[0, 750, 0, 0], [0, 0, 0, 250]]


def test_units_of_two_kinds_or_of_zones_and_localities_together_are_refused_at_once():
    use = _area_use(
        ["N", "Home care", "2022/23", "hours", 300],
        ["S", "Home care", "2022/23", "clients", 4],
        ["S01000001", "Meals", "2022/23", "meals", 4],
        ["S", "Meals", "2022/23", "meals", 4],
    )
    with pytest.raises(InputRefused) as refused:
        units_from_areas(use, NORTH_SOUTH, TWO_HUNDRED)
    assert [fault.code for fault in refused.value.faults] == ["several-units", "zones-and-localities"]


def test_published_units_of_the_newest_year_stand_in_where_the_wanted_year_has_none():
    found = units_from_areas(
        _area_use(
            ["N", "Home care", "2018/19", "hours", 1],
            ["N", "Home care", "2019/20", "hours", 30],
            ["S", "Home care", "2018/19", "hours", 9],
            ["S", "Home care", "2019/20", "hours", 10],
        ),
        NORTH_SOUTH,
        TWO_HUNDRED,
    )
    assert _share(_service(1_000, activity=("Home care",)), Evidence(area_units=found)).pence.tolist() == [750, 250]


def test_bed_days_of_few_people_make_a_set_aside_share_uncertain_too():
    units = {("Geriatrics", "2022/23"): _array(100, 100, 0)}
    squares = {("Geriatrics", "2022/23"): _array(100**2, 100 * 1**2, 0)}  # one person in North, a hundred in South
    line = _service(1_000_000, scope="set_aside", activity=("Geriatrics",))
    share = _share(line, Evidence(units=units, unit_squares=squares, prices={"Geriatrics": 500}))
    expected = (0.25 * 10_000 + 0.25 * 100) / 200**2 * 1_000_000**2
    assert share.variance.tolist() == pytest.approx([expected, expected])


def test_errors_of_years_go_together_because_the_same_people_are_costly_again():
    cost = {("Acute", year): _array(50, 50, 0) for year in ("2021/22", "2022/23")}
    squares = {key: _array(400, 400, 0) for key in cost}
    one = _share(_service(100), Evidence(cost=cost, squares=squares), years=(YEAR,))
    two = _share(_service(100), Evidence(cost=cost, squares=squares), years=(BEFORE, YEAR))
    assert two.variance == pytest.approx(one.variance)
