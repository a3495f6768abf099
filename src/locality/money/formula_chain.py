"""The weighting chain of NHS Scotland's formula: people, then age and sex, then need, then excess cost of supply.

For every programme each stage re-weights the people of the stage before and is scaled back to everybody, so that it
moves shares and makes no people. Programmes are then combined by what is spent on them. Numbers may be floats or
exact fractions: with fractions every result is exact, so that a finance officer can check it by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.foundations import Fault, InputRefused
from locality.money.zone_people import weights_by_zone

# Floats, or an object array of fractions.Fraction.
Numbers = npt.NDArray[Any]


@dataclass(frozen=True)
class ProgrammeInputs:
    """What the chain needs to know of one programme.

    Args:
        cost_weights: Cost per head of each age (and sex) group; only ratios matter.
        need_index: Raw index of morbidity and life circumstances of each area.
        supply_index: Raw index of unavoidable excess cost of supply of each area.
        expenditure: What is spent on the programme, in any unit common to all programmes.
    """

    cost_weights: npt.ArrayLike
    need_index: npt.ArrayLike
    supply_index: npt.ArrayLike
    expenditure: Any


@dataclass(frozen=True)
class Stages:
    """Weighted people after each stage, and what each stage did.

    Args:
        population: People of each area before weighting.
        as_pop: After age and sex.
        mlc_pop: After morbidity and life circumstances (need).
        xs_pop: After the excess cost of supply.
    """

    population: Numbers
    as_pop: Numbers
    mlc_pop: Numbers
    xs_pop: Numbers

    @property
    def as_index(self) -> Numbers:
        """Effect of age and sex on each area: 1 is average."""
        return _ratio(self.as_pop, self.population)

    @property
    def mlc_index(self) -> Numbers:
        """Effect of need."""
        return _ratio(self.mlc_pop, self.as_pop)

    @property
    def xs_index(self) -> Numbers:
        """Effect of the excess cost of supply."""
        return _ratio(self.xs_pop, self.mlc_pop)

    @property
    def share(self) -> Numbers:
        """Each area's target share after all stages; shares sum to 1."""
        share: Numbers = self.xs_pop / self.xs_pop.sum()
        return share


@dataclass(frozen=True)
class FormulaResult:
    """Every programme's stages, and all programmes combined.

    Args:
        areas: Codes of the areas, in the order of every array.
        programmes: Stages by programme.
        combined: The stages of all programmes together, weighted by expenditure. Its indices are ratios of
            consecutive combined shares.
    """

    areas: tuple[str, ...]
    programmes: Mapping[str, Stages]
    combined: Stages

    def fair_weights(self) -> pd.DataFrame:
        """Give the weighted people of all programmes as the declared table `fair_weights`."""
        parts = [
            weights_by_zone(pd.Index(self.areas), np.asarray(weighted, dtype=np.float64), programme, stage)
            for programme, stages in self.programmes.items()
            for stage, weighted in (("age_sex", stages.as_pop), ("need", stages.mlc_pop), ("supply", stages.xs_pop))
        ]
        return pd.concat(parts, ignore_index=True)


def weight_by_formula(
    areas: Sequence[str], population: npt.ArrayLike, programmes: Mapping[str, ProgrammeInputs]
) -> FormulaResult:
    """Run the weighting chain for every programme and combine them.

    Args:
        areas: Codes of the areas.
        population: People by area (rows) and age-sex group (columns).
        programmes: Inputs of each programme, in the same order of areas and groups.

    Returns:
        Weighted people, indices and shares by programme and combined. Weighted people of every stage sum to the
        population; shares sum to 1; with fractions exactly.

    Raises:
        InputRefused: A list has another length than areas or groups, a number is missing or negative, or a programme
            has no cost, need, supply or expenditure at all.

    Source:
        Public Health Scotland, resource allocation formula (NRAC): the order of the stages, the scaling of each stage
        to the national population, and combined indices as ratios of consecutive shares.
    """
    people = _numbers(population)
    given = {name: _checked(name, inputs, people, len(areas)) for name, inputs in programmes.items()}
    stages = {name: _chain(people, costs, need, supply) for name, (costs, need, supply) in given.items()}
    return FormulaResult(tuple(areas), stages, _combine(stages, programmes, people.sum(axis=1)))


def _numbers(values: npt.ArrayLike) -> Numbers:
    """Keep exact fractions exact; make everything else a float."""
    array = np.asarray(values)
    return array if array.dtype == object else array.astype(np.float64)


def _checked(name: str, inputs: ProgrammeInputs, people: Numbers, areas: int) -> tuple[Numbers, Numbers, Numbers]:
    wanted = {"cost weights": people.shape[1], "need index": areas, "supply index": areas}
    given = [_numbers(inputs.cost_weights), _numbers(inputs.need_index), _numbers(inputs.supply_index)]
    faults = []
    for (what, size), numbers in zip(wanted.items(), given, strict=True):
        if numbers.shape != (size,):
            said = f"the {what} has {numbers.size} numbers, but there are {size}"
            faults.append(Fault(f"programme {name}", said, "Give one number for each.", "chain-length"))
        elif not (numbers >= 0).all() or numbers.sum() <= 0:
            said = f"the {what} has numbers that are missing or negative, or is nought throughout"
            faults.append(Fault(f"programme {name}", said, "Give a number of nought or more for each.", "chain-number"))
    if not inputs.expenditure >= 0:
        said = f"its expenditure, {inputs.expenditure}, is missing or negative"
        faults.append(Fault(f"programme {name}", said, "Give an amount of nought or more.", "chain-expenditure"))
    if faults:
        raise InputRefused(faults)
    return given[0], given[1], given[2]


def _chain(people: Numbers, costs: Numbers, need: Numbers, supply: Numbers) -> Stages:
    population = people.sum(axis=1)
    total = population.sum()
    as_pop = _scale(people @ costs, total)
    mlc_pop = _scale(as_pop * need, total)
    return Stages(population, as_pop, mlc_pop, _scale(mlc_pop * supply, total))


def _combine(stages: Mapping[str, Stages], inputs: Mapping[str, ProgrammeInputs], population: Numbers) -> Stages:
    """Weigh every stage's shares by expenditure; shares times everybody are people again."""
    spent = sum(programme.expenditure for programme in inputs.values())
    if not spent > 0:
        raise InputRefused(
            [Fault("programmes", "nothing is spent on any", "Give expenditure by programme.", "chain-expenditure")]
        )
    parts = [inputs[name].expenditure / spent for name in stages]
    together = [
        sum((part * getattr(stage, name) for part, stage in zip(parts, stages.values(), strict=True)), 0 * population)
        for name in ("as_pop", "mlc_pop", "xs_pop")
    ]
    return Stages(population, *together)


def _scale(amounts: Numbers, total: Any) -> Numbers:
    scaled: Numbers = amounts * total / amounts.sum()
    return scaled


def _ratio(above: Numbers, below: Numbers) -> Numbers:
    """Divide; an area without people has no index (NaN), never 1."""
    ratio = np.full(below.shape, np.nan, dtype=below.dtype)
    some = below != 0
    ratio[some] = above[some] / below[some]
    return ratio
