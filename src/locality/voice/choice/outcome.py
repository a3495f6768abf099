"""What a vote decided: every project with its reason, every ballot with its share."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property


@dataclass(frozen=True)
class ProjectOutcome:
    """What became of one project.

    Args:
        code: Its code.
        funded: What it gets, in minor units.
        stage: How it won: `shares` (its supporters bought it), `votes` (most votes first), `fill` (out of what
            remained), `part` (in part, out of what remained), `free` (it costs nothing); empty: it did not.
        order: In which place it won, from 1; 0: it did not.
        supporters: How many people support it.
        votes: The same, or their points.
        price: What each supporter with enough paid, for each point; exact.
        paid_in_full: How many people paid that.
        paid_less: How many people gave all that they had left, which was less (nothing left: not counted).
        reason: Why it did not win: `money`, `rival`, `ceiling`, `sum` (it no longer fitted into the sum), `few-votes`,
            `bar`, `no-supporter`, `free`.
        money: What its supporters, or the sum, had left when it was lost; exact minor units.
        after: How many projects had won by then.
        by: The winner that excluded it.
        needed: The supporters that it would have needed to stand.
    """

    code: str
    funded: int = 0
    stage: str = ""
    order: int = 0
    supporters: int = 0
    votes: int = 0
    price: Fraction | None = None
    paid_in_full: int = 0
    paid_less: int = 0
    reason: str = ""
    money: Fraction | None = None
    after: int = 0
    by: str = ""
    needed: int = 1

    @property
    def effective_votes(self) -> Fraction | None:
        """For how many people, each paying the same, it counted when it was bought."""
        return Fraction(self.funded) / self.price if self.price else None


@dataclass(frozen=True)
class Payment:
    """What each ballot of a class pays for a project: a numerator over the denominator of all its payments."""

    ballot_class: int
    numerator: int
    denominator: int


@dataclass(frozen=True)
class Outcome:
    """The result of one vote by one rule.

    Args:
        rule: `equal-shares` or `greedy`.
        projects: Every project of the vote, in its order.
        budget: The sum, in minor units.
        steps: How many steps every share was raised by.
        ended: Why it ended there; see `Raised`.
        share: Each voter's share by group, with the steps; exact minor units. Empty for greedy.
        class_of_ballot: The class of each ballot: equal ballots of equal shares pay the same.
        paid: What each ballot of a class paid, exact.
        left: What each ballot of a class has left, exact.
        payments: By project, who pays how much.
    """

    rule: str
    projects: tuple[ProjectOutcome, ...]
    budget: int
    steps: int = 0
    ended: str = "as-is"
    share: tuple[tuple[str, Fraction], ...] = ()
    class_of_ballot: tuple[int, ...] = ()
    paid: tuple[Fraction, ...] = ()
    left: tuple[Fraction, ...] = ()
    payments: tuple[tuple[str, tuple[Payment, ...]], ...] = ()

    @cached_property
    def winners(self) -> tuple[str, ...]:
        """Codes of the funded projects, in the order in which they won."""
        won = sorted((one.order, one.code) for one in self.projects if one.order)
        return tuple(code for _, code in won)

    @property
    def spent(self) -> int:
        """What all winners get, in minor units; never above the sum."""
        return sum(one.funded for one in self.projects)

    @property
    def remains(self) -> int:
        """What of the sum goes to nothing, in minor units."""
        return self.budget - self.spent

    @cached_property
    def by_code(self) -> dict[str, ProjectOutcome]:
        """Projects by their codes."""
        return {one.code: one for one in self.projects}
