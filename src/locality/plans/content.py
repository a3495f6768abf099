"""What a plan says: plain values, one shape for the editor, the snapshot, every published form and consolidation.

Amounts are whole pence, years are written like "2026/27", days like "2026-04-01". A plan that is read from JSON has
passed its schema first (see `snapshot`), so that these classes need not check types again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

PlannedAt = Literal["locality", "across", "partnership"]
"""Where a service is planned: in each locality, jointly across several, or once for the whole partnership."""

Direction = Literal["more", "less", "change", "keep"]
"""What a priority asks of its service: more of it, less of it, a different way of doing it, or to keep it as it is."""

LATER = {"later": True}
"""Marks a field that came after plans were agreed: where it is empty, JSON and hash are those of a plan without it."""

SourceKind = Literal["core", "set_aside", "grant", "contribution"]


@dataclass(frozen=True)
class Place:
    """A partnership or a locality: its stable code and its name."""

    code: str
    name: str


@dataclass(frozen=True)
class CatalogueService:
    """One service of the partnership's catalogue.

    Args:
        service: Stable code, like "home-care".
        name: Its name.
        heading: Service heading under which it is planned and budgeted.
        delivered_by: Who provides it.
        care_group: Whom it is for, like "Older people"; empty: everybody.
        payer: Who pays: "health board", "council", or another body's name.
        planned_at: Where it is planned.
        set_aside: Whether it is paid from the set-aside hospital budget.
        hosted_by: The partnership that runs it for several; empty: not hosted.
        about: What it is, in plain words.
    """

    service: str
    name: str
    heading: str
    delivered_by: str = ""
    care_group: str = ""
    payer: str = ""
    planned_at: PlannedAt = "locality"
    set_aside: bool = False
    hosted_by: str = ""
    about: str = ""


@dataclass(frozen=True)
class FundingSource:
    """Where money comes from, who answers for it, and what it may be spent on.

    Args:
        source: Stable code, like "core".
        name: Its name.
        kind: core, set_aside, grant or contribution.
        accountable_body: Who answers for it.
        headings: Headings it may be spent on; empty: any.
        services: Services it may be spent on; empty: any under its headings.
        starts: First day on which it may be spent; empty: always.
        ends: Last day; empty: no end.
        available: Pence that there are, by year and locality ("" = the whole partnership); none at all: no stated
            limit. A source that has entries has nothing for a year and place without one (see `available_to`).
        rule: The funder's own words about what it is for.
    """

    source: str
    name: str
    kind: SourceKind
    accountable_body: str
    headings: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    starts: str = ""
    ends: str = ""
    available: tuple[Available, ...] = ()
    rule: str = ""


@dataclass(frozen=True)
class Available:
    """Pence of one source in one year, for one locality or (empty) the whole partnership."""

    year: str
    locality: str
    pence: int


@dataclass(frozen=True)
class PlanLine:
    """Planned expenditure on one service from one source.

    Args:
        service: The service's code.
        source: The funding source's code.
        pence: What is planned for the year.
        last_year_pence: What last year's agreed plan (or the ledger) had; None: not known.
    """

    service: str
    source: str
    pence: int
    last_year_pence: int | None = None


@dataclass(frozen=True)
class Move:
    """Money taken from one service and given to another: one record, so that nothing vanishes on the way."""

    id: str
    from_service: str
    to_service: str
    source: str
    pence: int
    why: str


@dataclass(frozen=True)
class Priority:
    """What a locality wants under one heading.

    Args:
        id: Stable within the locality's plans, like "P3"; later years keep it.
        heading: The service heading.
        service: The service it is about; empty: the whole heading.
        rank: 1 is first in the locality; ranks are unique.
        title: A few words.
        why: The reason, in plain words.
        direction: What it asks for.
        raised_by: Who raised it, in words that name no private person ("Views of 41 residents", "Carers' forum").
    """

    id: str
    heading: str
    service: str
    rank: int
    title: str
    why: str
    direction: Direction
    raised_by: str = ""


@dataclass(frozen=True)
class PlannedAction:
    """What will be done about a service, in words."""

    id: str
    service: str
    what: str
    who: str = ""
    by: str = ""


@dataclass(frozen=True)
class JointShare:
    """One locality's part of a joint line, and whether it has agreed to it ("" = not yet, else the day)."""

    locality: str
    pence: int
    agreed_on: str = ""


@dataclass(frozen=True)
class JointLine:
    """A service planned by several localities together; the shares add up to the total, to the penny."""

    id: str
    service: str
    source: str
    total_pence: int
    shares: tuple[JointShare, ...]
    split_by: str = ""


@dataclass(frozen=True)
class HeadingMoney:
    """What a locality uses, would fairly be due and may spend under one heading, in pence.

    Args:
        heading: The heading.
        budget_pence: What it may spend in the year of the plan.
        historic_pence: What its people use, in the money of the release.
        fair_pence: Its fair share of what all use, in the money of the release.
        fair_low_pence: Lower end of the fair share's interval.
        fair_high_pence: Upper end.
        target_pence: Its fair share of all budgets of the year: the amount to hold beside the budget, because the
            release is of an earlier year and a smaller sum. None: not known.
    """

    heading: str
    budget_pence: int
    historic_pence: int | None = None
    fair_pence: int | None = None
    fair_low_pence: int | None = None
    fair_high_pence: int | None = None
    target_pence: int | None = field(default=None, metadata=LATER)


@dataclass(frozen=True)
class BudgetBehind:
    """The decision that a plan keeps within.

    Args:
        decision: The decision's stable number, like "2026/27-1".
        decided_on: The day.
        decided_by: Name and role.
        why: The reason that was recorded.
        release: Id of the release whose shares it rests on.
        headings: The locality's money by heading.
    """

    decision: str
    decided_on: str
    decided_by: str
    why: str
    release: str
    headings: tuple[HeadingMoney, ...]


@dataclass(frozen=True)
class Stance:
    """What one person who may agree said: their name, for whom they speak, and the reason."""

    name: str
    role: str
    stance: Literal["agree", "object"]
    reason: str
    on: str


@dataclass(frozen=True)
class Agreement:
    """How a plan was agreed."""

    agreed_on: str
    quorum: int
    stances: tuple[Stance, ...]


@dataclass(frozen=True)
class LocalityPlan:
    """One locality's plan for one year, as it is drafted or as it was agreed (then `agreement` is there).

    Args:
        partnership: The partnership.
        locality: The locality.
        year: Financial year.
        version: Version of the plan from which this content is.
        summary: The plan in a few words.
        budget: The budget behind it; None: no budget is decided.
        services: The whole catalogue as it stood.
        sources: Funding sources as they stood.
        lines: Planned expenditure on services that the locality plans itself.
        joint: Joint lines in which this locality has a share.
        moves: Money moved between services since last year.
        priorities: What the locality wants.
        actions: What will be done.
        notes: By service, what changes against last year in words.
        agreement: How it was agreed; None: not agreed.
        made_up: Whether the figures are made up or an example.
        neighbours: The other localities that share a joint line, for their names.
    """

    partnership: Place
    locality: Place
    year: str
    version: int
    summary: str
    budget: BudgetBehind | None
    services: tuple[CatalogueService, ...]
    sources: tuple[FundingSource, ...]
    lines: tuple[PlanLine, ...]
    joint: tuple[JointLine, ...] = ()
    moves: tuple[Move, ...] = ()
    priorities: tuple[Priority, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    agreement: Agreement | None = None
    made_up: bool = False
    neighbours: tuple[Place, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True)
class SnapshotName:
    """An agreed plan that a strategic plan was made of."""

    locality: Place
    version: int
    agreed_on: str
    sha256: str


@dataclass(frozen=True)
class Narrative:
    """A section that planners wrote around the facts."""

    section: str
    title: str
    text: str


@dataclass(frozen=True)
class StrategicPlan:
    """The strategic commissioning plan: agreed snapshots, joint and partnership-wide lines, and what they say together.

    Args:
        partnership: The partnership.
        year: Financial year.
        version: Version.
        snapshots: What it was made of.
        plans: The agreed plans themselves.
        joint: All joint lines, each once.
        partnership_lines: Lines on services planned once for the whole partnership.
        held: Money by heading that is kept for the whole partnership (budgets of its own lines).
        facts: What consolidation found (see `consolidate`): plain values.
        narrative: The partnership's own words.
        agreement: How it was agreed; None: not agreed.
        made_up: Whether the figures are made up or an example.
    """

    partnership: Place
    year: str
    version: int
    snapshots: tuple[SnapshotName, ...]
    plans: tuple[LocalityPlan, ...]
    joint: tuple[JointLine, ...]
    partnership_lines: tuple[PlanLine, ...]
    held: tuple[HeadingMoney, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    narrative: tuple[Narrative, ...] = ()
    agreement: Agreement | None = None
    made_up: bool = False
