"""Plans on a site, each brought to its state by the people who do it there."""

from __future__ import annotations

from factories import money_site, site
from locality_web.core.jobs import work_once
from locality_web.core.models import Partnership, Person
from locality_web.money.models import Source
from locality_web.plans import models
from locality_web.plans.frames import content_of
from locality_web.plans.publishing import ask_to_publish
from locality_web.plans.steps import start_plan, take_stance, take_step
from locality_web.plans.writing import save_edits

YEAR = money_site.YEAR
PRIORITY = {"heading": "Care at home", "service": "home-care", "rank": 1, "title": "Fewer falls", "direction": "more"}


def holder(partnership: Partnership, role: str, locality: str) -> Person:
    """Somebody who holds a role in one locality; the same person whenever asked."""
    found = Person.objects.filter(roles__role=role, roles__locality__slug=locality).first()
    return found or site.person(role, partnership, locality, name=f"{role.title()} of {locality.title()}")


def core_source(partnership: Partnership) -> Source:
    return Source.objects.get_or_create(
        partnership=partnership,
        source="core",
        defaults={"name": "Core budget", "kind": "core", "accountable_body": str(partnership)},
    )[0]


def draft(partnership: Partnership, locality: str = "levenmouth", year: str = YEAR) -> models.LocalityPlanRecord:
    """A plan that its lead has just begun, within a decided budget."""
    core_source(partnership)
    if not partnership.budget_decisions.filter(year=year).exists():
        money_site.decided_budget(partnership, year)
    return start_plan(holder(partnership, "lead", locality), site.place(partnership, locality), year)


def written(partnership: Partnership, locality: str = "levenmouth", year: str = YEAR) -> models.LocalityPlanRecord:
    """A sound draft: one priority, one action, and a tenth of each heading's budget on its first service."""
    record = draft(partnership, locality, year)
    content = content_of(record)
    edits = {f"priority/P1/{part}": each for part, each in PRIORITY.items()}
    edits |= {"priority/P1/why": "Falls are the first cause of admission.", "priority/P1/raised_by": "Carers' forum"}
    edits |= {"action/A1/service": "home-care", "action/A1/what": "Two more carers", "action/A1/who": "The council"}
    edits |= {"action/A1/by": "2026-09-30", "summary": "More care at home."}
    for money in content.budget.headings:
        first = next(
            (one for one in content.services if one.heading == money.heading and one.planned_at == "locality"), None
        )
        if first is not None:
            edits[f"line/{first.service}/core"] = money.budget_pence // 10
    save_edits(holder(partnership, "lead", locality), record, edits, base_version=record.version)
    return record


def with_group(partnership: Partnership, locality: str = "levenmouth", year: str = YEAR) -> models.LocalityPlanRecord:
    """A plan that was open for comments and is now put to the group."""
    return to_group(written(partnership, locality, year))


def to_group(record: models.LocalityPlanRecord) -> models.LocalityPlanRecord:
    """A draft is opened for comments and then put to the group."""
    lead = holder(record.locality.partnership, "lead", record.locality.slug)
    return take_step(lead, take_step(lead, record, "open_for_comments"), "put_to_group")


def agreed(partnership: Partnership, locality: str = "levenmouth", year: str = YEAR) -> models.LocalityPlanRecord:
    """A plan that lead and member agreed to."""
    return agree(with_group(partnership, locality, year))


def agree(record: models.LocalityPlanRecord) -> models.LocalityPlanRecord:
    """Lead and member agree to a plan that is put to the group."""
    partnership, locality = record.locality.partnership, record.locality.slug
    member = holder(partnership, "member", locality)
    take_stance(holder(partnership, "lead", locality), record, "agree")
    take_stance(member, record, "agree", reason="It says what we asked for.")
    return take_step(member, record, "agreed")


def published(partnership: Partnership, locality: str = "levenmouth", year: str = YEAR) -> models.LocalityPlanRecord:
    """An agreed plan whose files were made by the background job."""
    record = agreed(partnership, locality, year)
    ask_to_publish(money_site.officer(partnership, "planner"), record)
    work_until_done()
    return record


def work_until_done() -> None:
    """Do all background work that waits."""
    while work_once("tests"):
        pass
