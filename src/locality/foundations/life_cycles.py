"""The life of a thing as data: its states, which may follow which, who may take the step, and what is recorded.

A life cycle is a YAML file in a room's `life_cycles/` folder::

    id: locality_plan
    name: Locality plan
    about: A locality's plan for one year.
    starts: draft
    states:
      draft: { name: Draft, means: Being written. }
      agreed: { name: Agreed, means: Nobody can change it any more. }
    conditions:
      within_budget: The plan keeps within its budget.
    steps:
      - from: draft
        to: agreed
        name: Agree
        permission: plans.agree
        records: [who, when, why]
        needs: [within_budget]

The site obeys it and the reference draws it. Whether a condition holds is computed by whoever knows its name.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

_WHOLE = {"id", "name", "about", "starts", "states", "conditions", "steps"}
_STEP = {"from", "to", "name", "permission", "records", "needs"}


@dataclass(frozen=True)
class State:
    """One state of a thing.

    Args:
        state: Its stable name in code.
        name: What people read.
        means: What it means for those who use the thing.
    """

    state: str
    name: str
    means: str


@dataclass(frozen=True)
class Step:
    """One step from a state to another.

    Args:
        start: The state before.
        end: The state after.
        name: What the button says.
        permission: The right that is needed, like "plans.agree".
        records: What is recorded: who, when, why, ...
        needs: Names of the conditions that must hold.
    """

    start: str
    end: str
    name: str
    permission: str
    records: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class LifeCycle:
    """The life of one kind of thing.

    Args:
        id: Its stable name.
        name: The thing.
        about: What the thing is.
        starts: The state in which it begins.
        states: Its states, in the order of its life.
        steps: The steps that there are; there is no other way from state to state.
        conditions: Name and words of every condition that a step needs.
    """

    id: str
    name: str
    about: str
    starts: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    conditions: tuple[tuple[str, str], ...]

    def state(self, state: str) -> State:
        """Give a state by its name in code."""
        return next(one for one in self.states if one.state == state)

    def condition(self, name: str) -> str:
        """Give the words of a condition."""
        return dict(self.conditions)[name]

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """Give the steps that a thing in this state can take."""
        return tuple(step for step in self.steps if step.start == state)


def find_step(cycle: LifeCycle, start: str, end: str) -> Step | None:
    """Give the step between two states.

    Args:
        cycle: The life cycle.
        start: The state before.
        end: The state after.

    Returns:
        The step; None: there is none.
    """
    return next((step for step in cycle.steps_from(start) if step.end == end), None)


def refuse_move(cycle: LifeCycle, start: str, end: str, *, unmet: Collection[str] = ()) -> str | None:
    """Say why a thing may not go from a state to another.

    Args:
        cycle: The life cycle.
        start: The state in which it is.
        end: The state in which it should be.
        unmet: Names of the conditions that do not hold now.

    Returns:
        The reason in words; None: it may. Who may take the step is not asked here (see `Step.permission`).
    """
    names = {one.state: one.name.lower() for one in cycle.states}
    if end not in names:
        return f"{cycle.name}: there is no state '{end}'."
    if start not in names:
        return f"{cycle.name}: there is no state '{start}'."
    step = find_step(cycle, start, end)
    if step is None:
        ways = [names[one.end] for one in cycle.steps_from(start)]
        further = f"From there it can become: {', '.join(ways)}." if ways else "From there it can become nothing else."
        return f"{cycle.name}: what is '{names[start]}' cannot become '{names[end]}'. {further}"
    lacking = [cycle.condition(name) for name in step.needs if name in unmet]
    return f"This must hold first: {' '.join(lacking)}" if lacking else None


def load_life_cycle(room: str, name: str) -> LifeCycle:
    """Read one life cycle of a room.

    Args:
        room: The room's dotted name, e.g. ``locality.plans``.
        name: The file's name without its ending.

    Returns:
        The life cycle.

    Raises:
        ValueError: The file lacks something, or contradicts itself. This is a mistake of ours.
    """
    text = (resources.files(room) / "life_cycles" / f"{name}.yaml").read_text(encoding="utf-8")
    return parse_life_cycle(yaml.safe_load(text), name)


def life_cycles_in(room: str) -> tuple[LifeCycle, ...]:
    """Read every life cycle of a room, in order of name; a room without any gives none."""
    folder = resources.files(room) / "life_cycles"
    if not folder.is_dir():
        return ()
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return tuple(load_life_cycle(room, name.removesuffix(".yaml")) for name in names)


def parse_life_cycle(raw: dict[str, Any], name: str) -> LifeCycle:
    """Turn what a YAML file holds into a life cycle, refusing gaps and contradictions."""
    gaps = _WHOLE ^ set(raw)
    if gaps or raw["id"] != name:
        raise ValueError(f"life cycle {name} lacks or misnames {', '.join(sorted(gaps)) or 'its id'}")
    steps = tuple(_step(name, each) for each in raw["steps"])
    cycle = LifeCycle(
        id=name,
        name=raw["name"],
        about=raw["about"],
        starts=raw["starts"],
        states=tuple(State(state, said["name"], said["means"]) for state, said in raw["states"].items()),
        steps=steps,
        conditions=tuple((raw["conditions"] or {}).items()),
    )
    wrong = list(_contradictions(cycle))
    if wrong:
        raise ValueError(f"life cycle {name}: {'; '.join(wrong)}")
    return cycle


def _step(cycle: str, raw: dict[str, Any]) -> Step:
    if set(raw) != _STEP:
        raise ValueError(f"life cycle {cycle}: a step lacks or misnames {', '.join(sorted(_STEP ^ set(raw)))}")
    return Step(raw["from"], raw["to"], raw["name"], raw["permission"], tuple(raw["records"]), tuple(raw["needs"]))


def _contradictions(cycle: LifeCycle) -> list[str]:
    states = [one.state for one in cycle.states]
    ends = {step.end for step in cycle.steps} | {cycle.starts}
    pairs = [(step.start, step.end) for step in cycle.steps]
    named = {step.start for step in cycle.steps} | ends
    needed = {name for step in cycle.steps for name in step.needs}
    wrong = [f"no state {state}" for state in sorted(named - set(states))]
    wrong += [f"nothing leads to {state}" for state in states if state not in ends]
    wrong += [f"two steps from {start} to {end}" for start, end in sorted({p for p in pairs if pairs.count(p) > 1})]
    wrong += [
        f"condition {name} is needed or explained, not both" for name in sorted(needed ^ set(dict(cycle.conditions)))
    ]
    return wrong
