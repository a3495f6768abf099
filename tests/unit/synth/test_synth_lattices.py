import numpy as np
import pytest
import shapely

from locality.areas.shapes import Shapes
from locality.synth import lattices
from locality.synth.lattices import Lattice, draw_zones

# Two columns and two rows; the north-eastern square is sea.
SQUARES = np.array([[0, 1], [2, -1]])
EDGES = np.array([0.0, 1_000.0, 2_000.0])
FRAME = (0.0, 0.0, 2_000.0, 2_000.0)
NAMED = Shapes(("S01990001", "S01990002", "S01990003"), ("A", "B", "C"), np.empty(3, dtype=object))


def one_island() -> list[Lattice]:
    return [Lattice(EDGES, EDGES, SQUARES, FRAME, coast=100.0)]


def test_squares_that_are_sea_are_no_part_of_any_zone():
    drawn = draw_zones(one_island(), np.zeros(3, dtype=np.int64), NAMED, 1)
    assert shapely.area(drawn.shapes.polygons).sum() == pytest.approx(3e6, rel=0.3)
    pairs = set(zip(drawn.borders.first.tolist(), drawn.borders.second.tolist(), strict=True))
    assert {(0, 1), (0, 2)} <= pairs


def test_it_is_drawn_more_evenly_until_localities_are_whole(monkeypatch):
    tried = []

    def is_whole(*_: object) -> bool:
        tried.append(1)
        return len(tried) == 3

    monkeypatch.setattr(lattices, "_is_whole", is_whole)
    drawn = draw_zones(one_island(), np.zeros(3, dtype=np.int64), NAMED, 1)
    assert len(tried) == 3
    middle = np.array([[500.0, 500.0], [1_500.0, 500.0], [500.0, 1_500.0]])
    assert np.abs(drawn.points - middle).max() < 300


def test_a_locality_that_no_drawing_keeps_whole_is_our_mistake():
    apart = Lattice(
        np.array([0.0, 1_000.0, 2_000.0, 3_000.0]), EDGES[:2], np.array([[0, 1, 2]]), (0, 0, 3_000, 1_000), 9
    )
    with pytest.raises(AssertionError, match="no drawing"):
        draw_zones([apart], np.array([0, 1, 0]), NAMED, 1)
