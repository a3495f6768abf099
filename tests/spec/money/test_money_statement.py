"""The whole money statement: what each locality uses, what would be fair, and how every penny is accounted for.

Four zones make two localities, North and South. North has 200 people, South 300; after weighting for age and sex they
count as 180 and 320, after need as 200 and 300, after the unavoidable cost of supply as 220 and 280.
"""

import numpy as np
import pytest

from factories import statement as drawn
from factories.statement import BEFORE, YEAR, ZONES, fair_weights, ledger, services, state, table, weights
from locality.foundations import InputRefused
from locality.money.settings import ShareSettings
from locality.money.summary import summarise_shares

FEW_DRAWS = {"resamples": 20}

SERVICES = services(
    ("Hospital", "Hospital care", "acute", "set_aside", None, "Acute"),
    ("Doctors", "Primary care", None, "delegated", "practice_list", None),
    ("Nursing", "Primary care", "acute", "delegated", "population", None),
    ("Counselling", "Mental health", "mental", "delegated", "population", None),
    ("Night service", "Primary care", "acute", "hosted_here", "population", None),
    ("Rehabilitation", "Hospital care", "acute", "hosted_elsewhere", "population", None),
    ("Office", "Overheads", None, "overhead", None, None),
)
LEDGER = ledger(
    {
        "Hospital": 100_000,
        "Doctors": 50_000,
        "Nursing": 20_000,
        "Counselling": 10_000,
        "Night service": 9_000,  # all of it, also what others used
        "Rehabilitation": 4_000,  # on another's ledger
        "Office": 17_700,
    }
)
HOSTED = table(
    "service partnership units",
    ("Night service", "ours", 2.0),
    ("Night service", "theirs", 1.0),
    ("Rehabilitation", "ours", 1.0),
    ("Rehabilitation", "theirs", 3.0),
)
REGISTRATIONS = table("zone practice patients", (ZONES[0], "P1", 60), (ZONES[2], "P1", 40), (ZONES[3], "P2", 100))
CUBE = drawn.cube(
    (ZONES[0], "Acute", "2022/23", 30_000), (ZONES[2], "Acute", "2022/23", 60_000), ("", "Acute", "2022/23", 10_000)
)


def _whole(**settings):
    chosen = ShareSettings(**(FEW_DRAWS | settings))
    return state(chosen, services=SERVICES, ledger=LEDGER, hosted_use=HOSTED, registrations=REGISTRATIONS, cube=CUBE)


@pytest.fixture(scope="module")
def whole():
    return _whole()


# ---------------------------------------------------------------- the whole statement by hand


def test_what_each_locality_uses_of_every_service(whole):
    # Hospital: cost 30 : 60, the 10 of unknown place spread.  Doctors: patients 60 : 140.  By heads: 200 : 300.
    # Night service: 2/3 of 9,000 is ours.  Rehabilitation: 1/4 of 4,000 is ours.
    # Office follows all others, 63,133 : 123,867 of 187,000.
    used = {service.money.service: service.share.pence.tolist() for service in whole.services}
    assert used == {
        "Hospital": [33_333, 66_667],
        "Doctors": [15_000, 35_000],
        "Nursing": [8_000, 12_000],
        "Counselling": [4_000, 6_000],
        "Night service": [2_400, 3_600],
        "Rehabilitation": [400, 600],
        "Office": [5_976, 11_724],
    }
    assert whole.historic().tolist() == [69_109, 135_591]


def test_what_would_be_fair_of_every_service(whole):
    # Acute: 220 : 280 of 500.  Mental health has no weights and is shared by heads, 200 : 300.
    # Doctors and Office follow all programmes together: (0.44 x 127,000 + 0.40 x 10,000) / 137,000 = 0.43708 for North.
    fair = {service.money.service: service.fair_pence.tolist() for service in whole.services}
    assert fair == {
        "Hospital": [44_000, 56_000],
        "Doctors": [21_854, 28_146],
        "Nursing": [8_800, 11_200],
        "Counselling": [4_000, 6_000],
        "Night service": [2_640, 3_360],
        "Rehabilitation": [440, 560],
        "Office": [7_736, 9_964],
    }
    assert whole.fair().tolist() == [89_470, 115_230]


def test_why_the_fair_share_differs_step_by_step(whole):
    # North of 100,000: 33,333 is used; 40,000 by heads; 36,000 by age and sex; 40,000 by need; 44,000 by supply.
    hospital = whole.services[0]
    assert hospital.steps.T.tolist() == [[6_667, -4_000, 4_000, 4_000], [-6_667, 4_000, -4_000, -4_000]]


def test_the_walk_from_the_ledger_to_the_localities(whole):
    walk = summarise_shares(whole)["reconciliation"]
    # The ledger holds everything but Rehabilitation; 3,000 of the night service was used by others; 1,000 came in.
    assert walk["ledger_pence"] == 206_700
    assert (walk["hosted_out_pence"], walk["hosted_in_pence"]) == (3_000, 1_000)
    assert walk["resources_pence"] == walk["historic_pence"] == walk["fair_pence"] == 204_700
    assert (walk["apart_pence"], walk["difference_pence"]) == (0, 0)
    assert walk["by_source"] == {"council": 206_700}
    lines = {line["heading"]: line for line in walk["lines"]}
    assert lines["Hospital care"]["set_aside_pence"] == 100_000
    assert lines["Overheads"]["overhead_pence"] == 17_700
    # 100,000 of modelled cost beside 100,000 of resources; a tenth of it has no locality.
    assert (lines["Hospital care"]["activity_pence"], lines["Hospital care"]["coverage_ratio"]) == (100_000, 1.0)
    assert lines["Hospital care"]["no_locality_pence"] == 10_000
    assert lines["Primary care"]["activity_pence"] is None
    assert lines["Primary care"]["split_by"] == "practice_list; population"
    assert lines["Overheads"]["split_by"] == "other_services"


def test_where_hosted_money_goes(whole):
    here, elsewhere = summarise_shares(whole)["hosted"]
    assert here["by_partnership"] == {"ours": 6_000, "theirs": 3_000}
    assert (here["used_here_pence"], here["moved_pence"]) == (6_000, 3_000)
    assert elsewhere["by_partnership"] == {"ours": 1_000, "theirs": 3_000}


def test_how_much_rests_on_the_weakest_evidence(whole):
    # By heads: Nursing, Counselling, Night service and Rehabilitation, 37,000 of 187,000; Office follows: 3,502 more.
    totals = summarise_shares(whole)["totals"]
    assert totals["grades"] == {"A": 109_465, "B": 0, "C": 54_733, "D": 40_502}
    assert totals["grade_d_ratio"] == pytest.approx(40_502 / 204_700)


def test_every_localitys_line_says_the_same_as_the_statement(whole):
    north, south = summarise_shares(whole)["localities"]
    assert (north["name"], north["population"], south["population"]) == ("North", 200, 300)
    assert (north["historic_pence"], north["fair_pence"]) == (69_109, 89_470)
    assert north["distance_pence"] == -20_361 == -south["distance_pence"]
    assert north["distance_ratio"] == pytest.approx(-20_361 / 89_470)
    assert north["distance_per_head_pence"] == pytest.approx(-20_361 / 200)
    assert north["historic_low_pence"] <= north["historic_pence"] <= north["historic_high_pence"]
    assert north["fair_low_pence"] <= north["fair_pence"] <= north["fair_high_pence"]


# ---------------------------------------------------------------- what always holds


@pytest.mark.parametrize("no_locality", ["spread", "apart"])
@pytest.mark.parametrize("stage", ["need", "supply"])
def test_every_penny_adds_up(no_locality, stage):
    statement = _whole(no_locality=no_locality, stage=stage)
    for service in statement.services:
        share = service.share
        assert int(share.pence.sum()) + share.apart_pence == service.money.resources_pence
        assert service.fair_pence.sum() == share.pence.sum()
        assert share.grade_pence.sum(axis=1).tolist() == share.pence.tolist()
        distance = (service.fair_pence - share.pence).tolist()
        assert service.steps.sum(axis=0).tolist() == service.shapley.sum(axis=0).tolist() == distance
    summary = summarise_shares(statement)
    assert summary["reconciliation"]["difference_pence"] == 0
    for locality in summary["localities"]:
        for key in ("historic_pence", "fair_pence", "distance_pence"):
            assert sum(line[key] for line in locality["headings"]) == locality[key]
        for line in (locality, *locality["headings"]):
            assert sum(line["steps"].values()) == -line["distance_pence"]


# ---------------------------------------------------------------- what a partnership may decide


def test_cost_without_a_locality_may_be_kept_apart():
    statement = _whole(no_locality="apart")
    # 30 : 60 : 10 of 100,000; the office follows with 10,000 of 187,000 of its 17,700.
    assert statement.services[0].share.pence.tolist() == [30_000, 60_000]
    walk = summarise_shares(statement)["reconciliation"]
    assert walk["apart_pence"] == 10_000 + 947
    assert walk["difference_pence"] == 0


def test_need_alone_leaves_the_cost_of_supply_out():
    statement = _whole(stage="need")
    assert statement.services[0].fair_pence.tolist() == [40_000, 60_000]
    assert statement.services[0].steps[3].tolist() == [0, 0]


def test_need_alone_is_refused_where_it_was_published_with_supply_only():
    made = weights({"fair_weights": fair_weights(stages=("age_sex", "supply"))})
    with pytest.raises(InputRefused, match="the weights of programme 'acute' hold need and supply together"):
        state(ShareSettings(stage="need", **FEW_DRAWS), made=made)


def test_several_years_are_averaged_with_the_same_say():
    cube = drawn.cube(
        (ZONES[0], "Acute", "2022/23", 10_000),
        (ZONES[2], "Acute", "2022/23", 30_000),
        (ZONES[0], "Acute", "2021/22", 500),
        (ZONES[2], "Acute", "2021/22", 500),
    )
    both = state(ShareSettings(years=(BEFORE, YEAR), **FEW_DRAWS), cube=cube)
    # A quarter in one year and a half in the other: three eighths.
    assert both.historic().tolist() == [37_500, 62_500]
    assert state(cube=cube).historic().tolist() == [25_000, 75_000]
    # Modelled cost is shown as the mean of the years: 41,000 over two.
    assert summarise_shares(both)["reconciliation"]["lines"][0]["activity_pence"] == 20_500


def test_set_aside_money_follows_bed_days_at_their_price():
    rows = services(("Hospital", "Hospital", "acute", "set_aside", None, "Medicine; Surgery"))
    activity = table(
        "area heading year unit units",
        ("North", "Medicine", "2022/23", "bed days", 10.0),
        ("South", "Medicine", "2022/23", "bed days", 30.0),
        ("n", "Surgery", "2022/23", "bed days", 5.0),
    )
    prices = table("heading unit pence_per_unit source", ("Medicine", "day", 100, "x"), ("Surgery", "day", 200, "x"))
    statement = state(services=rows, area_activity=activity, unit_costs=prices, cube=None)
    # North 10 x 100 + 5 x 200, South 30 x 100.
    assert statement.historic().tolist() == [40_000, 60_000]
    assert summarise_shares(statement)["headings"][0]["grade"] == "B"


def test_without_costs_of_persons_the_historic_share_has_no_interval():
    rows = services(("Hospital", "Hospital", "acute", "delegated", "population", None))
    statement = state(services=rows, cube=None)
    assert statement.historic_interval() is None
    assert summarise_shares(statement)["localities"][0]["historic_low_pence"] is None


def test_without_draws_the_fair_share_has_no_interval():
    statement = state(ShareSettings(resamples=0))
    assert statement.fair_interval() is None
    assert summarise_shares(statement)["localities"][0]["fair_high_pence"] is None


def test_a_wider_level_gives_wider_intervals():
    narrow, wide = (state(ShareSettings(interval=level, resamples=200)) for level in (0.5, 0.99))
    for interval in ("historic_interval", "fair_interval"):
        assert (getattr(wide, interval)()[0] <= getattr(narrow, interval)()[0]).all()
        assert (getattr(wide, interval)()[1] >= getattr(narrow, interval)()[1]).all()


def test_the_same_seed_gives_the_same_interval():
    same = [state(ShareSettings(seed=5, resamples=50)).fair_interval() for _ in range(2)]
    assert np.array_equal(same[0], same[1])


def test_practices_stand_in_where_no_registrations_are_known():
    practices = table("practice name zone patients", ("P1", "One", ZONES[0], 30), ("P2", "Two", ZONES[3], 90))
    rows = services(("Doctors", "Primary care", "acute", "delegated", None, None))
    statement = state(services=rows, ledger=ledger({"Doctors": 400}), practices=practices, cube=None)
    assert statement.historic().tolist() == [100, 300]
    assert summarise_shares(statement)["headings"][0]["grade"] == "C"


def test_practices_without_a_zone_show_nothing_and_heads_do():
    practices = table("practice name zone patients", ("P1", "One", None, 30)).astype({"zone": "string"})
    rows = services(("Doctors", "Primary care", None, "delegated", None, None))
    statement = state(services=rows, ledger=ledger({"Doctors": 500}), practices=practices, cube=None)
    assert statement.historic().tolist() == [200, 300]


def test_services_that_follow_no_programme_are_shared_by_heads_when_there_is_none_at_all():
    rows = services(("Doctors", "Primary care", None, "delegated", "population", None))
    statement = state(services=rows, ledger=ledger({"Doctors": 500}), cube=None)
    assert statement.fair().tolist() == [200, 300]


def test_income_is_shared_like_spending_and_keeps_its_grade():
    statement = state(ledger=ledger({"Hospital": -90_000}))
    assert statement.historic().tolist() == [-30_000, -60_000]
    summary = summarise_shares(statement)
    assert summary["headings"][0]["grade"] == "A"
    assert summary["reconciliation"]["difference_pence"] == 0


def test_a_service_whose_lines_cancel_out_has_nothing_to_share():
    both = table("service year source pence", ("Hospital", "2022/23", "a", 5), ("Hospital", "2022/23", "b", -5))
    summary = summarise_shares(state(ledger=both))
    assert [one["historic_pence"] for one in summary["localities"]] == [0, 0]
    assert summary["localities"][0]["distance_ratio"] is None
    assert summary["totals"]["grade_d_ratio"] is None
