"""What is asked today about plans that others write, and about the strategic plan: to comment, to answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from locality_web.core.hooks import Due
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place
from locality_web.plans.editor_plan import address_arguments
from locality_web.plans.models import LocalityPlanRecord, PlanComment, PlanStance, StrategicPlanRecord
from locality_web.plans.year_addresses import slug_of_year


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


def to_comment_on_strategic(person: Person, where: Mapping[int, Partnership], today: dt.date) -> Iterator[Due]:
    """Name strategic plans open for comments on which this person has said nothing yet, in some partnerships."""
    if not where:
        return
    own = PlanComment.objects.filter(strategic=OuterRef("pk"), by=person)
    still = Q(comments_close__isnull=True) | Q(comments_close__gte=today)
    found = StrategicPlanRecord.objects.filter(still, ~Exists(own), partnership__in=where, state="open_for_comments")
    for record in found.defer("fields"):
        yield Due(
            f"Comment on the strategic plan for {record.year}",
            "It is open for comments. Say what is good, what is wrong and what is missing.",
            _address(where[record.partnership_id], record, "comments"),
            by=record.comments_close,
        )


def about_strategic(where: Mapping[int, Partnership], today: dt.date) -> Iterator[Due]:
    """Name what those do who make the strategic plan: answer its comments, and go on when their time is over."""
    if not where:
        return
    found = StrategicPlanRecord.objects.filter(partnership__in=where).exclude(state__in=("agreed", "superseded"))
    for record in found.defer("fields").annotate(waiting=Count("plancomments", filter=Q(plancomments__answer=""))):
        partnership, name = where[record.partnership_id], f"the strategic plan for {record.year}"
        if record.waiting:
            says = f"{record.waiting} comment{'s have' if record.waiting > 1 else ' has'} no answer yet."
            address = _address(partnership, record, "comments")
            yield Due(f"Answer comments on {name}", says, address, by=record.comments_close)
        if record.state == "open_for_comments" and record.comments_close and record.comments_close < today:
            why = "The time for comments is over. Put it to the board, or take it back to draft."
            yield Due(f"Put {name} to the board", why, _address(partnership, record, "board"))


def _address(partnership: Partnership, record: StrategicPlanRecord, page: str) -> str:
    return reverse(f"plans:strategic_{page}", args=[partnership.slug, slug_of_year(record.year)])


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
            _address(where[record.partnership_id], record, "board"),
        )
