"""What a strategic plan is made of: agreed snapshots, and what the partnership has in the year beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from locality.plans.content import (
    BudgetBehind,
    CatalogueService,
    FundingSource,
    HeadingMoney,
    JointLine,
    LocalityPlan,
    Place,
    PlanLine,
    Priority,
)
from locality.plans.snapshot import hash_plan
from locality.plans.totals import BUDGET_KINDS


@dataclass(frozen=True)
class AgreedSnapshot:
    """An agreed plan with the hash by which it is known.

    Args:
        plan: The plan.
        sha256: The hash that was kept when it was agreed; consolidation computes it anew and compares.
        file: The file's name, for the words of a fault; empty: the locality's name says enough.
    """

    plan: LocalityPlan
    sha256: str
    file: str = ""

    @property
    def label(self) -> str:
        """How a fault names it."""
        return self.file or f"plan of {self.plan.locality.name}"


def snapshot_of(plan: LocalityPlan, *, file: str = "") -> AgreedSnapshot:
    """Name an agreed plan by its hash.

    Args:
        plan: The plan.
        file: The file's name, for the words of a fault.

    Returns:
        The snapshot; its hash fits by construction.
    """
    return AgreedSnapshot(plan, hash_plan(plan), file)


@dataclass(frozen=True)
class Ledger:
    """What the ledger says of the year behind the budgets.

    Args:
        year: Its financial year, like "2025/26".
        pence: By heading.
        changes: What the decision added (or took away, if negative) by heading; None: the decision does not say, and
            the change is worked out as the difference.
        booked: What the books show by heading, where `pence` is the money for the partnership's own people: hosted
            services then lead from one to the other. None: `pence` is what the books show, or nobody knows better.
    """

    year: str
    pence: Mapping[str, int]
    changes: Mapping[str, int] | None = None
    booked: Mapping[str, int] | None = None


@dataclass(frozen=True)
class PlanningYear:
    """What a partnership has in one year, whatever its localities have planned.

    Args:
        partnership: The partnership.
        year: Financial year.
        localities: All its localities, in the order in which they are shown.
        services: Its catalogue.
        sources: Its funding sources.
        held: Money by heading that is kept for the whole partnership, in pence.
        ledger: The ledger behind the budgets; None: not given, and nothing is reconciled.
        budgets: Decided budgets by locality; where one is missing, the one in the locality's plan counts.
        residents: People by locality; empty: nothing is said per head.
        joint_last_year: Pence of joint lines last year by id; a line that is missing is not known.
        held_decision: Number of the decision behind the money that is held.
        held_release: Id of the release behind it.
    """

    partnership: Place
    year: str
    localities: tuple[Place, ...]
    services: tuple[CatalogueService, ...]
    sources: tuple[FundingSource, ...]
    held: tuple[HeadingMoney, ...] = ()
    ledger: Ledger | None = None
    budgets: Mapping[str, BudgetBehind] = field(default_factory=dict)
    residents: Mapping[str, int] = field(default_factory=dict)
    joint_last_year: Mapping[str, int] = field(default_factory=dict)
    held_decision: str = ""
    held_release: str = ""


@dataclass(frozen=True)
class MoneyLine:
    """One amount of the consolidated plan: a locality's own line, its share of a joint line, or a partnership line."""

    kind: str
    locality: str
    service: str
    heading: str
    source: str
    pence: int
    last_year_pence: int | None = None
    joint: str = ""


@dataclass(frozen=True)
class Material:
    """Everything together, and what is looked up in it again and again."""

    snapshots: tuple[AgreedSnapshot, ...]
    joint: tuple[JointLine, ...]
    partnership_lines: tuple[PlanLine, ...]
    year: PlanningYear

    @cached_property
    def services(self) -> dict[str, CatalogueService]:
        """The catalogue by code."""
        return {one.service: one for one in self.year.services}

    @cached_property
    def sources(self) -> dict[str, FundingSource]:
        """Funding sources by code."""
        return {one.source: one for one in self.year.sources}

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of localities by code."""
        return {one.code: one.name for one in self.year.localities}

    @cached_property
    def plans(self) -> dict[str, LocalityPlan]:
        """Agreed plans by locality, in the order of localities."""
        found = {one.plan.locality.code: one.plan for one in self.snapshots}
        return {one.code: found[one.code] for one in self.year.localities if one.code in found}

    @cached_property
    def budgets(self) -> dict[str, BudgetBehind]:
        """The budget of each locality that has one: the decided one, else the one in its plan."""
        in_plans = {code: plan.budget for code, plan in self.plans.items() if plan.budget is not None}
        return {**in_plans, **self.year.budgets}

    @cached_property
    def lines(self) -> tuple[MoneyLine, ...]:
        """Every amount once; together they are the money of the plan. Lines without money are left out."""
        return tuple(line for line in self._every_line() if line.pence)

    def is_from_budget(self, line: MoneyLine) -> bool:
        """Say whether an amount comes out of a budget, not out of a grant or a contribution."""
        return self.sources[line.source].kind in BUDGET_KINDS

    @cached_property
    def _by_service(self) -> dict[str, list[MoneyLine]]:
        return _grouped((line.service, line) for line in self.lines)

    @cached_property
    def _by_heading(self) -> dict[str, list[MoneyLine]]:
        return _grouped((line.heading, line) for line in self.lines)

    def lines_about(self, priority: Priority) -> list[MoneyLine]:
        """Every amount that goes to what a priority is about: its service, or any service of its heading."""
        if priority.service:
            return self._by_service.get(priority.service, [])
        return self._by_heading.get(priority.heading, [])

    def _every_line(self) -> Iterable[MoneyLine]:
        for code, plan in self.plans.items():
            for line in plan.lines:
                yield self._line("own", code, line)
        for joint in self.joint:
            heading = self.services[joint.service].heading
            for share in joint.shares:
                yield MoneyLine(
                    "joint", share.locality, joint.service, heading, joint.source, share.pence, joint=joint.id
                )
        for line in self.partnership_lines:
            yield self._line("partnership", "", line)

    def _line(self, kind: str, locality: str, line: PlanLine) -> MoneyLine:
        heading = self.services[line.service].heading
        return MoneyLine(kind, locality, line.service, heading, line.source, line.pence, line.last_year_pence)

    def priorities(self) -> Iterable[tuple[str, Priority]]:
        """Every priority with its locality, first ones first."""
        for code, plan in self.plans.items():
            for priority in sorted(plan.priorities, key=lambda one: one.rank):
                yield code, priority


def _grouped(pairs: Iterable[tuple[str, MoneyLine]]) -> dict[str, list[MoneyLine]]:
    found: dict[str, list[MoneyLine]] = {}
    for key, line in pairs:
        found.setdefault(key, []).append(line)
    return found
