"""What a community votes on: a sum, the projects that ask for a part of it, and the ballots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from locality.foundations import Fault, InputRefused
from locality.voice.choice.currency import Currency

MOST = 2**60
"""Every amount stays below this: counts are done in whole numbers of 64 bits, and sums need room."""
MOST_POINTS = 2**53


@dataclass(frozen=True, slots=True)
class Project:
    """Something that asks for a part of the sum.

    Args:
        code: Its short name on ballots.
        name: What people call it.
        cost: What it asks for, in minor units.
        heading: The service heading or category under which it stands.
        area: Where it is.
        incompatible: Codes of projects of which it cannot stand beside.
        least: The smallest grant with which it can be done in part, in minor units; None: the rules say.
    """

    code: str
    name: str
    cost: int
    heading: str = ""
    area: str = ""
    incompatible: tuple[str, ...] = ()
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one person chose.

    Args:
        code: The ballot's own number; never a person's.
        choices: Codes of the projects that are supported.
        points: Points for each of the choices, whole and above nought; none: each counts alike.
        channel: How it came: web, paper, telephone.
        place: The locality whose ballot it is.
        group: Whose money it spends, where an election shares the sum out by group.
        weight: For how many equal ballots it stands.
    """

    code: str
    choices: tuple[str, ...]
    points: tuple[int, ...] = ()
    channel: str = ""
    place: str = ""
    group: str = ""
    weight: int = 1


@dataclass(frozen=True)
class GroupSum:
    """The part of the sum that belongs to a group of voters, such as a locality's fair share.

    Args:
        group: As ballots name it.
        amount: Minor units, shared equally among the group's voters.
    """

    group: str
    amount: int


@dataclass(frozen=True)
class Election:
    """A vote on a sum.

    Args:
        name: What the vote is called.
        budget: The sum, in minor units.
        projects: What may be funded.
        ballots: All that were counted; a blank ballot is one too.
        group_sums: The sum by group of voters; none: each voter has the same share.
        currency: What amounts are counted in.

    Raises:
        InputRefused: With everything that does not fit together.
    """

    name: str
    budget: int
    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    group_sums: tuple[GroupSum, ...] = ()
    currency: Currency = field(default_factory=Currency)

    def __post_init__(self) -> None:
        faults = list(_faults(self))
        if faults:
            raise InputRefused(faults)

    @cached_property
    def voters(self) -> int:
        """How many people voted."""
        return sum(ballot.weight for ballot in self.ballots)

    @cached_property
    def by_code(self) -> dict[str, Project]:
        """Projects by their codes."""
        return {project.code: project for project in self.projects}

    @cached_property
    def has_points(self) -> bool:
        """Whether some ballot gives more points to one project than to another."""
        return any(set(ballot.points) - {1} for ballot in self.ballots)

    @cached_property
    def supporters(self) -> Counter[str]:
        """How many people support each project."""
        found: Counter[str] = Counter()
        for ballot in self.ballots:
            for code in ballot.choices:
                found[code] += ballot.weight
        return found

    @cached_property
    def votes(self) -> Counter[str]:
        """Votes for each project: supporters, or the points that they give."""
        if not self.has_points:
            return self.supporters
        found: Counter[str] = Counter()
        for ballot in self.ballots:
            for code, points in zip(ballot.choices, ballot.points or (1,) * len(ballot.choices), strict=True):
                found[code] += points * ballot.weight
        return found


def _faults(election: Election) -> Iterator[Fault]:
    where = election.name or "the vote"
    yield from _sum_faults(where, election)
    yield from _project_faults(where, election)
    yield from _ballot_faults(where, election)


def _sum_faults(where: str, election: Election) -> Iterator[Fault]:
    if election.budget <= 0:
        yield Fault(where, "there is nothing to decide on: the sum is not above nought", "State the sum.", "vote-sum")
    if max(election.budget, *(project.cost for project in election.projects), 0) >= MOST:
        do = "Write amounts in a larger unit, with fewer decimals."
        yield Fault(where, "its amounts are too large to be counted", do, "vote-too-large")
    shared = sum(one.amount for one in election.group_sums)
    if election.group_sums and (shared != election.budget or any(one.amount < 0 for one in election.group_sums)):
        say = election.currency.say
        what = f"the sums of the groups add up to {say(shared)} and not to {say(election.budget)}"
        yield Fault(where, what, "Share out the whole sum, and nothing below nought.", "vote-group-sums")
    groups = {one.group for one in election.group_sums}
    wild = {ballot.group for ballot in election.ballots} - groups if groups else set()
    for group in sorted(wild):
        what = f"ballots of the group '{group}' have no part of the sum"
        yield Fault(where, what, "Give the group a sum, or put its ballots into another.", "vote-group-unknown")


def _project_faults(where: str, election: Election) -> Iterator[Fault]:
    if not election.projects:
        yield Fault(where, "it has no projects", "List what may be funded.", "vote-empty")
    for code, times in Counter(project.code for project in election.projects).items():
        if times > 1:
            yield Fault(where, f"the project {code} stands {times} times", "Keep one of them.", "vote-project-twice")
    codes = {project.code for project in election.projects}
    for project in election.projects:
        if project.cost < 0 or not 0 <= (project.least or 0) <= project.cost:
            what = f"the project {project.code} asks for less than nothing, or for a part above its cost"
            yield Fault(where, what, "Write what it costs, and a part up to that.", "vote-cost")
        for other in project.incompatible:
            if other not in codes or other == project.code:
                what = f"the project {project.code} cannot stand beside '{other}', which is no other project"
                yield Fault(where, what, "Name another project of the vote.", "vote-project-unknown")


def _ballot_faults(where: str, election: Election) -> Iterator[Fault]:
    codes = {project.code for project in election.projects}
    if not sum(ballot.weight for ballot in election.ballots):
        yield Fault(where, "nobody has voted", "Add the ballots.", "vote-empty")
    if sum(ballot.weight * max(ballot.points, default=1) for ballot in election.ballots) >= MOST_POINTS:
        do = "Give fewer points for each choice."
        yield Fault(where, "its points are too many to be counted", do, "vote-too-large")
    for code, times in Counter(ballot.code for ballot in election.ballots).items():
        if times > 1:
            do = "Find out which one counts, and keep that one."
            yield Fault(where, f"the ballot {code} stands {times} times", do, "vote-ballot-twice")
    for ballot in election.ballots:
        chosen = set(ballot.choices)
        if chosen - codes:
            what = f"the ballot {ballot.code} supports '{sorted(chosen - codes)[0]}', which is no project"
            yield Fault(where, what, "Write the code as the list of projects does.", "vote-project-unknown")
        if len(chosen) < len(ballot.choices):
            what = f"the ballot {ballot.code} names a project twice"
            yield Fault(where, what, "Name each once.", "vote-choice-twice")
        amiss = ballot.points and (len(ballot.points) != len(ballot.choices) or min(ballot.points) < 1)
        if amiss or ballot.weight < 1:
            what = f"the ballot {ballot.code} has points or a weight that are not whole and above nought"
            yield Fault(where, what, "Give each choice points from 1 up, and leave out the others.", "vote-points")
