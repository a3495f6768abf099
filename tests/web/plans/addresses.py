"""What the addresses of the room need besides partnership and locality, for the test of every address as every role."""

from __future__ import annotations

from typing import Any

from factories import money_site, plans_site, site
from locality_web.core.models import Partnership
from locality_web.plans.joint import JointWish, propose_joint
from locality_web.plans.steps import comment_on, take_step

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
    names = ("editor", "edit_summary", "edit_moves", "edit_ranks", "clash", "versions", "compare", "comments", "group")
    more = ("stance", "step", "agree", "workbook", "workbook_file", "confirm_workbook", "joint", "propose_joint")
    found: dict[str, dict[str, Any]] = {f"plans:{name}": year for name in (*names, *more, "joint_shares")}
    return found | {
        "plans:edit_heading": {**year, "heading": "care-at-home"},
        "plans:restore": {**year, "number": 0},
        "plans:answer": {**year, "number": comment.pk},
        "plans:snapshot": {"year": AGREED},
        "plans:change_joint": {**year, "code": line.code},
        "plans:withdraw_joint": {**year, "code": line.code},
    }


def joint_line(partnership: Partnership, year: str = "2026/27") -> Any:
    """A joint line of two localities."""
    localities = list(partnership.localities.all()[:2])
    wish = JointWish(year, "reablement", "core", 100_000_00, localities, "equal")
    return propose_joint(money_site.officer(partnership, "planner"), site.place(partnership), wish)
