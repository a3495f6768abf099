"""Whether enough of a group's members are at a meeting for its decisions to count."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Presence:
    """How many are there, and how many must be.

    Args:
        present: Members with a vote who are there, or sent somebody.
        needed: How many must be there; 0: no number is set.
        is_reached: Whether there are enough; None: no number is set.
        words: The same in a sentence.
    """

    present: int
    needed: int
    is_reached: bool | None
    words: str


def quorum_for(seats: int, percent: int) -> int:
    """Give how many must be there, from how many seats with a vote are filled.

    Args:
        seats: Filled seats with a vote.
        percent: So many in a hundred of them, rounded up.

    Returns:
        A number from 0 to `seats`; 0 only where no seat is filled or nothing is asked for.
    """
    return -(-seats * percent // 100)


def check_quorum(present: int, needed: int) -> Presence:
    """Say whether a quorum is reached.

    Args:
        present: Members with a vote who are there, or sent somebody.
        needed: How many must be there; 0: no number is set.

    Returns:
        Both numbers, whether that is enough, and the sentence that a meeting reads.
    """
    if not needed:
        return Presence(present, needed, None, f"{_people(present)} present. No quorum is set for this meeting.")
    if present >= needed:
        words = f"The quorum is reached: {_people(present)} present, {needed} needed."
        return Presence(present, needed, True, words)
    words = f"The quorum is not reached: {_people(present)} present, {needed} needed, {needed - present} more to come."
    return Presence(present, needed, False, words)


def _people(number: int) -> str:
    return f"{number} with a vote {'is' if number == 1 else 'are'}"
