"""Cooling a division: from bold moves of whole villages to careful moves of single zones, again and again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from locality.areas.ground import Ints
from locality.areas.search.annealing import anneal
from locality.areas.search.coarsen import join_units, pair_units
from locality.areas.search.moves import I4, I8, MISSED, U8, Level, State, settle
from locality.areas.search.numbers import Numbers
from locality.areas.search.problem import SCALE, Problem

# Figures of this file were found by trying them out on the published instances (docs/understand/
# how-options-are-found.md); none is a rule that anybody decides by.

UNITS_OF_LOCALITY = 8
"""Joining stops at this many units for each locality: fewer leave nothing to move."""

LARGEST_UNIT = 4
"""No unit grows beyond the mean locality over this."""

SOFT, HARD, SOFT_UNTIL = 3.0, 100.0, 0.9
"""What a person by whom bounds are missed costs, in mean people's worth, first and last; when no miss is let pass."""

_JOINS_LITTLE = 0.9
_MENDINGS, _MENDING_COLD = 6, 0.01


@dataclass(frozen=True)
class Marks:
    """Scratch arrays of the compiled moves."""

    seen: I8
    queue: I4
    stamp: I8
    cut: I4
    place: I4

    @classmethod
    def for_level(cls, level: Level) -> Marks:
        """Make them for this level and all that are coarser."""
        count, ends = len(level.people), len(level.to)
        return cls(
            np.zeros(count, np.int64),
            np.zeros(count + 1, np.int32),
            np.zeros(1, np.int64),
            np.zeros(ends, np.int32),
            np.zeros(ends, np.int32),
        )

    @property
    def arrays(self) -> tuple[I8, I4, I8, I4, I4]:
        """Give them as the compiled code takes them."""
        return self.seen, self.queue, self.stamp, self.cut, self.place


@dataclass(frozen=True)
class Plan:
    """How a division is cooled.

    Args:
        hot: First heat, in mean zones' worth.
        cold: Last heat.
        rounds: How many heats; each joins units anew.
        tries: Moves weighed in all.
    """

    hot: float
    cold: float
    rounds: int
    tries: int

    def heats(self, units: int) -> Iterator[tuple[float, int]]:
        """Give each round's share of the way, and its heat as score."""
        for turn in range(self.rounds):
            way = turn / max(1, self.rounds - 1)
            yield way, int(self.hot * (self.cold / self.hot) ** way * SCALE / units)


def new_state(problem: Problem, home: I4, part: Ints, numbers: Numbers, seed: int) -> State:
    """Book a division.

    Args:
        problem: What is divided.
        home: Locality of each unit; kept localities have the first numbers.
        part: Part of each locality; below 0: it is kept, or empty.
        numbers: Fewest people of the localities of each part.
        seed: Start of the random numbers, above 0.

    Returns:
        Its state.
    """
    kept, count, groups = problem.scope.kept, len(part), len(problem.tops)
    value = np.zeros((groups, count), np.int64)
    value[:, :kept] = problem.fixed_value
    people = np.zeros(count, np.int64)
    people[:kept] = problem.fixed_people
    most = np.full(count, problem.most, np.int64)
    most[:kept] = np.maximum(most[:kept], people[:kept])
    podium_start = np.concatenate([[0], np.cumsum(problem.tops + 2)]).astype(np.int32)
    state = State(
        people=people,
        least=np.where(part < 0, 0, numbers.floor[np.maximum(part, 0)]).astype(np.int64),
        most=most,
        value=value,
        where=np.zeros((groups, count), np.int32),
        slot=np.zeros((groups, count), np.int32),
        present=np.zeros(groups, np.int32),
        tops=problem.tops,
        podium_start=podium_start,
        podium=np.full(podium_start[-1], -1, np.int32),
        lead=np.zeros((groups, 4), np.int64),
        tally=np.array([problem.base, 0], np.int64),
        random=start_random(seed),
    )
    settle(problem.level, state, home)
    return state


def start_random(seed: int) -> U8:
    """Spread a seed over all 64 bits; nought would stay nought for ever."""
    mixed = (seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) % 2**64
    return np.array([mixed or 1], np.uint64)


def stack_levels(level: Level, home: I4, *, localities: int, cap: int, random: U8) -> list[tuple[Level, I4, I4]]:
    """Join units again and again.

    Args:
        level: The finest units.
        home: Locality of each; only units of one locality are joined.
        localities: How many localities they make.
        cap: Most people of a unit.
        random: State of the random numbers.

    Returns:
        From fine to coarse: the level, the locality of its units, and the unit of the next level of each of them.
    """
    stack = []
    while len(level.people) > UNITS_OF_LOCALITY * localities:
        joined, made = pair_units(level, home, cap, random)
        if made > _JOINS_LITTLE * len(level.people):
            break
        stack.append((level, home, joined))
        level = join_units(level, joined, made)
        coarse = np.zeros(made, np.int32)
        coarse[joined] = home
        home = coarse
    return [*stack, (level, home, np.zeros(0, np.int32))]


def cool(problem: Problem, level: Level, state: State, home: I4, plan: Plan) -> I4:
    """Cool a division, or those localities of it whose units the level has.

    Args:
        problem: Of which the level is a part.
        level: The units that may move.
        state: The localities; kept up to date.
        home: Locality of each unit.
        plan: How.

    Returns:
        The new locality of each unit.
    """
    marks = Marks.for_level(level).arrays
    localities = len(np.unique(home))
    cap = problem.people // max(1, len(state.people) - 1 - problem.scope.kept) // LARGEST_UNIT
    for way, heat in plan.heats(problem.scope.units):
        soft = pressure_of(problem, SOFT * (HARD / SOFT) ** way) if way < SOFT_UNTIL else 0
        stack = stack_levels(level, home, localities=localities, cap=cap, random=state.random)
        home = stack[-1][1]
        for place in range(len(stack) - 1, -1, -1):
            if place < len(stack) - 1:
                home = home[stack[place][2]]
            pressure = soft or (pressure_of(problem, HARD) if state.tally[MISSED] > 0 else 0)
            anneal(stack[place][0], state, home, plan.tries // plan.rounds // len(stack), heat, pressure, marks)
    return home


def mend(problem: Problem, level: Level, state: State, home: I4) -> None:
    """Move single units until the bounds are kept, whatever that costs in score."""
    marks = Marks.for_level(level).arrays
    for turn in range(_MENDINGS):
        if state.tally[MISSED] == 0:
            return
        # Cold first, so that what is good stays; hotter only when that does not help.
        heat = int(_MENDING_COLD * 3**turn * SCALE / problem.scope.units)
        anneal(level, state, home, 20 * len(level.to), heat, pressure_of(problem, HARD * 10), marks)


def pressure_of(problem: Problem, worth: float) -> int:
    """Say what each person by whom bounds are missed costs, from what it is in mean people's worth."""
    return max(1, int(worth * SCALE / problem.people))
