"""What the addresses of the room need besides partnership and locality, for the test of every address as every role."""

from __future__ import annotations

from typing import Any

from factories import money_site, plans_public, plans_site, site
from locality_web.core.models import Partnership
from locality_web.plans.commenting import comment_on
from locality_web.plans.joint import JointWish, propose_joint
from locality_web.plans.models import StrategicPlanRecord
from locality_web.plans.steps import take_step
from locality_web.plans.strategic import take_strategic_step

OPENED, AGREED = "2026-27", "2027-28"


def samples(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """Give the arguments of each address by its name: one plan is open for comments, one is agreed."""
    here = partnership.localities.all()[0].slug
    plan = plans_site.written(partnership, here)
    lead = plans_site.holder(partnership, "lead", here)
    plan = take_step(lead, plan, "open_for_comments")
    comment = comment_on(lead, plan, "What about buses?")
    plans_site.agreed(partnership, here, "2027/28")
    line = joint_line(partnership)
    year = {"year": OPENED}
    names = (
        "editor",
        "edit_summary",
        "edit_moves",
        "edit_ranks",
        "from_group",
        "clash",
        "versions",
        "compare",
        "comments",
        "group",
    )
    more = (
        "stance",
        "step",
        "take_back",
        "agree",
        "workbook",
        "workbook_file",
        "confirm_workbook",
        "joint",
        "propose_joint",
    )
    found: dict[str, dict[str, Any]] = {f"plans:{name}": year for name in (*names, *more, "joint_shares")}
    return found | {
        "plans:edit_heading": {**year, "heading": "care-at-home"},
        "plans:restore": {**year, "number": 0},
        "plans:answer": {**year, "number": comment.pk},
        "plans:snapshot": {"year": AGREED},
        "plans:change_joint": {**year, "code": line.code},
        "plans:withdraw_joint": {**year, "code": line.code},
        **public_samples(partnership, here),
    }


def public_samples(partnership: Partnership, here: str) -> dict[str, dict[str, Any]]:
    """Arguments of public and strategic addresses: 2027/28 is agreed and published, 2028/29 open for comments."""
    money_site.officer(partnership, "executive")
    strategic = plans_public.agreed_strategic(partnership, "2027/28")
    local = partnership.localities.get(slug=here).plans.get(year="2027/28")
    for record in (local, strategic):
        plans_public.quickly_published(record)
    number = comment_on_strategic(partnership, plans_public.begun(partnership, "2028/29"))
    year, begun = {"year": AGREED}, {"year": "2028-29"}
    edit = ("edit", "narrative", "lines", "board", "stance", "step", "take_back", "agree", "begin")
    plain = ("strategic_years", "strategic_latest", "verify", "readiness", "readiness_csv")
    dated = ("plan", "plan_compare", "plan_publish", "strategic", "strategic_compare", "strategic_publish", "follow")
    return {
        **{f"plans:{name}": year for name in (*dated, "follow_csv")},
        **{f"plans:strategic_{name}": begun for name in edit},
        "plans:strategic_comments": begun,
        "plans:strategic_answer": {**begun, "number": number},
        **{f"plans:{name}": {} for name in (*plain, "locality_readiness", "locality_readiness_csv")},
        **{f"plans:{name}": {**year, "name": "plan.json"} for name in ("plan_file", "strategic_file")},
        "plans:schema": {"kind": "locality-plan"},
        "plans:follow_latest": {},
        "plans:follow_line": {**year, "whose": here, "service": "home-care", "source": "core"},
        "plans:follow_priority": {**year, "whose": here, "id": "P1"},
    }


def comment_on_strategic(partnership: Partnership, record: StrategicPlanRecord) -> int:
    """Open a strategic plan for comments and say something; give the comment's number."""
    planner = money_site.officer(partnership, "planner")
    return comment_on(planner, take_strategic_step(planner, record, "open_for_comments"), "Who decides?").pk


def joint_line(partnership: Partnership, year: str = "2026/27") -> Any:
    """A joint line of two localities."""
    localities = list(partnership.localities.all()[:2])
    wish = JointWish(year, "reablement", "core", 100_000_00, localities, "equal")
    return propose_joint(money_site.officer(partnership, "planner"), site.place(partnership), wish)
