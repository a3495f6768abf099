"""How the weights of every need programme are made: by the best way that the tables allow, or by the chosen one."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from factories import statement as drawn
from factories.reading import typed
from factories.statement import LOCALITIES, ZONES, fair_weights, population, services, table, weights
from locality.foundations import InputRefused, load_rule
from locality.money.fair import fair_shares
from locality.money.registration import localities_of_practices, weights_by_registration
from locality.money.settings import ShareSettings
from locality.money.weights import summarise_models

REGISTRATIONS = table(
    "zone practice patients",
    (ZONES[0], "P1", 100), (ZONES[1], "P1", 100), (ZONES[2], "P2", 100), (ZONES[3], "P2", 200),
)  # fmt: skip
PRACTICE_WEIGHTS = table(
    "practice programme stage people weighted_people",
    ("P1", "acute", "need", 200.0, 300.0),
    ("P2", "acute", "need", 300.0, 300.0),
)
CURVES = table(
    "programme sex age_from age_to deprivation_fifth per_head source",
    ("acute", "all", 0, 64, None, 1.0, "A book"),
    ("acute", "all", 65, None, None, 5.0, "A book"),
).astype({"deprivation_fifth": "Int64"})
BY_FIFTH = pd.concat(
    [CURVES.assign(deprivation_fifth=fifth, per_head=CURVES["per_head"] * (6 - fifth)) for fifth in range(1, 6)]
)
FIFTHS = table(
    "zone indicator period value", *((zone, "simd_fifth", "2020", 1.0 + at) for at, zone in enumerate(ZONES))
)
ALL = {
    "fair_weights": fair_weights(),
    "practice_weights": PRACTICE_WEIGHTS,
    "registrations": REGISTRATIONS,
    "cost_curves": CURVES,
}


def _shares(made, stage="supply"):
    return fair_shares(made.weights, "acute", LOCALITIES, stage)[-1]


def _refused(tables=None, **settings):
    with pytest.raises(InputRefused) as refused:
        weights(tables, ShareSettings(**settings))
    return refused.value


def _without(*names):
    return {name: frame for name, frame in ALL.items() if name not in names}


def test_published_weights_by_zone_come_first():
    made = weights(ALL)
    assert _shares(made).tolist() == [0.44, 0.56]
    assert made.weights.programmes["acute"].how.startswith("Published weighted population of every zone")


def test_published_weights_by_practice_come_next():
    # North's people are all with P1, whose 200 patients count for 300; South's 300 with P2 count for 300.
    made = weights(_without("fair_weights"))
    assert _shares(made).tolist() == [0.5, 0.5]
    assert "taken to the zones where its patients live" in made.weights.programmes["acute"].how


def test_list_sizes_keep_patients_from_elsewhere_out():
    # Half of P1's 400 patients live elsewhere, so that only half of its 300 weighted people count here.
    practices = table("practice name zone patients", ("P1", "One", None, 400), ("P2", "Two", None, 300))
    made = weights(_without("fair_weights") | {"practices": practices})
    assert _shares(made) == pytest.approx([150 / 450, 300 / 450])


def test_cost_curves_come_third():
    # North 190 x 1 + 10 x 5 = 240; South 150 x 1 + 150 x 5 = 900.
    made = weights(_without("fair_weights", "practice_weights"))
    assert _shares(made) == pytest.approx([240 / 1140, 900 / 1140])
    assert made.weights.programmes["acute"].how.endswith("A book")
    assert any("A book" in note for note in made.notes)


def test_cost_curves_by_deprivation_take_each_zones_fifth():
    # Per head 5, 4, 3, 2 times the rate in the four zones: 5 x 140 + 4 x 100 = 1,100 and 3 x 300 + 2 x 600 = 2,100.
    made = weights({"cost_curves": BY_FIFTH, "indicators": FIFTHS})
    assert _shares(made) == pytest.approx([1_100 / 3_200, 2_100 / 3_200])


def test_the_indicator_of_the_fifth_may_be_named():
    named = FIFTHS.assign(indicator="our_fifth")
    made = weights({"cost_curves": BY_FIFTH, "indicators": named}, ShareSettings(deprivation="our_fifth", resamples=2))
    assert _shares(made) == pytest.approx([1_100 / 3_200, 2_100 / 3_200])


@pytest.mark.parametrize(
    ("tables", "deprivation", "said"),
    [
        ({}, "", "there is no indicator simd_fifth or imd_fifth"),
        ({"indicators": FIFTHS}, "our_fifth", "there is no indicator our_fifth"),
    ],
)
def test_curves_by_deprivation_without_a_fifth_are_refused(tables, deprivation, said):
    assert said in str(_refused({"cost_curves": BY_FIFTH, **tables}, deprivation=deprivation))


def test_of_several_periods_of_an_indicator_the_last_one_counts():
    older = FIFTHS.assign(period="2016", value=5.0)
    for both in (pd.concat([older, FIFTHS]), pd.concat([FIFTHS, older])):
        made = weights({"cost_curves": BY_FIFTH, "indicators": both})
        assert _shares(made) == pytest.approx([1_100 / 3_200, 2_100 / 3_200])


def test_of_several_years_of_population_the_newest_counts():
    both = pd.concat([population(2021, ((1, 1),) * 4), population(2022)])
    assert weights({"population": both}).weights.people.tolist() == [100, 100, 100, 200]


def test_a_programme_of_which_nothing_is_known_is_shared_by_heads_and_said_so():
    made = weights({})
    assert made.weights.programmes == {}
    assert made.notes == ("There are no weights for programme 'acute': it is shared by heads.",)
    assert _shares(made).tolist() == [0.4, 0.6]


def test_each_programme_takes_its_own_best_way():
    rows = services(
        ("Hospital", "Hospital", "acute", "delegated", None, None), ("Care", "Care", "care", "delegated", None, None)
    )
    made = weights({**ALL, "services": rows, "cost_curves": CURVES.assign(programme="care")})
    assert {name: one.how.split(",")[0] for name, one in made.weights.programmes.items()} == {
        "acute": "Published weighted population of every zone",
        "care": "Published rates per head by age",
    }


@pytest.mark.parametrize(("way", "north"), [("published", 0.44), ("practices", 0.5), ("curves", 240 / 1140)])
def test_a_partnership_may_choose_another_way(way, north):
    assert _shares(weights(ALL, ShareSettings(methods={"acute": way}, resamples=2)))[0] == pytest.approx(north)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("published", "the way 'published' needs the table fair_weights with that programme"),
        ("practices", "the way 'practices' needs the table practice_weights with that programme"),
        ("curves", "the way 'curves' needs the table cost_curves with that programme"),
        ("estimate", "the way 'estimate' needs person-level activity and a list of need indicators"),
    ],
)
def test_a_way_without_its_table_is_refused(way, said):
    fault = _refused({}, methods={"acute": way}).faults[0]
    assert said in fault.what
    assert (fault.file, fault.code) == ("partnership.toml", "method-without-table")


def test_weights_of_practices_without_registrations_are_refused():
    said = str(_refused({"practice_weights": PRACTICE_WEIGHTS}))
    assert "without the table 'registrations' weights of practices cannot be taken to zones" in said


def test_weights_that_lack_a_zone_are_refused():
    lost = fair_weights()
    assert f"has no weight for zone {ZONES[3]}" in str(_refused({"fair_weights": lost[lost["zone"] != ZONES[3]]}))


# ---------------------------------------------------------------- an older population's weights


def test_weights_of_an_older_population_move_with_the_people():
    # Everybody counts once in 2018; since then zone 1 has doubled from 100 to 200 and the others stayed.
    older = population(2018, ((50, 0), (100, 0), (100, 0), (200, 0)))
    newer = population(2022, ((100, 0), (100, 0), (100, 0), (200, 0)))
    flat = table(
        "zone sex age_from age_to programme stage weighted_people",
        *(
            (zone, "all", 0, None, "acute", "need", people)
            for zone, people in zip(ZONES, (50.0, 100.0, 100.0, 200.0), strict=True)
        ),
    )
    tables = {"population": pd.concat([older, newer]), "fair_weights": flat}
    moved = weights(tables, ShareSettings(weights_year=2018, resamples=2))
    assert _shares(moved).tolist() == [0.4, 0.6]
    assert moved.weights.programmes["acute"].how.endswith("from the population of 2018 to that of 2022 by age and sex.")
    assert _shares(weights(tables)) == pytest.approx([150 / 450, 300 / 450])


def test_a_year_of_the_weights_without_its_population_is_refused():
    said = str(_refused({"fair_weights": fair_weights()}, weights_year=2018))
    assert "money.weights_year: there is no population of 2018 to move the weights from" in said


# ---------------------------------------------------------------- estimates from local cost


def _place(count=40):
    """Zones whose cost rises with poverty; poverty and mortality are those of the zone's number."""
    zones = tuple(f"S01{number:06d}" for number in range(count))
    people = table("zone year sex age_from age_to people", *((zone, 2022, "female", 65, None, 100.0) for zone in zones))
    indicators = table(
        "zone indicator period value",
        *(
            (zone, name, "2020", float((at * step) % 40))
            for at, zone in enumerate(zones)
            for name, step in (("poverty", 1), ("SMR", 1), ("beds", 7))
        ),
    )
    costs = [
        (zone, "Acute", "2022/23", round(100_000 * np.exp(0.02 * at) * (1.05 if at % 3 else 0.95)))
        for at, zone in enumerate(zones)
    ]
    rows = services(("Hospital", "Hospital", "acute", "delegated", None, "Acute; Wards"))
    tables = {"population": people.astype({"age_to": "Int64"}), "indicators": indicators, "services": rows}
    return tables, {
        "zones": zones,
        "cube": drawn.cube(*costs, ("", "Acute", "2022/23", 5_000), ("S09999999", "Acute", "2022/23", 5)),
    }


def test_need_is_estimated_from_local_cost_where_nothing_is_published():
    tables, given = _place()
    made = weights(tables, ShareSettings(need={"": ("poverty",)}, supply={"": ("beds",)}, resamples=5), **given)
    acute = made.weights.programmes["acute"]
    assert acute.how.startswith("Estimated from this partnership's own cost")
    assert (np.diff(acute.stages["need"]) > 0).all(), "need rises with poverty, from zone to zone"
    assert acute.stages["need"].sum() == pytest.approx(4_000)
    assert acute.replicates.shape == (5, 40)
    told = summarise_models(made.models)[0]
    assert (told["programme"], told["zones"]) == ("acute", 40)
    assert [(one["indicator"], one["role"]) for one in told["coefficients"]] == [
        ("poverty", "need"),
        ("beds", "supply"),
    ]
    assert told["may_not_conclude"]


def test_published_weights_come_before_an_estimate_unless_it_is_chosen():
    tables, given = _place()
    curves = CURVES[1:].assign(age_from=0)
    need = {"acute": ("poverty",)}
    assert weights(tables | {"cost_curves": curves}, ShareSettings(need=need, resamples=2), **given).models == ()
    chosen = ShareSettings(need=need, methods={"acute": "estimate"}, resamples=2)
    assert len(weights(tables | {"cost_curves": curves}, chosen, **given).models) == 1


def test_social_care_is_estimated_with_the_council_formulas_variables():
    tables, given = _place()
    made = weights(tables, ShareSettings(social_care=("acute",), resamples=2), **given)
    assert [one["indicator"] for one in summarise_models(made.models)[0]["coefficients"]] == ["SMR"]


def test_an_estimate_without_indicators_is_refused_in_words():
    tables, given = _place()
    del tables["indicators"]
    with pytest.raises(InputRefused, match="without the table 'indicators' need cannot be estimated"):
        weights(tables, ShareSettings(need={"": ("poverty",)}), **given)


def test_the_cost_of_a_service_without_activity_of_its_own_is_that_of_its_heading():
    tables, given = _place()
    tables["services"] = services(("Hospital", "Acute", "acute", "delegated", None, None))
    assert len(weights(tables, ShareSettings(need={"": ("poverty",)}, resamples=2), **given).models) == 1


# ---------------------------------------------------------------- people counted where they are registered


PRACTICES = table("practice name zone patients", ("P1", "One", ZONES[0], 200), ("P2", "Two", ZONES[3], 300))


def test_people_and_weights_move_to_the_practice_with_which_they_are_registered():
    moved = weights_by_registration(weights({"fair_weights": fair_weights()}).weights, REGISTRATIONS)
    assert moved.zones == ("P1", "P2")
    assert moved.people.tolist() == [200, 300]
    assert moved.programmes["acute"].stages["supply"].tolist() == [220, 280]
    places = localities_of_practices(LOCALITIES, PRACTICES)
    assert fair_shares(moved, "acute", places, "supply")[-1].tolist() == [0.44, 0.56]


def test_draws_of_an_estimate_move_too():
    tables, given = _place()
    made = weights(tables, ShareSettings(need={"": ("poverty",)}, resamples=3), **given)
    everybody = table("zone practice patients", *((zone, "P1", 5) for zone in given["zones"]))
    moved = weights_by_registration(made.weights, everybody)
    assert moved.programmes["acute"].replicates == pytest.approx(np.full((3, 1), 4_000))


def test_a_zone_without_registered_patients_is_refused():
    few = REGISTRATIONS[REGISTRATIONS["zone"] != ZONES[1]]
    with pytest.raises(InputRefused, match=f"zone {ZONES[1]} has residents but no registered patients"):
        weights_by_registration(weights({}).weights, few)


@pytest.mark.parametrize(
    ("zones", "said"), [((None, None), "no practice has one"), ((ZONES[0], None), "practice P2 has none")]
)
def test_practices_without_a_zone_are_refused(zones, said):
    with pytest.raises(InputRefused, match=said):
        localities_of_practices(LOCALITIES, PRACTICES.assign(zone=pd.array(zones, dtype="string")))


# ---------------------------------------------------------------- Scotland's weights at their real size


def test_a_national_file_of_scottish_weights_gives_the_plain_sum_over_zones(tmp_path):
    layout = load_rule("locality.sources", "nrac_weighted_population_file").values[-1].value
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        con.execute(
            """
            create table whole as
            select 'S' || lpad((z.z + 1006506)::varchar, 8, '0') as datazone, 'S12000047' as CA,
                   case when z.z < 10 then 'S37000032' else 'S37000034' end as HSCP, 'S08000029' as HB2018,
                   a.age, s.sex, g.caregrp, 1.0 + (hash(z.z, a.age, s.sex, g.caregrp) % 100) as pop
            from range(6976) z(z), (select unnest(?) as age) a, (select unnest(['Male', 'Female']) as sex) s,
                 (select unnest(?) as caregrp) g
            order by z.z
            """,
            [layout["ages"], list(layout["programmes"])],
        )
        con.execute(f"copy whole to '{tmp_path / 'nrac.parquet'}' (format parquet)")
        plain = dict(
            con.execute(
                "select datazone, sum(pop) from whole where HSCP = 'S37000032' and caregrp = ? group by all",
                [next(iter(layout["programmes"]))],
            ).fetchall()
        )
    published, faults = typed("nrac-datazone-weights", "nrac.parquet", root=tmp_path)
    assert faults == []
    programme = next(iter(layout["programmes"].values()))
    zones = tuple(sorted(plain))
    heads = table("zone year sex age_from age_to people", *((zone, 2022, "female", 0, None, 10.0) for zone in zones))
    rows = services(("Hospital", "Hospital", programme, "delegated", None, None))
    made = weights({"fair_weights": published, "services": rows, "population": heads}, zones=zones)
    weighted = made.weights.chain(programme, "supply")[-1]
    assert dict(zip(zones, weighted.tolist(), strict=True)) == pytest.approx(
        {zone: float(sum_) for zone, sum_ in plain.items()}
    )
