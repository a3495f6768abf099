"""What people need to take part: which of it a meeting arranges, and in which form papers are sent to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from locality.members.kinds import NeedKind

Arranged = Literal["open", "arranged", "not_possible"]


@dataclass(frozen=True)
class ToArrange:
    """How a meeting stands with what people need there.

    Args:
        open: How many needs wait.
        arranged: How many are arranged.
        not_possible: How many could not be arranged.
    """

    open: int
    arranged: int
    not_possible: int

    @property
    def all(self) -> int:
        """How many needs there are."""
        return self.open + self.arranged + self.not_possible

    @property
    def words(self) -> str:
        """Say it in a sentence or two."""
        if not self.all:
            return "Nobody who is invited said that they need anything."
        said = [f"Arranged: {self.arranged} of {self.all}."]
        if self.open:
            said.append(f"Still to arrange: {self.open}.")
        if self.not_possible:
            said.append(f"Could not be arranged: {self.not_possible}.")
        return " ".join(said)


def count_arranged(states: Iterable[Arranged]) -> ToArrange:
    """Count what a meeting arranged and what waits.

    Args:
        states: How each need at the meeting stands.

    Returns:
        The three counts; they add up to the number of needs.
    """
    each = list(states)
    return ToArrange(each.count("open"), each.count("arranged"), each.count("not_possible"))


def forms_of(codes: Iterable[str], kinds: Iterable[NeedKind]) -> tuple[NeedKind, ...]:
    """Say in which forms somebody needs what they are sent.

    Args:
        codes: Codes of the person's needs.
        kinds: The kinds of access need that are known.

    Returns:
        The needs that the material meets, in the order of the kinds, each once; none: the ordinary form will do.
    """
    wanted = set(codes)
    return tuple(kind for kind in kinds if kind.code in wanted and kind.met_in in ("material", "both"))


def copies_by_form(people: Mapping[int, Iterable[str]], kinds: Iterable[NeedKind]) -> tuple[tuple[str, int], ...]:
    """Count how many copies of a paper are needed in each form.

    Args:
        people: Codes of the needs of each person who gets the paper, by the person's number.
        kinds: The kinds of access need that are known.

    Returns:
        Name of the form and number of copies: the ordinary form first, then in the order of the kinds. Somebody who
        needs two forms gets a copy in each; somebody who needs none gets one ordinary copy. A form that nobody needs
        is left out.
    """
    known = tuple(kinds)
    needed = {number: forms_of(codes, known) for number, codes in people.items()}
    ordinary = sum(not forms for forms in needed.values())
    counted = [(kind.name, sum(kind in forms for forms in needed.values())) for kind in known]
    return tuple((name, copies) for name, copies in [("Ordinary print", ordinary), *counted] if copies)
