"""Whoever holds every table of answers at once, and knows which zones each locality has, learns no small count.

The attack knows nothing of how counts were hidden: its unknowns are the answers of each group of zones by channel, and
every figure on the page is an equation.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from locality.disclosure import DisclosureRules
from locality.voice import NOT_CHOSEN, PLACE_NOT_SAID, BoundaryAnswer, DividedZones, answers_on_boundaries

RULES = DisclosureRules(threshold=4, width=3)
ZONES = "ABCDEF"
TODAY = DividedZones("today", "Today", dict(zip(ZONES, "112233", strict=True)), {each: each for each in "123"})
FIRST = DividedZones("first", "First", dict(zip(ZONES, "111222", strict=True)), {each: each for each in "12"})
SECOND = DividedZones("second", "Second", dict(zip(ZONES, "122221", strict=True)), {each: each for each in "12"})
DIVISIONS, ANSWERS = (TODAY, FIRST, SECOND), ("first", "second", NOT_CHOSEN)
WAYS = {"channel": ("How it came", {"web": "Web", "paper": "Paper"})}

answer = st.builds(
    BoundaryAnswer,
    chosen=st.sampled_from(["first", "second", ""]),
    zones=st.sampled_from([(), *((each,) for each in ZONES), ("A", "B")]),
    said=st.fixed_dictionaries({"channel": st.sampled_from(["web", "paper"])}),
)
several = st.tuples(answer, st.integers(1, 9)).map(lambda pair: [pair[0]] * pair[1])


@given(st.lists(several, min_size=2, max_size=12))
@settings(max_examples=15, deadline=None)
def test_no_hidden_small_count_can_be_worked_out_from_all_tables_together(those):
    rows = [each for many in those for each in many]
    found = answers_on_boundaries(rows, ["first", "second"], DIVISIONS, WAYS, rules=RULES)
    cells = _unknowns(rows)
    equations, hidden = _read(found, cells)

    for cell in hidden:
        truth = sum(number for at, number in enumerate(_truth(rows, cells)) if cell[at])
        if 1 <= truth <= RULES.threshold:
            low, high = (_reach(equations, hidden, sign * cell) for sign in (1, -1))
            assert low is None or high is None or -high - low >= 1


def _unknowns(rows):
    groups = sorted({_places(row) for row in rows})
    return [(group, way, one) for group in groups for way in ("web", "paper", PLACE_NOT_SAID) for one in ANSWERS]


def _places(row):
    homes = [{each.zones[zone] for zone in row.zones} for each in DIVISIONS]
    return tuple(one.pop() if len(one) == 1 else PLACE_NOT_SAID for one in homes)


def _truth(rows, cells):
    keys = [(_places(row), row.said["channel"], row.chosen or NOT_CHOSEN) for row in rows]
    return [keys.count(cell) for cell in cells]


def _read(found, cells):
    """Give an equation for every figure that is shown, and the sums of unknowns that are hidden."""
    equations, hidden = [], []

    def note(is_in, row):
        whole = np.array([float(is_in(group, way)) for group, way, _ in cells])
        figures = {None: row.people, **row.chosen}
        for answer, figure in figures.items():
            sums = whole * np.array([answer in (None, one) for _, _, one in cells], dtype=float)
            if figure is None:
                hidden.append(sums)
            else:
                equations.append((sums, figure))

    note(lambda group, way: True, found.everybody)
    for at, table in enumerate(found.places):
        for row in table.rows:
            note(lambda group, way, at=at, code=row.code: group[at] == code, row)
    groups = sorted({group for group, _, _ in cells})
    for row in found.groups.rows:
        note(lambda group, way, own=groups[int(row.code)]: group == own, row)
    for row in found.ways[0].rows:
        note(lambda group, way, code=row.code: way == code, row)
    return equations, hidden


def _reach(equations, hidden, aim):
    """Give the least that a sum of unknowns can be, noughts being shown; None: any number."""
    limits = [LinearConstraint(sums, figure, figure) for sums, figure in equations]
    if equations:  # where everything is hidden, noughts are too
        limits += [LinearConstraint(sums, 1, np.inf) for sums in hidden]
    answer = milp(aim, integrality=np.ones(aim.size), bounds=Bounds(0, 200), constraints=limits)
    return None if answer.fun is None else round(answer.fun)
