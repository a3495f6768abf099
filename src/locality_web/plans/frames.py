"""Everything of a locality plan that its editors do not write, gathered from the other rooms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from locality.foundations import FinancialYear
from locality.plans import JointLine, JointShare, Place, PlanFrame, complete_fields, plan_of_fields
from locality.plans import LocalityPlan as PlanContent
from locality_web.core.models import Locality, Partnership
from locality_web.money import queries as money
from locality_web.plans import models
from locality_web.plans.snapshots import read_snapshot

JointRows = dict[models.JointLine, list[models.JointShare]]


def place_of(named: Locality | Partnership) -> Place:
    """Give a place as plans hold it."""
    return Place(named.code or named.slug, named.name)


def frame_of_record(record: models.LocalityPlanRecord) -> PlanFrame:
    """Gather the frame of a plan as it is today: budget in force, catalogue, sources, joint lines, last year.

    Args:
        record: The plan.

    Returns:
        The frame; with the record's fields it makes the plan's content.
    """
    locality = record.locality
    partnership = locality.partnership
    budget = money.budget_in_force(partnership, record.year)
    joint = _joint_rows(partnership, (record.year,), locality)
    return PlanFrame(
        partnership=place_of(partnership),
        locality=place_of(locality),
        year=record.year,
        version=record.version,
        budget=budget.for_locality(locality.code) if budget else None,
        services=money.catalogue(partnership),
        sources=money.funding_sources(partnership),
        joint=_as_lines(joint),
        last_year=last_year_of(locality, record.year),
        made_up=partnership.made_up,
        neighbours=_neighbours(locality, joint),
    )


def _neighbours(locality: Locality, joint: JointRows) -> tuple[Place, ...]:
    found = {share.locality for shares in joint.values() for share in shares} - {locality}
    return tuple(map(place_of, sorted(found, key=lambda each: each.name)))


def content_of(record: models.LocalityPlanRecord) -> PlanContent:
    """Give a plan's content: what was agreed, or else what is drafted now."""
    if record.snapshot is not None:
        return read_snapshot(record.snapshot)
    frame = frame_of_record(record)
    return plan_of_fields(complete_fields(record.fields, frame), frame)


def last_year_of(locality: Locality, year: str) -> Mapping[tuple[str, str], int]:
    """Give the lines of the agreed plan of the year before, in pence; nothing when there was none."""
    before = agreed_record(locality, str(FinancialYear.parse(year).next(-1)))
    if before is None or before.snapshot is None:
        return {}
    return {(line.service, line.source): line.pence for line in read_snapshot(before.snapshot).lines}


def agreed_record(locality: Locality, year: str) -> models.LocalityPlanRecord | None:
    """Give a locality's agreed plan of a year, in the edition that is in force."""
    return locality.plans.filter(year=year, state="agreed").select_related("snapshot").order_by("-edition").first()


def joint_lines(partnership: Partnership, year: str) -> tuple[JointLine, ...]:
    """Give the joint lines of a year as plans hold them."""
    return joint_lines_of_years(partnership, (year,))[year]


def joint_lines_of_years(partnership: Partnership, years: Iterable[str]) -> dict[str, tuple[JointLine, ...]]:
    """Give the joint lines of several years as plans hold them, by year; one query."""
    wanted = tuple(years)
    joint = _joint_rows(partnership, wanted, None)
    return {year: _as_lines({line: shares for line, shares in joint.items() if line.year == year}) for year in wanted}


def _as_lines(joint: JointRows) -> tuple[JointLine, ...]:
    return tuple(_joint_content(line, shares) for line, shares in joint.items())


def _joint_rows(partnership: Partnership, years: Iterable[str], only: Locality | None) -> JointRows:
    kept = models.JointLine.objects.filter(partnership=partnership, year__in=years, withdrawn_at__isnull=True)
    if only is not None:
        kept = kept.filter(shares__locality=only)
    # A line has shares always, so that one question gives both.
    shares = models.JointShare.objects.filter(line__in=kept).select_related("line", "locality")
    by_line: JointRows = {}
    for share in shares.order_by("line__year", "line_id", "locality__name"):
        by_line.setdefault(share.line, []).append(share)
    return by_line


def _joint_content(line: models.JointLine, shares: Iterable[models.JointShare]) -> JointLine:
    return JointLine(
        id=line.code,
        service=line.service,
        source=line.source,
        total_pence=line.total_pence,
        shares=tuple(
            JointShare(share.locality.code, share.pence, share.agreed_at.date().isoformat() if share.agreed_at else "")
            for share in shares
        ),
        split_by=line.split_by,
    )
