"""Comments on a plan that is open for them, and their answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from locality.foundations import ResultRefused
from locality_web.core import drafts
from locality_web.core.pages import page
from locality_web.core.permissions import NotAllowed, Place, may
from locality_web.plans import editor_pages as pages
from locality_web.plans.editor_plan import OpenPlan, address_arguments, find_record, open_record, signed_in
from locality_web.plans.group_forms import AnswerForm, CommentForm
from locality_web.plans.models import PlanComment
from locality_web.plans.steps import CYCLE, answer_comment, comment_on


@page("plans.comment", at="locality", methods=("GET", "POST"))
def comments(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """The plan to read, what people say about it, and a form to say more."""
    record = find_record(place, year)
    if record.state in ("draft", "put_to_group") and not may(request.user, "plans.read_drafts", place):
        return render(request, "plans/group_not_open.html", {"record": record})
    plan = open_record(record)
    form = CommentForm(list(plan.headings.values()), drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            comment_on(signed_in(request), plan.record, **form.cleaned_data)
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "Your comment is kept. The editors of the plan will answer it here.")
            return redirect(request.path)
    shown = {
        "plan": plan,
        "state": CYCLE.state(plan.record.state),
        "form": form,
        "is_open": is_open(plan),
        "comments": list(plan.record.plancomments.all()),
        "may_answer": may(request.user, "plans.edit", place),
        "groups": pages.services_by_heading(plan, place, linked=False),
        "headings": pages.headings_table(plan),
    }
    return render(request, "plans/group_comments.html", shown)


def is_open(plan: OpenPlan) -> bool:
    """Say whether a plan takes comments today."""
    close = plan.record.comments_close
    return plan.record.state == "open_for_comments" and (close is None or timezone.localdate() <= close)


@page("plans.edit", at="locality", methods=("GET", "POST"))
def answer(request: HttpRequest, place: Place, year: str, number: int) -> HttpResponse:
    """Answer one comment."""
    record = find_record(place, year)
    of_plan = PlanComment.objects.select_related("plan").filter(plan__locality=place.locality, plan__year=record.year)
    comment = get_object_or_404(of_plan, pk=number)
    assert comment.plan is not None
    comment.plan.locality = record.locality
    form = AnswerForm(drafts.form_data(request), initial={"answer": comment.answer})
    if request.method == "POST" and form.is_valid():
        try:
            answer_comment(signed_in(request), comment, form.cleaned_data["answer"])
        except (ResultRefused, NotAllowed) as refused:
            form.add_error(None, str(refused))
        else:
            drafts.clear(request)
            messages.success(request, "The answer is kept beside the comment.")
            return redirect("plans:comments", *address_arguments(place, record.year))
    return render(request, "plans/group_answer.html", {"record": record, "comment": comment, "form": form})
