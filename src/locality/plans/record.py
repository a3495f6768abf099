"""The planning record: what a site, or one file, holds of a partnership's planning, for checks to read.

Every part may be None: then nobody holds it, and a check that reads it says "not recorded". An empty part is something
else: it is held, and there is nothing in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from locality.foundations import LocalityError
from locality.members import Membership
from locality.plans.content import (
    BudgetBehind,
    CatalogueService,
    FundingSource,
    JointLine,
    LocalityPlan,
    Place,
    StrategicPlan,
)

Part = TypeVar("Part")


class NotRecorded(LocalityError):
    """Raised by `known` when a check reads a part that nobody holds; the check is then "not recorded"."""


def known(part: Part | None, what: str) -> Part:
    """Give a part of the record, or stop the check that reads it.

    Args:
        part: The part, or None.
        what: What it is, in words that go on "Not recorded here: ...".

    Returns:
        The part.

    Raises:
        NotRecorded: Nobody holds it.
    """
    if part is None:
        raise NotRecorded(what)
    return part


@dataclass(frozen=True)
class LeadRecord:
    """Who leads a locality: name, cluster if a GP, first and last day of the term, deputy ("" = none)."""

    name: str
    gp_cluster: str = ""
    starts: str = ""
    ends: str = ""
    deputy: str = ""


@dataclass(frozen=True)
class SizeSettings:
    """A partnership's own thresholds of a locality's size in residents, with its reason; None: it sets none."""

    fewest: int | None
    most: int | None
    reason: str


@dataclass(frozen=True)
class PlanRecord:
    """A locality's plan for the year as it stands.

    Args:
        plan: Its content.
        state: Its state in the life cycle `locality_plan`: draft, open_for_comments, put_to_group, agreed, superseded.
        published_on: The day on which it was published; empty: not published; None: nobody holds that.
        answered: How many objections have a written answer; None: nobody holds that.
    """

    plan: LocalityPlan
    state: str
    published_on: str | None = None
    answered: int | None = None


@dataclass(frozen=True)
class StrategicRecord:
    """The strategic plan for the year as it stands, like `PlanRecord`."""

    plan: StrategicPlan
    state: str
    published_on: str | None = None


@dataclass(frozen=True)
class Entry:
    """One thing that a further part of the record holds: where ("" = whole partnership), what kind, and when."""

    locality: str
    kind: str
    on: str = ""
    says: str = ""


@dataclass(frozen=True)
class PlanningRecord:
    """What is held of a partnership's planning for one year.

    Args:
        partnership: The partnership.
        year: Financial year.
        on: The day on which it is looked at, like "2026-11-22".
        about: The localities that this record speaks of: all of a site's, or the one of a file.
        localities: All localities of the partnership; None: not known (a file of one plan does not know).
        zones: The partnership's zones.
        zone_localities: Pairs of zone and locality on that day.
        residents: People by locality.
        size: The partnership's own thresholds.
        leads: Leads by locality; a locality that is missing has none.
        briefings: Day on which each locality's briefing was last made, by locality.
        catalogue: All services that the partnership manages.
        sources: Its funding sources.
        budgets: Decided budgets by locality.
        plans: Plans by locality.
        joint: Joint lines.
        strategic: Strategic plans of the year; empty: none is drafted.
        membership: Members, seats, meetings, advice and access as `locality.members` knows them.
        further: Parts that other rooms hold, by name ("heard", "engagement", ...).
    """

    partnership: Place
    year: str
    on: str
    about: tuple[Place, ...]
    localities: tuple[Place, ...] | None = None
    zones: tuple[str, ...] | None = None
    zone_localities: tuple[tuple[str, str], ...] | None = None
    residents: Mapping[str, int] | None = None
    size: SizeSettings | None = None
    leads: Mapping[str, LeadRecord] | None = None
    briefings: Mapping[str, str] | None = None
    catalogue: tuple[CatalogueService, ...] | None = None
    sources: tuple[FundingSource, ...] | None = None
    budgets: Mapping[str, BudgetBehind] | None = None
    plans: Mapping[str, PlanRecord] | None = None
    joint: tuple[JointLine, ...] | None = None
    strategic: tuple[StrategicRecord, ...] | None = None
    membership: Membership | None = None
    further: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    def name_of(self, locality: str) -> str:
        """Give a locality's name; its code where the record does not speak of it."""
        return next((one.name for one in self.about if one.code == locality), locality)


PARTS = (
    *("localities", "zones", "zone_localities", "residents", "size", "leads", "briefings", "catalogue", "sources"),
    *("budgets", "plans", "joint", "strategic", "membership"),
)
"""Parts of the record that may be None."""


def record_of_plan(plan: LocalityPlan, *, on: str) -> PlanningRecord:
    """Make the record that one exported plan holds: the plan, its sources, budget and joint lines.

    Args:
        plan: The plan.
        on: The day on which it is looked at.

    Returns:
        A record of one locality. Whatever a plan cannot know of its partnership is None; its own list of services
        cannot show that the list is whole.
    """
    code = plan.locality.code
    state = "agreed" if plan.agreement else "draft"
    return PlanningRecord(
        plan.partnership,
        plan.year,
        on,
        (plan.locality,),
        sources=plan.sources,
        budgets={code: plan.budget} if plan.budget else {},
        plans={code: PlanRecord(plan, state)},
        joint=plan.joint,
    )
