"""One planning year of the demo: budget, joint lines, a plan for each locality, the strategic plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from locality.foundations import FinancialYear, split_pence
from locality_demo.amounts import spread_budget
from locality_demo.content_files import narrative_for, read_content, text_number
from locality_demo.passing_days import on_day
from locality_demo.people import Cast
from locality_web.core.jobs import work_once
from locality_web.core.models import Draft
from locality_web.members.paper_changes import key_in, print_forms
from locality_web.money import queries as money
from locality_web.money.budgets import Rules, headings_held_by_default
from locality_web.money.changes import decide_budget, save_option
from locality_web.plans import models
from locality_web.plans.commenting import answer_comment, comment_on
from locality_web.plans.editing import Value
from locality_web.plans.frames import content_of
from locality_web.plans.joint import JointWish, answer_share, propose_joint
from locality_web.plans.publishing import ask_to_publish
from locality_web.plans.standing import asked_on_paper
from locality_web.plans.steps import start_plan, take_stance, take_step
from locality_web.plans.strategic import save_strategic, start_strategic, take_strategic_stance, take_strategic_step
from locality_web.plans.writing import save_edits

GRANT_POUNDS = (140_000, 260_000, 140_000, 60_000)
"""What each of four localities plans from the transformation grant; together what there is in a year."""

JOINT = (("telecare", "population", 12), ("out-of-hours", "fair_share", 25), ("rehabilitation", "equal", 18))
"""Joint lines: the service, how it is split, and its part of the heading's budgets in thousandths."""


@dataclass(frozen=True)
class Days:
    """When what happens in a planning year, all before it begins."""

    budget: dt.date
    joint: dt.date
    written: dt.date
    opened: dt.date
    to_group: dt.date
    agreed: dt.date
    board: dt.date
    published: dt.date


def usual_days(year: FinancialYear) -> Days:
    """Give the days of a usual year: the budget in December, plans in winter, the board in March."""
    before = year.start.year
    return Days(
        budget=dt.date(before - 1, 12, 12),
        joint=dt.date(before - 1, 12, 18),
        written=dt.date(before, 1, 14),
        opened=dt.date(before, 1, 20),
        to_group=dt.date(before, 2, 18),
        agreed=dt.date(before, 2, 25),
        board=dt.date(before, 3, 12),
        published=dt.date(before, 3, 26),
    )


def early_days(today: dt.date) -> Days:
    """Give the days of a year that is being planned now, the last of them today."""
    ago = [today - dt.timedelta(days=days) for days in (50, 44, 36, 21, 9, 3, 0, 0)]
    return Days(*ago)


def decide(cast: Cast, year: str, day: dt.date, *, options: list[tuple[str, dict[str, Any]]], why: str) -> None:
    """Work out budgets by several rules and let the board decide for the first."""
    held = dict.fromkeys(headings_held_by_default(cast.partnership))
    with on_day(day):
        saved = [
            save_option(cast.place, cast.one("finance"), year=year, name=name, rules=Rules(**{**rules, "held": held}))
            for name, rules in options
        ]
        decide_budget(
            cast.place,
            cast.one("executive"),
            saved[0],
            decided_by="The integration joint board",
            why=why,
            decided_on=day,
        )


def plan_jointly(cast: Cast, year: str, day: dt.date) -> None:
    """Propose the joint lines of a year and let every locality agree to its share."""
    budget = money.budget_in_force(cast.partnership, year)
    assert budget is not None
    heading = {one.service: one.heading for one in money.catalogue(cast.partnership)}
    for service, split, thousandths in JOINT:
        rows = [row for behind in budget.localities.values() for row in behind.headings]
        whole = sum(row.budget_pence for row in rows if row.heading == heading.get(service))
        if not whole:
            continue
        wish = JointWish(
            year, service, "core", whole * thousandths // 1000, cast.localities, split, why="One team serves all."
        )
        with on_day(day):
            line = propose_joint(cast.one("planner"), cast.place, wish)
            for number in range(len(cast.localities)):
                answer_share(cast.lead(number), cast.at(number), line)


def write(cast: Cast, number: int, year: str, days: Days) -> models.LocalityPlanRecord:
    """Let a lead begin a locality's plan and write it."""
    with on_day(days.written):
        lead = cast.lead(number)
        record = start_plan(lead, cast.at(number), year)
        save_edits(lead, record, _words(cast, number, year), base_version=record.version)
        finance = cast.one("finance")
        amounts = _amounts(cast, number, record)
        save_edits(finance, record, amounts, base_version=record.version, says="from the workbook")
    return record


def _words(cast: Cast, number: int, year: str) -> dict[str, Value]:
    said, number = read_content("plans"), text_number(number, of=len(cast.localities))
    edits: dict[str, Value] = {"summary": said["summaries"][number]}
    first = FinancialYear.parse(year).start.year
    for rank, priority in enumerate(said["priorities"][number], start=1):
        edits |= {f"priority/P{rank}/{part}": each for part, each in (priority | {"rank": rank}).items()}
    for place, action in enumerate(said["actions"][number], start=1):
        by = f"{first}-{action['by']}"
        edits |= {f"action/A{place}/{part}": each for part, each in (action | {"by": by}).items()}
        edits[f"note/{action['service']}"] = action["what"] + "."
    return edits


def _amounts(cast: Cast, number: int, record: models.LocalityPlanRecord) -> dict[str, Value]:
    """Spread the budget; later years move money from care homes to home care, unless they are to be kept."""
    plan = content_of(record)
    amounts = spread_budget(plan)
    edits: dict[str, Value] = {}
    move = read_content("plans")["moves"][0]
    keeps = any(one.service == move["from_service"] and one.direction == "keep" for one in plan.priorities)
    if any(line.last_year_pence for line in plan.lines) and (move["from_service"], "core") in amounts and not keeps:
        pence = amounts[move["from_service"], "core"] * int(move["parts"]) // 100
        amounts[move["from_service"], "core"] -= pence
        amounts[move["to_service"], "core"] += pence
        parts = {key: move[key] for key in ("from_service", "to_service", "why")} | {"source": "core", "pence": pence}
        edits |= {f"move/M1/{part}": each for part, each in parts.items()}
    grant = _grant(plan.year, plan.sources)
    if grant:
        amounts["home-care", grant] = grant_pence(len(cast.localities))[number]
    return edits | {f"line/{service}/{source}": pence for (service, source), pence in amounts.items()}


def grant_pence(localities: int) -> list[int]:
    """Give what each locality plans from the transformation grant: all of a year's, however many share it."""
    parts = [GRANT_POUNDS[number % len(GRANT_POUNDS)] for number in range(localities)]
    return [int(pence) for pence in split_pence(sum(GRANT_POUNDS) * 100, parts)]


def _grant(year: str, sources: Any) -> str:
    named = [one for one in sources if one.source == "transformation"]
    return "transformation" if any(each.year == year for one in named for each in one.available) else ""


def discuss(cast: Cast, record: models.LocalityPlanRecord, days: Days, *, is_answered: bool = True) -> None:
    """Open a plan for comments, and take some."""
    number = cast.localities.index(record.locality)
    with on_day(days.opened):
        take_step(cast.lead(number), record, "open_for_comments")
    resident = cast.one("resident")
    for said in read_content("plans")["comments"]:
        with on_day(days.opened + dt.timedelta(days=4)):
            comment = comment_on(resident, record, said["text"], about=said["about"], on_behalf_of=said["on_behalf_of"])
        if is_answered:
            with on_day(days.to_group - dt.timedelta(days=1)):
                answer_comment(
                    cast.lead(number), comment, "Thank you. The group has read this and put it into the plan."
                )


def clash(cast: Cast, record: models.LocalityPlanRecord, days: Days) -> None:
    """Let lead and planner write the summary at the same time: the planner's text waits on the clash page."""
    number = cast.localities.index(record.locality)
    theirs, mine = read_content("plans")["clash"]
    seen, planner = record.version, cast.one("planner")
    with on_day(days.opened):
        save_edits(cast.lead(number), record, {"summary": theirs}, base_version=seen)
        saved = save_edits(planner, record, {"summary": mine}, base_version=seen)
    kept = {"base_version": [str(seen)], "path": [each.path for each in saved.clashes], "mine:summary": [mine]}
    address = reverse("plans:clash", args=[cast.partnership.slug, record.locality.slug, record.year.replace("/", "-")])
    Draft.objects.create(person=planner, form=address, fields=kept)


def put_to_group(cast: Cast, record: models.LocalityPlanRecord, days: Days) -> None:
    """Put a plan to its group."""
    with on_day(days.to_group):
        take_step(cast.lead(cast.localities.index(record.locality)), record, "put_to_group")


def agree(cast: Cast, record: models.LocalityPlanRecord, days: Days) -> models.LocalityPlanRecord:
    """Let everybody in a locality's group agree to its plan."""
    number = cast.localities.index(record.locality)
    with on_day(days.agreed):
        for person in (cast.lead(number), *cast.members(number)):
            take_stance(person, record, "agree")
        _agree_on_paper(cast, number, record, days.agreed)
        return take_step(cast.lead(number), record, "agreed")


def _agree_on_paper(cast: Cast, number: int, record: models.LocalityPlanRecord, day: dt.date) -> None:
    """Let those of the group who have no account agree by a form that came back by post."""
    asked = [each.member for each in asked_on_paper(record)]
    if not asked:
        return
    lead, place, subject = cast.lead(number), cast.at(number), f"{record.pk}@{record.version}"
    for form in print_forms(lead, place, "plans.stance", subject, members=asked):
        key_in(lead, form, {"stance": "agree", "reason": ""}, received_on=day)


def make_strategic(cast: Cast, year: str, days: Days) -> models.StrategicPlanRecord:
    """Consolidate, write around the facts, let the board agree, publish everything."""
    planner = cast.one("planner")
    with on_day(days.agreed + dt.timedelta(days=2)):
        record = start_strategic(planner, cast.place, year)
        words = {f"narrative/{name}": text for name, text in narrative_for(len(cast.localities)).items()}
        save_strategic(planner, record, {**words, **_partnership_lines(cast, year)}, base_version=record.version)
        record = take_strategic_step(planner, record, "open_for_comments")
    _discuss_strategic(cast, record, days)
    with on_day(days.board - dt.timedelta(days=4)):
        take_strategic_step(planner, record, "put_to_board")
    with on_day(days.board):
        for person in cast.board():
            take_strategic_stance(person, record, "agree")
        record = take_strategic_step(cast.board()[0], record, "agreed")
    with on_day(days.published):
        for plan in _agreed_plans(cast, year):
            ask_to_publish(planner, plan)
        ask_to_publish(planner, record)
        while work_once("demo"):
            pass
    return record


def _discuss_strategic(cast: Cast, record: models.StrategicPlanRecord, days: Days) -> None:
    """Take comments on the strategic plan, and answer each before the board has the plan."""
    for said in read_content("plans")["strategic_comments"]:
        with on_day(days.agreed + dt.timedelta(days=4)):
            comment = comment_on(
                cast.one("resident"), record, said["text"], about=said["about"], on_behalf_of=said["on_behalf_of"]
            )
        with on_day(days.board - dt.timedelta(days=5)):
            answer_comment(cast.one("planner"), comment, said["answer"])


def _agreed_plans(cast: Cast, year: str) -> list[models.LocalityPlanRecord]:
    return list(models.LocalityPlanRecord.objects.filter(locality__in=cast.localities, year=year, state="agreed"))


def _partnership_lines(cast: Cast, year: str) -> dict[str, Value]:
    budget = money.budget_in_force(cast.partnership, year)
    assert budget is not None
    held = sum(row.budget_pence for row in budget.held)
    participation = held * 6 // 100
    return {"line/management/core": held - participation, "line/participation/core": participation}
