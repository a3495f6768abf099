"""What people of the demo choose in a vote: ways of thinking, with some in each who see single projects otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Content = Mapping[str, Any]


def choices_of(said: Content, turn: int) -> list[str]:
    """Give the projects that one voter chooses; the same turn always chooses the same.

    Args:
        said: The vote, as the content has it.
        turn: Which of those who vote.

    Returns:
        Codes of one project or more, as many as a ballot may name.
    """
    mind = _mind(said["voters"], turn)
    sure = [code for at, code in enumerate(mind["choose"]) if (turn * 7 + at * 3) % 9]
    perhaps = [code for at, code in enumerate(mind["some"]) if (turn * 5 + at * 2) % 3 == 0]
    wanted = [*sure, *perhaps] or list(mind["choose"])
    return wanted[: said["most_choices"] or len(wanted)]


def _mind(minds: Sequence[Content], turn: int) -> Content:
    """Give the way of thinking of one voter; 37 goes through all of a hundred, so that none comes in a row."""
    place = turn * 37 % 100
    for mind in minds:
        if place < mind["part"]:
            return mind
        place -= mind["part"]
    return minds[-1]
