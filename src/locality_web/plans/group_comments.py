"""Comments on a locality plan, and their answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from locality_web.core import drafts
from locality_web.core.pages import page
from locality_web.core.permissions import Place
from locality_web.plans import comment_pages
from locality_web.plans import editor_pages as pages
from locality_web.plans.editor_plan import address_arguments, find_record, open_record
from locality_web.plans.group_forms import CommentForm
from locality_web.plans.models import PlanComment
from locality_web.plans.steps import CYCLE


@page("plans.comment", at="locality", methods=("GET", "POST"))
def comments(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """The plan to read, what people say about it, and a form to say more."""
    record = find_record(place, year)
    if comment_pages.is_hidden(request, place, record):
        return render(request, "plans/group_not_open.html", {"record": record})
    plan = open_record(record)
    form = CommentForm(list(plan.headings.values()), drafts.form_data(request))
    kept = comment_pages.keep_comment(request, plan.record, form)
    if kept is not None:
        return kept
    shown = {
        **comment_pages.what_is_shown(request, place, plan.record, form),
        "plan": plan,
        "state": CYCLE.state(plan.record.state),
        "groups": pages.services_by_heading(plan, place, linked=False),
        "headings": pages.headings_table(plan),
    }
    return render(request, "plans/group_comments.html", shown)


@page("plans.edit", at="locality", methods=("GET", "POST"))
def answer(request: HttpRequest, place: Place, year: str, number: int) -> HttpResponse:
    """Answer one comment."""
    record = find_record(place, year)
    of_plan = PlanComment.objects.select_related("plan").filter(plan__locality=place.locality, plan__year=record.year)
    comment = get_object_or_404(of_plan, pk=number)
    assert comment.plan is not None
    comment.plan.locality = record.locality
    return comment_pages.answer(request, comment, reverse("plans:comments", args=address_arguments(place, record.year)))
