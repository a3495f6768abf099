"""Whoever took part: no hidden count can be worked out from everything that is shown of a conversation."""

import datetime as dt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from locality.disclosure import DisclosureRules
from locality.voice.heard import Dimension, PeopleClass, TakingPart, heard_rules, who_was_heard
from locality.voice.heard.people import one_by_one
from locality.voice.heard.table import ALL, show_counts

RULES = heard_rules(dt.date(2026, 11, 22))
SMALL = DisclosureRules(threshold=4, width=3)
AGES = Dimension("age_group", "Age group", tuple(PeopleClass(code, code, code, 100) for code in ("young", "old")))
FIFTHS = Dimension("deprivation_fifth", "Fifth", tuple(PeopleClass(code, code, code, 100) for code in ("1", "5")))
ZONES = Dimension(
    "zone",
    "Zone",
    tuple(PeopleClass(zone, zone, "", 50, fifth) for zone, fifth in (("a", "1"), ("b", "1"), ("c", "5"))),
    within="deprivation_fifth",
)
LIES_IN = {"a": "1", "b": "1", "c": "5"}
ALL_OF_THEM = (AGES, FIFTHS, ZONES)


@st.composite
def rows(draw):
    found = []
    kinds = st.tuples(st.sampled_from([None, "young", "old"]), st.sampled_from([None, "1", "5", "a", "b", "c"]))
    for (age, place), number in draw(st.dictionaries(kinds, st.integers(1, 14), max_size=10)).items():
        said = {"age_group": age} if age else {}
        if place in LIES_IN:
            said |= {"zone": place, "deprivation_fifth": LIES_IN[place]}
        elif place:
            said |= {"deprivation_fifth": place}
        found += [TakingPart(f"{age}{place}{at}", "web", said=said) for at in range(number)]
    return found


@given(rows())
@settings(max_examples=15, deadline=None)
def test_no_hidden_small_count_is_known_from_all_that_is_shown(people):
    """Attack the finished tables by the finest classes, which this test builds for itself."""
    shown = show_counts(one_by_one(people), ALL_OF_THEM, RULES.crossed, SMALL)
    finest = [
        (age, zone, fifth)
        for age in ("young", "old", "not_said")
        for zone, fifth in (*LIES_IN.items(), ("not_said", "1"), ("not_said", "5"), ("not_said", "not_said"))
    ]

    def is_in(cell, one) -> bool:
        said = {"age_group": one[0], "zone": one[1], "deprivation_fifth": one[2]}
        return cell == ALL or all(said[cell[at]] == cell[at + 1] for at in range(0, len(cell), 2))

    lines = {cell: np.array([float(is_in(cell, one)) for one in finest]) for cell in shown.people}
    seen = {cell: count for cell, count in shown.people.items() if count is not None}
    unseen = [cell for cell in shown.people if cell not in seen]
    for cell in unseen:
        low, high = (
            linprog(
                sign * lines[cell],
                A_eq=np.array([lines[one] for one in seen]) if seen else None,
                b_eq=list(seen.values()) if seen else None,
                A_ub=-np.array([lines[one] for one in unseen]),
                b_ub=[-1.0] * len(unseen),
                bounds=(0, 10_000),
            ).fun
            * sign
            for sign in (1, -1)
        )
        assert high - low > 0.99, cell


@given(rows())
@settings(max_examples=20, deadline=None)
def test_what_is_shown_is_true_and_what_is_small_is_not_shown(people):
    found = who_was_heard(people, ALL_OF_THEM, rules=RULES, disclosure=SMALL)
    assert found.people is None or found.people == len(people)
    for dimension in found.dimensions:
        for each in dimension.classes:
            true = sum(row.said.get(dimension.dimension.code) == each.people_class.code for row in people)
            assert each.people is None or each.people == true
            assert each.people is None or not 1 <= true <= 4
            assert each.contributions is None or each.people is not None


@given(rows())
@settings(max_examples=20, deadline=None)
def test_a_gap_is_named_only_where_its_count_is_shown(people):
    found = who_was_heard(people, ALL_OF_THEM, rules=RULES, disclosure=SMALL)
    for gap in found.gaps:
        inside = [row for row in people if all(row.said.get(code) == said for code, said in gap.group)]
        assert not 1 <= len(inside) <= 4
        assert gap.nobody == (not inside)
