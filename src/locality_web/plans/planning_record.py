"""What the guidance checks may know of plans: parts of the library's `PlanningRecord`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from functools import cached_property
from typing import Any, cast

from locality.foundations import FinancialYear, InputRefused, ResultRefused
from locality.plans import (
    JointLine,
    LocalityPlan,
    PlanFrame,
    PlanningYear,
    PlanRecord,
    StrategicPlan,
    StrategicRecord,
    complete_fields,
    plan_of_fields,
)
from locality_web.core.models import Locality, Partnership
from locality_web.plans import models
from locality_web.plans.frames import joint_lines, place_of
from locality_web.plans.public_records import agreed_plan, publication_of, read_texts
from locality_web.plans.strategic import planning_year, strategic_content


def parts(partnership: Partnership, year: str) -> dict[str, Any]:
    """Give the newest edition of every locality's plan, the joint lines, and the strategic plan.

    Whether objections are answered is not kept by this site yet: the checks say "not recorded".
    """
    joint = joint_lines(partnership, year)
    shared = _Shared(partnership, year)
    return {
        "plans": plan_records(partnership, shared, joint),
        "joint": joint,
        "strategic": strategic_records(partnership, shared),
    }


class _Shared:
    """What all drafts of a year share, read once and only when there is a draft."""

    def __init__(self, partnership: Partnership, year: str):
        self.year, self._partnership = year, partnership

    @cached_property
    def facts(self) -> PlanningYear:
        """Give what the partnership has in the year."""
        return planning_year(self._partnership, self.year)


def newest_records(partnership: Partnership, year: str) -> dict[str, models.LocalityPlanRecord]:
    """Give the newest edition of each locality's plan of a year, by the locality's code."""
    kept = models.LocalityPlanRecord.objects.filter(locality__partnership=partnership, year=year)
    found: dict[str, models.LocalityPlanRecord] = {}
    for one in kept.select_related("locality", "snapshot__publication").defer("snapshot__text").order_by("edition"):
        one.locality.partnership = partnership
        found[one.locality.code] = one
    return found


def plan_records(partnership: Partnership, shared: _Shared, joint: tuple[JointLine, ...]) -> dict[str, PlanRecord]:
    """Give every locality's plan as it stands, in few queries: what drafts share is asked once."""
    records = newest_records(partnership, shared.year)
    read_texts(one.snapshot for one in records.values() if one.snapshot)
    drafts = [one for one in records.values() if one.snapshot is None]
    contents = _drafts(partnership, shared, drafts, joint) if drafts else {}
    return {
        code: PlanRecord(
            cast(LocalityPlan, agreed_plan(one.snapshot)) if one.snapshot else contents[code],
            one.state,
            published_on(one),
        )
        for code, one in records.items()
    }


def published_on(record: models.LocalityPlanRecord | models.StrategicPlanRecord) -> str:
    """Give the day on which a plan was published; empty: it is not."""
    publication = publication_of(record)
    return publication.published_at.date().isoformat() if publication else ""


def _drafts(
    partnership: Partnership,
    shared: _Shared,
    records: Iterable[models.LocalityPlanRecord],
    joint: tuple[JointLine, ...],
) -> dict[str, LocalityPlan]:
    before = newest_agreed(partnership, str(FinancialYear.parse(shared.year).next(-1)))
    found = {}
    for record in records:
        code = record.locality.code
        own = tuple(one for one in joint if code in {share.locality for share in one.shares})
        frame = _frame(record.locality, record, shared.facts, own)
        lines = {(one.service, one.source): one.pence for one in before[code].lines} if code in before else {}
        frame = dataclasses.replace(frame, last_year=lines)
        found[code] = plan_of_fields(complete_fields(record.fields, frame), frame)
    return found


def _frame(
    locality: Locality, record: models.LocalityPlanRecord, shared: PlanningYear, joint: tuple[JointLine, ...]
) -> PlanFrame:
    return PlanFrame(
        partnership=shared.partnership,
        locality=place_of(locality),
        year=record.year,
        version=record.version,
        budget=shared.budgets.get(locality.code),
        services=shared.services,
        sources=shared.sources,
        joint=joint,
        last_year={},
        made_up=locality.partnership.made_up,
    )


def newest_agreed(partnership: Partnership, year: str) -> dict[str, LocalityPlan]:
    """Give the agreed plan in force of every locality that has one, by code."""
    kept = models.LocalityPlanRecord.objects.filter(
        locality__partnership=partnership, year=year, state="agreed", snapshot__isnull=False
    )
    records = list(kept.select_related("locality", "snapshot").defer("fields", "snapshot__text"))
    read_texts(one.snapshot for one in records if one.snapshot)
    return {one.locality.code: cast(LocalityPlan, agreed_plan(one.snapshot)) for one in records if one.snapshot}


def strategic_records(partnership: Partnership, shared: _Shared) -> tuple[StrategicRecord, ...]:
    """Give the newest edition of the strategic plan; nothing where none can be put together yet."""
    kept = partnership.strategic_plans.filter(year=shared.year).select_related("snapshot__publication")
    record = kept.defer("snapshot__text").order_by("-edition").first()
    if record is None:
        return ()
    record.partnership = partnership
    try:
        if record.snapshot is not None:
            plan = cast(StrategicPlan, agreed_plan(record.snapshot))
        else:
            plan = strategic_content(record, shared.facts)
    except (InputRefused, ResultRefused):
        return ()
    return (StrategicRecord(plan, record.state, published_on(record)),)
