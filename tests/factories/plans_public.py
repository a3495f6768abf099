"""Strategic plans and publications of a site, as its people make them."""

from __future__ import annotations

from factories import money_site, plans_site, site
from locality_web.core.models import Partnership
from locality_web.plans import models, strategic
from locality_web.plans.publishing import ask_to_publish
from locality_web.plans.strategic import start_strategic, take_strategic_stance, take_strategic_step

YEAR = plans_site.YEAR


def agreed_everywhere(partnership: Partnership, year: str = YEAR) -> list[models.LocalityPlanRecord]:
    """An agreed plan in every locality; one that is there already stays."""
    found = []
    for locality in partnership.localities.all():
        there = locality.plans.filter(year=year, state="agreed").first()
        found.append(there or plans_site.agreed(partnership, locality.slug, year))
    return found


def begun(partnership: Partnership, year: str = YEAR) -> models.StrategicPlanRecord:
    """A strategic plan that a planner has begun."""
    plans_site.core_source(partnership)
    return start_strategic(money_site.officer(partnership, "planner"), site.place(partnership), year)


def with_board(partnership: Partnership, year: str = YEAR) -> models.StrategicPlanRecord:
    """A strategic plan of all localities, put to the board."""
    agreed_everywhere(partnership, year)
    planner = money_site.officer(partnership, "planner")
    record = take_strategic_step(planner, begun(partnership, year), "open_for_comments")
    return take_strategic_step(planner, record, "put_to_board")


def agreed_strategic(partnership: Partnership, year: str = YEAR) -> models.StrategicPlanRecord:
    """A strategic plan that the board agreed."""
    record = with_board(partnership, year)
    # Everybody of the board answers, so that the quorum is met however many there are.
    for held in strategic.who_may_agree_strategic(partnership):
        take_strategic_stance(held.person, record, "agree")
        last = held.person
    return take_strategic_step(last, record, "agreed")


def published_strategic(partnership: Partnership, year: str = YEAR) -> models.StrategicPlanRecord:
    """A strategic plan whose files were made by the background job."""
    money_site.officer(partnership, "executive")
    record = agreed_strategic(partnership, year)
    ask_to_publish(money_site.officer(partnership, "planner"), record)
    plans_site.work_until_done()
    return record


def quickly_published(record: models.LocalityPlanRecord | models.StrategicPlanRecord) -> models.Publication:
    """A publication with one small file, where a test is not about files."""
    of = models.Publication.objects.create(
        snapshot=record.snapshot,
        locality=getattr(record, "locality", None),
        year=record.year,
        published_by_name="Somebody",
    )
    about = {"title": "JSON", "media_type": "application/json", "content": b"{}", "bytes": 2, "sha256": "0" * 64}
    models.PublishedFile.objects.create(publication=of, name="plan.json", **about)
    return of
