"""Fair share from weighted populations, and why a locality is away from it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.foundations import InputRefused
from locality.money.distance import causes_in_pence, order_free, step_by_step
from locality.money.fair import (
    ProgrammeWeights,
    WeightSet,
    draw_shares,
    fair_shares,
    people_in_bands,
    rebase_weights,
    weights_of_table,
)
from locality.money.places import LocalityList
from locality.money.registration import localities_of_practices, weights_by_registration

ZONES = ("S01000001", "S01000002", "S01000003")
PLACES = LocalityList(("N", "S"), ("North", "South"), {ZONES[0]: "N", ZONES[1]: "N", ZONES[2]: "S"})


def _weights(rows):
    return pd.DataFrame(rows, columns=["zone", "sex", "age_from", "age_to", "programme", "stage", "weighted_people"])


def test_a_localitys_share_is_the_sum_over_its_zones_at_every_stage():
    #              people  age+sex  need  supply
    # North        60+20      100    80      90
    # South           20       20    20      10   (scaled by the publisher)
    made = ProgrammeWeights(
        "acute",
        "",
        {"age_sex": np.array([70.0, 30, 25]), "need": np.array([50.0, 30, 20]), "supply": np.array([60.0, 30, 10])},
    )
    weights = WeightSet(ZONES, np.array([60.0, 20, 20]), {"acute": made})
    shares = fair_shares(weights, "acute", PLACES, "supply")
    assert shares[:, 0] == pytest.approx([0.8, 0.8, 0.8, 0.9])
    assert fair_shares(weights, "acute", PLACES, "need")[:, 0] == pytest.approx([0.8, 0.8, 0.8, 0.8])
    assert fair_shares(weights, "no such", PLACES, "supply")[:, 0] == pytest.approx([0.8] * 4)


def test_need_alone_cannot_be_shown_from_weights_that_hold_need_and_supply_together():
    made = ProgrammeWeights("acute", "", {"supply": np.array([1.0, 1, 1])})
    weights = WeightSet(ZONES, np.array([1.0, 1, 1]), {"acute": made})
    with pytest.raises(InputRefused, match="need alone cannot be shown"):
        weights.chain("acute", "need")


def test_a_zone_that_lost_its_weight_is_refused_because_its_money_would_move_to_all_others():
    rows = _weights([[zone, "all", 0, None, "acute", "supply", 10.0] for zone in ZONES[:2]])
    with pytest.raises(InputRefused, match="programme 'acute', stage supply, has no weight for zone S01000003"):
        weights_of_table(rows, ZONES, "published")


def test_weights_move_to_a_newer_population_age_by_age():
    #                      people then  people now   weight then   weight now
    # North women 0-74             100         110           50            55
    # North women 75+               10          20           40            80
    weights = _weights(
        [[ZONES[0], "female", 0, 74, "acute", "supply", 50.0], [ZONES[0], "female", 75, None, "acute", "supply", 40.0]]
    )
    then = pd.DataFrame(
        [[ZONES[0], "female", 0, 100], [ZONES[0], "female", 75, 6], [ZONES[0], "female", 80, 4]],
        columns=["zone", "sex", "age_from", "people"],
    )
    now = then.assign(people=[110, 12, 8])
    assert rebase_weights(weights, then, now)["weighted_people"].tolist() == pytest.approx([55.0, 80.0])


def test_a_band_that_was_empty_takes_the_zones_overall_change():
    weights = _weights(
        [[ZONES[0], "female", 0, 74, "acute", "supply", 50.0], [ZONES[0], "female", 75, None, "acute", "supply", 4.0]]
    )
    then = pd.DataFrame(
        [[ZONES[0], "female", 0, 100], [ZONES[0], "female", 75, 0]], columns=["zone", "sex", "age_from", "people"]
    )
    now = then.assign(people=[100, 10])
    assert rebase_weights(weights, then, now)["weighted_people"].tolist() == pytest.approx([50.0, 4.4])


def test_both_sexes_are_counted_together_where_the_publisher_does_not_split():
    bands = pd.DataFrame({"zone": [ZONES[0]], "sex": ["all"], "age_from": [0]})
    people = pd.DataFrame(
        [[ZONES[0], "female", 0, 3], [ZONES[0], "male", 40, 4]], columns=["zone", "sex", "age_from", "people"]
    )
    assert people_in_bands(bands, people).tolist() == [7.0]


def test_drawing_zones_anew_shows_how_far_a_share_may_be_trusted():
    zones = tuple(f"S010000{number:02d}" for number in range(1, 21))
    places = LocalityList(("N", "S"), ("North", "South"), {zone: "NS"[at % 2] for at, zone in enumerate(zones)})
    mixed = np.where(np.arange(20) % 4 == 0, 30.0, 10.0)  # North mixes two kinds of zone, South has one
    weights = WeightSet(zones, np.full(20, 10.0), {"p": ProgrammeWeights("p", "", {"need": mixed})})
    drawn = draw_shares(weights, places, "supply", resamples=400, seed=7)
    assert drawn["p"].sum(axis=1) == pytest.approx(np.ones(400))
    assert drawn["p"][:, 0].mean() == pytest.approx(2 / 3, abs=0.02)
    assert 0.02 < drawn["p"][:, 0].std() < 0.06
    assert drawn[""].std() == 0
    again = draw_shares(weights, places, "supply", resamples=400, seed=7)
    assert (again["p"] == drawn["p"]).all()


def test_the_distance_is_walked_step_by_step():
    #           historic  heads  +age  +need  +supply
    # North         0.50   0.40  0.45   0.55     0.55
    historic = np.array([0.5, 0.5])
    stages = np.array([[0.4, 0.6], [0.45, 0.55], [0.55, 0.45], [0.55, 0.45]])
    steps = step_by_step(historic, stages)
    assert steps[:, 0] == pytest.approx([-0.10, 0.05, 0.10, 0.0])


def test_two_causes_that_only_work_together_share_the_effect_whatever_their_order():
    # Heads are as now; need and supply each double North. Step by step need comes first and takes more.
    historic = np.array([0.5, 0.5])
    stages = np.array([[0.5, 0.5], [0.5, 0.5], [2 / 3, 1 / 3], [0.8, 0.2]])
    effect = order_free(historic, stages)[:, 0]
    assert effect[2] == pytest.approx(effect[3])
    assert effect[:2] == pytest.approx([0, 0])
    assert effect.sum() == pytest.approx(0.3)


@st.composite
def standings(draw):
    count = draw(st.integers(2, 6))
    numbers = st.lists(st.integers(1, 1000), min_size=count, max_size=count)
    rows = np.array([draw(numbers) for _ in range(5)], dtype=float)
    rows /= rows.sum(axis=1, keepdims=True)
    return rows[0], rows[1:]


@given(standings())
def test_the_causes_always_add_up_to_the_distance_and_to_nought_over_all_localities(standing):
    historic, stages = standing
    for causes in (step_by_step(historic, stages), order_free(historic, stages)):
        assert causes.sum(axis=0) == pytest.approx(stages[-1] - historic, abs=1e-12)
        assert causes.sum(axis=1) == pytest.approx(np.zeros(4), abs=1e-12)


@given(standings(), st.integers(0, 10**11))
def test_causes_in_pence_add_up_to_the_penny(standing, money):
    historic, stages = standing
    distance = np.rint((stages[-1] - historic) * money).astype(np.int64)
    pence = causes_in_pence(step_by_step(historic, stages), money, distance)
    assert (pence.sum(axis=0) == distance).all()


def test_people_may_count_where_they_are_registered():
    # Half of zone 1's patients go to a practice in South.
    practices = pd.DataFrame({"practice": ["P1", "P2"], "zone": [ZONES[0], ZONES[2]], "patients": [80, 70]})
    registered = pd.DataFrame(
        [[ZONES[0], "P1", 30], [ZONES[0], "P2", 30], [ZONES[1], "P1", 50], [ZONES[2], "P2", 40]],
        columns=["zone", "practice", "patients"],
    )
    weights = WeightSet(
        ZONES, np.array([60.0, 20, 20]), {"p": ProgrammeWeights("p", "", {"need": np.array([30.0, 10, 10])})}
    )
    by_practice = weights_by_registration(weights, registered)
    assert by_practice.people.tolist() == [50.0, 50.0]
    assert fair_shares(by_practice, "p", localities_of_practices(PLACES, practices), "supply")[-1].tolist() == [
        0.5,
        0.5,
    ]


def test_counting_by_registration_needs_every_practices_zone():
    practices = pd.DataFrame({"practice": ["P1", "P2"], "zone": [ZONES[0], None], "patients": [80, 70]})
    with pytest.raises(InputRefused, match="practice P2 has none"):
        localities_of_practices(PLACES, practices)


def test_counting_by_registration_needs_every_zones_registrations():
    registered = pd.DataFrame([[ZONES[0], "P1", 30]], columns=["zone", "practice", "patients"])
    with pytest.raises(InputRefused, match="zone S01000002 has residents but no registered patients"):
        weights_by_registration(WeightSet(ZONES, np.array([60.0, 20, 20])), registered)
