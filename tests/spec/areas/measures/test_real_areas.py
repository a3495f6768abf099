"""Fife, Argyll and Bute, Glasgow and Pennine Lancashire: from the example folders to measured localities."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from factories.grounds import instance
from locality.areas import design_rules, measure
from locality.areas.change import people_moved
from locality.areas.compare import compare
from locality.areas.pieces import parts_of_area
from locality.areas.practices import cut_clusters, moves_to_target
from locality.areas.propose import propose
from locality.areas.read_ground import AreaGround, read_ground
from locality.sources.area_inputs import open_areas

pytestmark = pytest.mark.data
EXAMPLES = Path(__file__).parents[4] / "examples"
ON = dt.date(2026, 11, 22)
_KNOWN: dict[str, AreaGround] = {}


@pytest.fixture
def place(request, data_root) -> AreaGround:
    """The place that the test names; each is read once."""
    if request.param not in _KNOWN:
        inputs = open_areas(EXAMPLES / request.param, data_root=data_root)
        _KNOWN[request.param] = read_ground(inputs.tables, day=inputs.year.end, on=ON)
    return _KNOWN[request.param]


def about(*names: str):
    groups = [pytest.param(name, marks=pytest.mark.xdist_group(f"area {name}")) for name in names]
    return pytest.mark.parametrize("place", groups, indirect=True)


def measured(place: AreaGround, **asked):
    rules = design_rules(place.ground, ON, number=len(place.names), **asked)
    return measure(place.ground, place.today, rules, today=place.today, names=place.names)


@about("fife", "argyll-and-bute", "glasgow-city", "pennine-lancashire")
def test_todays_localities_are_measured_in_full(place):
    found = measured(place)
    assert found.number == len(place.names) >= 3
    assert sum(one.people for one in found.localities) == int(place.ground.people.sum()) > 80_000
    shares = (found.practice_containment, found.by_practice, found.communities_kept, found.compactness)
    assert all(share is not None and 0 < share <= 1 for share in shares)
    assert found.people_moved == 0
    assert int((parts_of_area(place.ground)).max()) == 0, "land and declared crossings join the whole area"


@about("fife")
def test_the_seven_localities_of_fife_are_each_in_one_piece(place):
    found = measured(place)
    assert (found.number, found.pieces, len(place.ground.zones)) == (7, 0, 494)
    assert (found.smallest, found.largest) == (37_888, 74_685)
    assert found.is_valid


@about("argyll-and-bute")
def test_eight_pieces_of_argyll_and_bute_are_joined_by_declared_crossings(place):
    borders = place.ground.borders
    assert int(borders.crossing.sum()) == 8
    crossed = measured(place)
    pieces = {place.names[one.number]: one.pieces for one in crossed.localities}
    # No ferry between Mull and Tiree is declared: each sails to Oban.
    assert {name for name, count in pieces.items() if count > 1} == {"Mull, Iona, Coll, Tiree and Colonsay"}


@about("glasgow-city")
def test_the_clyde_is_crossed_by_declared_bridges_and_the_tunnel(place):
    borders = place.ground.borders
    assert int(borders.crossing.sum()) == 6
    assert measured(place).pieces == 0
    assert "24 clusters" in next(note for note in place.notes if "which practice is in which cluster" in note)


@about("pennine-lancashire")
def test_registrations_of_pennine_lancashire_are_real_and_give_the_published_table(place, cases_root):
    given, _ = instance(cases_root / "boundaries" / "instances", "penn343")
    ground = place.ground
    assert not ground.practices.modelled
    listed = [at for at, cluster in enumerate(ground.practices.cluster) if cluster >= 0]
    ours = np.sort(np.asarray(ground.practices.patients[:, listed].sum(axis=0)).ravel())
    theirs = np.sort(np.asarray(given.practices.patients.sum(axis=0)).ravel())
    assert ours[ours > 0].tolist() == theirs[theirs > 0].tolist()
    pairs = sorted(zip(ground.borders.first.tolist(), ground.borders.second.tolist(), strict=True))
    assert pairs == sorted(zip(*np.sort([given.borders.first, given.borders.second], axis=0).tolist(), strict=True))
    assert ground.borders.metres.sum() == pytest.approx(given.borders.metres.sum(), rel=1e-6)
    assert ground.people.tolist() == given.people.tolist()


@about("pennine-lancashire", "fife")
def test_a_list_of_moves_mends_what_cuts_across(place):
    cut = cut_clusters(place.ground, place.today)
    assert sum(one.elsewhere for one in cut) > 10_000
    found = moves_to_target(place.ground, place.today, 0.95)
    assert found.after >= found.before


@about("fife", "argyll-and-bute", "glasgow-city", "pennine-lancashire")
def test_an_option_stands_beside_todays_localities(place):
    """The first two localities joined: containment can only rise, and the people of the smaller one move."""
    joined = np.where(place.today == 1, 0, np.maximum(place.today - 1, 0)).astype(np.int32)
    rules = design_rules(place.ground, ON, least=0, most=10**9)
    found = compare(place.ground, {"today": place.today, "joined": joined}, rules, today=place.today)
    smaller = min(int(place.ground.people[place.today == one].sum()) for one in (0, 1))
    assert found.measures["joined"].practice_containment >= found.measures["today"].practice_containment
    assert found.measures["joined"].people_moved == smaller == people_moved(place.ground, place.today, joined)
    assert sum(flow.people for flow in found.moves["today", "joined"]) == smaller


@about("fife", "argyll-and-bute", "glasgow-city", "pennine-lancashire")
def test_options_are_proposed_and_stand_beside_todays_localities(place):
    """As many localities as suit the place; every option keeps every rule."""
    number = {494: 7, 125: 4, 746: 5, 343: 6}[len(place.ground.zones)]
    rules = design_rules(place.ground, ON, number=number)
    found = propose(place.ground, rules, seed=1, effort=0.3, options=3, start=place.today)
    assert 1 <= len(found) <= 3
    for option in found:
        scored = measure(place.ground, option.division, rules)
        assert scored.is_valid, [fault.what for fault in scored.faults]
        assert scored.composite == option.measures.composite
        assert (scored.number, scored.pieces) == (number, 0)
    named = {"today": place.today} | {f"option {at}": one.division for at, one in enumerate(found, 1)}
    compared = compare(place.ground, named, rules, today=place.today)
    assert set(compared.words) == set(named)
    assert all(words for words in compared.words.values())
