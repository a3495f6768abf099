"""Who is asked today about a plan that others write: to comment on it, or to answer for the board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from locality_web.core.hooks import Due
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place
from locality_web.plans.editor_plan import address_arguments, slug_of_year
from locality_web.plans.models import LocalityPlanRecord, PlanComment, PlanStance, StrategicPlanRecord


def to_comment(person: Person, where: Mapping[int, Partnership], today: dt.date) -> Iterator[Due]:
    """Name plans open for comments on which this person has said nothing yet, in some partnerships."""
    if not where:
        return
    own = PlanComment.objects.filter(plan=OuterRef("pk"), by=person)
    still = Q(comments_close__isnull=True) | Q(comments_close__gte=today)
    found = LocalityPlanRecord.objects.filter(
        still, ~Exists(own), locality__partnership__in=where, state="open_for_comments"
    )
    for record in found.select_related("locality").defer("fields"):
        place = Place(where[record.locality.partnership_id], record.locality)
        yield Due(
            f"Comment on the plan of {record.locality} for {record.year}",
            "It is open for comments. Say what is good, what is wrong and what is missing.",
            reverse("plans:comments", args=address_arguments(place, record.year)),
            by=record.comments_close,
        )


def to_answer(person: Person, where: Mapping[int, Partnership]) -> Iterator[Due]:
    """Name strategic plans put to the board on whose present version this person has said nothing yet."""
    if not where:
        return
    own = PlanStance.objects.filter(strategic=OuterRef("pk"), version=OuterRef("version"), person=person)
    found = StrategicPlanRecord.objects.filter(~Exists(own), partnership__in=where, state="put_to_board")
    for record in found.defer("fields"):
        yield Due(
            f"Answer on the strategic plan for {record.year}",
            "The board is asked whether it agrees. An objection needs its reason.",
            reverse("plans:strategic_board", args=[where[record.partnership_id].slug, slug_of_year(record.year)]),
        )
