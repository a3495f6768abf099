"""25 precincts of Florida, of which every division into three has been published."""

import numpy as np
import pytest

from factories.counted_areas import ground_of_pairs, rules_for
from locality.areas.exact import best_possible
from locality.areas.measures import measure
from locality.areas.pieces import pieces_by_locality

pytestmark = pytest.mark.data


@pytest.mark.parametrize(("deviation", "cut"), [(0.1, 13), (0.2, 12), (0.5, 10)])
def test_the_fewest_borders_cut_are_those_of_the_full_enumeration(cases_root, deviation, cut):
    ground, people = ground_of_pairs(cases_root / "boundaries" / "fl25.json")
    mean = people / 3
    rules = rules_for(3, int(np.ceil(mean * (1 - deviation))), int(mean * (1 + deviation)))
    best = best_possible(ground, rules, seconds=60, within=0)
    assert best.proved
    assert best.upper == pytest.approx(0.20 * cut / 51)
    assert not measure(ground, best.division, rules).faults


def test_all_published_divisions_are_in_three_pieces(cases_root):
    ground, _ = ground_of_pairs(cases_root / "boundaries" / "fl25.json")
    plans = np.load(cases_root / "boundaries" / "fl25_enum.npz")["plans"][::500]
    assert all((pieces_by_locality(ground, plan.astype(np.int32) - 1) == 1).all() for plan in plans)
