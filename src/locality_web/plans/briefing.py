"""What a locality's briefing says of its plan: the one that is agreed, and one that is open for comments."""

from __future__ import annotations

from django.urls import reverse

from locality_web.core.hooks import BriefingFact
from locality_web.core.permissions import Place
from locality_web.plans.editor_plan import address_arguments
from locality_web.plans.models import LocalityPlanRecord
from locality_web.plans.snapshots import read_snapshot

_MOST = 3  # priorities that are named: a briefing is one page


def facts(place: Place) -> list[BriefingFact]:
    """Give the facts about the newest agreed plan and the one on which people can comment; one query."""
    assert place.locality is not None
    found = place.locality.plans.filter(state__in=("agreed", "open_for_comments")).defer("fields")
    newest = list(found.select_related("snapshot").order_by("-year", "-edition")[:10])
    agreed = next((each for each in newest if each.state == "agreed" and each.snapshot), None)
    opened = next((each for each in newest if each.state == "open_for_comments"), None)
    return [*([_agreed(place, agreed)] if agreed else []), *([_opened(place, opened)] if opened else [])]


def _agreed(place: Place, record: LocalityPlanRecord) -> BriefingFact:
    assert record.snapshot is not None
    plan = read_snapshot(record.snapshot)
    titles = [each.title for each in plan.priorities[:_MOST]]
    first = f" It puts first: {'; '.join(titles)}." if titles else ""
    easy = (f"Our plan for {record.year} is ready.", "You can read it on this site.")
    address = reverse("plans:plan", args=address_arguments(place, record.year))
    says = f"Its plan for {record.year} is agreed.{first}"
    return BriefingFact("has", says, easy, order=50, link=(f"The plan for {record.year}", address))


def _opened(place: Place, record: LocalityPlanRecord) -> BriefingFact:
    until = record.comments_close
    day = f" until {until.day} {until:%B %Y}" if until else ""
    easy = (f"You can comment on our plan for {record.year}.", *((f"You can do this{day}.",) if day else ()))
    address = reverse("plans:comments", args=address_arguments(place, record.year))
    says = f"The plan for {record.year} is open for comments{day}."
    return BriefingFact("part", says, easy, order=5, link=("Comment on the plan", address))
