"""Comments on the strategic commissioning plan, and their answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from locality.foundations import InputRefused, ResultRefused
from locality.plans import StrategicPlan
from locality_web.core import drafts
from locality_web.core.pages import page
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory
from locality_web.money import queries as money
from locality_web.plans import comment_pages, strategic
from locality_web.plans.group_forms import CommentForm
from locality_web.plans.models import PlanComment, StrategicPlanRecord
from locality_web.plans.public_records import plan_of
from locality_web.plans.strategic_pages import in_short
from locality_web.plans.strategic_views import open_record
from locality_web.plans.year_addresses import slug_of_year


@page("plans.comment", methods=("GET", "POST"))
def comments(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """The strategic plan in short, what people say about it, and a form to say more."""
    record = open_record(place, year)
    if comment_pages.is_hidden(request, place, record):
        return render(request, "plans/group_not_open.html", {"record": record})
    memory = Memory(place.partnership)
    services = money.money_of_year(place.partnership, record.year, memory).services
    headings = list(dict.fromkeys(one.heading for one in services))
    form = CommentForm(headings, drafts.form_data(request))
    kept = comment_pages.keep_comment(request, record, form)
    if kept is not None:
        return kept
    shown = {
        **comment_pages.what_is_shown(request, place, record, form),
        "year": record.year,
        "state": strategic.CYCLE.state(record.state),
        "public_address": reverse("plans:strategic", args=[place.partnership.slug, slug_of_year(record.year)]),
        **_to_read(record, memory),
    }
    return render(request, "plans/strategic_comments.html", shown)


def _to_read(record: StrategicPlanRecord, memory: Memory) -> dict[str, Any]:
    """Give the plan in short; nothing while what was agreed cannot be put together."""
    try:
        plan = plan_of(record, memory)
    except (InputRefused, ResultRefused):
        return {"in_short": [], "narrative": ()}
    assert isinstance(plan, StrategicPlan)
    return {"in_short": in_short(plan), "narrative": plan.narrative}


@page("plans.consolidate", methods=("GET", "POST"))
def answer(request: HttpRequest, place: Place, year: str, number: int) -> HttpResponse:
    """Answer one comment on the strategic plan."""
    record = open_record(place, year)
    of_plan = PlanComment.objects.select_related("strategic").filter(
        strategic__partnership=place.partnership, strategic__year=record.year
    )
    comment = get_object_or_404(of_plan, pk=number)
    assert comment.strategic is not None
    comment.strategic.partnership = place.partnership
    back = reverse("plans:strategic_comments", args=[place.partnership.slug, slug_of_year(record.year)])
    return comment_pages.answer(request, comment, back)
