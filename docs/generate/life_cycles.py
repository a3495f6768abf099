"""Every life cycle: its states, its steps, and a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from docs.generate.markdown import code, codes, page, table
from locality.foundations import LifeCycle, life_cycles_in

_ABOUT = """
A plan, or an option for a budget, lives through states. There is no other way from state to state than the steps that
stand here; each says which right it needs, what must hold before, and what is recorded. The site obeys the same files,
`src/locality/ROOM/life_cycles/*.yaml`.
"""


def every_life_cycle() -> Iterator[tuple[str, LifeCycle]]:
    """Give every life cycle with its room."""
    rooms = resources.files("locality")
    for room in sorted(room.name for room in rooms.iterdir() if (room / "life_cycles").is_dir()):
        for cycle in life_cycles_in(f"locality.{room}"):
            yield room, cycle


def life_cycles_page() -> str:
    """Describe and draw every life cycle."""
    return page("Life cycles", _ABOUT, *(_cycle(cycle) for _, cycle in every_life_cycle()))


def _cycle(cycle: LifeCycle) -> str:
    names = {one.state: one.name for one in cycle.states}
    steps = (
        (step.name, names[step.start], names[step.end], code(step.permission), codes(step.needs), codes(step.records))
        for step in cycle.steps
    )
    return "\n\n".join(
        [
            f"## {cycle.name} ({code(cycle.id)})",
            cycle.about,
            table(
                ("state", "in code", "what it means"), ((one.name, code(one.state), one.means) for one in cycle.states)
            ),
            table(("step", "from", "to", "right", "must hold", "is recorded"), steps),
            table(("condition", "what must hold"), ((code(name), words) for name, words in cycle.conditions)),
            _drawing(cycle),
        ]
    )


def _drawing(cycle: LifeCycle) -> str:
    lines = [f"    {one.state} : {one.name}" for one in cycle.states]
    lines += [f"    [*] --> {cycle.starts}"]
    lines += [f"    {step.start} --> {step.end} : {step.name}" for step in cycle.steps]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])
