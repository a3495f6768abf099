"""All plans of a year as they are kept: one reading, in four queries, from which everything else is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from locality.foundations import FinancialYear
from locality.plans import AgreedSnapshot, JointLine, LocalityPlan, StrategicPlan
from locality_web.core.models import Partnership
from locality_web.plans import models
from locality_web.plans.frames import joint_lines_of_years
from locality_web.plans.snapshots import agreed_plan, read_texts


@dataclass(frozen=True)
class PlansOfYear:
    """The plans of a year and, as far as the year needs it, of the year before.

    Args:
        newest: The newest edition of each locality's plan, by the locality's code.
        in_force: The agreed locality plans that are in force, by code, with the hashes that were kept.
        before: The agreed locality plans of the year before that are in force, by code.
        joint: The joint lines that were not withdrawn.
        joint_before: The joint lines of the year before.
        strategic: The newest edition of the strategic plan.
        strategic_before: The agreed strategic plan of the year before that is in force.
    """

    newest: Mapping[str, models.LocalityPlanRecord]
    in_force: Mapping[str, AgreedSnapshot]
    before: Mapping[str, LocalityPlan]
    joint: tuple[JointLine, ...]
    joint_before: tuple[JointLine, ...]
    strategic: models.StrategicPlanRecord | None
    strategic_before: StrategicPlan | None


def plans_of_year(partnership: Partnership, year: str) -> PlansOfYear:
    """Read all plans of a year."""
    before = str(FinancialYear.parse(year).next(-1))
    locality_plans = _locality_plans(partnership, (before, year))
    strategic_plans = _strategic_plans(partnership, (before, year))
    texts = [*(one.snapshot for one in locality_plans), *(one.snapshot for one in strategic_plans)]
    read_texts(one for one in texts if one)
    joint = joint_lines_of_years(partnership, (before, year))
    agreed = {
        (one.year, one.locality.code): AgreedSnapshot(
            cast(LocalityPlan, agreed_plan(one.snapshot)), one.snapshot.sha256
        )
        for one in locality_plans
        if one.state == "agreed" and one.snapshot is not None
    }
    of_all = [one.snapshot for one in strategic_plans if (one.year, one.state) == (before, "agreed")]
    return PlansOfYear(
        newest={one.locality.code: one for one in locality_plans if one.year == year},
        in_force={code: one for (of, code), one in agreed.items() if of == year},
        before={code: one.plan for (of, code), one in agreed.items() if of == before},
        joint=joint[year],
        joint_before=joint[before],
        strategic=next((one for one in reversed(strategic_plans) if one.year == year), None),
        strategic_before=cast(StrategicPlan, agreed_plan(of_all[-1])) if of_all and of_all[-1] else None,
    )


def _locality_plans(partnership: Partnership, years: tuple[str, str]) -> list[models.LocalityPlanRecord]:
    kept = models.LocalityPlanRecord.objects.filter(locality__partnership=partnership, year__in=years)
    return list(
        kept.select_related("locality", "snapshot__publication")
        .defer("snapshot__text")
        .order_by("locality__name", "edition")
    )


def _strategic_plans(partnership: Partnership, years: tuple[str, str]) -> list[models.StrategicPlanRecord]:
    kept = models.StrategicPlanRecord.objects.filter(partnership=partnership, year__in=years)
    return list(kept.select_related("partnership", "snapshot__publication").defer("snapshot__text").order_by("edition"))
