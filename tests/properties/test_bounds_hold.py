"""No division that keeps the rules is ever better than the bound, whatever the town and whenever the search stops."""

from dataclasses import replace
from itertools import chain, product, repeat

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from factories.counted_areas import best_by_counting, draw_ground, rules_for
from locality.areas.exact.blocks import block_bound
from locality.areas.exact.cone import cone_bound
from locality.areas.exact.labels import label_model
from locality.areas.exact.leaders import leader_program
from locality.areas.exact.model import cost, cut_model, slim
from locality.areas.exact.saddle import saddle_bound
from locality.areas.exact.tree import Search, search_tree
from locality.areas.measures import measure

NO_CLOCK = 0.0


@st.composite
def towns(draw):
    rows, columns = draw(st.sampled_from([(2, 3), (2, 4), (3, 3)]))
    letters = st.sampled_from("ab.")
    grid = st.lists(letters, min_size=columns, max_size=columns).map("".join)
    people = st.lists(st.integers(1, 9), min_size=columns, max_size=columns)
    ground = draw_ground(
        draw(st.lists(people, min_size=rows, max_size=rows)),
        settlements=draw(st.lists(grid, min_size=rows, max_size=rows)),
        clusters=draw(st.lists(grid, min_size=rows, max_size=rows)),
    )
    number, total = draw(st.integers(2, 3)), int(ground.people.sum())
    apart = draw(st.sampled_from([(), (("Z00", "Z01"),)]))
    return ground, rules_for(number, max(1, total // (2 * number)), -(-3 * total // (2 * number)), apart=apart)


def bound_after(program, looks):
    clock = chain(repeat(0.0, looks), repeat(1.0))
    return saddle_bound(program, spent=lambda: next(clock), seconds=0.5)


def least_value(program):
    """Solve the program with the exact solver: no multipliers can prove more."""
    least = {"A_ub": -program.matrix[~program.equal], "b_ub": -program.ends[~program.equal]}
    equal = {"A_eq": program.matrix[program.equal], "b_eq": program.ends[program.equal]}
    solved = optimize.linprog(program.cost, **least, **equal, bounds=np.stack([0 * program.tops, program.tops], axis=1))
    return solved.fun + program.constant - 1e-7


@settings(max_examples=12, deadline=None)
@given(towns())
def test_no_bound_is_above_the_best_division_counted_one_by_one(town):
    ground, rules = town
    best = best_by_counting(ground, rules)
    if best is None:
        return
    model = cut_model(ground, rules)
    lean = slim(model, large=False)
    bounds = {
        "cone": cone_bound(lean, spent=lambda: NO_CLOCK, seconds=1.0),
        "cone that stops at once": cone_bound(lean, spent=lambda: 1.0, seconds=NO_CLOCK),
        "cone that does not know the number": cone_bound(
            replace(lean, number=None), spent=lambda: NO_CLOCK, seconds=1.0
        ),
        "blocks": block_bound(model, ground, None, spent=lambda: NO_CLOCK, seconds=1.0, zones=4),
    }
    if len(lean.clusters):
        for near, number in product((None, 1), (lean.number, None)):
            program = leader_program(replace(lean, number=number), near=near)
            bounds[f"leaders, {near} near, {number} localities"] = least_value(program)
            bounds[f"leaders that stop, {near} near, {number} localities"] = bound_after(program, looks=5)
    assert {name: bound for name, bound in bounds.items() if bound > best + 1e-9} == {}


@settings(max_examples=10, deadline=None)
@given(towns())
def test_the_exact_solver_finds_what_counting_finds(town):
    ground, rules = town
    best = best_by_counting(ground, rules)
    search = Search(label_model(slim(cut_model(ground, rules), large=True)), 0.0, lambda: NO_CLOCK, 60.0)
    search_tree(search)
    if best is None:
        assert search.division is None
        return
    assert abs(search.upper - best) < 1e-6
    assert search.lower <= best + 1e-9


@settings(max_examples=15, deadline=None)
@given(towns(), st.integers(0, 2**32 - 1))
def test_the_cut_costs_what_the_measures_say(town, seed):
    ground, rules = town
    division = np.random.default_rng(seed).integers(0, 2, len(ground.zones)).astype(np.int32)
    division[0], division[1] = 0, 1
    said = measure(ground, division, rules).composite
    assert abs(cost(cut_model(ground, rules), division) - said) < 1e-9
    assert abs(cost(slim(cut_model(ground, rules), large=True), division) - said) < 1e-9
