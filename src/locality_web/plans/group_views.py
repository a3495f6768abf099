"""The group and its plan: what it is asked, who agrees and who objects, the steps of the plan's life, the snapshot."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import ResultRefused
from locality_web.core import drafts
from locality_web.core.pages import PUBLIC, page
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place, may
from locality_web.plans import editor_pages as pages
from locality_web.plans.editor_plan import OpenPlan, address_arguments, find_record, open_plan, signed_in
from locality_web.plans.group_forms import StanceForm, StepForm
from locality_web.plans.standing import who_may_agree
from locality_web.plans.steps import CYCLE, take_stance, take_step


@page("plans.read_drafts", at="locality")
def group(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """What the group is asked, and how the agreement stands."""
    return _show(request, place, open_plan(place, year))


def _show(
    request: HttpRequest, place: Place, plan: OpenPlan, stance: StanceForm | None = None, step: StepForm | None = None
) -> HttpResponse:
    standing = pages.standing_now(plan)
    asked = standing is not None and may(request.user, "plans.agree", place)
    is_asked = asked and any(held.person_id == request.user.pk for held in who_may_agree(plan.record))
    initial = {"version": plan.record.version}
    shown: dict[str, Any] = {
        "plan": plan,
        "state": CYCLE.state(plan.record.state),
        "standing": standing,
        "agreement": plan.content.agreement,
        "steps": pages.next_steps(plan, place, request.user, standing),
        "stance": stance or (StanceForm(drafts.form_data(request, "stance"), initial=initial) if is_asked else None),
        "step": step or StepForm(drafts.form_data(request, "step")),
        "blocks": read_setting(place.partnership, "plans.objection_blocks"),
        "groups": pages.services_by_heading(plan, place, linked=False),
        "headings": pages.headings_table(plan),
    }
    shown["form"] = shown["stance"] if stance else shown["step"]
    return render(request, "plans/group.html", shown)


@page("plans.agree", at="locality", methods=("POST",))
def stance(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Agree or object."""
    plan = open_plan(place, year)
    form = StanceForm(request.POST)
    if form.is_valid():
        said, reason = form.cleaned_data["stance"], form.cleaned_data["reason"]
        try:
            take_stance(signed_in(request), plan.record, said, reason=reason, version=form.cleaned_data["version"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            says = "You agree to this plan." if said == "agree" else "Your objection is kept with its reason."
            return _done(request, place, plan, "stance", says)
    return _show(request, place, plan, stance=form)


@page("plans.open", at="locality", methods=("POST",))
def step(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Open for comments, put to the group, or take back."""
    plan = open_plan(place, year)
    form = StepForm(request.POST)
    if form.is_valid():
        try:
            record = take_step(
                signed_in(request), plan.record, form.cleaned_data["to"], reason=form.cleaned_data["reason"]
            )
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, plan, "step", f"The plan is now: {CYCLE.state(record.state).name.lower()}.")
    return _show(request, place, plan, step=form)


@page("plans.agree", at="locality", methods=("POST",))
def agree(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Record that the plan is agreed, once enough have answered."""
    plan = open_plan(place, year)
    form = StepForm({"to": "draft"})
    try:
        take_step(signed_in(request), plan.record, "agreed")
    except ResultRefused as refused:
        form = StepForm({"to": "open_for_comments"})
        form.add_faults(refused)
        return _show(request, place, plan, step=form)
    return _done(request, place, plan, "step", "The plan is agreed. It is kept as it is, with its hash.")


def _done(request: HttpRequest, place: Place, plan: OpenPlan, form: str, says: str) -> HttpResponse:
    drafts.clear(request, form)
    messages.success(request, says)
    return redirect("plans:group", *address_arguments(place, plan.year))


@page(PUBLIC, at="locality")
def snapshot(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """The agreed plan as the very text that was hashed."""
    assert place.locality is not None
    newest = find_record(place, year)
    agreed = place.locality.plans.filter(year=newest.year, state="agreed").select_related("snapshot").first()
    if agreed is None or agreed.snapshot is None:
        raise Http404(f"The plan of {place.name} for {newest.year} is not agreed.")
    said = HttpResponse(agreed.snapshot.text.encode(), content_type="application/json")
    name = f"{place.locality.slug}-{year}.json"
    said["Content-Disposition"] = f'attachment; filename="{name}"'
    return said
