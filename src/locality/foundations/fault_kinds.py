"""Every kind of fault that a room can name, explained; the reference page is made from it.

A room's kinds stand in its `faults.yaml`, in the order in which the reference explains them::

    empty-cell:
      means: A cell that is needed is empty.
      matters: The row would be lost or counted as nought.
      do: Fill it in.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import yaml


@dataclass(frozen=True)
class FaultKind:
    """One kind of fault.

    Args:
        code: Its stable name, as `Fault.code` carries it.
        means: What is wrong.
        matters: What would follow if nobody mended it.
        do: What to do.
    """

    code: str
    means: str
    matters: str
    do: str


def fault_kinds_in(room: str) -> tuple[FaultKind, ...]:
    """Read the kinds of fault that a room explains.

    Args:
        room: The room's dotted name, e.g. ``locality.money``.

    Returns:
        Its kinds in the order of the file; none where the room has no such file. A kind that rooms on several floors
        name stands with the lowest of them.
    """
    file = resources.files(room) / "faults.yaml"
    if not file.is_file():
        return ()
    said = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return tuple(FaultKind(code, **sentences) for code, sentences in said.items())
